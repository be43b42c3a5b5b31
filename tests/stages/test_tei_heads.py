"""Volumes of documents in TEI: heads, roles, source notes, kinds, pages, numbers."""

import pytest
from tei_files import (
    NAMESPACE,
    document,
    edition,
    one,
    parsed,
    passages,
    understood,
    volume,
    words,
)

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.passages.governing import own_reference
from docproc.records import BlockKind, SourceFile
from docproc.stages.parse.xml.tei.parser import TeiParser

NOTE = '<note n="1" type="source">Source: Board of Trade, Central Files, 561.71/204. Secret.</note>'
ROLES = (
    "<head>The Chairman of the Commission to Courland (<persName "
    'type="from" corresp="#p1"><hi>Hartwell</hi></persName>) to the <gloss type="to">Secretary of '
    "the Board</gloss></head>"
)
DAY = '<date when="1951-03-04">March 4, 1951</date>'
LINE = f"<dateline><placeName>Libau</placeName>, {DAY}</dateline>"


def first(head, more="", before=""):
    found = understood(volume(document(12, head, more, before), document(13, "<head>Rest</head>")))
    return found["d12"]


def test_a_note_and_a_number_are_no_part_of_the_title():
    read = first(f"<head>12. Telegram From the Consul at Libau (Ames) to the Board{NOTE}</head>")
    about = read.metadata
    assert about.title.text == "Telegram From the Consul at Libau (Ames) to the Board"
    assert about.title.span.of(read.text) == about.title.text
    assert (about.number, about.kind) == ("12", "telegram")
    assert about.sender.text == "the Consul at Libau (Ames)"
    assert about.recipient.text == "the Board"
    assert words(read, BlockKind.HEADING) == [f"12. {about.title.text}[1]"]
    assert words(read, BlockKind.NOTE)[0].endswith("561.71/204. Secret.")


def test_a_note_on_a_head_that_names_the_source_is_the_reference_without_a_type():
    note = NOTE.replace(' type="source"', "")
    read = first(f"<head>12. Telegram From the Consul at Libau (Ames) to the Board{note}</head>")
    assert read.references[0].printed == "Board of Trade, Central Files, 561.71/204"
    assert len(words(read, BlockKind.NOTE)) == 1


def test_a_note_of_the_header_may_say_where_the_document_is_kept():
    kept = '<notesStmt><note type="Überlieferung">Lund, Stadtarchiv, Ms. 5, fol. 3.</note>'
    data = edition("<text><body><p>A.</p></body></text>").decode()
    data = data.replace("<sourceDesc>", f"{kept}</notesStmt><sourceDesc>", 1)
    (reference,) = one(data.encode()).references
    assert reference.printed == "Lund, Stadtarchiv, Ms. 5, fol. 3"


def test_of_several_heads_the_title_is_none_that_is_a_date_alone():
    about = first(
        '<head><date when="1799-11-09">18 brumaire an VIII</date></head><head>Ney an Ada</head>'
    ).metadata
    assert (about.title.text, about.date.edtf) == ("Ney an Ada", "1799-11-09")


def test_a_number_on_a_line_of_its_own_is_no_part_of_the_title():
    about = first("<head>12<lb/>The Minister<lb/>(Hill) to the Board of Trade</head>").metadata
    assert about.title.text.split("\n") == ["The Minister", "(Hill) to the Board of Trade"]
    assert (about.number, about.sender.text) == ("12", "The Minister\n(Hill)")


def test_roles_in_the_markup_decide_who_wrote_to_whom():
    about = first(ROLES).metadata
    assert about.sender.text == "The Chairman of the Commission to Courland (Hartwell)"
    assert (about.sender.name, about.sender.identity) == ("Hartwell", "seeds#p1")
    assert about.recipient.text == "the Secretary of the Board"


