"""The arithmetic of embeddings that several checks share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from docproc.plugins.guards.guarded_stages import check_vectors
from docproc.testing.contract import break_promise, held

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
    held(lambda: check_vectors(what, vectors, (count, dimension), SAME))


def hold_same(found: Floats, expected: Floats, texts: Sequence[str], what: str) -> None:
    """Fail unless each row of *found* is that of *expected*, as near as arithmetic goes."""
    apart = np.abs(found - expected).max(axis=1, initial=0.0)
    wrong = np.flatnonzero(~(apart < SAME))
    if len(wrong):
        break_promise(
            f"{what}: the vector of {texts[wrong[0]][:40]!r} is off by {apart[wrong[0]]:.2g}"
        )
