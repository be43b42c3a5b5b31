"""Sources of single files: which number is a shelfmark, and what is said of a text in print."""

import pytest
from tei_files import described, edition, one, understood

from docproc.passages.governing import own_reference

TEXT = "<text><body><p>The ships are in.</p></body></text>"


def kept(numbers):
    source = f"<msDesc><msIdentifier><repository>Town Archive</repository>{numbers}</msIdentifier>"
    return own_reference(one(edition(TEXT, source=f"{source}</msDesc>"))).printed


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        ('<idno type="signature"/><idno type="register-ek">3155</idno>', "Town Archive"),
        ('<idno type="signature">Ms. 7</idno><idno type="other">3155</idno>',
         "Town Archive, Ms. 7"),
        ('<idno type="transkribus-doc-id">159</idno><idno>Ms. 7</idno>', "Town Archive, Ms. 7"),
        ("<idno>nan</idno>", "Town Archive"),
        ("<idno>Ms. 7</idno><idno>Ms. 8</idno>", "Town Archive, Ms. 7, Ms. 8"),
    ],
)  # fmt: skip
def test_numbers_of_lists_and_empty_ones_are_no_shelfmarks(numbers, printed):
    assert kept(numbers) == printed


def printed(bibl, title="The Old Pier"):
    titles = f'<title level="a">{title}</title><author>Ida Holm</author>'
    return one(edition(TEXT, titles=titles, source=f"<bibl>{bibl}</bibl>"))


def test_an_article_is_of_the_day_on_which_it_was_printed():
    bibl = (
        '<title level="a">The old pier.</title><title level="j">Harbour Times</title>'
        '<date when="1898-05-15">May 15, 1898</date><biblScope type="page">5</biblScope>'
        '<note type="source">Ida Holm. "The Old Pier." Harbour Times 15 May 1898: 5</note>'
    )
    found = printed(bibl)
    assert found.metadata.date.edtf == "1898-05-15"
    assert found.metadata.collection.title == "Harbour Times"
    assert ("page", "5") in found.metadata.other
    assert found.references == ()  # where it was printed is no shelfmark
    letter = printed(bibl, title="Ida Holm to Per Ek")  # of what an edition prints, it is not
    assert letter.metadata.date is None


def test_who_wrote_a_print_is_said_by_its_description_where_the_title_does_not():
    bibl = (
        '<title level="m">City of the Saints; or, The Old Pier</title><author>Ida Holm</author>'
        "<date>1862</date>"
    )
    titles = "<title>City of the Saints</title><author/>"
    about = one(edition(TEXT, titles=titles, source=f"<bibl>{bibl}</bibl>")).metadata
    assert (dict(about.other)["author"], about.date.edtf) == ("Ida Holm", "1862")
    other = titles.replace("City", "Towns")
    about = one(edition(TEXT, titles=other, source=f"<bibl>{bibl}</bibl>")).metadata
    assert ("author" in dict(about.other), about.date) == (False, None)


def test_a_year_in_the_title_of_a_book_does_not_date_it_where_its_own_is_known():
    bibl = '<title level="m">History of the Flood of 1809</title><date when="1910">1910</date>'
    assert printed(bibl, "History of the Flood of 1809").metadata.date.edtf == "1910"


def test_a_file_of_one_letter_without_its_text_is_called_as_the_file_is():
    titles = (
        '<title type="main">Ida Holm an Per Ek</title><title type="sub">Briefe aus Lund</title>'
    )
    sent, received = "<persName>Ida Holm</persName>", "<persName>Per Ek</persName>"
    data = described(sent, received, titles=titles).replace(b"The pier burned.", b" ")
    about = one(data).metadata
    assert (about.title.text, about.kind) == ("Ida Holm an Per Ek", "letter")
    assert about.collection.title == "Briefe aus Lund"
    listed = data.replace(b"<correspDesc>", b'<correspDesc ref="https://example.org/1">')
    assert one(listed).metadata.title is None  # a list of letters, which has one


def test_petitioners_write_petitions():
    profile = (
        '<profileDesc><particDesc><person role="petitioner"><persName>Ida Holm</persName></person>'
        '<person role="jp"><persName>Nils Callan</persName></person></particDesc></profileDesc>'
    )
    titles = "<title>Petition of Ida Holm, 13 May 1862</title>"
    text = TEXT.replace("</body>", "<closer><signed>N. Callan J. P.</signed></closer></body>")
    (about,) = (d.metadata for d in understood(edition(text, profile, titles=titles)).values())
    assert (about.sender.text, about.kind) == ("Ida Holm", "petition")


