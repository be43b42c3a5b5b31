"""The numbers by which the index knows its rows, and the language of each.

A row's number stays from generation to generation, while rows close up where others went; so
nothing in a segment need change when a document is removed.  Numbers rise with the rows.

The costs of searching among some rows, in microseconds, were measured at 1,000,000 passages on one
core; they only decide which way is taken, never what is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass

Rows: TypeAlias = NDArray[np.int64]

NUMBERS, LANGUAGES = "numbers.npy", "languages.npy"
_NUMBERS_KEPT = np.dtype("<i8")
_OF_A_SHARD = 40
"""Bits of a number that tell the rows of one shard apart."""

US_A_LISTED_RUN, US_A_LISTED_ROW = 10.0, 1.0  # rows looked up one by one, by runs of neighbours
US_A_RANGE, US_A_RANGED_ROW = 80.0, 0.2  # a range of rows through the lexicon
US_A_SCANNED_ROW = 0.004  # a range of rows by a scan of the column, over all rows

LISTED, RANGED, SCANNED = range(3)


@dataclass(frozen=True, slots=True)
class RowNumbering:
    """``numbers`` int64 ``(n,)``, rising; ``languages`` uint8 ``(n,)``, places in ``names``.

    ``next`` is a number that no row had yet.  ``None`` as a name: a language not stemmed.
    """

    numbers: NDArray[np.int64]
    languages: NDArray[np.uint8]
    names: tuple[str | None, ...]
    next: int

    @classmethod
    def nothing(cls, shard: int = 0) -> RowNumbering:
        """That of an empty index; the numbers of two shards are never the same."""
        return cls(np.empty(0, np.int64), np.empty(0, np.uint8), (), shard << _OF_A_SHARD)

    def __len__(self) -> int:
        return len(self.numbers)

    def keeping(self, kept: NDArray[np.bool_]) -> RowNumbering:
        """The rows *kept* ``(n,)`` alone."""
        return RowNumbering(self.numbers[kept], self.languages[kept], self.names, self.next)

    def number(self, row: int) -> int:
        """The number of a new *row*, when all rows before the first new one stay."""
        return self.next + row - len(self)

    def adding(self, rows: Sequence[int], languages: Sequence[str | None]) -> RowNumbering:
        """With new *rows*, in any order, and the language of each."""
        names = list(dict.fromkeys([*self.names, *languages]))
        codes = {name: code for code, name in enumerate(names)}
        found = np.array([codes[language] for language in languages], np.uint8)
        new = np.arange(self.next, self.next + len(rows))
        return RowNumbering(
            np.concatenate([self.numbers, new]),
            np.concatenate([self.languages, found[np.argsort(rows)]]),
            tuple(names),
            self.next + len(rows),
        )

    def counts(self) -> Counter[str | None]:
        """How many rows are in each language."""
        counted = np.bincount(self.languages, minlength=len(self.names)).tolist()
        return Counter({n: c for n, c in zip(self.names, counted, strict=True) if c})

    def save(self, folder: Path) -> None:
        """Write the two arrays into *folder*."""
        np.save(folder / NUMBERS, self.numbers.astype(_NUMBERS_KEPT, copy=False))
        np.save(folder / LANGUAGES, self.languages)


class RowsOfOne:
    """The rows of one index: its *numbers* ``(n,)`` rise with them."""

    ties = False
    """Whether equal scores may come in another order than that of the rows."""

    def __init__(self, numbers: Rows) -> None:
        self.numbers = numbers
        self._closed_up = not len(numbers) or int(numbers[-1]) == len(numbers) - 1

    def of(self, numbers: Rows) -> Rows:
        """The rows that segments know by *numbers*."""
        return numbers if self._closed_up else np.searchsorted(self.numbers, numbers)

    def places(self, rows: Rows) -> Rows:
        """Where the numbers of the sorted *rows* stand among all, sorted."""
        return rows


class RowsOfSeveral:
    """The rows of several indexes that are asked as one, with the *rows* of the whole of each."""

    ties = True

    def __init__(self, numbers: Sequence[Rows], rows: Sequence[Rows]) -> None:
        self.numbers: Rows = np.concatenate([np.zeros(0, np.int64), *numbers])
        self._rows: Rows = np.concatenate([np.zeros(0, np.int64), *rows])
        order = np.argsort(self.numbers, kind="stable")
        self.numbers, self._rows = self.numbers[order], self._rows[order]
        self._by_row = np.argsort(self._rows, kind="stable")
        self._sorted: NDArray[np.int64] = self._rows[self._by_row]

    def of(self, numbers: Rows) -> Rows:
        """The rows of the whole that segments know by *numbers*."""
        found: Rows = self._rows[np.searchsorted(self.numbers, numbers)]
        return found

    def places(self, rows: Rows) -> Rows:
        """Where the numbers of the sorted *rows* stand among all, sorted; missing ones left out."""
        at = np.searchsorted(self._sorted, rows)
        at = np.minimum(at, max(len(self._sorted) - 1, 0))
        there = self._sorted[at] == rows if len(self._sorted) else np.zeros(len(rows), np.bool_)
        return np.sort(self._by_row[at[there]])


def runs_of(allowed: Rows) -> Rows:
    """The sorted rows as runs of neighbours ``(m, 2)``: a document's passages are such a run."""
    ends = np.flatnonzero(np.diff(allowed) != 1)
    firsts = allowed[np.concatenate(([0], ends + 1))]
    lasts = allowed[np.concatenate((ends, [len(allowed) - 1]))]
    return np.stack((firsts, lasts), axis=1)


def costs(runs: Rows, rows: int) -> NDArray[np.float64]:
    """What filtering by each run costs, in microseconds: listed, ranged and scanned ``(3, m)``."""
    sizes = runs[:, 1] - runs[:, 0] + 1.0
    return np.stack(
        (
            US_A_LISTED_RUN + US_A_LISTED_ROW * sizes,
            US_A_RANGE + US_A_RANGED_ROW * sizes,
            np.full(len(sizes), US_A_SCANNED_ROW * rows),
        )
    )
