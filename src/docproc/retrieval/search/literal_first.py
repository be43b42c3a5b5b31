"""What is looked up letter for letter first: a bare word, name or number; a decimal as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from docproc.retrieval.evidence.score import hold_below
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.search_result import Search
from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use

_DECIMAL: Final = compile_on_use(r"(?<![\d.,])\d+[.,]\d+(?![\d.,]*\d)")


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


def typed_numbers_first(held: OpenGeneration, found: Search) -> Search:
    """*found*, what answers led by the passages that print every decimal as it was typed.

    7,80 is found as 7.80 too, which stands behind what prints 7,80.
    """
    typed = set(_DECIMAL.findall(found.question))
    above = int((found.scores >= found.floor).sum())
    if not typed or not above:
        return found
    passages = held.catalog.passages(found.rows[:above].tolist())
    prints = np.array([typed <= set(_DECIMAL.findall(p.text)) for p in passages], np.bool_)
    order = np.arange(len(found.rows), dtype=np.int64)
    order[:above] = np.argsort(~prints, kind="stable")
    return replace(
        found,
        rows=found.rows[order],
        scores=found.scores[order],
        signals=found.signals.take(order),
    )