def test_an_office_has_the_name_of_the_one_who_signed():
    named = '<persName type="to">Ames</persName>'
    head = f"<head>The Secretary of the Board to the Consul ({named})</head>"
    signed = "<closer><signed><persName>Roscoe</persName></signed></closer>"
    about = first(head, signed).metadata
    assert (about.sender.text, about.sender.name) == ("The Secretary of the Board", "Roscoe")
    assert (about.recipient.text, about.recipient.name) == ("the Consul (Ames)", "Ames")


@pytest.mark.parametrize(
    ("head", "sender", "recipient", "dates"),
    [
        ("Letter From Anna Reiss to Karl Thoms, July 1951", "Anna Reiss", "Karl Thoms", "1951-07"),
        ("Letter From Anna Reiss to Karl Thoms, Riga, 2 July 1951",
         "Anna Reiss", "Karl Thoms", "1951-07-02"),
        ("Memorandum of Conversation Between the Consul and the Mayor", None, None, None),
        ("The Ambassador to Courland to the Mayor",
         "The Ambassador to Courland", "the Mayor", None),
    ],
)  # fmt: skip
def test_what_follows_the_names_in_a_head_is_no_name(head, sender, recipient, dates):
    line = "<opener><salute>Dear Sir,</salute></opener>"
    about = first(f"<head>{head}</head>", line).metadata
    assert (about.sender and about.sender.text) == sender
    if recipient:
        assert about.recipient.text == recipient
    assert (about.date and about.date.edtf) == dates
    if "Conversation" in head:
        assert dict(about.other)["participants"] == "the Consul and the Mayor"


@pytest.mark.parametrize(
    ("note", "printed", "level"),
    [
        ("File No. 861.00/2504", "861.00/2504", "861.00/2504"),
        ("740.00119 EAC/1–445: Telegram", "740.00119 EAC/1–445", "740.00119 EAC/1–445"),
        ("Lot 64 D 563, Box 20", "Lot 64 D 563, Box 20", "64 D 563"),
        ("Humphreys Papers", "Humphreys Papers", None),
        ("РГАСПИ. Ф. 558. Оп. 2. Д. 51. Л. 1.", "РГАСПИ. Ф. 558. Оп. 2. Д. 51. Л. 1.", "558"),
    ],
)
def test_a_source_note_before_the_head_is_the_reference(note, printed, level):
    read = first(f'<note rend="inline" type="source">{note}</note><head>Memorandum</head>')
    own = own_reference(read)
    assert own.printed == printed
    assert own.span.of(read.text) == printed
    assert level is None or level in dict(own.components).values()
    assert all(passage.reference == own for passage in passages(read))


def test_a_footnote_on_the_source_is_the_reference_and_stays_a_note():
    read = first(f"<head>Memorandum{NOTE}</head>")
    own = own_reference(read)
    assert own.printed == "Board of Trade, Central Files, 561.71/204"
    assert dict(own.components)["decimal number"] == "561.71/204"


@pytest.mark.parametrize(
    ("note", "kind"),
    [("[Telegram]", "telegram"), ("[Telegram—Extract]", "telegram"), ("[Circular]", "circular")],
)
def test_a_note_in_the_place_of_the_head_names_the_kind(note, kind):
    read = first(f'{ROLES}<note rend="inline" type="source">{note}</note>')
    assert read.metadata.kind == kind
    assert note in words(read, BlockKind.HEADING)
    assert own_reference(read) is None


def test_the_page_that_began_before_a_document_holds_on_into_it():
    read = first("<head>Memorandum</head>", before='<pb n="41" facs="https://example.org/9.jpg"/>')
    assert [page.label for page in read.pages] == ["41"]
    assert passages(read)[-1].locator == "doc. 12, p. 41, paragraph 1"


def test_a_page_without_a_number_is_counted_and_never_called_by_its_image():
    pages = '<pb facs="https://example.org/9.jpg"/>'
    read = first("<head>Memorandum</head>", f"{pages}<p>More.</p>{pages}")
    assert [page.label for page in read.pages] == ["1", "2"]


