"""Letters in TEI: titles, correspDesc in its forms, doubtful dates, both calendars, registers."""

import pytest
from tei_files import dated, described, edition, one, understood, untold, words

from docproc.records import BlockKind


@pytest.mark.parametrize(
    ("titles", "title", "container"),
    [
        ('<title level="s">All letters</title><title level="a">Ida Holm to Per Ek</title>',
         "Ida Holm to Per Ek", "All letters"),
        ('<title type="main">Ida Holm to Per Ek</title><title type="short">H/E</title>',
         "Ida Holm to Per Ek", None),
        ('<title level="m">All letters</title><title level="s">Coast</title>'
         "<title>Ida Holm to Per Ek</title>", "Ida Holm to Per Ek", "All letters"),
        ("<title>Ida Holm to Per Ek<note>So the editor.</note><lb/>of May</title>",
         "Ida Holm to Per Ek of May", None),
    ],
)  # fmt: skip
def test_the_title_is_that_of_the_letter(titles, title, container):
    about = one(described("<persName>Ida Holm</persName>", titles=titles)).metadata
    assert about.title.text == title
    assert (about.collection and about.collection.title) == container


def test_an_edition_without_a_title_is_called_by_its_first_sentence():
    statement = (
        "<editionStmt><edition>Letters of the coast. Edited by A. B.</edition></editionStmt>"
    )
    data = described("<persName>Ida Holm</persName>").replace(
        b"</titleStmt>", b"</titleStmt>" + statement.encode()
    )
    assert one(data).metadata.collection.title == "Letters of the coast"


