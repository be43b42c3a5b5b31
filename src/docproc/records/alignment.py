"""The alignment between a document's reading text and the text that is searched.

A normalizer cleans by *edits*: replacements over the reading text.  The edits make the
search text, and because they are kept, any span of the search text maps back to the
span of the reading text it came from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from docproc.dataclass_on_use import dataclass
from docproc.records.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters of ``span`` by ``replacement`` (which may be empty)."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sorted edits that do not touch one another, over one reading text.

    Raises ``ValueError`` when constructed with edits that overlap or are out of order.
    """

    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        for before, after in pairwise(self.edits):
            if before.span.end > after.span.start:
                raise ValueError(f"edits overlap or are out of order: {before} and {after}")

    def apply(self, text: str, within: Span | None = None) -> str:
        """The search text of *text*, or of *within*, without edits that cross its border."""
        if within is None:
            within = Span(0, len(text))
        pieces: list[str] = []
        at = within.start
        first = bisect_left(self.edits, at, key=lambda edit: edit.span.start)
        for number in range(first, len(self.edits)):
            edit = self.edits[number]
            if edit.span.start > within.end:
                break
            if edit.span.start >= at and within.contains(edit.span):
                pieces += text[at : edit.span.start], edit.replacement
                at = edit.span.end
        pieces.append(text[at : within.end])
        return "".join(pieces)

    def to_source(self, span: Span) -> Span:
        """Map a *span* of the search text back to the reading text.

        Within a replaced stretch the whole stretch is meant: the result always covers
        every character that *span* was made from.
        """
        start = end = None
        for piece in self._pieces():
            if start is None and span.start < piece.search.end:
                start = piece.source_start(span.start)
            if span.end <= piece.search.end and (len(piece.search) or span.end == 0):
                end = piece.source_end(span.end)
                break
        if start is None or end is None or start > end:
            at = start if start is not None else self._outer_end(span.start)
            return Span(at, max(at, end or at))
        return Span(start, end)

    def then(self, text: str, later: Iterable[Edit]) -> Alignment:
        """Compose: *later* are edits over ``self.apply(text)``; the result is over *text*.

        Edits that touch become one.
        """
        search = self.apply(text)
        pieces = list(self._pieces())
        starts = [p.search.start for p in pieces]
        ends = [p.search.end for p in pieces]
        earlier = [p for p in pieces if p.replaced]
        items: list[tuple[Span, Edit | None]] = [(p.search, None) for p in earlier]
        items += [(edit.span, edit) for edit in later]
        items.sort(key=lambda item: item[0])
        clusters: list[tuple[Span, list[Edit]]] = []
        for span, edit in items:
            if span.end > len(search):
                raise ValueError(f"an edit reaches past the end of the search text: {span}")
            if clusters and span.start <= clusters[-1][0].end:
                hull, edits = clusters[-1]
                if edits and edit and edits[-1].span.overlaps(edit.span):
                    raise ValueError(f"edits overlap: {edits[-1]} and {edit}")
                clusters[-1] = (Span(hull.start, max(hull.end, span.end)), edits)
            else:
                clusters.append((span, []))
            if edit:
                clusters[-1][1].append(edit)
        composed = []
        for hull, edits in clusters:
            inner = Alignment(tuple(Edit(e.span.shift(-hull.start), e.replacement) for e in edits))
            # The earliest and the latest place of the source that the hull's borders can mean.
            first = pieces[bisect_left(ends, hull.start)]
            last = pieces[bisect_right(starts, hull.end) - 1]
            source = Span(first.source_start(hull.start), last.source_end(hull.end))
            replacement = inner.apply(hull.of(search))
            if replacement != source.of(text):
                composed.append(Edit(source, replacement))
        return Alignment(tuple(composed))

    def _pieces(self) -> Iterator[_Piece]:
        """The stretches of the search text in order: kept, replaced, kept, …"""
        source = search = 0
        for edit in self.edits:
            kept = edit.span.start - source
            if kept:
                yield _Piece(Span(search, search + kept), Span(source, edit.span.start), False)
                search += kept
            size = len(edit.replacement)
            yield _Piece(Span(search, search + size), edit.span, True)
            source, search = edit.span.end, search + size
        endless = 1 << 60
        yield _Piece(Span(search, search + endless), Span(source, source + endless), False)

    def _outer_end(self, at: int) -> int:
        """The latest source offset that the border *at* of the search text can mean."""
        found = 0
        for piece in self._pieces():
            if piece.search.start > at:
                break
            found = piece.source_end(at)
        return found


@dataclass(frozen=True, slots=True)
class _Piece:
    search: Span
    source: Span
    replaced: bool

    def source_start(self, at: int) -> int:
        if not self.replaced:
            return self.source.start + at - self.search.start
        return self.source.end if len(self.search) and at == self.search.end else self.source.start

    def source_end(self, at: int) -> int:
        if not self.replaced:
            return self.source.start + at - self.search.start
        return (
            self.source.start if len(self.search) and at == self.search.start else self.source.end
        )
