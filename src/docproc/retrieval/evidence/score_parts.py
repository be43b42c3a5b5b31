"""What each signal gave to its score, and which words matched."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from docproc.records import Match, Passage, Span
from docproc.retrieval.evidence.score import Signals, score
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import QuestionWords
from docproc.text.patterns import compile_on_use

_RUN: Final = compile_on_use(r"\S+")
_EDGES: Final = compile_on_use(r"^\W+|\W+$")


def shares(signals: Signals, number: int, vector_weight: float) -> tuple[tuple[str, float], ...]:
    """What each signal of candidate *number* gave to its score; together they are the score.

    The score is linear in the signals, so that the score of one signal alone is its share.
    """
    names = [name for name, _ in signals.of(number)]
    each = signals.take(np.full(len(names), number, np.int64))
    alone = {}
    for place, name in enumerate(names):
        field = name.replace(" ", "_")
        alone[field] = np.zeros(len(names), np.float32)
        alone[field][place] = getattr(each, field)[place]
    scores = score(replace(each, **alone), vector_weight)
    return tuple((name, round(float(own), 4)) for name, own in zip(names, scores, strict=True))


def match_words(words: QuestionWords, passage: Passage) -> tuple[Match, ...]:
    """The words of *passage* that answer to words of the question, in the order of the text."""
    runs = list(_RUN.finditer(passage.text))
    likeness = words.matches_runs([run[0] for run in runs], passage.language)
    if not likeness.size:
        return ()
    found = []
    for number in np.flatnonzero(likeness.max(axis=0) >= WEIGHTS.alike**2).tolist():
        run, best = runs[number], int(likeness[:, number].argmax())
        bare = _EDGES.sub("", run[0])
        start = run.start() + run[0].index(bare)
        span = Span(start, start + len(bare))
        found.append(Match(words.words[best], span, round(float(likeness[best, number]), 4)))
    return tuple(found)
