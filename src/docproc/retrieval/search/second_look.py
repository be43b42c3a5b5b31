"""A second look at what the scores say: the best passages read for what a question asks.

What would answer and speaks of something else counts less, and what nearly answers and tells it in
other words is raised to the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from docproc.questions import TimeCondition
from docproc.retrieval.doubts.doubt import Above, Doubts
from docproc.retrieval.evidence.score import score
from docproc.retrieval.lookup.by_reference import Rows
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS


class SecondLook:
    """Looks again at what a question found, with the *doubts* of one generation."""

    def __init__(self, doubts: Doubts) -> None:
        self._doubts = doubts

    def of(self, found: Search, times: Sequence[TimeCondition]) -> Search:
        """*found*, its passages counting less that do not speak of what is asked about."""
        if found.floor <= 0 or not len(found.rows):
            return found
        above = int((found.scores >= found.floor).sum())
        if not above:
            return self._tell(found, times)
        best = Above(found.question, found.words, found.vector,
                     found.rows[:above], found.scores[:above], found.floor)  # fmt: skip
        doubt = self._doubts.of(best, times)
        if not doubt.shares.any():
            return self._with_figure_first(found)
        lost = np.zeros(len(found.rows), np.float32)
        lost[:above] = WEIGHTS.unsaid * doubt.shares * np.maximum(found.scores[:above], 0)
        signals = replace(found.signals, unsaid=lost)
        scores = score(signals, found.weight)
        # what no longer answers comes after what does; else the order says what is nearest
        order: Rows = np.argsort(scores < found.floor, kind="stable")
        looked_at = replace(
            found,
            rows=found.rows[order],
            scores=scores[order],
            signals=signals.take(order),
            lacking=doubt.lacking if scores[order][0] < found.floor else (),
        )
        return self._with_figure_first(looked_at)

    def _with_figure_first(self, found: Search) -> Search:
        """*found*, of its first document the passage first that has a figure of the asked kind.

        In forms and petitions every paragraph repeats the name, and one says how old or how tall.
        """
        above = int((found.scores >= found.floor).sum())
        answering = Above(found.question, found.words, found.vector,
                          found.rows[:above], found.scores[:above], found.floor)  # fmt: skip
        place = self._doubts.place_of_candidate(answering) if above > 1 else 0
        if not place:
            return found
        order = np.r_[place, 0:place, place + 1 : len(found.rows)]
        return replace(
            found,
            rows=found.rows[order],
            scores=found.scores[order],
            signals=found.signals.take(order),
        )

    def _tell(self, found: Search, times: Sequence[TimeCondition]) -> Search:
        """*found*, of which nothing answers, its first passage raised where it tells it after all.

        A terse question has few words for a passage to hold, and one that is put in other words
        has fewer: just below the floor the score says little, and the sentences are read.  What
        lacks a name that is asked about, or is of another time, tells nothing.
        """
        known = found.signals
        against = (known.absent, known.missing, known.untimely)
        nearly = found.scores[0] >= WEIGHTS.nearly * found.floor
        nearly &= len(found.question.split()) <= WEIGHTS.terse
        if not nearly or any(each[0] > 0 for each in against):
            return found
        first = Above(found.question, found.words, found.vector,
                      found.rows[:1], found.scores[:1], found.floor)  # fmt: skip
        if not self._doubts.tells(first, times):
            return found
        told = np.zeros(len(found.rows), np.float32)
        told[0] = WEIGHTS.just_above * found.floor - found.scores[0]
        signals = replace(known, told=told)
        return replace(found, scores=score(signals, found.weight), signals=signals)
