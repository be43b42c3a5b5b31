"""Embed: texts to vectors, through the cache, in shards that survive an interruption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.protocols import Embedder
from docproc.pipeline.progress import Progress
from docproc.store.vectors import Keys, VectorCache

SHARD = 1024
"""Texts handed over at once: enough to sort by length; what an interruption can cost."""

_ROWS_AT_ONCE = 65536


def unique_missing(keys: Keys, cache: VectorCache) -> NDArray[np.bool_]:
    """Which of *keys* ``(n, 32)`` must be embedded; of equal ones only the first, ``(n,)``."""
    missing = np.zeros(len(keys), np.bool_)
    if len(keys):
        _, first = np.unique(keys, axis=0, return_index=True)
        missing[first] = ~cache.has(keys[first])
    return missing


def embed(
    batches: Iterable[tuple[Keys, list[str]]],
    total: int,
    embedder: Embedder,
    cache: VectorCache,
    progress: Progress,
) -> None:
    """Embed the texts of *batches*, *total* in all, into the cache.

    What was embedded is kept in the cache even if this is interrupted.
    """
    progress.start("embedding", total)
    try:
        for keys, texts in _shards(batches):
            cache.put(keys, embedder.encode_passages(texts))
            progress.advance(len(texts))
    finally:
        cache.flush()


def _shards(batches: Iterable[tuple[Keys, list[str]]]) -> Iterator[tuple[Keys, list[str]]]:
    """The same texts, ``SHARD`` at a time."""
    keys: list[Keys] = []
    texts: list[str] = []
    for some_keys, some_texts in batches:
        keys.append(some_keys)
        texts += some_texts
        while len(texts) >= SHARD:
            joined = np.concatenate(keys)
            yield joined[:SHARD], texts[:SHARD]
            keys, texts = [joined[SHARD:]], texts[SHARD:]
    if texts:
        yield np.concatenate(keys), texts


def gather(keys: Keys, cache: VectorCache, path: Path) -> NDArray[np.float32]:
    """Write the vectors of *keys* to *path* as a NumPy array ``(n, d)``; return it mapped."""
    shape = (len(keys), cache.dimension)
    if not len(keys):
        np.save(path, np.empty(shape, np.float32))
    else:
        out = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            found, vectors = cache.get(keys[start : start + _ROWS_AT_ONCE])
            assert found.all(), "a vector that was just embedded is gone from the cache"
            out[start : start + len(vectors)] = vectors
        out.flush()
        del out
    mapped: NDArray[np.float32] = np.load(path, mmap_mode="r" if len(keys) else None)
    return mapped


def document_means(vectors: NDArray[np.float32], firsts: NDArray[np.int64], path: Path) -> None:
    """Write each document's vector to *path*: the mean of its passages', of unit norm.

    *vectors* ``(n, d)`` are the passages'; those of document i are ``firsts[i]..firsts[i+1]``
    (*firsts* has one number more than there are documents).  A document without a passage
    gets zeros.
    """
    out = np.zeros((len(firsts) - 1, vectors.shape[1]), np.float32)
    for number, (start, end) in enumerate(pairwise(firsts.tolist())):
        if end > start:
            mean = vectors[start:end].mean(axis=0)
            out[number] = mean / max(float(np.linalg.norm(mean)), 1e-12)
    np.save(path, out)
