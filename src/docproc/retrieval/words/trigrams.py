"""Runs of text met so far, with the numbers of their marks, so that many compare at once.

A question looks at some two thousand runs between spaces, of which few are like a word of its own.
Which ones may be is one look-up in a table for all of them: a third of what it costs to intersect
the trigrams of each with those of the question.  A text is cut into its runs once, and is their
numbers from then on: the passages of a small corpus are looked at by every question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np

from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog.tables.numbered_texts import Numbers
from docproc.text.run_marks import MARKS, AskedMarks, have_enough_marks, number_marks
from docproc.text.terms import runs, words_by_run


class KnownRuns:
    """The runs of texts in one language, by number; of many threads, any may ask."""

    def __init__(self, words: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        self._words = words
        self._numbers: dict[str, int] = {}
        self._spelled: list[str] = []
        self._marks = np.zeros((1024, MARKS), np.uint16)
        self._texts: dict[str, Numbers] = {}
        self._adding = Lock()

    @property
    def full(self) -> bool:
        """Whether it holds as many runs as are kept."""
        return len(self._spelled) >= WEIGHTS.words_kept

    def cut(self, text: str) -> Numbers:
        """The numbers of the runs of *text*, rising, without repetition."""
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) >= WEIGHTS.texts_kept:
                self._texts = {}  # another thread goes on reading the old ones
            known = self._texts[text] = np.array(sorted(map(self.number, set(runs(text)))), np.intp)
        return known

    def number(self, run: str) -> int:
        """The number of a *run*."""
        known = self._numbers.get(run)
        if known is not None:
            return known
        with self._adding:  # a thread that reads meanwhile finds nothing half made
            number = len(self._spelled)
            if run not in self._numbers:
                if number == len(self._marks):
                    self._marks = np.concatenate([self._marks, np.zeros_like(self._marks)])
                marks = number_marks(run, self._words[run])
                self._marks[number, : len(marks)] = marks
                self._spelled.append(run)
                self._numbers[run] = number
            return self._numbers[run]

    def near(self, numbers: Numbers, asked: AskedMarks) -> tuple[Numbers, list[str]]:
        """Those of *numbers* whose runs may be like what is *asked*, rising, and their runs.

        And maybe some others.
        """
        there = np.zeros(len(self._spelled), np.bool_)  # sorting them takes longer
        there[numbers] = True
        numbers = np.flatnonzero(there)
        near = numbers[have_enough_marks(self._marks[numbers], asked)]
        return near, [self._spelled[number] for number in near.tolist()]


def known_runs(language: str | None) -> KnownRuns:
    """The runs of texts in *language* that were met in this process."""
    if _known_runs(language).full:
        _known_runs.cache_clear()
    return _known_runs(language)


@lru_cache(maxsize=16)
def _known_runs(language: str | None) -> KnownRuns:
    return KnownRuns(words_by_run(language))
