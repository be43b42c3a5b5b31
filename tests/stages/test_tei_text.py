"""The text of TEI: spaces, words cut by corrections, notes wherever they stand, tables, TEI P4."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tei_files import NAMESPACE, edition, one, parsed, searched, words

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.sniffing import HEAD_BYTES, head_of, root_of
from docproc.formats.xml import parse_xml
from docproc.records import BlockKind
from docproc.stages.parse.xml.tei.parser import TeiParser


def body(inner, after="", outer=""):
    return one(edition(f"<text><body>{inner}</body>{after}</text>{outer}"))


def test_what_is_said_of_a_witness_is_a_note_and_what_is_said_of_markup_is_no_text():
    read = body(
        '<p>The <app><lem wit="#A">ma<witDetail wit="#A">leaf torn</witDetail>gister</lem></app>'
        "<certainty locus='value'><desc>perhaps</desc></certainty>"
        '<interp type="topic">trade</interp> came.</p>'
    )
    assert words(read, BlockKind.PARAGRAPH) == ["The ma[1]gister came."]
    assert words(read, BlockKind.NOTE) == ["[1] leaf torn"]


@pytest.mark.parametrize(
    "form",
    [
        "<bibl type='source'>{}</bibl><p>A.</p>",
        "<p>A.</p><closer><bibl type='source'>{}</bibl></closer>",
        "<opener><note type='source'>{}</note></opener><p>A.</p>",
    ],
)
def test_a_reference_may_stand_in_an_entry_of_the_document(form):
    source = "Riga Archive, Harbour Papers, box 12"
    head = "<head>A. Holm to P. Ek</head>"
    read = body(f"<div type='document'>{head}{form.format(source)}</div>")
    assert [each.printed for each in read.references] == [source]


def test_a_paragraph_before_the_head_may_be_the_reference():
    source = "Board of Trade, Harbour Files (Lot File 95 D 113), Box 1, Docks"
    read = body(
        f"<p><hi>Source: {source}. A hand wrote in the margins.</hi></p>"
        "<div type='document'><head>Letter From A. Holm to P. Ek</head><p>Words.</p></div>"
    )
    assert [each.printed for each in read.references] == [source]
    assert len(words(read, BlockKind.REFERENCE)) == 1


def test_a_space_is_a_space():
    read = body('<p>They went<space quantity="1"/>south.<space/>Then home.</p>')
    assert read.text == "They went south. Then home."


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("in Octo<del>m</del><add>b</add>er", "in Octomber October"),
        ("the gov<subst><del>ern</del><add>ernor</add></subst> said",
         "the governernor governor said"),
        ("the mar<subst>\n  <del>c</del>\n  <add>k</add>\n </subst>et", "the marcket market"),
        ("of <del>Chile</del> Peru", "of Chile Peru"),
        ("the mar<gap/>ket", "the market"),
        ("the mar<lb break='no'/>ket", "the market"),
        ("the mar<pb n='2' break='no'/>ket", "the market"),
        ("<sic corr='towards'>towrds</sic> it", "towrds towards it"),
        ("<orig reg='Richmond'>Richmd</orig> it", "Richmd Richmond it"),
        ("<abbr expan='General'>Genl.</abbr> Hill", "Genl. General Hill"),
        ("<app><lem>one</lem><rdgGrp><rdg>two</rdg></rdgGrp></app> more", "one two more"),
    ],
)  # fmt: skip
def test_words_that_the_markup_cuts_are_found_whole(cut, whole):
    assert searched(body(f"<p>{cut}</p>")) == whole


def test_what_is_struck_out_from_one_place_to_another_is_marked():
    read = body('<p>for <delSpan spanTo="#e1"/>the old mill<anchor xml:id="e1"/> the bridge</p>')
    assert read.text == "for ⟦the old mill⟧ the bridge"


def test_what_is_struck_out_between_blocks_is_marked_within_them():
    read = body(
        '<delSpan spanTo="#e"/><opener><dateline>Riga</dateline></opener><p>The pier burned.</p>\n'
        '<anchor xml:id="e"/><p>The mill did not.</p>'
    )
    assert read.text == "⟦Riga\n\nThe pier burned.⟧\n\nThe mill did not."


@pytest.mark.parametrize("kind", ["foliation", "pageNumber", "pagination"])
def test_a_number_of_the_page_is_no_note_and_cuts_no_sentence(kind):
    read = body(
        f'<note type="{kind}">43</note><p>The pier <pb n="2"/><note type="{kind}">- 2 -</note>'
        "<fw>Letters of Ida Holm</fw> burned.</p>"
    )
    assert [(b.kind, b.span.of(read.text)) for b in read.blocks] == [
        (BlockKind.FURNITURE, "43"),
        (BlockKind.PARAGRAPH, "The pier burned."),
        (BlockKind.FURNITURE, "- 2 -"),
        (BlockKind.FURNITURE, "Letters of Ida Holm"),
    ]


def test_a_cell_is_part_of_one_line_and_keeps_its_place():
    read = body(
        '<table><row><cell rows="2">Third<lb/>Rifles</cell><cell>guns</cell></row>'
        "<row><cell>horses</cell></row></table>"
    )
    assert read.text == "Third Rifles\tguns\n\thorses"


def test_notes_are_tied_by_what_they_point_to():
    read = body(
        '<p>He met <anchor xml:id="p1"/>the King and <seg xml:id="s2">the Queen</seg> and '
        '<rs xml:id="r3">the Duke</rs>.</p>',
        '<back><div type="notes"><note target="#p1">Alfonso.</note><note xml:id="n2" '
        'target="#s2 #r3">Both of Spain.</note></div></back>',
    )
    notes = [b for b in read.blocks if b.kind is BlockKind.NOTE]
    assert [n.anchor.of(read.text) for n in notes] == ["[1]", "the Queen"]


def test_a_note_of_several_places_is_tied_to_the_one_that_it_names_first():
    read = body(
        '<p>He met <rs xml:id="r1">the King</rs> and <seg xml:id="s2">the Queen</seg>.</p>',
        '<back><div type="notes"><note target="#s2 #r1">Of Spain.</note></div></back>',
    )
    (note,) = (b for b in read.blocks if b.kind is BlockKind.NOTE)
    assert note.anchor.of(read.text) == "the Queen"


def test_notes_in_stand_off_markup_are_read_and_tied():
    notes = (
        '<standOff><listAnnotation><note xml:id="n1" target="#w1">A colonel.</note>'
        "</listAnnotation></standOff>"
    )
    read = body('<p>I saw <rs xml:id="w1">Venturi</rs> at Trieste.</p>', outer=notes)
    (note,) = (b for b in read.blocks if b.kind is BlockKind.NOTE)
    assert note.anchor.of(read.text) == "Venturi"
    assert "A colonel." in read.text


def test_notes_of_a_group_belong_where_the_group_stands():
    read = body(
        "<p>I saw him<noteGrp><note>The colonel.</note><note>Der Oberst.</note></noteGrp> go.</p>"
    )
    assert read.text.startswith("I saw him[1][2] go.")
    assert len(words(read, BlockKind.NOTE)) == 2


def test_a_row_is_a_line_and_its_empty_cells_stay():
    read = body(
        "<table><row><cell>Unit</cell><cell>Killed</cell><cell>Wounded</cell></row>\n"
        "<row><cell><p>4th Rifles</p><p>(reserve)</p></cell> <cell/> <cell>7</cell></row>"
        "<row><cell/><cell>5</cell><cell/></row></table>"
    )
    assert read.text == "Unit\tKilled\tWounded\n4th Rifles (reserve)\t\t7\n\t5\t"


def test_files_of_the_age_of_dtds_are_read_and_what_is_left_out_is_told():
    doctype = (
        b'<!DOCTYPE TEI.2 PUBLIC "-//TEI//DTD TEI//EN" "tei2.dtd" [\n'
        b'<!ENTITY % TEI.prose "INCLUDE">\n<!ENTITY % chars SYSTEM "chars.ent">\n%chars;\n]>'
    )
    old = b"<TEI.2><teiHeader/><text><body><div1 type='letter'><p>In May &rdquo; &who; it.</p>"
    document, *unread = parsed(doctype + old + b"</div1></body></text></TEI.2>")
    assert document.text == "In May ” it."
    assert [each.where for each in unread] == ["entity %chars", "entity who"]


def test_a_set_of_entities_that_builds_on_markup_is_refused():
    with pytest.raises(SourceError, match="builds on others"):
        parse_xml(b"<!DOCTYPE a [<!ENTITY % x '<!ENTITY y \"z\">'> %x;]><a/>", Limits())


@pytest.mark.parametrize("size", [10, HEAD_BYTES, 5 * HEAD_BYTES])
def test_a_file_is_known_behind_a_long_comment(size):
    comment = b"<!-- " + b"licence " * (size // 8) + b"-->"
    data = b'<?xml version="1.0"?>' + comment + edition("<text><body><p>A.</p></body></text>")
    head = head_of(data)
    assert root_of(head).name == "TEI"
    assert TeiParser(Limits()).confidence(None, head) > 0.5
    assert len(head) <= 2 * HEAD_BYTES


def test_a_comment_that_never_ends_and_other_files_keep_their_head():
    for data in (b"<!-- " + b"x" * 30_000, b"plain <!-- " + b"x" * 30_000 + b"--><a/>"):
        assert head_of(data) == data[:HEAD_BYTES]


QUOTED = (
    "<floatingText><body><opener><dateline>Riga, 9 June 1890</dateline><salute>Dear Ida,</salute>"
    "</opener><p>Come.</p><closer><signed>Per Ek</signed></closer></body></floatingText>"
)


@pytest.mark.parametrize("before", ["There came:", "Today the post brought me this at last."])
def test_a_letter_within_another_text_does_not_open_or_sign_that(before):
    diary = one(edition(f"<text><body><div><p>{before}</p>{QUOTED}</div></body></text>"))
    assert {block.kind for block in diary.blocks} == {BlockKind.PARAGRAPH}
    assert (diary.metadata.sender, diary.metadata.date) == (None, None)
    alone = one(edition(f"<text><body><div>{QUOTED}</div></body></text>"))
    assert (alone.metadata.sender.text, alone.metadata.date.edtf) == ("Per Ek", "1890-06-09")


def test_notes_without_a_number_take_none_that_others_bear():
    read = body('<p>One<note n="2">Two.</note> and<note>Other.</note> more<note>Third.</note>.</p>')
    assert read.text.split("\n\n")[0] == "One[2] and[1] more[3]."


def test_a_note_in_an_entry_of_a_register_is_part_of_it():
    entry = '<person xml:id="p"><persName>Ek, Per</persName><note>miller</note></person>'
    read = one(edition(f"<text><back><listPerson>{entry}</listPerson></back></text>"))
    assert [(b.kind, b.span.of(read.text)) for b in read.blocks] == [
        (BlockKind.REGISTER, "Ek, Per\nmiller")
    ]


PIECES = (
    "word0", " ", "<lb/>", "<lb break='no'/>", "<pb n='7'/>", "<fw>head1</fw>", "<gap/>",
    "<space/>", "<subst>\n <del>old2</del>\n <add>new3</add>\n</subst>", "<note>note4</note>",
    "<note type='foliation'>- 5 -</note>", "<q>said6</q>", "<unclear>dim7</unclear>",
    "<choice><sic>odd8</sic><corr>even9</corr></choice>", "<delSpan spanTo='#e'/>",
    "<anchor xml:id='e'/>", "<hi>high10</hi>",
)  # fmt: skip
BLOCKS = (
    "<p>{}</p>", "<head>{}</head>", "<lg><l>{}</l><l>{}</l></lg>",
    "<note type='foliation'>{}</note>",
    "<table><row><cell rows='2'>{}</cell><cell>{}</cell></row><row><cell>{}</cell></row></table>",
    "<floatingText><body><salute>{}</salute><p>{}</p></body></floatingText>",
    "<delSpan spanTo='#f'/><p>{}</p><anchor xml:id='f'/>", "<list><item>{}</item></list>",
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(BLOCKS), st.lists(st.sampled_from(PIECES), max_size=6)),
        min_size=1,
        max_size=4,
    )
)
def test_however_elements_stand_each_block_is_where_it_says(parts):
    inside = "".join(block.replace("{}", "".join(pieces)) for block, pieces in parts)
    read = parsed(edition(f"<text><body><p>First.</p>{inside}</body></text>"))[0]
    ends = [(block.span.start, block.span.end) for block in read.blocks]
    assert ends == sorted(ends)
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))
    for block in read.blocks:
        words_ = block.span.of(read.text)
        assert words_.rstrip() == words_ != ""
    for page in read.pages:
        assert 0 <= page.span.start <= page.span.end <= len(read.text)
    assert read.search.apply(read.text) is not None


def test_what_an_edition_says_of_a_picture_is_none_of_the_letters_words():
    picture = "<figure><figDesc>A small ornament ends the letter.</figDesc></figure>"
    text = f"<text><body><p>The pier {picture}burned.</p>{picture}</body></text>"
    read = one(edition(text))
    assert words(read, BlockKind.PARAGRAPH) == ["The pier burned."]
    assert words(read, BlockKind.EDITION) == ["A small ornament ends the letter."] * 2


def test_a_written_page_alone_is_read_and_its_number_stands_around_it():
    page = (
        f'<surface {NAMESPACE} xml:id="p7"><zone type="pagination"><line>155</line></zone><zone>'
        "<line>to increase your own.</line><line>He made notes.</line></zone></surface>"
    )
    read = one(page.encode())
    assert words(read, BlockKind.FURNITURE) == ["155"]
    assert words(read, BlockKind.PARAGRAPH) == ["to increase your own.\nHe made notes."]
