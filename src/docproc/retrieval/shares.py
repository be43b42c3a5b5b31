"""Why a passage: what each signal gave to its score, and which words matched."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np

from docproc.records import Match, Passage, Span
from docproc.retrieval.coverage import QuestionWords
from docproc.retrieval.evidence import Signals, score
from docproc.retrieval.weights import WEIGHTS
from docproc.text.names import keys_in
from docproc.text.terms import content_words

_RUN: Final = re.compile(r"\S+")
_EDGES: Final = re.compile(r"^\W+|\W+$")


def shares(signals: Signals, number: int, vector_weight: float) -> tuple[tuple[str, float], ...]:
    """What each signal of candidate *number* gave to its score; together they are the score.

    The score is linear in the signals, so that the score of one signal alone is its share.
    """
    own = signals.take(np.array([number], np.int64))
    names = [name.replace(" ", "_") for name, _ in own.of(0)]
    nothing = replace(own, **{name: np.zeros(1, np.float32) for name in names})
    found = []
    for name in names:
        alone = score(replace(nothing, **{name: getattr(own, name)}), vector_weight)
        found.append((name.replace("_", " "), round(float(alone[0]), 4)))
    return tuple(found)


def match_words(words: QuestionWords, passage: Passage) -> tuple[Match, ...]:
    """The words of *passage* that answer to words of the question, in the order of the text."""
    found = []
    for run in _RUN.finditer(passage.text):
        text = run[0]
        likeness = words.matches([content_words(text, passage.language)], [keys_in(text)])
        if not likeness.size or likeness.max() < WEIGHTS.alike**2:
            continue
        best = int(likeness[:, 0].argmax())
        bare = _EDGES.sub("", text)
        start = run.start() + text.index(bare)
        span = Span(start, start + len(bare))
        found.append(Match(words.words[best], span, round(float(likeness[best, 0]), 4)))
    return tuple(found)
