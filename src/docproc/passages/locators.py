"""Locators: where a passage stands, in words that a reader can follow."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from docproc.passages.runs import Run
from docproc.records import Block, BlockKind, Page, Span


class Locators:
    """Counts the paragraphs of one document; points of a list count as paragraphs."""

    def __init__(self, blocks: Sequence[Block], pages: Sequence[Page]) -> None:
        body = (b for b in blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))
        self._numbers = {block.span: number for number, block in enumerate(body, 1)}
        self._pages = sorted(pages, key=lambda page: page.span)
        self._starts = [page.span.start for page in self._pages]
        self._seen: dict[str, int] = {}
        self._last: Run | None = None

    def of(self, run: Run, span: Span) -> str:
        """The locator of the piece *span* of *run*; to be asked in the order of the text."""
        where = self._place(run, span)
        page = self._page(span.start)
        return f"{page}, {where}" if page else where

    def _place(self, run: Run, span: Span) -> str:
        if run.place == "body":
            return self._paragraphs(run, span)
        if run.place == "note":
            label = run.blocks[0].label
            return f"note {label}" if label else "note"
        if run is not self._last:
            self._last = run
            self._seen[run.place] = self._seen.get(run.place, 0) + 1
        count = self._seen[run.place]
        return run.place if count == 1 else f"{run.place} {count}"

    def _paragraphs(self, run: Run, span: Span) -> str:
        first_block = bisect_right(run.blocks, span.start, key=lambda block: block.span.start) - 1
        after = bisect_left(run.blocks, span.end, key=lambda block: block.span.start)
        inside = [b for b in run.blocks[max(0, first_block) : after] if b.span in self._numbers]
        if not inside:
            return "heading"
        first, last = self._numbers[inside[0].span], self._numbers[inside[-1].span]
        if first != last:
            return f"paragraphs {first}–{last}"
        label = inside[0].label
        return f"paragraph {first} (point {label})" if label else f"paragraph {first}"

    def _page(self, at: int) -> str | None:
        number = bisect_right(self._starts, at) - 1
        if number < 0 or self._pages[number].span.end <= at:
            return None
        label = self._pages[number].label
        return f"p. {label}" if label[:1].isdigit() or label.isalpha() else label
