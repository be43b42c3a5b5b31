"""Layout: the lines of all pages to one reading text, running heads and page numbers apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from docproc.formats.composer import Composer
from docproc.records import BlockKind, Span
from docproc.stages.pdf.lines import Line

_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;…][\W\d]*$")
_RECURS = 3
"""A line at the edge of so many pages, its figures aside, is a running head."""
_LEVEL = 0.3
"""Two lines that share so much of their height stand beside one another."""
_APART = 1.6
"""Of the usual distance between lines; what is set further apart is another paragraph."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page: its number from 1, its printed label, its lines in reading order."""

    number: int
    label: str
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Laid:
    """The text of all pages, and where each line of them stands in it."""

    composer: Composer = field(default_factory=Composer)
    places: list[tuple[Span, int, Line]] = field(default_factory=list)
    """The span, the number of the page, the line."""


def laid(pages: Sequence[PageLines]) -> Laid:
    """Write *pages* one after another."""
    result = Laid()
    recurring = _recurring(pages)
    last: Line | None = None
    for page in pages:
        result.composer.begin(gap="\n" if _goes_on(last, page, recurring) else "\n\n")
        result.composer.page(page.label, page.number)
        step = _step(page.lines)
        before: Line | None = None
        furniture = False
        for place, line in enumerate(page.lines):
            was_furniture = furniture
            furniture = _at_edge(place, page) and _key(line) in recurring
            if furniture:
                result.composer.begin(BlockKind.FURNITURE, gap="\n")
            elif was_furniture:
                result.composer.begin(gap="\n" if _goes_on(last, page, recurring) else "\n\n")
            elif before is not None:
                result.composer.begin(gap=_gap(before, line, step))
            span = result.composer.write(line.text)
            for word in line.doubtful:
                result.composer.doubt(word.shift(span.start), word.of(line.text))
            result.places.append((span, page.number, line))
            if not furniture:
                last = line
            before = line
    return result


def _gap(before: Line, line: Line, step: float) -> str:
    """What parts two lines: nothing much on one height, a blank line where they stand apart."""
    if line.confidence is not None:
        return "\n\n" if line.begins else "\n"
    shared = min(before.bottom, line.bottom) - max(before.top, line.top)
    if line.left >= before.left and shared > _LEVEL * min(before.height, line.height):
        return " "
    return "\n" if 0 < line.top - before.top <= step * _APART else "\n\n"


def _recurring(pages: Sequence[PageLines]) -> frozenset[str]:
    """The lines, their figures aside, that stand at the edges of several pages."""
    seen = Counter(
        key
        for page in pages
        for key in {_key(line) for place, line in enumerate(page.lines) if _at_edge(place, page)}
    )
    return frozenset(
        key
        for key, count in seen.items()
        if count >= _RECURS or (count > 1 and key.strip(" -–—.[]()") == "#")
    )


def _at_edge(place: int, page: PageLines) -> bool:
    """Whether it is the first or the last line of a page that holds more than such."""
    return len(page.lines) > 2 and place in (0, len(page.lines) - 1)


def _key(line: Line) -> str:
    return _FIGURES.sub("#", line.text)


def _step(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next, in points."""
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 100]
    return median(steps) if steps else 0.0


def _goes_on(last: Line | None, page: PageLines, recurring: frozenset[str]) -> bool:
    """Whether a sentence runs on from the page before."""
    first = next(
        (
            line
            for place, line in enumerate(page.lines)
            if not (_at_edge(place, page) and _key(line) in recurring)
        ),
        None,
    )
    if last is None or first is None or _ENDED.search(last.text):
        return False
    return last.text.endswith("-") or first.text[:1].islower()
