"""The very number first: 7,80 is found as 7.80 too, and stands behind what prints 7,80."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.search_result import Search
from docproc.text.patterns import compile_on_use

_DECIMAL: Final = compile_on_use(r"(?<![\d.,])\d+[.,]\d+(?![\d.,]*\d)")


def as_typed_first(held: OpenGeneration, found: Search) -> Search:
    """*found*, what answers led by the passages that print every decimal as it was typed."""
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
