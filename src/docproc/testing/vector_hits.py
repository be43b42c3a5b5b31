"""Building a vector index and asking it, held to what its hits must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from docproc.hooks import VectorHits
from docproc.testing.by_lists import by_lists
from docproc.testing.contract import break_promise
from docproc.testing.folders import build_and_move
from docproc.testing.vectors import Floats


def build_index(plugin: Any, vectors: Floats, beside: Path) -> Path:
    """The folder of an index over *vectors*, moved after it was built, as publishing moves it."""
    return build_and_move(lambda folder: by_lists(plugin).build(vectors, folder), beside)


def search_checked(index: Any, vector: Floats, k: int, allowed: Any, count: int) -> VectorHits:
    """Search; fail for hits that are not as ``VectorHits`` says."""
    hits = index.search(vector, k, allowed)
    if not isinstance(hits, VectorHits):
        break_promise(f"the search gave {type(hits).__name__}, not VectorHits")
    scores, rows = hits.scores, hits.rows
    if scores.dtype != np.float32 or rows.dtype != np.int64 or scores.shape != rows.shape:
        break_promise(f"scores {scores.dtype} {scores.shape}, rows {rows.dtype} {rows.shape}")
    if scores.ndim != 1 or len(rows) > max(k, 0):
        break_promise(f"asked for {k} rows, it gave an array of {rows.shape}")
    if len(scores) > 1 and not (np.diff(scores) <= 1e-6).all():
        break_promise(f"the scores do not fall: {scores[:12].tolist()}")
    if len(rows) and (rows.min() < 0 or rows.max() >= count):
        break_promise(f"there is no row {int(rows.min()) if rows.min() < 0 else int(rows.max())}")
    if len(set(rows.tolist())) < len(rows):
        break_promise(f"a row comes twice: {sorted(rows.tolist())}")
    return hits


def hold_equal(index: Any, other: Any, question: Floats, when: str) -> None:
    """Fail unless both find the same rows."""
    found, expected = index.search(question, 10, None), other.search(question, 10, None)
    if not np.array_equal(found.rows, expected.rows):
        break_promise(f"{when} it finds {found.rows.tolist()}, not {expected.rows.tolist()}")
