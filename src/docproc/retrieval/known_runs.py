"""Runs of text met so far, with their words' trigrams as numbers, so that many compare at once.

A question looks at some two thousand runs between spaces, of which few are like a word of its own.
Which ones may be is one look-up in a table for all of them: a third of what it costs to intersect
the trigrams of each with those of the question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from docproc.retrieval.weights import WEIGHTS
from docproc.text.names import keys_by_run
from docproc.text.terms import words_by_run

Numbers = NDArray[np.int64]

_ALWAYS: Final = 1
_ENOUGH: Final = 2
_TERM: Final = "\n"  # in no word, and so in no trigram


def trigrams(word: str) -> list[str]:
    """Character trigrams of a folded *word*, its edges marked."""
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(max(1, len(padded) - 2))]


def mark_words(
    words: Collection[str], terms: Collection[str], names: Collection[str] = ()
) -> dict[str, int]:
    """What runs are compared with: the marks of a question's *words* and *terms*, and their weight.

    Words that are alike have two trigrams in common, unless they have but one.  Those of *names*
    are their keys.
    """
    marks: dict[str, int] = {}
    for word in words:
        own = set(trigrams(word))
        weight = 1 if len(own) > 1 else _ENOUGH
        marks.update((mark, max(weight, marks.get(mark, 0))) for mark in own)
    return marks | {f"{_TERM}{term}": _ENOUGH for term in terms} | dict.fromkeys(names, _ENOUGH)


class _Marks(dict[str, int]):
    """The number of each mark, given when it is first met."""

    def __missing__(self, mark: str) -> int:
        made = self[mark] = len(self) + _ALWAYS + 1
        return made


class _Table(dict[str, int]):
    """The row of each run met, with the numbers of its marks; row 0 is that of runs without."""

    def __init__(self, words: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self.marks = _Marks()
        self.rows = np.zeros((1024, WEIGHTS.marks_of_a_run), np.int32)
        self._words, self._names = words, keys_by_run()
        self.spelled = [""]  # by row
        self._count = 1
        self._adding = Lock()
        self._asked: tuple[Mapping[str, int], NDArray[np.uint8]] = {}, np.zeros(0, np.uint8)
        """The marks that were asked for last, and their weights by number."""

    def __missing__(self, run: str) -> int:
        with self._adding:  # a thread that reads meanwhile finds nothing half made
            known = self.get(run)
            if known is not None:
                return known
            found: set[str] = set()
            for word, term in self._words[run]:
                found.update(trigrams(word))
                found.add(f"{_TERM}{term}")
            found.update(self._names[run])
            if not found:
                self[run] = 0
                return 0
            numbers = [self.marks[mark] for mark in found]
            if len(numbers) > WEIGHTS.marks_of_a_run:
                numbers = [_ALWAYS]
            row = self._count
            if row == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
            self.rows[row, : len(numbers)] = numbers
            self._count += 1
            self.spelled.append(run)
            self[run] = row
            return row

    def meet(self, rows: NDArray[np.integer[Any]], marks: Mapping[str, int]) -> NDArray[np.bool_]:
        """Which of the runs at *rows* have enough of *marks*."""
        size = len(self.marks) + _ALWAYS + 1
        of, weights = self._asked
        if of is not marks or len(weights) < size:
            weights = np.zeros(size, np.uint8)
            weights[_ALWAYS] = _ENOUGH
            for mark, weight in marks.items():
                number = self.marks.get(mark)
                if number is not None and number < size:  # another thread goes on adding
                    weights[number] = weight
            self._asked = marks, weights
        weighed: NDArray[np.uint8] = np.add.reduce(weights[self.rows[rows]], axis=1, dtype=np.uint8)
        return weighed >= _ENOUGH


class KnownRuns:
    """The runs of texts in one language; of many threads, any may ask."""

    def __init__(self, words: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self._words = words
        self._table = _Table(words)

    def near(self, runs: Collection[str], marks: Mapping[str, int]) -> list[str]:
        """Those of *runs* that may be like what has those *marks*, and maybe some others."""
        table, listed = self.table(), list(runs)
        rows = np.fromiter(map(table.__getitem__, listed), np.intp, len(listed))
        return [listed[n] for n in np.flatnonzero(table.meet(rows, marks)).tolist()]

    def table(self) -> _Table:
        """The rows of runs: a new one, where there were too many."""
        if len(self._table) >= WEIGHTS.words_kept:
            self._table = _Table(self._words)
        return self._table


class NumberedRuns:
    """The runs of a catalog by number, of which there are *total*, as *spell* tells them."""

    def __init__(self, spell: Callable[[Numbers], list[str]], total: int) -> None:
        self._spell, self._total = spell, total
        self._rows: dict[str | None, tuple[_Table, NDArray[np.int32]]] = {}

    def near(
        self, numbers: Numbers, marks: Mapping[str, int], language: str | None
    ) -> list[tuple[int, str]]:
        """What ``KnownRuns.near`` gives for runs in *language*, by their *numbers*; rising."""
        there = np.zeros(self._total, np.bool_)  # sorting them takes longer
        there[numbers] = True
        numbers = np.flatnonzero(there)
        table = known_runs(language).table()
        known, row_of = self._rows.get(language, (None, np.zeros(0, np.int32)))
        if known is not table:
            row_of = np.full(self._total, -1, np.int32)
            self._rows[language] = table, row_of
        rows = row_of[numbers]
        new = np.flatnonzero(rows < 0)
        if len(new):
            made = [table[run] for run in self._spell(numbers[new])]
            row_of[numbers[new]] = rows[new] = made
        near = np.flatnonzero(table.meet(rows, marks))
        spelled = map(table.spelled.__getitem__, rows[near].tolist())
        return list(zip(numbers[near].tolist(), spelled, strict=True))


@lru_cache(maxsize=16)
def known_runs(language: str | None) -> KnownRuns:
    """The runs of texts in *language* that were met in this process."""
    return KnownRuns(words_by_run(language))
