"""The quotations of a draft: between marks, or in elements and paragraphs that quote.

A quotation over several paragraphs, each of which opens with its mark again, is one.  A mark that
never closes ends with its paragraph, and is reported.  Comments that readers of the draft left,
those of ``docproc check --docx`` among them, are no part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.checking.marks import Marked, between_marks
from docproc.dataclass_on_use import dataclass
from docproc.records import Block, BlockKind, Document, Span
from docproc.text.patterns import compile_on_use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_CITED = compile_on_use(r"(?m)\A[ \t]*>[^\n]*(?:\n[ \t]*>?[^\n]+)*\Z")
"""A paragraph of Markdown or of mail that quotes: ``>`` begins its lines."""
_PARAGRAPH = compile_on_use(r"\S(?:[^\n]|\n(?!\s*\n))*")
_PARAGRAPHS = 200
"""A quotation that runs over more paragraphs is a mark that was forgotten."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: where it stands in the draft, without its marks, and its paragraph's number.

    ``apart`` are the stretches within that are not quoted: marks of notes, notes.  ``note`` is
    the label of its footnote, ``said`` the text of that note, or else what its paragraph says
    after the quotation.  ``closed`` is whether its mark closes; ``block`` whether it is a
    paragraph of its own, without marks, and ``known`` whether anything but its words says that
    it is quoted.
    """

    document: Document
    span: Span
    paragraph: int
    page: str | None = None
    note: str | None = None
    said: str = ""
    closed: bool = True
    block: bool = False
    known: bool = True
    apart: tuple[Span, ...] = ()
    within: Span = Span(0, 0)
    """The paragraph that it stands in, or the last of several."""
    until: int | None = None
    """Where the next quotation of the paragraph begins."""
    in_note: bool = False

    @property
    def text(self) -> str:
        """The words quoted, as the draft prints them, without the marks of notes."""
        text, at = "", self.span.start
        for span in self.apart:
            text += self.document.text[at : max(at, span.start)]
            at = span.end
        text += self.document.text[at : self.span.end]
        return re.sub(r"(?m)^[ \t]*>[ \t]?", "", text) if self.block else text


class Draft:
    """A draft's paragraphs and notes, of which each is found by its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        kept = [each for each in document.blocks if each.kind is not BlockKind.FURNITURE]
        self.notes = [each for each in kept if each.kind is BlockKind.NOTE and not _comment(each)]
        texts = [each for each in kept if each.kind is not BlockKind.NOTE]
        texts += _between(document.text, sorted(each.span for each in document.blocks))
        self.texts = sorted(texts, key=lambda each: each.span)
        if not self.notes:
            self.texts, self.notes = split_typed_notes(document.text, self.texts)
        anchored = [(each.anchor, each) for each in self.notes if each.anchor]
        self.anchored = sorted(((a, b) for a, b in anchored if a), key=lambda pair: pair[0].start)
        self.starts = [anchor.start for anchor, _ in self.anchored]
        self._apart = sorted(
            [a for a, _ in self.anchored]
            + [each.span for each in kept if each.kind is BlockKind.NOTE and each.label]
            + [each.span for each in self.notes if each not in kept],
            key=lambda span: span.start,
        )
        self._apart_starts = [span.start for span in self._apart]
        self._pages = sorted(document.pages, key=lambda page: page.span.start)
        self._page_starts = [page.span.start for page in self._pages]

    def apart(self, span: Span) -> tuple[Span, ...]:
        """The marks of notes, and the notes, that stand within *span*."""
        first = bisect_left(self._apart_starts, span.start)
        last = bisect_left(self._apart_starts, span.end)
        return tuple(each for each in self._apart[first:last] if each.end <= span.end)

    def page(self, at: int) -> str | None:
        """The label of the page that has the character *at*."""
        number = bisect_right(self._page_starts, at) - 1
        if number < 0 or at >= self._pages[number].span.end:
            return None
        return self._pages[number].label

    def words_of_note(self, note: Block) -> str:
        """What *note* says, without the label that stands before it."""
        words = note.span.of(self.document.text)
        label = re.escape(note.label or "")
        return re.sub(rf"\A[\[(]?\^?{label}(?:[\])]:?|[.:)])?\s+", "", words) if label else words

    def quotation(
        self,
        span: Span,
        number: int,
        stands_in: Block,
        *,
        closed: bool = True,
        block: bool = False,
        known: bool = True,
    ) -> Quotation:
        """The quotation at *span* of paragraph *number*, which is *stands_in*."""
        in_note = stands_in.kind is BlockKind.NOTE
        return Quotation(
            self.document,
            span,
            number,
            self.page(span.start),
            note=stands_in.label if in_note else None,
            apart=self.apart(span),
            within=stands_in.span,
            in_note=in_note,
            closed=closed,
            block=block,
            known=known,
        )


