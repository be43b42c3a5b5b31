"""The vector cache: no text is embedded twice with the same model.

A vector is kept under the SHA-256 of the text it was computed from, packed (``store.packed``), in
a folder for each model's fingerprint.  New vectors gather in memory and go to disk a shard at a
time; a killed run loses at most the shard that was still open.  A shard that is damaged is set
aside under another name and named in ``damaged``; its vectors count as missing, and are
computed again.  One process writes (anyone who holds the writer's lock); any number read.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import ModelError
from docproc.records.identity import text_key
from docproc.store.files.durable import make_folder, reading, remove_file, replace, writing
from docproc.store.vectors.key_table import MISSING, Keys, KeyTable
from docproc.store.vectors.object_store import ShardStore
from docproc.store.vectors.quantization import Packed, pack, row_bytes, unpack
from docproc.store.vectors.shard import (
    DAMAGED,
    KEY_BYTES,
    SUFFIX,
    Shard,
    ShardError,
    VectorShard,
    is_shard,
    write_shard,
)

_OPEN = -2


def keys_of(texts: Iterable[str]) -> Keys:
    """The keys of *texts*, ``(n, 32)``."""
    return as_keys([text_key(text) for text in texts])


def as_keys(keys: Sequence[bytes]) -> Keys:
    """*keys*, of 32 bytes each, as one array ``(n, 32)``."""
    return np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), KEY_BYTES)


@dataclass(frozen=True, slots=True)
class DamagedShard:
    """A shard that was set aside: where it stood, and why."""

    path: Path
    cause: str

    def __str__(self) -> str:
        return f"{self.path}: {self.cause}; its vectors will be computed again"


class VectorCache:
    """The vectors of one model, ``dimension`` numbers each, in *folder*.

    *shard* is how many vectors gather before they are written: what a killed run can lose.
    As a context manager it writes the open shard at the end, even after an error.
    """

    def __init__(
        self,
        folder: Path,
        dimension: int,
        *,
        shard: int = 1024,
        store: ShardStore | None = None,
        published: Iterable[VectorShard] = (),
    ) -> None:
        """Open the cache; a folder that is not there is an empty one.

        What is *published* is found too, where it stands.  What *store* has of it is brought
        first, and it is given what is written.  Raises ``StoreError`` if the folder cannot be
        listed, ``TryLater`` if the store does not answer.
        """
        self._store = store
        if store is not None:
            store.bring(folder)
        self.folder = folder
        self.dimension = dimension
        self.damaged: list[DamagedShard] = []
        self._shard = shard
        self._shards: list[VectorShard] = list(published)
        self._open: dict[bytes, Packed] = {}
        self._recent: dict[bytes, tuple[int, int]] = {}
        names: list[Path] = []
        if folder.exists():
            with reading(folder):
                names = sorted(path for path in folder.iterdir() if is_shard(path.name))
        for path in names:
            self._add(path)
        self._index()

    def __len__(self) -> int:
        """How many vectors there are, the open shard's included."""
        return len(self._table) + len(self._recent) + len(self._open)

    def has(self, keys: Keys) -> NDArray[np.bool_]:
        """Which of *keys* there are vectors of, ``(n,)``; their bytes are not read yet."""
        found: NDArray[np.bool_] = self._find(keys)[0] != MISSING
        return found

    def get(self, keys: Keys) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """Which of *keys* were found ``(n,)``, and their vectors ``(n, d)``; zeros elsewhere."""
        found, rows = self.get_packed(keys)
        return found, unpack(rows)

    def get_packed(self, keys: Keys) -> tuple[NDArray[np.bool_], Packed]:
        """Which of *keys* were found ``(n,)``, and their vectors as they are kept."""
        packed = np.zeros((len(keys), row_bytes(self.dimension)), np.uint8)
        shards, rows = self._find(keys)
        for at in np.flatnonzero(shards == _OPEN):
            packed[at] = self._open[keys[at].tobytes()]
        by_shard = np.argsort(shards, kind="stable")
        borders = np.flatnonzero(np.diff(shards[by_shard])) + 1
        for here in np.split(by_shard, borders):
            if len(here) and shards[here[0]] >= 0:
                shard = self._shards[shards[here[0]]]
                try:
                    packed[here] = shard.rows(rows[here])
                except ShardError as error:
                    self._set_aside(shard.path, str(error))
                    self._shards.remove(shard)
                    self._index()
                    return self.get_packed(keys)  # some may stand in another shard too
        return shards != MISSING, packed

    def put(self, keys: Keys, vectors: NDArray[np.float32]) -> None:
        """Keep *vectors* ``(n, d)`` under *keys* ``(n, 32)``; those already kept are left.

        Raises ``ModelError`` for a vector that is not of finite numbers or not of this
        dimension, and then keeps none; ``StoreError`` if a shard cannot be written.
        """
        if vectors.shape != (len(keys), self.dimension):
            raise ModelError(
                f"the model gave vectors of shape {vectors.shape} for {len(keys)} texts; "
                f"({len(keys)}, {self.dimension}) was expected"
            )
        if bad := int((~np.isfinite(vectors).all(axis=1)).sum()):
            raise ModelError(f"the model gave {bad} of {len(keys)} vectors that are not numbers")
        missing = self._missing(keys)
        self._keep(missing, pack(vectors[list(missing.values())]))

    def put_packed(self, keys: Keys, rows: Packed) -> None:
        """Keep packed *rows* under *keys* ``(n, 32)`` that are new.  Raises ``StoreError``."""
        missing = self._missing(keys)
        self._keep(missing, rows[list(missing.values())])

    def _missing(self, keys: Keys) -> dict[bytes, int]:
        return {keys[at].tobytes(): int(at) for at in np.flatnonzero(~self.has(keys))}

    def _keep(self, keys: Iterable[bytes], rows: Packed) -> None:
        for key, row in zip(keys, rows, strict=True):
            self._open[key] = row
            if len(self._open) >= self._shard:
                self.flush()

    def flush(self) -> None:
        """Write the open shard, durably.  Raises ``StoreError`` if it cannot be written."""
        if self._open:
            shard = self._write(as_keys(list(self._open)), np.stack(list(self._open.values())))
            self._open.clear()
            number = len(self._shards) - 1
            self._recent.update(
                {key.tobytes(): (number, row) for row, key in enumerate(shard.keys)}
            )
            # sorting the whole table at every shard would cost more than a fast model does
            if len(self._recent) > max(16384, len(self._table) // 8):
                self._index()

    def check(self) -> None:
        """Compare every shard with its checksum; the damaged are set aside, in ``damaged``."""
        for shard in list(self._shards):
            try:
                shard.believe()
            except ShardError as error:
                self._set_aside(shard.path, str(error))
                self._shards.remove(shard)
        self._index()

    def compact(self, size: int = 32768) -> int:
        """Merge the shards of fewer than *size* vectors into larger ones; how many went.

        Nothing is lost whenever it stops: what is merged is removed only after the merged
        shard is durable, and a vector kept twice is as good as one kept once.
        """
        self.flush()
        gone = 0
        while True:
            batch: list[Shard] = []
            for shard in sorted(self._files(), key=lambda shard: shard.count):
                if shard.count >= size or sum(s.count for s in batch) >= size:
                    break
                batch.append(shard)
            if len(batch) < 2:
                return gone
            gone += self._merge(batch)

    def drop(self, held: Callable[[Keys], NDArray[np.bool_]]) -> None:
        """Let go of the vectors whose keys are *held*, since a generation has them.

        What else stands in the same shard is written to another first.  Raises ``StoreError`` if
        that cannot be.
        """
        self.flush()
        for shard in self._files():
            going = held(shard.keys)
            if not going.any():
                continue
            staying = np.flatnonzero(~going)
            try:
                if len(staying):
                    self._write(shard.keys[staying], shard.rows(staying))
            except ShardError as error:
                self._set_aside(shard.path, str(error))
            self._shards.remove(shard)
            with contextlib.suppress(OSError):  # set aside, or open elsewhere on Windows
                remove_file(shard.path)
        self._index()

    def _files(self) -> list[Shard]:
        return [shard for shard in self._shards if isinstance(shard, Shard)]

    def __enter__(self) -> VectorCache:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()

    def _merge(self, batch: list[Shard]) -> int:
        sound, rows = [], []
        for shard in batch:
            try:
                rows.append(shard.rows(np.arange(shard.count)))
                sound.append(shard)
            except ShardError as error:
                self._set_aside(shard.path, str(error))
        self._shards = [shard for shard in self._shards if shard not in batch]
        if sound:
            keys, first = np.unique(
                np.concatenate([s.keys for s in sound]), axis=0, return_index=True
            )
            self._write(keys, np.concatenate(rows)[first])
        self._index()
        for shard in sound:
            with contextlib.suppress(OSError):  # Windows, while a reader has it open
                remove_file(shard.path)
            if self._store is not None:
                self._store.drop(shard.path.name)
        return len(batch)

    def _write(self, keys: Keys, rows: Packed) -> Shard:
        with writing(self.folder):
            make_folder(self.folder)
        path = self.folder / f"{len(self._shards):06d}-{os.urandom(4).hex()}{SUFFIX}"
        write_shard(path, keys, rows)
        shard = Shard(path, self.dimension)
        self._shards.append(shard)
        if self._store is not None:
            self._store.keep(path)
        return shard

    def _add(self, path: Path) -> None:
        try:
            self._shards.append(Shard(path, self.dimension))
        except ShardError as error:
            self._set_aside(path, str(error))
        except FileNotFoundError:
            pass  # merged into another by the writer since the folder was listed
        except OSError as error:
            self.damaged.append(DamagedShard(path, f"cannot be read: {error.strerror or error}"))

    def _set_aside(self, path: Path, cause: str) -> None:
        self.damaged.append(DamagedShard(path, cause))
        if not is_shard(path.name):
            return  # a generation's: `verify` tells of it
        with contextlib.suppress(OSError):  # a reader may not be allowed to; it still ignores it
            replace(path, path.with_name(path.name + DAMAGED))

    def _index(self) -> None:
        """One table over the keys of all shards."""
        counts = [shard.count for shard in self._shards]
        keys = np.empty((sum(counts), KEY_BYTES), np.uint8)
        at = 0
        for shard in self._shards:
            keys[at : at + shard.count] = shard.keys
            at += shard.count
        self._table = KeyTable(keys)
        self._shard_of = np.repeat(np.arange(len(counts)), counts)
        self._firsts = np.cumsum([0, *counts[:-1]])
        self._recent.clear()

    def _find(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each of *keys* the number of its shard and its row there; or -1, missing."""
        numbers = self._table.find(keys)
        there = numbers != MISSING
        shards = np.full(len(keys), MISSING)
        rows = np.full(len(keys), MISSING)
        shards[there] = self._shard_of[numbers[there]]
        rows[there] = numbers[there] - self._firsts[shards[there]]
        if self._recent or self._open:
            for index in np.flatnonzero(shards == MISSING):
                key = keys[index].tobytes()
                if key in self._open:
                    shards[index] = _OPEN
                else:
                    shards[index], rows[index] = self._recent.get(key, (MISSING, MISSING))
        return shards, rows
