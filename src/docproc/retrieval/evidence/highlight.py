"""Picks the sentence of a passage that answers, from words, vectors and the kind of answer wanted.

Words weigh by how few of the passage's own sentences hold them: what every sentence says does not
tell them apart.  (xquad_en, right passage given: passage-local weights .837, corpus idf .826,
BM25 .782, cosine .761.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.retrieval.query.answer_kind import holds_kind, wanted_kind
from docproc.retrieval.query.answer_type import candidates_of, wanted_type
from docproc.retrieval.weights import WEIGHTS
from docproc.text.terms import detect_language

Floats = NDArray[np.float32]


def _spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """`values` moved and scaled to 0..1; all 0 when they are equal."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def sentence_scores(
    question: str, sentences: Sequence[str], matches: Floats, cosines: Floats, readable: float
) -> NDArray[np.float64]:
    """How likely each of S sentences of one passage holds the answer, (S,).

    `matches` is (words, S) from `QuestionWords.matches` over the sentences' words, `cosines` (S,)
    with the question's vector, and `readable` (0 to 1) is the calibration's `readability`.
    """
    count = len(sentences)
    if count == 0:
        return np.zeros(0)
    holders = (matches >= 0.5).sum(axis=1)
    local = np.log1p((count - holders + 0.5) / (holders + 0.5))
    words = _spread(local @ matches.astype(np.float64)) if len(matches) else np.zeros(count)
    kind = wanted_kind(question)
    english = kind == "number" and detect_language(question, 1) in (None, "en")
    wanted = wanted_type(question, english) if english else None
    has = candidates_of(wanted, question, english)
    holds = np.array(
        [holds_kind(kind, sentence, question) and has(sentence) for sentence in sentences],
        dtype=np.float64,
    )
    cosine = readable * _spread(cosines.astype(np.float64))
    return (
        WEIGHTS.sentence_words * words
        + WEIGHTS.sentence_cosine * cosine
        + WEIGHTS.sentence_kind * holds
    )
