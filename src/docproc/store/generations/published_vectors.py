"""The vectors of published generations, which the cache finds there instead of keeping them twice.

What is embedded goes into the cache first, where an interrupted run finds it again.  When a
generation is published, what it has leaves the cache; and before, what the published ones alone
have, and it has not, is put there.  So each text's vector is kept once, whichever way a run ends:
kept twice for a moment, and never not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.store.files.durable import checksum
from docproc.store.generations.generation import Generation, open_generation
from docproc.store.generations.names import list_published
from docproc.store.layout import SHARDS, UNIT_KEYS, UNIT_VECTORS, VECTORS, Layout
from docproc.store.manifest import FileSum, Manifest
from docproc.store.vectors.cache import VectorCache
from docproc.store.vectors.key_table import Keys, prefixes
from docproc.store.vectors.quantization import Packed, PackedVectors, open_vectors
from docproc.store.vectors.shard import KEY_BYTES, ShardError
from docproc.workspace.arrays import load_array

_AT_ONCE = 65536


class PublishedShard:
    """Packed vectors in a folder of a generation, as a shard.  Raises ``ShardError``."""

    def __init__(self, folder: Path, files: dict[str, FileSum], dimension: int) -> None:
        self.path = folder / UNIT_VECTORS
        self._folder, self._files = folder, files
        try:
            vectors = open_vectors(self.path)
            self.keys: Keys = load_array(folder / UNIT_KEYS, mapped=True)
        except (OSError, ValueError, EOFError) as error:
            raise ShardError(str(error)) from None
        shapes = vectors.shape, self.keys.shape
        self.count, self._believed = len(self.keys), False
        if not isinstance(vectors, PackedVectors) or shapes != (
            (self.count, dimension),
            (self.count, KEY_BYTES),
        ):
            raise ShardError("holds no packed vectors of this model")
        self._rows: Packed = vectors.rows

    def rows(self, which: NDArray[np.int64]) -> Packed:
        """The packed vectors numbered *which*.  Raises ``ShardError`` if a file is altered."""
        self.believe()
        return self._rows[which]

    def believe(self) -> None:
        """Compare the files with their checksums, once.  Raises ``ShardError``."""
        if self._believed:
            return
        for name in (UNIT_VECTORS, UNIT_KEYS):
            expected = self._files.get(f"{VECTORS}/{name}")
            try:
                sound = expected and checksum(self._folder / name) == expected.sha256
            except OSError as error:
                raise ShardError(f"cannot be read: {error.strerror or error}") from None
            if not sound:
                raise ShardError(f"altered: {name} is not as it was published")
        self._believed = True


def shards_of(generation: Generation) -> Iterator[PublishedShard]:
    """The vectors of *generation*, or of its shards, that are packed and not damaged."""
    count = len(generation.manifest.shards)
    for number in range(count or 1):
        with contextlib.suppress(StoreError, ShardError):
            each = generation.shard(number) if count else generation
            names = (f"{VECTORS}/{UNIT_VECTORS}", f"{VECTORS}/{UNIT_KEYS}")
            if each.damaged is None or all(map(each.sound, names)):
                manifest = each.manifest
                yield PublishedShard(each.vectors, manifest.files, manifest.model.dimension)


def published_shards(
    layout: Layout, fingerprint: str, without: frozenset[str] = frozenset()
) -> list[PublishedShard]:
    """The vectors of the model with this *fingerprint* that are published.

    Those of the current generation, and of the newest, which is another one after a rollback, or
    where the current one is of another model.  The generations *without* are passed over.
    """
    try:
        current = layout.current.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        current = ""
    found: list[PublishedShard] = []
    for name in sorted(list_published(layout), key=lambda name: (name == current, name))[::-1]:
        with contextlib.suppress(StoreError):
            generation = open_generation(layout.generation(name))
            if name not in without and generation.manifest.model.fingerprint == fingerprint:
                found += shards_of(generation)
                if name != current:
                    break
    return found


@contextlib.contextmanager
def publish_vectors(layout: Layout, draft: Path, manifest: Manifest) -> Iterator[None]:
    """Within it, the *draft* is published: before, the cache is given what only goes with that.

    Afterwards what the draft has leaves the cache.  Raises ``StoreError`` if the cache cannot be
    written before.
    """
    fingerprint = manifest.model.fingerprint
    held = find_held(draft, [each.name for each in manifest.shards])
    cache = VectorCache(layout.cache(fingerprint), manifest.model.dimension)
    save_leaving_vectors(cache, published_shards(layout, fingerprint), held)
    yield
    with contextlib.suppress(StoreError):  # it is kept twice, until the next time
        cache.drop(held)


def save_leaving_vectors(
    cache: VectorCache,
    published: Iterable[PublishedShard],
    held: Callable[[Keys], NDArray[np.bool_]],
) -> None:
    """Put what is *published*, and not *held* instead, into *cache*.  Raises ``StoreError``."""
    for shard in published:
        for start in range(0, shard.count, _AT_ONCE):
            keys = shard.keys[start : start + _AT_ONCE]
            gone = np.flatnonzero(~held(keys))
            try:
                if len(gone):
                    cache.put_packed(keys[gone], shard.rows(start + gone))
            except ShardError:
                break  # damaged: computed again, should anyone want it
    cache.flush()


def keep_vectors(layout: Layout, going: Generation) -> None:
    """Put what *going* has, and none found first, into the cache.  Raises ``StoreError``."""
    model = going.manifest.model
    left = published_shards(layout, model.fingerprint, frozenset({going.id}))
    if left:  # else the vectors of its model go with it
        cache = VectorCache(layout.cache(model.fingerprint), model.dimension, published=left)
        save_leaving_vectors(cache, shards_of(going), lambda keys: np.zeros(len(keys), np.bool_))


def fill_cache(layout: Layout, generation: Generation) -> None:
    """Put all vectors of *generation* into the cache too.  Raises ``StoreError``."""
    model = generation.manifest.model
    cache = VectorCache(layout.cache(model.fingerprint), model.dimension)
    save_leaving_vectors(cache, shards_of(generation), lambda keys: np.zeros(len(keys), np.bool_))


def find_held(folder: Path, shards: Iterable[str]) -> Callable[[Keys], NDArray[np.bool_]]:
    """Whether the generation in *folder* has keys, by their first eight bytes."""
    parts = [folder / SHARDS / name for name in shards] or [folder]
    keys = [load_array(part / VECTORS / UNIT_KEYS, mapped=True) for part in parts]
    there = np.sort(np.concatenate([prefixes(some) for some in keys]))

    def held(asked: Keys) -> NDArray[np.bool_]:
        wanted = prefixes(asked)
        if not len(there):
            return np.zeros(len(wanted), np.bool_)
        found: NDArray[np.bool_] = (
            there[np.minimum(np.searchsorted(there, wanted), len(there) - 1)] == wanted
        )
        return found

    return held
