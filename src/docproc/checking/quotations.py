"""The quotations of a draft: what stands between quotation marks, and the note that each has.

Marks of English, Russian, French and German, and one pair within another.  A mark that never
closes ends with its paragraph, and is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from docproc.records import Block, BlockKind, Document, Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‟": "”", "‘": "’", "‚": "‘’"}
_STRAIGHT = '"'
_MARK = re.compile('["“”„‟«»‹›‘’‚]')
_SINGLE = "‘‚"
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.SALUTATION)
LONGEST = 60_000
"""Characters; a quotation mark that has not closed by then never will."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: where it stands in the draft, without its marks, and its paragraph's number.

    ``note`` is the label of its footnote, ``said`` the text of that note, or else what follows
    the quotation in its paragraph.  ``closed`` is whether its mark closes; ``block`` whether it
    is a paragraph of its own, without marks.
    """

    document: Document
    span: Span
    paragraph: int
    page: str | None = None
    note: str | None = None
    said: str = ""
    closed: bool = True
    block: bool = False

    @property
    def text(self) -> str:
        """The words quoted, as the draft prints them."""
        return self.span.of(self.document.text)


def quotations(document: Document) -> list[Quotation]:
    """The quotations between marks of *document*, in their order, each tied to its note."""
    notes = _anchored(document)
    starts = [anchor.start for anchor, _ in notes]
    found = []
    for number, block in enumerate(_paragraphs(document), 1):
        inside = list(_between_marks(document.text, block.span))
        for position, (span, closed) in enumerate(inside):
            after = next((s.start for s, _ in inside[position + 1 :] if s.start > span.end), None)
            label, said = _said(document, block, span, after, notes, starts)
            page = _page(document, span)
            found.append(Quotation(document, span, number, page, label, said, closed))
    return found


def paragraphs(document: Document) -> Iterator[Quotation]:
    """Every paragraph as if it were a quotation, for those that quote without marks."""
    notes = _anchored(document)
    starts = [anchor.start for anchor, _ in notes]
    for number, block in enumerate(_paragraphs(document), 1):
        label, said = _said(document, block, block.span, None, notes, starts)
        page = _page(document, block.span)
        yield Quotation(document, block.span, number, page, label, said, block=True)


def _paragraphs(document: Document) -> list[Block]:
    kept = [block for block in document.blocks if block.kind in _TEXT]
    kept += [block for block in document.blocks if block.kind is BlockKind.NOTE]
    if not kept:
        return [Block(BlockKind.PARAGRAPH, Span(0, len(document.text)))]
    return kept


def _between_marks(text: str, within: Span) -> Iterator[tuple[Span, bool]]:
    """The outermost spans between marks, and those within them; whether each closes."""
    open_: list[tuple[str, int]] = []
    found: list[tuple[Span, bool]] = []
    for match in _MARK.finditer(text, within.start, within.end):
        mark, at = match[0], match.start()
        if open_ and mark in _PAIRS.get(open_[-1][0], _STRAIGHT) and _closes(text, at, mark):
            _, start = open_.pop()
            found.append((Span(start, at), True))
        elif mark == _STRAIGHT:
            if _opens(text, at):
                open_.append((mark, match.end()))
        elif mark in _PAIRS and _opens(text, at) and not (mark in _SINGLE and len(open_) > 2):
            open_.append((mark, match.end()))
    for mark, start in open_[:1]:
        if mark not in _SINGLE and start < within.end:
            found.append((Span(start, min(within.end, start + LONGEST)), False))
    for span, closed in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
        if span.of(text).strip():
            yield span, closed


def _opens(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _closes(text: str, at: int, mark: str) -> bool:
    """A mark closes; a straight or single one only where no letter follows it."""
    follows = text[at + 1 : at + 2]
    return mark not in '"’‘' or not follows.isalpha()


def _anchored(document: Document) -> list[tuple[Span, Block]]:
    notes = [(b.anchor, b) for b in document.blocks if b.kind is BlockKind.NOTE and b.anchor]
    return sorted(((a, b) for a, b in notes if a), key=lambda pair: pair[0].start)


def _said(
    document: Document,
    block: Block,
    span: Span,
    until: int | None,
    notes: list[tuple[Span, Block]],
    starts: list[int],
) -> tuple[str | None, str]:
    """The note that belongs to *span*, or else what its paragraph says after it."""
    at = bisect_left(starts, span.end)
    if at < len(notes) and notes[at][0].end <= block.span.end:
        anchor, note = notes[at]
        if until is None or anchor.start <= until or not notes[at + 1 : at + 2]:
            return note.label, note.span.of(document.text)
    end = min(until or block.span.end, block.span.end, span.end + 400)
    return None, document.text[span.end : end]


def _page(document: Document, span: Span) -> str | None:
    return next((p.label for p in document.pages if p.span.start <= span.start < p.span.end), None)
