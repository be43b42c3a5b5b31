"""Which archival reference governs a passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from docproc.passages.runs import Run
from docproc.records import ArchivalReference, Block, BlockKind, Document, Span


class Governing:
    """The references of one document, by the blocks they stand in.

    The document's own is the first of its reference line, or else the first that its
    metadata names.  A note that cites a source is governed by what it cites first.
    """

    def __init__(self, document: Document) -> None:
        placed = [r for r in document.references if r.span is not None]
        outside = [r for r in document.references if r.span is None]
        by_block = _by_block(document.blocks, placed)
        lines = [by_block[b.span] for b in document.blocks if _is_line(b) and b.span in by_block]
        self.own = next(iter(lines or outside), None)
        self._by_block = by_block

    def of(self, run: Run) -> ArchivalReference | None:
        """The reference that governs *run*; ``None`` if the document has none."""
        if run.place == "note":
            return self._by_block.get(run.blocks[0].span, self.own)
        return self.own


def _is_line(block: Block) -> bool:
    return block.kind is BlockKind.REFERENCE


def _by_block(
    blocks: Sequence[Block], references: Sequence[ArchivalReference]
) -> dict[Span, ArchivalReference]:
    """The first reference in each block that has one."""
    found: dict[Span, ArchivalReference] = {}
    starts = [block.span.start for block in blocks]
    for reference in references:
        assert reference.span is not None
        number = bisect_right(starts, reference.span.start) - 1
        if number >= 0 and blocks[number].span.contains(reference.span):
            found.setdefault(blocks[number].span, reference)
    return found