def test_an_author_named_in_several_languages_is_one():
    names = (
        '<persName>Ида Холм</persName><persName xml:lang="en">Ida Holm</persName>'
        '<idno type="wikidata">Q5</idno>'
    )
    titles = (
        f'<title>О море!</title><title type="sub">Комедия</title><author>{names}</author>'
        "<author>Ek, Per [P. Holm] (1804-1876)</author>"
    )
    about = one(edition(TEXT, titles=titles)).metadata
    assert about.title.text == "О море! Комедия"
    assert dict(about.other)["author"] == "Ида Холм; Ek, Per"


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Le port : édition Golfe", "Le port"),
        ("Le Port, ou la mer : édition Golfe", "Le Port, ou la mer"),
        ("Le quai : édition critique", "Le quai : édition critique"),
    ],
)
def test_what_a_title_says_of_the_file_is_none_of_it(title, called):
    source = (
        '<bibl type="digitalSource"><title>Le port</title></bibl>'
        '<bibl type="printSource"><pubPlace>Riga</pubPlace><date>1882</date></bibl>'
    )
    about = one(edition(TEXT, titles=f"<title>{title}</title>", source=source)).metadata
    assert (about.title.text, about.date.edtf) == (called, "1882")


def test_a_number_of_a_journal_is_of_the_day_on_which_it_came_out():
    both = '<{0} xml:lang="ar">{1}</{0}><{0} xml:lang="en">{2}</{0}>'.format
    source = (
        '<biblStruct><monogr><title level="j">Harbour Times</title>'
        f"<editor>{both('persName', 'هولم', 'Holm')}</editor><imprint>"
        f"<publisher>Harbour Press :</publisher><pubPlace>{both('placeName', 'ريغا', 'Riga')}"
        '</pubPlace><date when="1906-02-25"/></imprint></monogr></biblStruct>'
    )
    titles = '<title>Harbour Times, no. 5</title><title type="sub">TEI edition</title>'
    about = one(edition(TEXT, titles=titles, source=source)).metadata
    held = about.collection
    assert (about.title.text, about.date.edtf) == ("Harbour Times, no. 5", "1906-02-25")
    assert (held.editors, held.publisher, held.place) == (("هولم",), "Harbour Press", "ريغا")


def test_a_work_is_dated_by_the_events_of_its_file():
    event = '<standOff><listEvent><event type="print" when="1849"/></listEvent></standOff>'
    text = edition(TEXT, titles="<title>The Pier</title>").replace(
        b"<text>", event.encode() + b"<text>"
    )
    assert one(text).metadata.date.edtf == "1849"


def test_whom_a_dedication_greets_is_not_whom_the_work_is_written_to():
    front = (
        '<front><div type="dedication"><salute>To the Free People</salute><p>Take this.</p>'
        "<signed>Ida Holm</signed></div></front><body>"
    )
    about = one(edition(TEXT.replace("<body>", front), titles="<title>The Pier</title>")).metadata
    assert (about.sender, about.recipient, about.kind) == (None, None, None)


def test_a_book_without_levels_is_the_source_where_its_description_says_who_printed_it():
    book = (
        "<title>Letters from the Coast</title><author>Ek<date>1821</date></author>"
        "<editor>Ann Roscoe</editor><pubPlace>Riga</pubPlace>"
        '<publisher>Harbour Press</publisher><date when="1898">1898</date>'
    )
    found = printed(f"{book}<biblScope unit='page'>58</biblScope>").metadata.collection
    assert (found.title, found.publisher) == ("Letters from the Coast", "Harbour Press")
    assert (found.place, found.year, found.editors) == ("Riga", "1898", ("Ann Roscoe",))
    on_screen = f'<p><bibl type="digitalSource">{book}</bibl></p>'
    assert one(edition(TEXT, source=on_screen)).metadata.collection is None
    plain = "<title>Letters from the Coast</title><date>1898</date>"
    assert printed(plain).metadata.collection is None


def test_who_trained_at_the_making_of_a_file_is_not_the_edition():
    data = edition(TEXT).replace(
        b"</titleStmt>", b"</titleStmt><editionStmt><edition>%s</edition></editionStmt>"
    )
    assert one(data % b"Trainee for the degree in humanities").metadata.collection is None
    assert one(data % b"The diary of a pilot, 1901").metadata.collection.title.startswith("The")


def test_what_says_where_it_is_in_several_languages_says_it_once():
    said = "".join(
        f'<{name}><seg xml:lang="de">{german}</seg><seg xml:lang="en">{english}</seg></{name}>'
        for name, german, english in (
            ("settlement", "Wien", "Vienna"), ("repository", "Stadtarchiv", "City Archive"),
        )
    )  # fmt: skip
    source = f"<msDesc><msIdentifier>{said}<idno>Ms. 7</idno></msIdentifier></msDesc>"
    assert own_reference(one(edition(TEXT, source=source))).printed == "Wien, Stadtarchiv, Ms. 7"


def test_that_nobody_knows_where_it_is_is_no_reference():
    unknown = (
        "<institution>Onbekend</institution><idno>Unbekannt</idno><altIdentifier>"
        '<idno type="letterId">1909_EK_16</idno></altIdentifier>'
    )
    source = f"<msDesc><msIdentifier>{unknown}</msIdentifier></msDesc>"
    assert own_reference(one(edition(TEXT, source=source))) is None