def test_an_identifier_is_no_locator():
    body = (
        '<div type="letter" xml:id="L00002"><head>One</head><p>First.</p></div>'
        '<div type="letter" xml:id="L00003"><head>Two</head><p>Second.</p></div>'
    )
    found = understood(volume(body))
    assert passages(found["L00002"])[-1].locator == "paragraph 1"


def test_dates_are_read_where_a_paragraph_stands_before_the_document_and_once():
    data = volume(
        "<p>From the papers of the board.</p>",
        document(1, "<head>Memorandum</head>", "<dateline>June 9, 1931</dateline>"),
        document(2, "<head>Memorandum</head>", LINE),
    )
    found = understood(data)
    assert [d.edtf for d in found["d1"].metadata.dates] == ["1931-06-09"]
    (date,) = found["d2"].metadata.dates
    assert (date.edtf, date.span.of(found["d2"].text)) == ("1951-03-04", "March 4, 1951")
    assert found["d2"].metadata.place.text == "Libau"


def test_an_hour_is_no_year():
    line = "<dateline>Libau, March 4, 1918, 8 p.m. [Received March 5, 11 a.m.]</dateline>"
    read = first("<head>Memorandum</head>", line)
    assert [date.edtf for date in read.metadata.dates] == ["1918-03-04"]


def test_a_diary_has_the_dates_of_its_heads():
    body = "".join(
        f'<div type="entry"><head><date when="1921-05-0{day}">{day} May</date></head>'
        "<p>Rain.</p></div>"
        for day in (3, 4)
    )
    found = understood(volume(body))
    assert [d.metadata.date.edtf for m, d in found.items() if m] == ["1921-05-03", "1921-05-04"]


def test_the_edition_is_known_of_each_document():
    titles = (
        '<title type="complete">Papers of the Board, 1931, Volume II</title>'
        '<title type="series">Papers of the Coast</title>'
        '<title type="volumenumber">Volume II</title><editor role="general">A. Gen</editor>'
        '<editor role="primary">B. Own</editor>'
    )
    read = understood(volume(document(1, "<head>A</head>"), document(2, ""), titles=titles))["d1"]
    edition = read.metadata.collection
    assert (edition.title, edition.volume) == ("Papers of the Board, 1931", "Volume II")
    assert edition.editors == ("B. Own", "A. Gen")
    assert (edition.publisher, edition.place, edition.year) == ("Harbour Press", "Libau", "1934")
    assert edition.series == "Papers of the Coast"


@pytest.mark.parametrize("link", ["decls", "corresp"])
@pytest.mark.parametrize("kind", ["letter", "correspondence"])
def test_a_letter_is_described_where_it_points(link, kind):
    profile = (
        '<profileDesc><correspDesc xml:id="c1"><correspAction type="sent"><persName>Ida Holm'
        "</persName><placeName><address><street>Rue 5</street><settlement>Riga</settlement>"
        '</address></placeName></correspAction></correspDesc><correspDesc xml:id="c2">'
        '<correspAction type="sent"><persName>Per Ek</persName></correspAction></correspDesc>'
        "</profileDesc>"
    )
    body = "".join(
        f'<div type="{kind}" {link}="#c{n}"><head>Letter {n}</head><p>Words.</p></div>'
        for n in (1, 2)
    )
    found = [d.metadata for m, d in understood(volume(body, profile=profile)).items() if m]
    assert [about.sender.text for about in found] == ["Ida Holm", "Per Ek"]
    assert found[0].place.text == "Riga"


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ("<title>Letter 2, of 1616</title>", "Letter 2, of 1616"),
        ('<title type="complete">Papers of the Board</title>', "Main text of the letter"),
    ],
)
def test_a_letter_alone_has_the_title_of_its_header_unless_that_is_the_editions(titles, title):
    body = '<div type="letter"><head>Main text of the letter</head><p>First.</p></div>'
    (read,) = understood(volume(body, titles=titles)).values()
    assert read.metadata.title.text == title


