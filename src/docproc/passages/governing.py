"""Which archival reference governs a passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from docproc.passages.runs import BlockRun
from docproc.records import ArchivalReference, Block, BlockKind, Document, Span
from docproc.text.patterns import compile_on_use

_NAMED = compile_on_use(
    r"(?:record\snumber|archival\sreference|reference|call\snumber|shelf\s?mark|шифр|signatur|cote"
    r"|segnatura|collocazione)[^\w\n]{1,8}\Z",
    re.IGNORECASE,
)


def own_reference(document: Document) -> ArchivalReference | None:
    """The reference of the document itself, not of what it cites; ``None`` if it states none.

    The first of its reference line; or the first that its metadata names; or the first in its
    text that a word before it calls so (``RECORD NUMBER: 124-90137-10230``).
    """
    lines = [block.span for block in document.blocks if _is_line(block)]
    for reference in document.references:
        if reference.span and any(line.contains(reference.span) for line in lines):
            return reference
    for reference in document.references:
        if reference.span is None:
            return reference
    notes = [block.span for block in document.blocks if block.kind is BlockKind.NOTE]
    for reference in document.references:
        span = reference.span
        if span and not any(note.contains(span) for note in notes):
            before = document.text[max(0, span.start - 32) : span.start]
            if _NAMED.search(before):
                return reference
    return None


class Governing:
    """The references of one document, by the blocks they stand in.

    The document's own governs it.  A note that cites a source is governed by what it cites first.
    """

    def __init__(self, document: Document) -> None:
        placed = [r for r in document.references if r.span is not None]
        by_block = _by_block(document.blocks, placed)
        self.own = own_reference(document)
        self._by_block = by_block

    def of(self, run: BlockRun) -> ArchivalReference | None:
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
