"""Embed: texts to vectors, through the cache, in shards that survive an interruption."""

from __future__ import annotations

import contextlib
import json
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.protocols import Embedder, EncodesShards, Vectors
from docproc.pipeline.monitoring.progress import Progress
from docproc.store.files.durable import reserve, write_atomically
from docproc.store.maintenance.unused_models import FACTS
from docproc.store.vectors.cache import VectorCache
from docproc.store.vectors.key_table import Keys
from docproc.store.vectors.quantization import Packed, pack, packed_rows, row_bytes

SHARD = 1024
"""Texts handed over at once at most: enough to sort by length."""

FIRST = 8
"""Texts of the first shard, so that progress moves, and work is kept, at once; a large model takes
seconds for each."""

KEEP = 5.0
"""Seconds that a shard should take, and between two writings: what a kill can cost."""

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

    What was embedded is kept in the cache even if this is interrupted: a shard of texts at a
    time, which is as large as takes about ``KEEP`` seconds, and ``SHARD`` at most.
    """
    progress.start("embedding", total)
    taken: deque[Keys] = deque()
    size = min(FIRST, SHARD)
    since = kept = time.monotonic()

    def shards() -> Iterator[list[str]]:
        for keys, texts in _shards(batches, lambda: size):
            taken.append(keys)
            yield texts

    with contextlib.closing(_encode(embedder, shards())) as encoded:
        try:
            for vectors in encoded:
                keys = taken.popleft()
                cache.put(keys, vectors)
                now = time.monotonic()
                if now - kept >= KEEP:
                    cache.flush()
                    kept = now
                progress.advance(len(keys))
                size = choose_next_size(size, len(keys), now - since)
                since = time.monotonic()
        finally:
            cache.flush()
            _keep_facts(embedder, cache.folder)


def choose_next_size(size: int, done: int, seconds: float) -> int:
    """How many texts to take next, after *done* took *seconds*: four times as many at most."""
    fits = int(done * KEEP / seconds) if seconds > 0 else SHARD
    return min(SHARD, max(FIRST, min(fits, 4 * size)))


def _encode(embedder: Embedder, shards: Iterator[list[str]]) -> Generator[Vectors, None, None]:
    if isinstance(embedder, EncodesShards):
        yield from embedder.encode_shards(shards)
    else:
        for texts in shards:
            yield embedder.encode_passages(texts)


def facts_of(embedder: Embedder, folder: Path) -> dict[str, Any]:
    """What *embedder* tells of its vectors, or told when those in *folder*, its cache, were made.

    A run may have embedded nothing, or three texts: what was measured over more of them
    (``compared``) stands.
    """
    facts: dict[str, Any] = dict(getattr(embedder, "facts", None) or {})
    try:
        before = json.loads((folder / FACTS).read_text("utf-8"))
        if not facts or before.get("compared", 0) > facts.get("compared", 0):
            return dict(before)
    except (OSError, ValueError, TypeError, AttributeError):
        pass  # not kept, or damaged: what is known now is what there is
    return facts


def _keep_facts(embedder: Embedder, folder: Path) -> None:
    if folder.exists() and (facts := facts_of(embedder, folder)):
        write_atomically(folder / FACTS, json.dumps(facts).encode())


def _shards(
    batches: Iterable[tuple[Keys, list[str]]], size: Callable[[], int]
) -> Iterator[tuple[Keys, list[str]]]:
    """The same texts, as many at a time as *size* says then."""
    keys: list[Keys] = []
    texts: list[str] = []
    for some_keys, some_texts in batches:
        keys.append(some_keys)
        texts += some_texts
        while len(texts) >= (count := size()):
            joined = np.concatenate(keys)
            yield joined[:count], texts[:count]
            keys, texts = [joined[count:]], texts[count:]
    if texts:
        yield np.concatenate(keys), texts


@dataclass(frozen=True, slots=True)
class EarlierVectors:
    """Vectors that there are already, besides those of the cache.

    ``vectors`` ``(m, d)``, as ``open_vectors`` gives them, are sound, and of the same model;
    ``places`` ``(m,)`` is where each stands in the new array, -1: nowhere.
    """

    vectors: NDArray[np.float32]
    places: NDArray[np.int64]

    def origins(self, count: int) -> NDArray[np.int64]:
        """For each of *count* places the number of the vector that stands there, or -1."""
        origins = np.full(count, -1, np.int64)
        kept = np.flatnonzero(self.places >= 0)
        origins[self.places[kept]] = kept
        return origins


def gather(
    keys: Keys, cache: VectorCache, path: Path, earlier: EarlierVectors | None = None
) -> NDArray[np.bool_]:
    """Write the vectors of *keys* to *path*, packed, as a NumPy array.

    Returns which could not be had ``(n,)``: a shard of the cache turned out to be damaged
    when its vectors were read.  Those must be embedded, and all be gathered again.
    """
    shape = (len(keys), row_bytes(cache.dimension))
    lost = np.zeros(len(keys), np.bool_)
    if not len(keys):
        np.save(path, np.empty(shape, np.uint8))
        return lost
    origins = earlier.origins(len(keys)) if earlier else np.full(len(keys), -1, np.int64)
    out = np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=shape)
    reserve(path)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        here = slice(start, min(start + _ROWS_AT_ONCE, len(keys)))
        origin, block = origins[here], out[here]
        if earlier and origin[0] >= 0 and (np.diff(origin) == 1).all():
            block[:] = packed_rows(earlier.vectors, slice(origin[0], origin[-1] + 1))
            continue
        known = origin >= 0
        if earlier and known.any():
            block[known] = packed_rows(earlier.vectors, origin[known])
        found, block[~known] = cache.get_packed(keys[here][~known])
        lost[start + np.flatnonzero(~known)[~found]] = True
    out.flush()
    return lost


def document_means(
    vectors: NDArray[np.float32],
    firsts: NDArray[np.int64],
    path: Path,
    earlier: Packed | None = None,
) -> None:
    """Write each document's vector to *path*, packed: the mean of its passages', of unit norm.

    *vectors* ``(n, d)`` are the passages'; those of document i are ``firsts[i]..firsts[i+1]``
    (*firsts* has one number more than there are documents).  A document without a passage
    gets zeros.  *earlier* are the first documents' vectors, packed, where these are known.
    """
    known = 0 if earlier is None else len(earlier)
    means = np.zeros((len(firsts) - 1 - known, vectors.shape[1]), np.float32)
    for number, (start, end) in enumerate(pairwise(firsts[known:].tolist())):
        if end > start:
            mean = vectors[start:end].mean(axis=0)
            means[number] = mean / max(float(np.linalg.norm(mean)), 1e-12)
    packed = pack(means)
    np.save(path, packed if earlier is None else np.concatenate([earlier, packed]))
