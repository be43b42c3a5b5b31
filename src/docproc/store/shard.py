"""One shard of the vector cache: a file that is whole, checked before it is believed.

The file, little-endian::

    0    8   b"DPVECS01"
    8    4   dimension d
    12   4   number of vectors n
    16   32  SHA-256 of all that follows
    48   32n keys, sorted, one SHA-256 each
    ..   4nd vectors, float32, in the order of the keys

It is written aside, flushed and renamed, so a crash leaves it whole or absent.  Its header
and its length are checked when it is opened, its SHA-256 before the first vector is taken
from it: opening a million vectors reads their keys only.
"""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.store.durable import write_atomically

SUFFIX = ".vecs"
DAMAGED = ".damaged"
"""Stands after the name of a shard that was set aside."""
_NAME = re.compile(r"\d{6,}-[0-9a-f]{8}\.vecs")
KEY_BYTES = 32
_HEADER = struct.Struct("<8sII32s")
_MAGIC = b"DPVECS01"
_BLOCK = 1 << 24


class ShardError(Exception):
    """A shard that cannot be believed; the message is the cause."""


class Shard:
    """An opened shard.  Raises ``ShardError``, or ``OSError`` if it cannot be read at all."""

    def __init__(self, path: Path, dimension: int) -> None:
        self.path = path
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            raise ShardError(f"truncated: {len(header)} bytes")
        magic, stated, self.count, self._sha256 = _HEADER.unpack(header)
        if magic != _MAGIC or not self.count:
            raise ShardError("not a shard of vectors, or its first bytes are altered")
        if stated != dimension:
            raise ShardError(f"holds vectors of dimension {stated}, not {dimension}")
        size = _HEADER.size + self.count * (KEY_BYTES + 4 * dimension)
        if (found := path.stat().st_size) != size:
            raise ShardError(f"truncated or grown: {found} bytes where there should be {size}")
        self._body: NDArray[np.uint8] = np.memmap(path, np.uint8, "r", offset=_HEADER.size)
        split = self.count * KEY_BYTES
        self.keys = self._body[:split].reshape(self.count, KEY_BYTES)
        self._vectors = self._body[split:].view("<f4").reshape(self.count, dimension)
        self._believed = False

    def vectors(self) -> NDArray[np.float32]:
        """The vectors ``(n, d)``, memory-mapped.  Raises ``ShardError`` if they are altered."""
        if not self._believed:
            digest = hashlib.sha256()
            for at in range(0, len(self._body), _BLOCK):
                digest.update(self._body[at : at + _BLOCK].data)
            if digest.digest() != self._sha256:
                raise ShardError("altered: its content does not match its checksum")
            self._believed = True
        return self._vectors


def is_shard(name: str) -> bool:
    """Whether *name* has the form of a shard's name."""
    return _NAME.fullmatch(name) is not None


def problem_of(path: Path) -> str | None:
    """What is wrong with the shard at *path*, of whatever dimension; ``None``: nothing."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        dimension = _HEADER.unpack(header)[1] if len(header) == _HEADER.size else 0
        Shard(path, dimension).vectors()
    except ShardError as error:
        return str(error)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return None


def write_shard(path: Path, keys: NDArray[np.uint8], vectors: NDArray[np.float32]) -> None:
    """Write *keys* ``(n, 32)`` and *vectors* ``(n, d)`` to *path*, durably.

    Raises ``StoreError`` if it cannot be written.
    """
    order = np.argsort(prefixes(keys), kind="stable")
    body = keys[order].tobytes() + vectors[order].astype("<f4", copy=False).tobytes()
    digest = hashlib.sha256(body).digest()
    write_atomically(path, _HEADER.pack(_MAGIC, vectors.shape[1], len(keys), digest) + body)


def prefixes(keys: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The first eight bytes of each key as a number that sorts as the key does."""
    first = np.ascontiguousarray(keys[:, :8])
    return first.view(">u8").ravel().astype(np.uint64)
