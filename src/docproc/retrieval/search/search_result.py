"""What a search found: candidate rows, best first, their scores and signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.retrieval.evidence.score import Floats, Signals, join_signals
from docproc.retrieval.search.candidates import Rows
from docproc.retrieval.words.coverage import QuestionWords


@dataclass(frozen=True, slots=True)
class Search:
    """What a question found: candidate rows, best first, their scores and signals.

    ``weight`` is what the vectors weighed for it; ``floor`` is the score below which nothing is
    an answer; ``passages`` and ``documents`` are how many were searched.
    ``lacking`` are words of the question that kept its best passage from answering.
    ``others`` are the searches for the question in other words, and ``found_by`` says which of
    these found a row, if one did.
    """

    question: str
    words: QuestionWords
    vector: Floats
    rows: Rows
    scores: Floats
    signals: Signals
    weight: float
    floor: float
    passages: int
    documents: int
    lacking: tuple[str, ...] = ()
    others: tuple[Search, ...] = ()
    found_by: Mapping[int, int] = field(default_factory=dict)

    def search_for(self, number: int) -> Search:
        """The search that found candidate *number*: this one, or one in other words."""
        other = self.found_by.get(int(self.rows[number]))
        return self if other is None else self.others[other]

    def why(self, number: int) -> tuple[tuple[str, float], ...]:
        """What each signal gave one candidate."""
        return self.signals.of(number)


def merge_searches(found: Search, others: Sequence[Search]) -> Search:
    """*found* with what *others* found better, each passage once.

    How far a passage is above its own floor is what is compared.
    """
    every = [found, *others]
    rows = np.concatenate([each.rows for each in every])
    scores = np.concatenate([each.scores - np.float32(each.floor - found.floor) for each in every])
    by = np.repeat(np.arange(-1, len(others)), [len(each.rows) for each in every])
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(rows[order], return_index=True)
    kept = order[np.sort(first)]
    return replace(
        found,
        rows=rows[kept],
        scores=scores[kept].astype(np.float32),
        signals=join_signals([each.signals for each in every]).take(kept),
        lacking=every[by[kept[0]] + 1].lacking if len(kept) else (),
        others=tuple(others),
        found_by={int(rows[n]): int(by[n]) for n in kept.tolist() if by[n] >= 0},
    )
