"""RTF: characters of any codepage, paragraphs, tables, notes; what is no text is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.records import BlockKind, Document, SourceFile
from docproc.stages.parse.office.rtf.parser import make

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}"


SIGNS = (
    rb"{\rtf1\mac\ansicpg10001{\fonttbl{\f0\fnil\fcharset78 Osaka;}{\f1\fcharset77 Helvetica;}"
    rb"{\f2\froman\fcharset2{\*\panose 05050102}Symbol;}{\f3\fcharset2 Wingdings;}"
    rb"{\f4\fcharset2 Cranes;}{\f5\fcharset128\cpg65001 Arial;}}\deff1"
)


def parse(data: bytes) -> Document:
    (document,) = make({}).parse(SourceFile("a.rtf", "x/y", len(data), "0" * 64), data)
    return document


def text(body: bytes) -> str:
    return parse(HEAD + body + b"}").text


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (rb"caf\'e9", "café"),
        (rb"\f1 \'d5\'eb\'e5\'e1", "Хлеб"),
        (rb"{\f1 \'d5}\'e9", "Хé"),
        (rb"\uc1\u1061?\u1083\'3f", "Хл"),
        (rb"\uc0\u1061 x", "Хx"),
        (rb"\u-10180?\u-8193?", "\U0001f3ff"),
        (rb"a\~b\_c\\ \{d\}", "a\u00a0b\u2011c\\ {d}"),
        (b"one\r\n two\\line three\\tab four", "one two\nthree\tfour"),
        (rb"kept{\deleted gone}{\v hidden}{\*\unknown gone}{\pict 00ff}", "kept"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", "shown"),
        (rb"{\pntext 1.\tab}wheat\par{\pntext 2.\tab}rye", "1.\twheat\n\n2.\trye"),
        (rb"{\pntext 1.\tab}{\listtext 1.\tab}wheat", "1.\twheat"),
        (rb"{\listtext \u-3913\'b7\tab}wheat", "•\twheat"),
    ],
)
def test_characters_are_read_as_they_are_printed(body, read):
    assert text(body) == read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (rb"\f0 \'82\'a8\'93\'c7", "お読"),
        (rb"\f1 caf\'8e", "café"),
        (rb"\f5 \'e4\'b8\'ad", "中"),
        (rb"x {\f2 a\'b3b} y", "x α≥β y"),
        (rb"{\f2\u-3999?}", "α"),
        (rb"\f3 \'fc\f1 done", "✓done"),
    ],
)
def test_fonts_say_what_characters_mean(body, read):
    assert parse(SIGNS + body + b"}").text == read


def test_a_font_of_symbols_that_is_not_known_is_told():
    data = SIGNS + rb"\f1 a{\f4 bc}}"
    document, told = make({}).parse(SourceFile("a.rtf", "x/y", len(data), "0" * 64), data)
    assert document.text == "a\ufffd\ufffd"
    assert told.cause.startswith("2 characters")


def test_paragraphs_headings_and_tables():
    document = parse(
        HEAD + rb"\pard\outlinelevel0 Minutes\par\pard One.\par Two.\par"
        rb"\trowd\pard\intbl a\cell b\cell\row\trowd\pard\intbl c\cell d\cell\row\pard End.}"
    )
    assert document.text == "Minutes\n\nOne.\n\nTwo.\n\na\tb\nc\td\n\nEnd."
    assert [(b.kind.value, b.span.of(document.text)) for b in document.blocks] == [
        ("heading", "Minutes"),
        ("paragraph", "a\tb"),
        ("paragraph", "c\td"),
    ]


def test_notes_are_tied_to_their_marks_and_endnotes_follow():
    document = parse(
        HEAD + rb"Wheat{\super\chftn}{\footnote\ftnalt\pard\chftn  On wheat.} and rye"
        rb"{\super\chftn}{\footnote\pard\chftn  On rye.\par Much.}."
        rb"{\*\atnid A}{\*\annotation\pard Not so.}}"
    )
    assert document.text == (
        "Wheat[1] and rye[1].\n\n[1] On rye.\nMuch.\n\n[1] On wheat.\n\nNot so."
    )
    footnote, endnote, comment = document.blocks
    assert footnote.anchor.start > endnote.anchor.start
    assert (comment.label, comment.anchor) == ("comment 1", None)


def test_what_the_file_says_of_itself_is_metadata_and_no_text():
    document = parse(HEAD + rb"{\info{\title Re\'e7u}{\author A}}Words.}")
    assert document.text == "Words."
    assert document.metadata.other == (("file's title", "Reçu"), ("file's author", "A"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Hello", "not RTF"),
        (HEAD + b"}", "has no text"),
        (b"{\\rtf1" + b"{" * 100_000, "nested more than"),
    ],
    ids=["none", "empty", "deep"],
)
def test_what_cannot_be_read_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parse(data)


def test_groups_may_lie_as_deep_as_the_limits_say():
    data = b"{\\rtf1" + b"{" * 9 + b"deep" + b"}" * 10
    source = SourceFile("a.rtf", "x/y", len(data), "0" * 64)
    (document,) = make({"limits": Limits(nesting=10)}).parse(source, data)
    assert document.text == "deep"
    with pytest.raises(SourceError, match=r"more than 9 deep \(limits\.nesting\)"):
        list(make({"limits": Limits(nesting=9)}).parse(source, data))


PIECES = st.lists(
    st.sampled_from(
        [
            b"{", b"}", rb"\footnote ", rb"\annotation ", rb"\par ", rb"\row ", rb"\intbl ",
            rb"\pard ", rb"\u1061?", rb"\'d5", rb"\*", rb"\pict ", rb"\outlinelevel0 ", b"word ",
            rb"\f1 ", rb"\deleted ", b"\\", rb"\uc9 ",
        ]
    )
)  # fmt: skip


@given(PIECES)
def test_whatever_it_holds_its_blocks_are_apart(pieces):
    try:
        document = parse(HEAD + b"".join(pieces))
    except SourceError:
        return
    at = 0
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(document.text)
        at = block.span.end
    document.text.encode("utf-8")


def test_notes_are_numbered_as_the_file_says_and_comments_bear_their_authors():
    document = parse(
        HEAD + rb"\ftnnauc\aftnnrlc One{\chftn{\footnote A.}} two{\chftn{\footnote B.}} three"
        rb"{\chftn{\footnote\ftnalt C.}} four{\*\atnid E}{\*\atnauthor Ed\'e9}\chatn"
        rb"{\*\annotation D.}{\*\annotation E.}}"
    )
    assert document.text == (
        "One[A] two[B] three[i] four\n\n[A] A.\n\n[B] B.\n\n[i] C.\n\nEdé: D.\n\nE."
    )
    assert document.metadata.other == ()


def test_tracked_changes_are_counted():
    document = parse(HEAD + rb"one {\revised\revauth1 two }{\deleted three }{\revised four}}")
    assert document.text == "one two four"
    assert dict(document.metadata.other) == {"tracked insertions": "2", "tracked deletions": "1"}


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"One\\\nTwo\\\n\\\nThree", "One\n\nTwo\n\nThree"),
        (b"One\\\r\nTwo", "One\n\nTwo"),
        (b"Before {\\pict\\bin5 \x01{}\\\x02} after", "Before  after"),
        (b"Before {\\*\\unknown{\\pict\\bin3 }}}}} after", "Before  after"),
        (rb"{\upr{M?ller}{\*\ud{M\u252\'fcller}}} end", "Müller end"),
        (rb"{\upr{\*\bkmkstart x}{\*\ud{\*\bkmkstart y}}}Name", "Name"),
        (rb"kept{\deleted gone\par} on", "kept on"),
        (rb"\pard\dropcapli3\dropcapt1 D\par\pard ie Sache.", "Die Sache."),
    ],
)
def test_what_word_processors_write_otherwise_is_read_as_they_print_it(body, read):
    assert text(body) == read


SHAPE = (
    rb"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard In the box.\par}}"
    rb"{\shprslt{\*\do\dptxbx{\dptxbxtext\pard In the box.\par}}}}"
)


def test_the_words_of_a_shape_are_read_once_and_split_no_sentence():
    assert text(rb"One " + SHAPE + rb"two.\par Next.") == "One two.\n\nIn the box.\n\nNext."
    assert text(SHAPE + rb"One two.\par") == "In the box.\n\nOne two."
    assert text(rb"One {\*\do\dptxbx{\dptxbxtext\pard Old box.\par}}two.") == "One two.\n\nOld box."


def test_empty_cells_keep_their_places():
    row = rb"\trowd\pard\intbl %s\row"
    rows = [row % cells for cells in (rb"a\cell b\cell c\cell", rb"\cell d\cell\cell")]
    rows += [row % rb"\cell\cell e\cell", row % rb"f\cell\cell g\cell"]
    assert text(b"".join(rows) + rb"\pard End.") == "a\tb\tc\n\td\t\n\t\te\nf\t\tg\n\nEnd."


def test_cells_that_are_one_are_one():
    row = rb"\trowd\clmgf\cellx1\clmrg\cellx2\cellx3\pard\intbl Wide\cell\cell c\cell\row"
    plain = rb"\trowd\cellx1\cellx2\cellx3\pard\intbl a\cell\cell c\cell\row"
    assert text(row + plain + rb"\pard End.") == "Wide\tc\na\t\tc\n\nEnd."


def test_a_table_in_a_cell_is_read_once_without_what_stands_for_it():
    nested = (
        rb"\pard\intbl\itap2 n1\nestcell n2\nestcell{\*\nesttableprops\trowd\nestrow}"
        rb"{\nonesttables Not shown.\par}"
    )
    written = rb"\trowd\pard\intbl a\cell " + nested + rb"\pard\intbl\cell\row\pard End."
    assert text(written).split("\n")[0].split() == ["a", "n1", "n2"]
    assert "Not shown" not in text(written)


def margin(kind: bytes, words: bytes) -> bytes:
    return b"{\\" + kind + rb"\pard " + words + rb"\par}"


def test_a_letterhead_is_text_and_what_runs_over_every_page_is_furniture():
    lines = rb"Ministry of War\par Moscow, 2 November 1921"
    for head in (margin(b"header", lines), rb"\titlepg" + margin(b"headerf", rb"Ministry of War")):
        document = parse(HEAD + head + rb"\pard Dear Sir,\par}")
        assert document.text.startswith("Ministry of War\n\n")
        assert document.text.endswith("\n\nDear Sir,")
        assert document.blocks == ()
    for kind, words in (
        (b"header", rb"Letters of the War"),
        (b"header", lines + rb"\par Page {\field{\*\fldinst PAGE}{\fldrslt 1}}"),
        (b"footer", lines),
    ):
        document = parse(HEAD + margin(kind, words) + rb"\pard Dear Sir,\par}")
        assert document.text.startswith("Dear Sir,\n\n")
        assert {block.kind.value for block in document.blocks} == {"furniture"}


def test_a_note_with_a_mark_of_its_own_is_tied_and_not_counted():
    document = parse(
        HEAD + rb"Claim{\super *}{\footnote\pard {\super *} Star.} and{\super\chftn}"
        rb"{\footnote\pard {\super\chftn} First.}.\par}"
    )
    assert document.text == "Claim* and[1].\n\n* Star.\n\n[1] First."
    assert [(b.label, b.anchor.of(document.text)) for b in document.blocks] == [
        ("*", "*"),
        ("1", "[1]"),
    ]


def test_half_a_character_and_bad_bytes_are_marked_and_told():
    data = HEAD.replace(b"fcharset204", b"fcharset128") + rb"One \u-9000? {\f1 \'82} two.}"
    document, told = make({}).parse(SourceFile("a.rtf", "x/y", len(data), "0" * 64), data)
    assert document.text == "One \ufffd \ufffd two."
    assert str(told) == "its characters: 2 characters cannot be read; a \ufffd stands for each"


@pytest.mark.parametrize(
    ("mark", "note"), [("{\\super *}", "*Burnt."), ("{\\super a}", "{\\super a} Burnt.")]
)
def test_a_note_may_bear_a_mark_of_its_own(mark, note):
    document = parse(rf"{{\rtf1\ansi The mill{mark}{{\footnote {note}}} stood.\par}}".encode())
    (read,) = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    assert read.anchor is not None
    assert read.label == read.anchor.of(document.text) == document.text[8]


def test_bullets_of_libreoffice_are_in_the_page_of_the_file_and_lists_are_no_text():
    fonts = rb"{\fonttbl{\f3\fnil\fcharset128 OpenSymbol{\*\falt A};}}{\list{\leveltext A;}}"
    assert text(fonts + rb"{\listtext\f3 \'96\tab}rye") == "–\trye"


def test_styles_make_headings_and_columns_paragraphs_and_objects_have_words():
    styles = r"{\stylesheet{\s1\ql heading 1;}{\s7\b\outlinelevel2 Of mills;}{\s8 Body;}}"
    words = r"\pard\s7 Of dams\par\pard\s8 One.\column Two.\par\pard\s1 Of mills\par"
    inside = r"{\object\objemb{\*\objdata 0105}{\result Three.}}\par"
    document = parse(rf"{{\rtf1\ansi{styles}{words}\pard {inside}}}".encode())
    heads = [(b.level, b.span.of(document.text)) for b in document.blocks]
    assert heads == [(3, "Of dams"), (1, "Of mills")]
    assert document.text.split() == ["Of", "dams", "One.", "Two.", "Of", "mills", "Three."]
