"""Quotations put together of parts that stand in the archive, but not so."""

from __future__ import annotations

from collections.abc import Sequence

from docproc.checking.alignment import ComparedDocument
from docproc.checking.findings import AlignedPart
from docproc.checking.words import FoldedWords, words_of
from docproc.dataclass_on_use import dataclass
from docproc.records import Span

LEAST = 3
"""Words of the shortest part: fewer stand anywhere."""
MOST = 6
"""Parts; what falls into more is no quotation of anything."""
NEAR = 10
"""Words that an unmarked omission may leave out and still be a difference, not a stitching."""
SEVERAL = "its parts stand in several documents"
ORDER = "its parts stand in another order"
APART = "its parts stand apart, and no omission is marked"


@dataclass(frozen=True, slots=True)
class Stitching:
    """The parts in the quotation's order, what is wrong with them, words of the shortest."""

    parts: tuple[AlignedPart, ...]
    why: str
    shortest: int


def find_stitching(
    words: FoldedWords, ranges: Sequence[tuple[int, int]], sources: Sequence[ComparedDocument]
) -> Stitching | None:
    """The parts of *sources* of which all *words* are put together; ``None``: of none."""
    found: list[tuple[int, int, ComparedDocument, int]] = []
    for first, end in ranges:
        cover = _cover(words, first, end, sources, found[-1][2] if found else None)
        if cover is None:
            return None
        found += cover
    if not 1 < len(found) <= MOST:
        return None
    parts = tuple(
        AlignedPart(words.span(a, b - 1), source.document, source.words.span(at, at + b - a - 1))
        for a, b, source, at in found
    )
    starts = {first for first, _ in ranges}
    why = ""
    for before, after, (a, _, _, _) in zip(parts, parts[1:], found[1:], strict=False):
        gap = _gap(before, after)
        if gap is None:
            why = SEVERAL
            break
        if gap < 0:
            why = ORDER
        elif a not in starts and not why:
            why = APART if gap > NEAR else ""
    if not why:
        return None
    return Stitching(parts, why, min(b - a for a, b, _, _ in found))


def _cover(
    words: FoldedWords,
    first: int,
    end: int,
    sources: Sequence[ComparedDocument],
    known: ComparedDocument | None,
) -> list[tuple[int, int, ComparedDocument, int]] | None:
    """The longest runs from front to back, each in some source; ``None`` where words are left."""
    found: list[tuple[int, int, ComparedDocument, int]] = []
    at = first
    ordered = [*([known] if known else []), *(each for each in sources if each is not known)]
    while at < end:
        run = _longest(words, at, end, ordered)
        if run is None and found:  # the run before took words of this one
            a, b, source, place = found.pop()
            back = LEAST - (end - at)
            if b - a - max(back, 1) < LEAST:
                return None
            b -= max(back, 1)
            found.append((a, b, source, place))
            run = _longest(words, b, end, ordered)
        if run is None or len(found) >= MOST:
            return None
        found.append(run)
        at = run[1]
    return found


def _longest(
    words: FoldedWords, first: int, end: int, sources: Sequence[ComparedDocument]
) -> tuple[int, int, ComparedDocument, int] | None:
    best: tuple[int, ComparedDocument] | None = None
    for source in sources:
        low = best[0] if best else first + LEAST - 1
        if low >= end or words.words[first : low + 1] not in source:
            continue
        high = end
        low += 1
        while low < high:  # a run that stands in a source has its beginning there
            middle = (low + high + 1) // 2
            if words.words[first:middle] in source:
                low = middle
            else:
                high = middle - 1
        best = low, source
    if best is None:
        return None
    place = best[1].find(words.words[first : best[0]])
    assert place is not None
    return first, best[0], best[1], place


def _same(one: AlignedPart, other: AlignedPart) -> bool:
    """Whether two parts stand in one document; its id would be a hash over all of its text."""
    a, b = one.document, other.document
    return a is b or (a.source.path, a.member) == (b.source.path, b.member)


def _gap(before: AlignedPart, after: AlignedPart) -> int | None:
    """Words between two parts of one document, negative in another order; ``None`` for two."""
    if not _same(before, after):
        return None
    if after.span.start < before.span.end:
        return -1
    between = Span(before.span.end, after.span.start)
    return len(words_of(before.document.text, between).words)
