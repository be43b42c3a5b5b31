"""A document's text as HTML: blocks with what is marked in them, notes beside their anchors.

Everything that comes from a source is escaped here, and what could turn the direction of the
page's own words is made visible.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from itertools import pairwise

from markupsafe import Markup, escape

from docproc.dataclass_on_use import dataclass
from docproc.records import Block, BlockKind, Document, Page, Passage, Span
from docproc.rendering.document_view import all_blocks
from docproc.rendering.quotation import cut_styles, quotation
from docproc.rendering.wording import phrase_renamed
from docproc.text.output import clip, visible

PART = 40_000
"""How many characters of a document one page shows, about."""
FINDS = 2_000
"""How many places of a word are marked in one document."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Spans that do not overlap, in order, and the tags that each is put between."""

    spans: Sequence[Span]
    opening: Sequence[str]
    closing: str

    def over(self, start: int, end: int) -> int | None:
        """The number of the span that covers ``start..end``."""
        at = bisect_right(self.spans, start, key=lambda span: span.start) - 1
        return at if at >= 0 and end <= self.spans[at].end else None


@dataclass(frozen=True, slots=True)
class TypesetNote:
    """A note: its number among the blocks, its words, and what is known of it."""

    number: int
    label: str
    html: Markup
    hand: str
    anchored: bool
    references: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page that begins: its label, its number in the document from 1, its image's address."""

    label: str
    number: int
    image: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """One block: ``kind`` is its class in the style; ``notes`` are those marked in it."""

    number: int
    kind: str
    level: int
    html: Markup
    pages: tuple[PageMark, ...]
    notes: tuple[TypesetNote, ...]
    locator: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """What one page shows of a document: part *number* of *of*, from 1; ``found`` are hits."""

    blocks: tuple[Typeset, ...]
    number: int
    of: int
    found: int = 0
    furniture: int = 0


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What is marked: the passage, its answering sentences, and where a word was found."""

    passage: Span | None = None
    sentences: Sequence[Span] = ()
    found: Sequence[Span] = field(default=())


def typeset(
    document: Document,
    passages: Sequence[Passage],
    marks: PageMarks,
    part: int | None = None,
    page_link: str = "",
) -> DocumentPart:
    """Part *part* of *document*, or that of the marks; *page_link* precedes a page's number."""
    blocks = [piece for block in all_blocks(document) for piece in _pieces(block)]
    notes = {n: b for n, b in enumerate(blocks) if b.kind is BlockKind.NOTE}
    anchored = sorted((b.anchor, n) for n, b in notes.items() if b.anchor)
    shown, furniture = [], 0
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.FURNITURE:
            furniture += 1
        elif not (block.kind is BlockKind.NOTE and _is_beside(block, blocks)):
            shown.append(number)
    borders = _borders([len(blocks[number].span) for number in shown])
    of = max(1, len(borders) - 1)
    if part is None:
        at = marks.passage or (marks.found[0] if marks.found else None)
        part = _part_of(at, blocks, shown, borders)
    part = min(max(part, 1), of)
    setter = _Setter(document, blocks, passages, marks, anchored, page_link)
    here = shown[borders[part - 1] : borders[part]] if borders[1:] else []
    typed = _nest([setter.block(number) for number in here])
    return DocumentPart(tuple(typed), part, of, len(marks.found), furniture)


def _nest(blocks: Sequence[Typeset]) -> list[Typeset]:
    """*blocks* with no heading more than one level below that before it, as pages must have."""
    made, deepest = [], 1
    for block in blocks:
        if block.kind == "heading":
            deepest = min(block.level, deepest + 1)
            block = replace(block, level=deepest)
        made.append(block)
    return made


def find_words(text: str, words: str) -> list[Span]:
    """Where *words* stand in *text*, whatever their case and the white space between them."""
    wanted = words.split()
    if not wanted:
        return []
    pattern = r"\s+".join(re.escape(word) for word in wanted)
    found = []
    for match in re.finditer(pattern, text, re.IGNORECASE):
        found.append(Span(match.start(), match.end()))
        if len(found) >= FINDS:
            break
    return found


