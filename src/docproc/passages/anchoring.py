"""Notes and the text that they belong to, each found from the other."""

from __future__ import annotations

from docproc.records import Block, BlockKind, Document, Span
from docproc.text.language.sentences import sentences


def find_anchor(document: Document, span: Span) -> Span | None:
    """The sentence that the note at *span* belongs to; ``None`` where its mark is not known.

    A mark that stands behind a sentence's stop belongs to that sentence.
    """
    note = next((n for n in _notes(document) if n.span.contains(span)), None)
    if note is None or note.anchor is None:
        return None
    anchor = note.anchor
    block = next((b for b in document.blocks if b.span.contains(anchor)), None)
    if block is None:
        return anchor
    before = document.text[block.span.start : anchor.start].rstrip()
    marked = block.span.start + len(before) - 1 if before else anchor.start
    found = sentences(document.text, block.span)
    sentence = next((s for s in found if s.start <= marked < s.end), block.span)
    return Span(sentence.start, max(sentence.end, anchor.end))


def notes_on(document: Document, span: Span) -> tuple[Block, ...]:
    """The notes whose marks stand within *span*, in the order of the marks."""
    found = [n for n in _notes(document) if n.anchor is not None and span.contains(n.anchor)]
    return tuple(sorted(found, key=lambda note: note.anchor or note.span))


def _notes(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.NOTE]
