"""Which archival reference governs a passage."""

from __future__ import annotations

from docproc.passages.runs import Run
from docproc.records import ArchivalReference, BlockKind, Document, Span


class Governing:
    """The references of one document, by the blocks they stand in.

    The document's own is the first of its reference line, or else the first that its
    metadata names.  A note that cites a source is governed by what it cites first.
    """

    def __init__(self, document: Document) -> None:
        lines = [b.span for b in document.blocks if b.kind is BlockKind.REFERENCE]
        placed = [r for r in document.references if r.span is not None]
        outside = [r for r in document.references if r.span is None]
        in_line = [r for r in placed if any(line.contains(_span(r)) for line in lines)]
        self.own = next(iter(in_line or outside), None)
        self._by_note = {
            block.span: reference
            for block in document.blocks
            if block.kind is BlockKind.NOTE
            for reference in reversed(placed)
            if block.span.contains(_span(reference))
        }

    def of(self, run: Run) -> ArchivalReference | None:
        """The reference that governs *run*; ``None`` if the document has none."""
        if run.place == "note":
            return self._by_note.get(run.blocks[0].span, self.own)
        return self.own


def _span(reference: ArchivalReference) -> Span:
    assert reference.span is not None
    return reference.span