def typeset_quotation(quote: str, highlights: Sequence[Span], *, full: bool) -> Markup:
    """A quotation as answers show it: its answering sentences marked, what is left out told."""
    written = []
    for piece in quotation(quote, highlights, full=full):
        words = escape(visible(piece.text))
        match piece.style:
            case "highlight":
                written.append(f"<mark>{words}</mark>")
            case "elision":
                written.append(f'<span class="elision">{words}</span>')
            case "mark":
                written.append(f'<span class="quotemark">{words}</span>')
            case _:
                written.append(str(words))
    return Markup("".join(written))  # noqa: S704 - every piece was escaped above


def excerpt(text: str, spans: Sequence[Span], around: int = 160) -> Markup:
    """*text* around each of *spans*, which are marked; whole words, and what is left out told."""
    shown: list[Span] = []
    for span in spans or [Span(0, 0)]:
        start = max(0, span.start - around)
        end = min(len(text), span.end + around)
        start = 0 if not start else (text.find(" ", start, span.start) + 1 or span.start)
        cut = text.rfind(" ", span.end, end)
        end = end if end == len(text) else (cut if cut > 0 else span.end)
        if shown and start <= shown[-1].end + 20:
            shown[-1] = Span(shown[-1].start, max(shown[-1].end, end))
        else:
            shown.append(Span(start, end))
    left_out = ' <span class="elision">[…]</span> '
    written = ["" if not shown[0].start else left_out]
    for number, part in enumerate(shown):
        written += [left_out] if number else []
        for piece in cut_styles(text, part, [(span, "found") for span in spans]):
            words = escape(visible(piece.text))
            written.append(f"<mark>{words}</mark>" if piece.style else str(words))
    written += [left_out] if shown[-1].end < len(text) else []
    return Markup("".join(written).strip())  # noqa: S704 - every piece was escaped above


class _Setter:
    def __init__(
        self,
        document: Document,
        blocks: Sequence[Block],
        passages: Sequence[Passage],
        marks: PageMarks,
        anchored: Sequence[tuple[Span, int]],
        page_link: str,
    ) -> None:
        self.page_link = page_link
        self.document = document
        self.blocks = blocks
        self.anchored = anchored
        self.passages = sorted(passages, key=lambda passage: passage.span.start)
        self.starts = [passage.span.start for passage in self.passages]
        self.page_starts = [page.span.start for page in document.pages]
        passage = [marks.passage] if marks.passage else []
        self.layers = [
            Layer(passage, ['<mark class="passage">'], "</mark>"),
            Layer(sorted(marks.sentences), ['<mark class="answer">'] * len(marks.sentences),
                  "</mark>"),
            Layer(marks.found, [f'<mark class="found" id="found-{n}">' for n in
                                range(1, len(marks.found) + 1)], "</mark>"),
            Layer(
                [span for span, _ in anchored],
                [
                    f'<a class="anchor" id="mark-{n}" href="#note-{n}" aria-label="note '
                    f'{escape(clip(blocks[n].label, 20)) or n}">'
                    for _, n in anchored
                ],
                "</a>",
            ),
        ]  # fmt: skip

    def block(self, number: int) -> Typeset:
        block = self.blocks[number]
        at = bisect_left(self.starts, block.span.start)
        passage = None
        if at < len(self.passages) and self.starts[at] < block.span.end:
            passage = self.passages[at]
        return Typeset(
            number=number,
            kind=block.kind.value.replace(" ", "-"),
            level=min((block.level or 1) + 1, 5),
            html=self._inline(block.span, with_leaves=True),
            pages=self._pages(number),
            notes=tuple(self._note(n) for n in self._notes_within(block.span)),
            locator=passage.locator if passage else "",
            name=passage.id if passage else "",
            language=(passage.language if passage else None) or "",
        )

    def _notes_within(self, span: Span) -> Iterable[int]:
        first = bisect_left(self.anchored, span.start, key=lambda each: each[0].start)
        for anchor, number in self.anchored[first:]:
            if anchor.start >= span.end:
                break
            if span.contains(anchor):
                yield number

    def _note(self, number: int) -> TypesetNote:
        block = self.blocks[number]
        references = [
            f"{clip(reference.printed)} {phrase_renamed(reference)}".strip()
            for reference in self.document.references
            if reference.span and block.span.contains(reference.span)
        ]
        return TypesetNote(
            number,
            clip(block.label, 20),
            self._inline(block.span),
            block.hand.value if block.hand else "",
            block.anchor is not None,
            tuple(references),
            "",
        )

    def _pages(self, number: int) -> tuple[PageMark, ...]:
        """The pages that begin with a block, or in the white space before it."""
        before = self.blocks[number - 1].span.end if number else 0
        first = bisect_left(self.page_starts, before)
        last = bisect_right(self.page_starts, self.blocks[number].span.start)
        pages = self.document.pages[first:last]
        return tuple(
            PageMark(clip(page.label, 20), at, page.image)
            for at, page in enumerate(pages, first + 1)
        )

    def _inline(self, span: Span, *, with_leaves: bool = False) -> Markup:
        """The words at *span*, cut where marks begin or end; *with_leaves*: with pages' numbers."""
        first = bisect_left(self.page_starts, span.start)
        within = self.document.pages[first : bisect_left(self.page_starts, span.end)]
        breaks = {page.span.start: (n, page) for n, page in enumerate(within, first + 1)}
        cuts = {span.start, span.end, *breaks}
        for layer in self.layers:
            first = max(0, bisect_right(layer.spans, span.start, key=lambda s: s.start) - 1)
            for each in layer.spans[first:]:
                if each.start >= span.end:
                    break
                cuts |= {at for at in (each.start, each.end) if span.start < at < span.end}
        ordered = sorted(cuts)
        written: list[str] = []
        begun: set[tuple[int, int]] = set()
        for start, end in pairwise(ordered):
            piece = str(escape(visible(self.document.text[start:end])))
            for level, layer in enumerate(self.layers):
                number = layer.over(start, end)
                if number is None:
                    continue
                opening = layer.opening[number]
                if (level, number) in begun:  # an id stands once
                    opening = re.sub(r' id="[^"]*"', "", opening)
                begun.add((level, number))
                piece = f"{opening}{piece}{layer.closing}"
            if start > span.start and start in breaks:
                at, page = breaks[start]
                label = escape(clip(page.label, 20))
                written += [self._leaf(at, page, label)] if with_leaves else []
                written.append(
                    f'<span class="break" data-leaf="{label}" aria-hidden="true"></span>'
                )
            written.append(piece)
        return Markup("".join(written))  # noqa: S704 - every piece was escaped above

    def _leaf(self, number: int, page: Page, label: Markup) -> str:
        """The number of a page for the margin; the style writes it, so that it is not copied."""
        link = f"{self.page_link}{number}#page" if self.page_link else page.image
        shown = f'id="leaf-{number}" class="leaf" data-leaf="{label}"'
        if not link:
            return f"<span {shown}></span>"
        where = "" if self.page_link else ", on another site"
        away = "" if self.page_link else ' rel="noopener noreferrer external"'
        said = f'aria-label="the image of page {label}{where}"'
        return f'<a {shown} href="{escape(link)}"{away} {said}></a>'


