"""A word, a name or a number that is merely looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from docproc.retrieval.search_result import Search

FEW_WORDS: Final = 3
"""Words that are looked up rather than asked about, at most."""
LOOKED_UP: Final = 0.79
"""The share of them that a passage holds: all, or a name under another spelling."""


def look_up(found: Search) -> Search:
    """*found*, where a word, a name or a number is merely looked up, led by what holds it.

    Such a question asks where the word stands, and is answered there, whatever the floor is.
    """
    words = found.words
    asks = found.question.rstrip().endswith(("?", "？")) and not all(words.certain)
    if not 0 < len(words.words) <= FEW_WORDS or asks:
        return found
    holding = (found.signals.coverage >= LOOKED_UP) & (found.signals.unsaid == 0)
    if not holding.any() or (holding[0] and found.scores[0] >= found.floor):
        return found
    order = np.argsort(~holding, kind="stable")
    scores = found.scores[order]
    least = float(scores[: int(holding.sum())].min())
    count = int(holding.sum())
    scores[count:] = np.minimum(scores[count:], np.float32(min(least, found.floor) * 0.999))
    return replace(
        found,
        rows=found.rows[order],
        scores=scores,
        signals=found.signals.take(order),
        floor=min(found.floor, least),
    )
