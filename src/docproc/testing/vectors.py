"""The arithmetic of embeddings that several checks share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from docproc.hooks import VectorHits
from docproc.testing.by_lists import by_lists
from docproc.testing.contract import break_promise
from docproc.testing.folders import build_and_move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Floats: TypeAlias = NDArray[np.float32]

SAME = 1e-3
"""What a component of a vector may differ by where batches, threads or processes do."""


def unit(vectors: NDArray[np.floating[Any]]) -> Floats:
    """*vectors* ``(n, d)``, each at unit norm."""
    norms = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return np.asarray(vectors / norms, dtype=np.float32)


def clouds(count: int, dimension: int, seed: int) -> Floats:
    """*count* unit vectors in groups of like ones, as the vectors of texts are."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((max(1, count // 20), dimension))
    near = centres[random.integers(len(centres), size=count)]
    return unit(near + 0.5 * random.standard_normal((count, dimension)))


def hold_rows(vectors: Any, count: int, dimension: int, what: str) -> None:
    """Fail unless *vectors* is float32 ``(count, dimension)`` with rows of unit norm."""
    if not isinstance(vectors, np.ndarray):
        break_promise(f"{what}: it gave {type(vectors).__name__}, not a NumPy array")
    if vectors.dtype != np.float32:
        break_promise(f"{what}: the vectors are {vectors.dtype}, not float32")
    if vectors.shape != (count, dimension):
        break_promise(f"{what}: the shape is {vectors.shape}, not {(count, dimension)}")
    norms = np.linalg.norm(vectors.astype(np.float64), axis=1)
    wrong = np.flatnonzero(~(np.abs(norms - 1) < SAME))
    if len(wrong):
        break_promise(f"{what}: the norm of vector {wrong[0]} is {norms[wrong[0]]:.4g}, not 1")


def hold_same(found: Floats, expected: Floats, texts: Sequence[str], what: str) -> None:
    """Fail unless each row of *found* is that of *expected*, as near as arithmetic goes."""
    apart = np.abs(found - expected).max(axis=1, initial=0.0)
    wrong = np.flatnonzero(~(apart < SAME))
    if len(wrong):
        break_promise(
            f"{what}: the vector of {texts[wrong[0]][:40]!r} is off by {apart[wrong[0]]:.2g}"
        )


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