@pytest.mark.parametrize(
    ("head", "sender", "recipient", "kind"),
    [
        ("Ida Holm to Per Ek", "Ida Holm", "Per Ek", "letter"),
        ("12. Ida Holm an Per Ek", "Ida Holm", "Per Ek", "letter"),
        ("An Per Ek", None, "Per Ek", "letter"),
        ("Telegram to Per Ek", None, "Per Ek", "telegram"),
        ('<persName role="sender">Holm</persName> to <persName role="addressee">Ek</persName>',
         "Holm", "Ek", "letter"),
    ],
)  # fmt: skip
def test_what_the_markup_calls_a_letter_has_its_head_read_as_one(head, sender, recipient, kind):
    letter = f'<div type="letter"><head>{head}</head><p>The pier burned.</p></div>'
    found = understood(edition(f"<text><body>{letter * 2}</body></text>"))
    about = next(iter(found.values())).metadata
    assert (about.sender and about.sender.text, about.recipient.text) == (sender, recipient)
    assert about.kind == kind


def test_a_file_that_others_include_is_read_by_itself():
    part = f'<div {NAMESPACE} type="letter"><head>Ida Holm to Per Ek</head><p>Yes.</p></div>'
    data = f'<?xml version="1.0"?>{part}'.encode()
    assert TeiParser(Limits()).confidence(SourceFile("a.xml", "", 1, "0" * 64), data) > 0.5
    assert one(data).metadata.recipient.text == "Per Ek"


def test_xml_that_is_no_tei_is_refused():
    with pytest.raises(SourceError, match="not TEI"):
        parsed(b"<div><p>Yes.</p></div>")


def test_of_several_heads_one_is_the_title_one_the_number_one_the_dateline():
    heads = "<head>2.</head><head type='sub'>Lund, 5 May 1901</head><head>To Ida Holm</head>"
    letter = f'<div type="letter">{heads}<p>The pier burned.</p></div>'
    found = understood(edition(f"<text><body>{letter * 2}</body></text>"))
    about = next(iter(found.values())).metadata
    assert (about.title.text, about.number, about.date.edtf) == ("To Ida Holm", "2", "1901-05-05")
    assert about.place.text == "Lund"


def test_a_place_on_the_line_below_a_name_is_none_of_it():
    head = '<head>To Per Ek<lb/><date when="1901-05-03">Lund, 3 May 1901</date></head>'
    letter = f'<div type="letter">{head}<p>The pier burned.</p></div>'
    found = understood(edition(f"<text><body>{letter * 2}</body></text>"))
    assert next(iter(found.values())).metadata.recipient.text == "Per Ek"


def test_a_division_on_the_source_says_where_the_document_is_kept_from_the_archive_on():
    read = first(
        "<head>Ida to Per</head>",
        '<div type="source"><p>City Archive, Libau, Harbour Papers, box 12.</p></div>',
    )
    assert [each.printed for each in read.references] == [
        "City Archive, Libau, Harbour Papers, box 12"
    ]
    assert words(read, BlockKind.REFERENCE) == ["City Archive, Libau, Harbour Papers, box 12."]


def test_every_name_with_a_role_in_a_head_is_the_sender_or_the_recipient():
    head = (
        '<head>The Consul (<persName type="from">Ames</persName>), the Clerk (<persName '
        'type="from">Roe</persName>) and <orgName type="from">Holm and Sons</orgName> to '
        '<persName type="to">Per Nyberg</persName> and <gloss type="to">the Board</gloss></head>'
    )
    about = first(head).metadata
    assert about.sender.text.startswith("The Consul (Ames), the Clerk (Roe) and Holm")
    assert about.sender.name == "Ames; Roe; Holm and Sons"
    assert about.recipient.text == "Per Nyberg and the Board"
    one = first(ROLES).metadata
    assert (one.sender.name, one.recipient.name) == ("Hartwell", None)
