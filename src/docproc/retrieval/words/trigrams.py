"""Runs of text met so far, with the numbers of their marks, so that many compare at once.

A question looks at some two thousand runs between spaces, of which few are like a word of its own.
Which ones may be is one look-up in a table for all of them: a third of what it costs to intersect
the trigrams of each with those of the question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np

from docproc.retrieval.weights import WEIGHTS
from docproc.text.run_marks import MARKS, Weights, meet, number_marks
from docproc.text.terms import words_by_run


class _Table(dict[str, int]):
    """The row of each run met, with the numbers of its marks; row 0 is that of runs without."""

    def __init__(self, words: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self.rows = np.zeros((1024, MARKS), np.uint16)
        self._words = words
        self._count = 1
        self._adding = Lock()

    def __missing__(self, run: str) -> int:
        with self._adding:  # a thread that reads meanwhile finds nothing half made
            known = self.get(run)
            if known is not None:
                return known
            numbers = number_marks(run, self._words[run])
            if not numbers:
                self[run] = 0
                return 0
            row = self._count
            if row == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
            self.rows[row, : len(numbers)] = numbers
            self._count += 1
            self[run] = row
            return row


class KnownRuns:
    """The runs of texts in one language; of many threads, any may ask."""

    def __init__(self, words: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self._words = words
        self._table = _Table(words)

    def near(self, runs: Collection[str], weights: Weights) -> list[str]:
        """Those of *runs* that may be like what *weights* count, and maybe some others."""
        if len(self._table) >= WEIGHTS.words_kept:
            self._table = _Table(self._words)
        table, listed = self._table, list(runs)
        rows = np.fromiter(map(table.__getitem__, listed), np.intp, len(listed))
        return [listed[n] for n in np.flatnonzero(meet(table.rows[rows], weights)).tolist()]


@lru_cache(maxsize=16)
def known_runs(language: str | None) -> KnownRuns:
    """The runs of texts in *language* that were met in this process."""
    return KnownRuns(words_by_run(language))
