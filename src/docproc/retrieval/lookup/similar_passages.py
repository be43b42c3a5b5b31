"""The passages of other documents whose vectors are nearest to that of a passage."""

from __future__ import annotations

import numpy as np

from docproc.records import Passage
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.weights import WEIGHTS


def nearest_passages(
    held: OpenGeneration, passage: Passage, limit: int
) -> list[tuple[Passage, float]]:
    """The *limit* passages nearest to *passage*, of other documents, each with its cosine.

    The passage's own vector takes part, and no words: what is alike may say it otherwise.
    """
    catalog = held.catalog
    row = catalog.finder.row_of(passage.id)
    own = catalog.rows_of(passage.document_id)
    units = WEIGHTS.units_a_passage * limit + len(own)
    found = held.vector_index.search(held.vectors[row], units, None)
    best: dict[int, float] = {}
    for owner, score in zip(held.owners[found.rows].tolist(), found.scores.tolist(), strict=True):
        if owner not in own and owner not in best:
            best[owner] = float(np.clip(score, 0, 1))
    rows = list(best)[:limit]
    return [(each, best[row]) for row, each in zip(rows, catalog.passages(rows), strict=True)]
