"""Notes and what they are notes to."""

from __future__ import annotations

import pytest

from docproc.passages.anchoring import find_anchor, notes_on
from docproc.records import Block, BlockKind, Document, SourceFile, Span

SOURCE = SourceFile("seeds/a.txt", "text/plain", 3, "0" * 64)


def noted(body: str, mark: str = "[1]") -> Document:
    text = f"{body}\n1 A note."
    at = text.find(mark)
    anchor = Span(at, at + len(mark)) if at >= 0 else None
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, len(body))),
        Block(BlockKind.NOTE, Span(len(body) + 1, len(text)), "1", anchor),
    )
    return Document(SOURCE, text, blocks=blocks)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("He came. She left [1] at once. It rained.", "She left [1] at once."),
        ("He came. She left. [1] It rained.", "She left. [1]"),
        ("[1] He came. She left.", "[1] He came."),
        ("He came. She left.", None),
    ],
)
def test_a_note_is_anchored_to_the_sentence_that_its_mark_closes(body: str, sentence: str | None):
    document = noted(body)
    note = document.blocks[1]
    found = find_anchor(document, note.span)
    assert (found and found.of(document.text)) == sentence


def test_only_the_notes_marked_within_a_span_are_noted_on_it():
    document = noted("He came. She left [1] at once.")
    assert notes_on(document, Span(0, 25)) == (document.blocks[1],)
    assert notes_on(document, Span(0, 8)) == ()
    assert find_anchor(document, Span(0, 8)) is None