def test_a_title_alone_says_who_wrote_to_whom_and_when():
    text = "<text><body><p>The pier burned.</p></body></text>"
    titles = '<title level="a">Ida Holm to Per Ek, 3 May 1901</title>'
    about = one(edition(text, titles=titles)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert about.date.edtf == "1901-05-03"


def test_an_action_may_hold_paragraphs():
    about = one(
        described(
            "<p>Sent by <persName>Ada Lind</persName> from <placeName>Riga</placeName> on "
            '<date when="1843-07-10">10 July 1843</date></p>',
            "<p>To <persName>Karl Berg</persName></p>",
        )
    ).metadata
    assert (about.sender.text, about.recipient.text) == ("Ada Lind", "Karl Berg")
    assert (about.date.edtf, about.place.text, about.kind) == ("1843-07-10", "Riga", "letter")


@pytest.mark.parametrize(
    "telling",
    [
        '<correspAction type="sent"><p>Written by {} at {} on {} to {}</p></correspAction>',
        "<p>Brief von {}, {}, {}, an {}</p>",
    ],
)
def test_the_sentence_of_a_description_says_who_wrote_to_whom(telling):
    said = telling.format(
        "<persName>Ada Lind</persName>",
        "<placeName>Riga</placeName>",
        '<date when="1843-07-10">10 July 1843</date>',
        "<persName>Karl Berg</persName>",
    )
    data = described("<persName>X</persName>").decode()
    start, end = data.index("<correspDesc>") + 13, data.index("</correspDesc>")
    about = one((data[:start] + said + data[end:]).encode()).metadata
    assert (about.sender.text, about.recipient.text) == ("Ada Lind", "Karl Berg")
    assert (about.date.edtf, about.place.text) == ("1843-07-10", "Riga")


def test_a_number_that_calls_itself_so_is_no_part_of_the_title_of_a_file():
    titles = '<title level="a">Nr. 45: Ida Holm an Per Ek</title><title level="m">Briefe</title>'
    about = one(described("<persName>Ida Holm</persName>", titles=titles)).metadata
    assert (about.number, about.title.text) == ("45", "Ida Holm an Per Ek")


@pytest.mark.parametrize(
    ("sent", "received"),
    [("sentBy", "deliveredTo"), ("sender", "addressee"), ("Absender", "Empfänger"),
     ("expéditeur", "destinataire"), ("written_by", "received_by"), ("mittente", "destinatario")],
)  # fmt: skip
def test_actions_are_called_in_many_ways(sent, received):
    actions = (
        f'<correspAction type="{received}"><persName>Per Ek</persName></correspAction>'
        f'<correspAction type="{sent}"><persName>Ida Holm</persName><placeName>Lund</placeName>'
        '<date type="postmarked" when="1957-10-26"/><date type="written" when="1957-10-25"/>'
        '</correspAction><correspAction type="transmitted"><persName>Ola Berg</persName>'
        "</correspAction>"
    )
    profile = f"<profileDesc><correspDesc>{actions}</correspDesc></profileDesc>"
    about = one(edition("<text><body><p>Yes.</p></body></text>", profile)).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Ek")
    assert ([date.edtf for date in about.dates], about.place.text) == (["1957-10-25"], "Lund")


@pytest.mark.parametrize("pointer", ["#", "#...", "#?", "…"])
def test_a_pointer_that_is_still_to_be_filled_in_is_nobody(pointer):
    names = [f'<persName ref="{pointer}">{name}</persName>' for name in ("Ida Holm", "Per Ek")]
    about = one(described(*names)).metadata
    assert (about.sender.identity, about.recipient.identity) == (None, None)


def test_a_letter_and_its_translation_are_both_what_the_header_describes():
    profile = (
        '<profileDesc><correspDesc><correspAction type="sent"><persName>Ida Holm</persName>'
        '<date when="1901-05-03"/></correspAction></correspDesc></profileDesc>'
    )
    letters = (
        '<div type="letter" xml:lang="sv"><p>Bryggan brann.</p></div>'
        '<div type="letter" xml:lang="en"><p>The pier burned.</p></div>'
    )
    found = understood(edition(f"<text><body>{letters}</body></text>", profile))
    assert [(d.metadata.sender.text, d.metadata.date.edtf) for d in found.values()] == [
        ("Ida Holm", "1901-05-03")
    ] * 2


ROLES = (
    '<persName type="sender">Ida Holm</persName><persName type="addressee">Per Nyberg</persName>'
    '<date when="1871-05-02"/>'
)


def test_roles_may_stand_at_the_names_of_one_action():
    about = one(described(ROLES, titles="<title>Ida Holm to Per Nyberg</title>")).metadata
    assert (about.sender.text, about.recipient.text) == ("Ida Holm", "Per Nyberg")
    assert about.kind == "letter"
    assert "roles" not in dict(about.other)


@pytest.mark.parametrize(("signed", "sender"), [("Ida Holm", "Ida Holm"), ("", "Per Nyberg")])
def test_where_title_and_roles_differ_that_is_said(signed, sender):
    closer = f"<closer><signed>{signed}</signed></closer>"
    body = f"<text><body><p>The pier burned.</p>{closer}</body></text>"
    action = f"<correspAction>{ROLES}</correspAction>"
    profile = f"<profileDesc><correspDesc>{action}</correspDesc></profileDesc>"
    titles = "<title>Per Nyberg to Ida Holm, 2 May 1871</title>"
    about = one(edition(body, profile, titles)).metadata
    assert about.sender.text == sender
    assert "the markup says the reverse" in dict(about.other)["roles"]


@pytest.mark.parametrize(
    ("element", "edtf"),
    [
        ('<date when="1903-02-11">[11. 2.? 1903]</date>', "1903-02-11?"),
        ('<date when="1903-02-11" cert="low">11. 2. 1903</date>', "1903-02-11?"),
        ('<date when="1903-04-15">Mitte April 1903</date>', "1903-04~"),
        ('<date when="1903-04-15" cert="low">[Mitte? April 1903]</date>', "1903-04%"),
        ('<date notBefore="1903-03-01" notAfter="1903-03-09">[zwischen 1. und 9. 3.]</date>',
         "[1903-03-01..1903-03-09]"),
        ('<date notBefore="1903-03-01" notAfter="1903-03-01">1. 3.</date>', "1903-03-01"),
        ('<date when="-0044-03-15">Idibus Martiis</date>', "-0043-03-15"),
        ('<date when="-0043">44 B.C.</date>', "-0043"),
        ('<date from="1903-03-01" to="1903-03-09">1.–9. 3. 1903</date>', "1903-03-01/1903-03-09"),
        ('<date notBefore="1903-03-01">nach dem 1. 3.</date>', "1903-03-01/.."),
        ('<date when="1903-03-01T20:00:00">1. 3. 1903</date>', "1903-03-01"),
        ('<date value="1862-07-01">July 1, 1862</date>', "1862-07-01"),
        ('<date notBefore="1928-03-16" notAfter="1922-03-31">16. 3. 1928</date>', "1928-03-16"),
        ('<date when="1903-02-31">2. Februar 1903</date>', "1903-02-02"),
    ],
)  # fmt: skip
def test_dates_keep_their_doubt(element, edtf):
    assert dated(element).edtf == edtf


@pytest.mark.parametrize(
    "element",
    [
        '<date when="1917-05-15">May 2/15, 1917</date>',
        '<date when="1917-05-02">May 2/15, 1917</date>',
        '<date when="1917-05-15" when-custom="1917-05-02" calendar="#julian">2 May</date>',
        '<date when="1917-05-02" calendar="julian">2 May 1917</date>',
    ],
)
def test_a_day_of_both_calendars_is_known_in_both(element):
    date = dated(element)
    assert (date.edtf, date.julian) == ("1917-05-15", "1917-05-02")


PERSONS = (
    '<listPerson><person xml:id="p1"><persName>Brandt, Tove</persName><persName type="alt">Tove '
    'Holm</persName><birth>1850 in Lima</birth><idno type="GND">118607626</idno></person>'
    "</listPerson>"
    '<listPlace><place xml:id="l1"><placeName>Lima</placeName><location><geo>-12 -77</geo>'
    "</location></place></listPlace><listBibl><bibl>Tides, 1901.</bibl></listBibl>"
)


def test_a_register_at_the_back_is_no_body_and_says_who_is_who():
    text = f"<text><body><p>I met him on the pier.</p></body><back>{PERSONS}</back></text>"
    profile = (
        '<profileDesc><correspDesc><correspAction type="sent"><persName ref="#p1">T. B.</persName>'
        "</correspAction></correspDesc></profileDesc>"
    )
    read = one(edition(text, profile))
    assert words(read, BlockKind.PARAGRAPH) == ["I met him on the pier."]
    assert words(read, BlockKind.REGISTER) == [
        "Brandt, Tove\nTove Holm\n1850 in Lima\n118607626", "Lima\n-12 -77", "Tides, 1901.",
    ]  # fmt: skip
    brandt, lima = read.persons
    assert (brandt.name, brandt.names, brandt.kind) == ("Brandt, Tove", ("Tove Holm",), "person")
    assert brandt.identity == "seeds/v.xml#p1" == read.metadata.sender.identity
    assert "https://d-nb.info/gnd/118607626" in brandt.same
    assert lima.kind == "place"


def test_a_list_of_persons_that_gives_ids_is_a_register():
    text = (
        '<text><front><list type="persons"><item><persName xml:id="p_B">Brandt, Tove</persName>, '
        "consul at Riga.</item></list></front><body><p>Words.</p></body></text>"
    )
    (brandt,) = one(edition(text)).persons
    assert (brandt.name, brandt.identity) == ("Brandt, Tove", "seeds/v.xml#p_B")


@pytest.mark.parametrize(
    ("given", "identity"),
    [
        ('ref="http://d-nb.info/gnd/118607626/"', "https://d-nb.info/gnd/118607626"),
        ('ref="gnd:118607626"', "https://d-nb.info/gnd/118607626"),
        ('ref="https://viaf.org/viaf/12/#Who"', "https://viaf.org/viaf/12"),
        ('ref="https://www.wikidata.org/wiki/Q42"', "https://www.wikidata.org/entity/Q42"),
        ('key="Escher (vom Glas) Alfred"', "seeds/ed#Escher (vom Glas) Alfred"),
        ('ref="../indices/persons.xml#pmb12"', "seeds/ed#pmb12"),
        ("", None),
    ],
)
def test_keys_and_addresses_become_identities(given, identity):
    data = described(f"<persName {given}>Ida Holm</persName>")
    (read,) = understood(data, "seeds/ed/letters/a.xml").values()
    assert read.metadata.sender.identity == identity


def test_an_index_of_letters_is_read_as_letters_without_text():
    profile = "".join(
        f'<correspDesc source="#e1" ref="https://example.org/{day}"><correspAction type="sent">'
        f'<persName ref="gnd:1{day}">Holm, Ida</persName><date when="1871-05-0{day}"/>'
        '<placeName>Riga</placeName></correspAction><correspAction type="received">'
        "<persName>Ek, Per</persName></correspAction></correspDesc>"
        for day in (1, 2)
    )
    source = '<bibl type="print" xml:id="e1">Holm: Letters. Riga 1899.</bibl>'
    found = understood(edition("", f"<profileDesc>{profile}</profileDesc>", source=source))
    assert len(found) == 2
    letter = list(found.values())[1]
    assert letter.text == "sent: Holm, Ida, 1871-05-02, Riga\nreceived: Ek, Per"
    about = letter.metadata
    assert (about.sender.text, about.date.edtf, about.kind) == ("Holm, Ida", "1871-05-02", "letter")
    assert about.collection.title == "Holm: Letters. Riga 1899."
    assert dict(about.other)["url"] == "https://example.org/2"


def test_a_register_alone_is_read():
    data = edition(f"<standOff>{PERSONS}</standOff>")
    read = one(data)
    assert len(words(read, BlockKind.REGISTER)) == 2
    assert len(read.persons) == 2


def test_a_language_of_the_text_goes_before_those_of_the_header():
    used = '<langUsage><language ident="en"/><language ident="de"/></langUsage>'
    profile = f"<profileDesc>{used}</profileDesc>"
    data = edition(
        '<text xml:lang="ger"><body><p>Der Pier ist verbrannt.</p></body></text>', profile
    )
    assert one(data).metadata.language == "de"


def test_what_stands_in_another_file_is_told():
    text = (
        '<text xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>First.</p>'
        '<xi:include href="part2.xml"/></body></text>'
    )
    (unread,) = untold(edition(text))
    assert "part2.xml" in unread.where
