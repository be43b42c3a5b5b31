"""A word, a name or a number that is merely looked up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from docproc.retrieval.evidence.score import hold_below
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS


def look_up(found: Search) -> Search:
    """*found*, where a word, a name or a number is merely looked up, led by what holds it.

    Such a question asks where the word stands, and is answered there, whatever the floor is.
    """
    words = found.words
    asks = found.question.rstrip().endswith(("?", "？")) and not all(words.certain)
    if not 0 < len(words.words) <= WEIGHTS.looked_up_words or asks:
        return found
    holding = (found.signals.coverage >= WEIGHTS.name * WEIGHTS.exact) & (found.signals.unsaid == 0)
    if not holding.any() or (holding[0] and found.scores[0] >= found.floor):
        return found
    order = np.argsort(~holding, kind="stable")
    scores = found.scores[order]
    least = float(scores[: int(holding.sum())].min())
    count = int(holding.sum())
    scores[count:] = hold_below(scores[count:], min(least, found.floor))
    return replace(
        found,
        rows=found.rows[order],
        scores=scores,
        signals=found.signals.take(order),
        floor=min(found.floor, least),
    )
