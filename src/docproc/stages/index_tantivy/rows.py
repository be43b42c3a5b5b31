"""The rows of an opened index: from the numbers that its segments know to rows, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.stages.index_tantivy.scopes import Rows


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
