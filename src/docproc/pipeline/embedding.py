"""Embed: texts to vectors, through the cache, in shards that survive an interruption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.protocols import Embedder
from docproc.pipeline.progress import Progress
from docproc.store.vectors import Keys, VectorCache

SHARD = 1024
"""Texts embedded between two writes of the cache: what an interruption can cost."""

_ROWS_AT_ONCE = 65536


def embed_missing(
    keys: Keys,
    texts: Callable[[Sequence[int]], list[str]],
    embedder: Embedder,
    cache: VectorCache,
    progress: Progress,
) -> int:
    """Embed what the cache does not hold; return how many texts that was.

    *keys* ``(n, 32)`` name the texts; ``texts(rows)`` fetches those of some rows, so that a
    large corpus is never in memory at once.  Identical texts are embedded once.  The longest
    come first within a shard, where the embedder sorts them.
    """
    _, first = np.unique(keys, axis=0, return_index=True)
    first.sort()
    missing = first[~cache.has(keys[first])]
    if not len(missing):
        return 0
    progress.start("embedding", len(missing))
    try:
        for start in range(0, len(missing), SHARD):
            rows = missing[start : start + SHARD]
            shard = texts(rows.tolist())
            for begin in range(0, len(shard), _step(len(shard))):
                part = slice(begin, begin + _step(len(shard)))
                cache.put(keys[rows[part]], embedder.encode_passages(shard[part]))
                progress.advance(len(shard[part]))
    finally:
        cache.flush()
    return len(missing)


def _step(size: int) -> int:
    """How many texts to hand over at once: the more, the better they sort by length."""
    return min(size, 256)


def gather(keys: Keys, cache: VectorCache, path: Path) -> NDArray[np.float32]:
    """Write the vectors of *keys* to *path* as a NumPy array ``(n, d)``; return it mapped."""
    shape = (len(keys), cache.dimension)
    if not len(keys):
        np.save(path, np.empty(shape, np.float32))
        return np.load(path)  # type: ignore[no-any-return]
    out = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        found, vectors = cache.get(keys[start : start + _ROWS_AT_ONCE])
        assert found.all(), "a vector that was just embedded is gone from the cache"
        out[start : start + len(vectors)] = vectors
    out.flush()
    del out
    return np.load(path, mmap_mode="r")  # type: ignore[no-any-return]