def quotations(draft: Draft) -> list[Quotation]:
    """The quotations between marks, or quoted by markup, of *draft*, in their order."""
    found: list[Quotation] = []
    numbered = list(enumerate(draft.texts, 1))
    notes = [(len(numbered), note) for note in draft.notes]
    for blocks in (numbered, notes):
        found += _join(draft, [(n, b, _outermost(draft, b)) for n, b in blocks])
    found += _by_markup(draft, [*numbered, *notes], found)
    found.sort(key=lambda each: (each.span.start, -each.span.end))
    return [replace(each, until=_next(found, place)) for place, each in enumerate(found)]


def paragraphs(draft: Draft, quoted: Sequence[Quotation], fewest: int) -> Iterator[Quotation]:
    """Paragraphs of *fewest* words or more that are not mostly *quoted*, each as a quotation."""
    spans = sorted((each.span for each in quoted), key=lambda span: span.start)
    place, reached = 0, 0
    for number, block in enumerate(draft.texts, 1):
        taken = max(0, min(reached, block.span.end) - block.span.start)
        while place < len(spans) and spans[place].start < block.span.end:
            span = spans[place]
            if span.end > reached:
                taken += min(span.end, block.span.end) - max(span.start, reached, block.span.start)
                reached = span.end
            place += 1
        if block.kind is BlockKind.HEADING or 2 * taken > len(block.span):
            continue
        each = draft.quotation(block.span, number, block, block=True, known=False)
        if len(each.text.split()) >= fewest:
            yield each


def _between(text: str, taken: Sequence[Span]) -> Iterator[Block]:
    """The paragraphs of what no block takes, parted by blank lines."""
    at = 0
    for span in [*taken, Span(len(text), len(text))]:
        for match in _PARAGRAPH.finditer(text, at, max(at, span.start)):
            yield Block(BlockKind.PARAGRAPH, Span(*match.span()))
        at = max(at, span.end)


def _comment(block: Block) -> bool:
    """Whether *block* is a comment that a reader left in a word processor."""
    return (block.label or "").startswith("comment ")


def _outermost(draft: Draft, block: Block) -> list[Marked]:
    text = draft.document.text
    anchors = [a for a in draft.apart(block.span) if len(a) < 12]
    marked = between_marks(text, block.span)
    return [each for each in marked if not any(a.contains(each.span) for a in anchors)]


def _join(draft: Draft, marked: Iterable[tuple[int, Block, list[Marked]]]) -> Iterator[Quotation]:
    """The quotations; one whose every paragraph opens with its mark again is one over all."""
    begun: tuple[int, Block, Marked] | None = None
    paragraphs_ = 0
    for number, block, inside in marked:
        rest = inside
        if begun:
            goes_on = bool(inside) and _continues(draft, begun[2], inside[0], block)
            if goes_on:
                rest, paragraphs_ = inside[1:], paragraphs_ + 1
            if goes_on and inside[0].closed:
                span = Span(begun[2].span.start, inside[0].span.end)
                yield draft.quotation(span, begun[0], block)
                begun = None
            elif not goes_on or paragraphs_ > _PARAGRAPHS:
                yield _open(draft, *begun)
                begun = None
        for each in rest:
            if each.closed:
                yield draft.quotation(each.span, number, block)
            else:
                begun, paragraphs_ = (number, block, each), 1
    if begun:
        yield _open(draft, *begun)