def _pieces(block: Block) -> list[Block]:
    """*block*, cut where it is longer than a page shows."""
    if len(block.span) <= PART or block.kind is BlockKind.NOTE:
        return [block]
    starts = range(block.span.start, block.span.end, PART)
    return [
        Block(block.kind, Span(at, min(at + PART, block.span.end)), block.label, level=block.level)
        for at in starts
    ]


def _is_beside(note: Block, blocks: Sequence[Block]) -> bool:
    """Whether *note* is shown beside the block that it is marked in."""
    if note.anchor is None:
        return False
    at = bisect_right(blocks, note.anchor.start, key=lambda block: block.span.start) - 1
    holder = blocks[at] if at >= 0 else None
    return (
        holder is not None
        and holder.span.contains(note.anchor)
        and holder.kind not in (BlockKind.NOTE, BlockKind.FURNITURE)
    )


def _borders(lengths: Sequence[int]) -> list[int]:
    """Where to cut blocks of these *lengths* into parts, both ends among them."""
    borders, held = [0], 0
    for number, length in enumerate(lengths):
        if held and held + length > PART:
            borders.append(number)
            held = 0
        held += length
    return [*borders, len(lengths)]


def _part_of(
    at: Span | None,
    blocks: Sequence[Block],
    shown: Sequence[int],
    borders: Sequence[int],
) -> int:
    """The part that shows what is at *at*; of a note beside the text, the part of its mark."""
    if at is None:
        return 1
    place = at.start
    for block in blocks:
        if block.kind is BlockKind.NOTE and block.span.contains(Span(place, place)):
            place = block.anchor.start if block.anchor and _is_beside(block, blocks) else place
    index = bisect_right(shown, place, key=lambda number: blocks[number].span.start) - 1
    return max(1, bisect_right(borders, max(index, 0)))
