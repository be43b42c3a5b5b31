"""Locators: where a passage stands, in words that a reader can follow."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from docproc.passages.items import ProtocolItem
from docproc.passages.runs import BlockRun
from docproc.records import Block, BlockKind, Page, Span
from docproc.text.patterns import compile_on_use

_NUMBER = compile_on_use(r"[\d.]+")
_IDENTIFIER = compile_on_use(r"[^\W\d_]+[_-]?\d[\w-]*|[^\W\d_]+_\w+")
"""As ``xml:id`` has them: a letter or a word, and a figure, and no suffix of a file."""
_NONE: Mapping[Span, ProtocolItem] = {}


class Locators:
    """Counts the paragraphs of one document; points of a list count as paragraphs.

    *member* is what tells the document from the others of its source: a path in an archive, a
    row, a component of a finding aid; *items* are those of protocols, called by their numbers.
    A document that its edition numbers is called by that *number* instead; what is a mere
    identifier, which nobody prints (``d81``), is left out.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        pages: Sequence[Page],
        member: str = "",
        items: Mapping[Span, ProtocolItem] = _NONE,
        number: str | None = None,
    ) -> None:
        self._items = items
        self._member = f"part {member}" if _NUMBER.fullmatch(member) else member
        if number:
            self._member = f"doc. {number}"
        elif _IDENTIFIER.fullmatch(member):
            self._member = ""
        body = (b for b in blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))
        self._numbers = {block.span: number for number, block in enumerate(body, 1)}
        self._pages = sorted(pages, key=lambda page: page.span)
        self._starts = [page.span.start for page in self._pages]
        self._seen: dict[str, int] = {}
        self._last: BlockRun | None = None

    def pages(self, span: Span) -> str | None:
        """The pages that *span* stands on, as printed (``"58"``, ``"58–59"``)."""
        first, last = self._page(span.start), self._page(max(span.start, span.end - 1))
        if first is None or last is None:
            return None
        return first.label if first is last else f"{first.label}–{last.label}"

    def of(self, run: BlockRun, span: Span) -> str:
        """The locator of the piece *span* of *run*; to be asked in the order of the text."""
        where = self._place(run, span)
        anchor = run.blocks[0].anchor if run.place == "note" else None
        pages = self._pages_of(anchor or span) if run.place != "register" else None
        return ", ".join(part for part in (self._member, pages, where) if part)

    def _place(self, run: BlockRun, span: Span) -> str:
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

    def _paragraphs(self, run: BlockRun, span: Span) -> str:
        first_block = bisect_right(run.blocks, span.start, key=lambda block: block.span.start) - 1
        after = bisect_left(run.blocks, span.end, key=lambda block: block.span.start)
        inside = [b for b in run.blocks[max(0, first_block) : after] if b.span in self._numbers]
        if not inside:
            return "heading"
        first, last = self._numbers[inside[0].span], self._numbers[inside[-1].span]
        label = inside[0].label
        item = self._items.get(inside[0].span)
        if first != last:
            where = f"paragraphs {first}–{last}"
        elif label and item is None:
            return f"paragraph {first} (point {label})"
        else:
            where = f"paragraph {first}"
        if item is None or item.name is None:
            return f"{where} (point {label})" if item and label else where
        return item.name if item.opens and first == last else f"{item.name} ({where})"

    def _pages_of(self, span: Span) -> str | None:
        """The page that *span* stands on, or the first and the last; a note's is its mark's."""
        first = self._page(span.start)
        last = self._page(max(span.start, span.end - 1))
        if first is None or last is None or first is last:
            return page_in_words(first.label) if first else None
        if _numbered(first.label) and _numbered(last.label):
            return f"pp. {first.label}–{last.label}"
        return f"{page_in_words(first.label)} to {page_in_words(last.label)}"

    def _page(self, at: int) -> Page | None:
        number = bisect_right(self._starts, at) - 1
        if number < 0 or self._pages[number].span.end <= at:
            return None
        return self._pages[number]


def _numbered(label: str) -> bool:
    """Whether *label* is a page's number, in figures or letters, and not a name for it."""
    bare = label.strip("[]")
    return bare[:1].isdigit() or bare.isalpha()


def page_in_words(label: str) -> str:
    """A page by its printed *label*: a number needs a word before it, a name none."""
    return f"p. {label}" if _numbered(label) else label