def _open(draft: Draft, number: int, block: Block, marked: Marked) -> Quotation:
    """A quotation whose mark does not close, to the end of its first paragraph."""
    return draft.quotation(marked.span, number, block, closed=False)


def _continues(draft: Draft, opening: Marked, each: Marked, block: Block) -> bool:
    """Whether *each* opens its paragraph as a quotation that goes on from the one before."""
    before = draft.document.text[block.span.start : each.span.start].strip()
    return before == each.mark and (each.mark == opening.mark or opening.mark + each.mark == "«»")


def _by_markup(
    draft: Draft, blocks: Sequence[tuple[int, Block]], marked: Sequence[Quotation]
) -> Iterator[Quotation]:
    """What markup quotes: elements, styles, lines that begin with ``>``."""
    text = draft.document.text
    ordered = sorted(blocks, key=lambda each: each[1].span.start)
    starts = [block.span.start for _, block in ordered]
    spans = [*draft.document.quoted]
    spans += [block.span for _, block in blocks if _CITED.match(block.span.of(text))]
    known = sorted((each.span for each in marked), key=lambda span: span.start)
    taken = [span.start for span in known]
    for quoted in sorted(dict.fromkeys(spans)):
        place = max(0, bisect_right(starts, quoted.start) - 1)
        run: list[tuple[int, Block]] = []
        while place < len(ordered) and starts[place] < quoted.end:
            number, block = ordered[place]
            note = block.kind is BlockKind.NOTE and not block.span.contains(quoted)
            if block.span.overlaps(quoted) and not note:
                run.append((number, block))
            place += 1
        if not run:
            continue
        opening, last = run[0][1].span, run[-1][1]
        span = Span(max(quoted.start, opening.start), min(quoted.end, last.span.end))
        first = bisect_left(taken, span.start - 1)
        near = known[first : first + 3]
        if any(len(each) >= 0.8 * len(span) and each.overlaps(span) for each in near):
            continue  # marks enclose it already
        yield draft.quotation(span, run[0][0], last, block=span.start <= opening.start + 2)


def _next(found: Sequence[Quotation], place: int) -> int | None:
    """Where the next quotation begins that is not within the one at *place*."""
    own = found[place]
    for each in found[place + 1 : place + 40]:
        if each.span.start >= own.within.end:
            return None
        if each.span.start >= own.span.end:
            return each.span.start
    return None


_LABELLED = compile_on_use(r"[\[(]?(\d{1,4})[\])]?[.:]?\s+\S")
_HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = compile_on_use(
    r"[\[(](\d{1,4})[\])]|([¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,3})|(?<=[”»“\"’'])[.,;]?(\d{1,3})(?!\w)"
)


def split_typed_notes(text: str, blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """*blocks* without the notes among them, and those notes, each tied to its mark.

    They are the blocks at the end that count 1, 2, 3, …, where the text before them has a mark
    of each number.
    """
    ordered = sorted(blocks, key=lambda each: each.span)
    first = len(ordered)
    labels: list[str] = []
    for block in reversed(ordered):
        match = _LABELLED.match(text, block.span.start, block.span.end)
        if match is None or (labels and int(match[1]) != int(labels[-1]) - 1):
            break
        labels.append(match[1])
        first -= 1
        if match[1] == "1":
            break
    if not labels or labels[-1] != "1" or not first:
        return list(ordered), []
    marks: dict[str, Span] = {}
    for match in _MARK.finditer(text, 0, ordered[first].span.start):
        number = next(place for place in (1, 2, 3) if match[place])
        label = match[number].translate(_HIGH)
        wanted = str(len(marks) + 1)
        if label == wanted:
            marks[label] = Span(match.start() if number < 3 else match.start(3), match.end())
    if len(marks) < len(labels):
        return list(ordered), []
    notes = [
        replace(block, kind=BlockKind.NOTE, label=label, anchor=marks[label])
        for block, label in zip(ordered[first:], reversed(labels), strict=True)
    ]
    return list(ordered[:first]), notes
