"""A document on a terminal or in a pipe: all of it, its structure, its notes, its mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_views import render_document_plain
from river_letter import BLOCKS, LETTER, PASSAGES, SOURCE, span

from docproc.records import Block, BlockKind, Document, Page, Span, StatedDate
from docproc.rendering.document_view import document_view
from docproc.rendering.json import document_json
from docproc.rendering.lines import plain


@pytest.mark.parametrize("width", [80, 120])
def test_the_letter_looks_as_it_did(golden: Callable[[str, str], None], width: int):
    golden(f"letter-{width}.txt", render_document_plain(LETTER, PASSAGES, None, width))


def test_all_of_the_text_but_furniture_is_shown():
    shown = "".join(render_document_plain(LETTER, ()).split())
    for block in BLOCKS[1:]:
        assert "".join(block.span.of(LETTER.text).split()) in shown
    assert "Index" not in shown
    assert "Leftout:1blockofnavigation" in shown


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"])), st.data())
def test_no_text_is_lost_whatever_the_blocks_leave_uncovered(text: str, data: st.DataObject):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans)
    shown = render_document_plain(Document(SOURCE, text, blocks=blocks), ())
    body = shown.partition("\nid ")[2].partition("\n")[2]
    assert "".join(body.split()) == "".join(text.split())


def test_the_marked_passage_is_pointed_at_and_nothing_else():
    shown = render_document_plain(LETTER, PASSAGES, PASSAGES[0].span)
    pointed = [line for line in shown.splitlines() if line.startswith(">")]
    assert pointed == [
        "> ¶ 1   The barges [two] reached Nizhny on Monday (in the presence of the",
        ">       harbour master). He counted them twice..",
    ]


def test_the_answering_sentence_stands_out_within_the_mark():
    sentence = span("He counted them twice..")
    lines = document_view(LETTER, PASSAGES, 80, mark=PASSAGES[0].span, highlights=[sentence])
    pieces = [piece for line in lines for piece in line]
    assert [p.text for p in pieces if p.style == "highlight"] == ["He counted them twice.."]
    assert any(p.style == "marked" and p.text.startswith("The barges") for p in pieces)


def test_notes_tell_where_the_text_marks_them_and_what_they_cite():
    shown = render_document_plain(LETTER, PASSAGES)
    first, second = shown.partition("  n. 1  ")[2].split("  n. 2  ")
    assert "the source does not show where this note belongs" in first
    assert "its reference: TSAOR. F. 12. Op. 1. D. 4. L. 2 (now GANO)" in first
    assert "marked “2” in the signature" in second
    assert "its reference" not in second


def test_the_mark_of_a_note_stands_out_in_the_text():
    lines = document_view(LETTER, PASSAGES, 80)
    assert [p.text for line in lines for p in line if p.style == "anchor"] == ["2"]


def test_around_the_mark_whole_blocks_are_shown_and_the_rest_is_counted():
    whole = plain(document_view(LETTER, PASSAGES, 80))
    cut = plain(document_view(LETTER, PASSAGES, 80, mark=PASSAGES[1].span, around=2))
    assert cut.startswith("G. V. Orlova to P. I. Lindqvist, 4 March 1923\n\n        [")
    above, below = (
        int(line.split()[0].strip("[")) for line in cut.splitlines() if line.endswith(("e]", "w]"))
    )
    body = whole.partition("\n\n")[2].splitlines()
    start = next(n for n, line in enumerate(body) if "The barges" in line)
    assert above == start - 1
    shown = cut.splitlines()[4:-2]
    assert len(shown) + above + below + 2 == len(body)


def test_a_mark_in_furniture_cuts_nothing():
    lines = document_view(LETTER, PASSAGES, 80, mark=BLOCKS[0].span, around=2)
    assert "The barges" in plain(lines)


def test_a_page_is_announced_before_the_block_in_which_it_begins():
    start = BLOCKS[6].span.start
    pages = (Page("12", Span(0, start + 9)), Page("12 ob.", Span(start + 9, len(LETTER.text))))
    shown = render_document_plain(replace(LETTER, pages=pages), PASSAGES)
    assert "        [page 12 ob. begins in what follows]\n  ¶ 3   2) The ice" in shown


def test_a_document_without_structure_or_metadata_is_shown_as_it_is():
    bare = Document(SOURCE, "One line.\n\nAnother.\n")
    shown = render_document_plain(bare, ())
    assert shown.startswith("orlova.txt\nsource      seeds/letters/orlova.txt\n")
    assert shown.endswith("\n\n        One line.\n        Another.\n")


def test_a_long_locator_stays_out_of_the_margin():
    moved = [replace(p, locator="page 12, column 2, paragraph 1") for p in PASSAGES]
    assert "        The barges" in render_document_plain(LETTER, moved)


@pytest.mark.parametrize(
    ("locator", "margin"),
    [("paragraph 2 (point 1)", "¶ 2  "), ("paragraphs 6–7", "¶ 6–7"), ("note 12", "n. 12")],
)
def test_a_locator_is_shortened_for_the_margin(locator: str, margin: str):
    moved = [replace(p, locator=locator) for p in PASSAGES]
    assert f"  {margin} The barges" in render_document_plain(LETTER, moved)


def test_what_is_cut_away_brings_its_notes_and_what_it_is_a_note_to():
    body = "He came. She left [1] at once. " + "It rained all day. " * 40
    rest = "\n".join("Nothing more was said of it then." for _ in range(30))
    text = f"{body}\n{rest}\n1 In May."
    at = text.index("[1]")
    blocks = [Block(BlockKind.PARAGRAPH, Span(0, len(body)))]
    for line in range(30):
        start = len(body) + 1 + line * 34
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, start + 33)))
    blocks.append(Block(BlockKind.NOTE, Span(len(text) - 9, len(text)), "1", Span(at, at + 3)))
    document = Document(SOURCE, text, blocks=tuple(blocks))

    def shown(mark: Span) -> str:
        return plain(document_view(document, (), 80, mark=mark, around=2))

    assert "Noted in it:\n        1 In May." in shown(blocks[0].span)
    assert "It is a note to:\n        She left [1] at once." in shown(blocks[-1].span)
    assert "Noted" not in shown(blocks[3].span)


def test_dates_that_disagree_are_all_shown_and_which_one_ranks():
    dates = (
        StatedDate("2 May 1921", "1921-05-02", "heading"),
        StatedDate("May 1921", "1921-05", "dateline"),
        StatedDate("3 May 1921", "1921-05-03", "signature"),
    )

    def rows(*stated: StatedDate) -> list[str]:
        document = replace(LETTER, metadata=replace(LETTER.metadata, dates=stated))
        shown = " ".join(render_document_plain(document, (), None, 200).split())
        return shown.partition(" date ")[2].partition(" kind ")[0].split(" in the ")[1:]

    assert [row.split(" 1921")[0] for row in rows(*dates)] == [
        "heading; this one ranks",
        "dateline",
        "signature; disagrees",
    ]
    assert rows(*dates[:2])[0].startswith("heading 1921-05")
    old = StatedDate("1/14 May 1917", "1917-05-14", "heading", julian="1917-05-01")
    assert rows(old, StatedDate("1 May 1917", "1917-05-01", "signature"))[0].startswith(
        "heading; Old Style 1917-05-01 1917-05-01"
    )


def test_how_much_is_set_apart_and_what_could_not_be_read_is_told():
    text = "Home Shop Help\n\nThe mill burned."
    blocks = (Block(BlockKind.FURNITURE, Span(0, 14)), Block(BlockKind.PARAGRAPH, Span(16, 32)))
    document = Document(SOURCE, text, blocks=blocks)
    shown = plain(document_view(document, (), 80, unread="page 3: no text"))
    assert "not read    page 3: no text" in shown
    assert "or the like, 50% of its" in shown
    found = document_json(document, (), "page 3: no text")
    assert found["not_taken"] == {"furniture": 0.5, "unread": "page 3: no text"}
