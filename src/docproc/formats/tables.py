"""Tables of rows whose cells may reach into the rows below: where a row has a place and no cell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import field
from typing import TypeVar

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer
from docproc.records import BlockKind

Cell = TypeVar("Cell", bound=Hashable)
_MOST = 1000
"""Rows or columns that a cell may reach over (HTML standard, 4.9.11)."""


@dataclass(frozen=True, slots=True)
class Covered:
    """How many places that cells above reach into stand before a cell, and at the end of a row."""

    before: Mapping[Hashable, int] = field(default_factory=dict)
    at_end: Mapping[Hashable, int] = field(default_factory=dict)


def covered_places(rows: Sequence[Sequence[tuple[Cell, int, int]]]) -> Covered:
    """The places of *rows* that cells of rows above reach into.

    Each cell comes with how many rows and columns it reaches over.  A cell that is as wide as
    several columns is one cell all the same, and what it covers below is one place.
    """
    before: dict[Hashable, int] = {}
    at_end: dict[Hashable, int] = {}
    reaching: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        column, skipped = 0, 0
        below: dict[int, tuple[int, int]] = {}
        for cell, tall, wide in row:
            while column in reaching:
                skipped += 1
                column += reaching[column][1]
            if skipped:
                before[cell], skipped = skipped, 0
            tall, wide = max(1, min(tall, _MOST)), max(1, min(wide, _MOST))
            if tall > 1:
                below[column] = (tall, wide)
            column += wide
        rest = sum(1 for start in reaching if start >= column)
        if rest:
            at_end[number] = rest
        reaching = {
            start: (tall - 1, wide)
            for start, (tall, wide) in {**reaching, **below}.items()
            if tall > 1 or start in below
        }
        reaching = {start: span for start, span in reaching.items() if span[0] > 0}
    return Covered(before, at_end)


def write_row(composer: Composer, cells: Sequence[str], gap: str) -> str:
    """Write *cells*, tabs between, unless all are empty; return the gap before the next row."""
    if not any(cells):
        return gap
    composer.begin(BlockKind.PARAGRAPH, gap=gap)
    for place, words in enumerate(cells):
        composer.cell(bool(place))
        composer.put(words)
    return "\n"
