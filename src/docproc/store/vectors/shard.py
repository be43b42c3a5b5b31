"""One shard of the vector cache: a file that is whole, checked before it is believed.

The file, little-endian::

    0    8   b"DPVECS02"
    8    4   dimension d
    12   4   number of vectors n
    16   32  SHA-256 of all that follows
    48   32n keys, sorted, one SHA-256 each
    ..       vectors, packed (``store.packed``), in the order of the keys

A shard of the format before, ``DPVECS01``, has them in float32, and is read too.

It is written aside, flushed and renamed, so a crash leaves it whole or absent.  Its header
and its length are checked when it is opened, its SHA-256 before the first vector is taken
from it: opening a million vectors reads their keys only.
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from docproc.store.files.durable import write_atomically
from docproc.store.vectors.key_table import Keys, prefixes
from docproc.store.vectors.quantization import Packed, pack, row_bytes
from docproc.text.patterns import compile_on_use

SUFFIX = ".vecs"
DAMAGED = ".damaged"
"""Stands after the name of a shard that was set aside."""
_NAME = compile_on_use(r"\d{6,}-[0-9a-f]{8}\.vecs")
KEY_BYTES = 32
_HEADER = struct.Struct("<8sII32s")
_MAGIC = b"DPVECS02"
_UNPACKED = b"DPVECS01"
_BLOCK = 1 << 24


class ShardError(Exception):
    """A shard that cannot be believed; the message is the cause."""


class VectorShard(Protocol):
    """Packed vectors and the keys of their texts, ``(count, 32)``, in some file."""

    path: Path
    keys: Keys
    count: int

    def rows(self, which: NDArray[np.int64]) -> Packed:
        """The packed vectors numbered *which*.  Raises ``ShardError`` if the file is altered."""
        ...

    def believe(self) -> None:
        """Compare the file with its checksum, once.  Raises ``ShardError``."""
        ...


class Shard:
    """An opened shard.  Raises ``ShardError``, or ``OSError`` if it cannot be read at all."""

    def __init__(self, path: Path, dimension: int) -> None:
        self.path = path
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            raise ShardError(f"truncated: {len(header)} bytes")
        magic, stated, self.count, self._sha256 = _HEADER.unpack(header)
        if magic not in (_MAGIC, _UNPACKED) or not self.count:
            raise ShardError("not a shard of vectors, or its first bytes are altered")
        if stated != dimension:
            raise ShardError(f"holds vectors of dimension {stated}, not {dimension}")
        self._packed = magic == _MAGIC
        width = row_bytes(dimension) if self._packed else 4 * dimension
        size = _HEADER.size + self.count * (KEY_BYTES + width)
        if (found := path.stat().st_size) != size:
            raise ShardError(f"truncated or grown: {found} bytes where there should be {size}")
        self._body: NDArray[np.uint8] = np.memmap(path, np.uint8, "r", offset=_HEADER.size)
        split = self.count * KEY_BYTES
        self.keys = self._body[:split].reshape(self.count, KEY_BYTES)
        self._rows = self._body[split:].reshape(self.count, width)
        self._believed = False

    def rows(self, which: NDArray[np.int64]) -> Packed:
        """The packed vectors numbered *which*.  Raises ``ShardError`` if the file is altered."""
        self.believe()
        found = self._rows[which]
        return found if self._packed else pack(found.view("<f4"))

    def believe(self) -> None:
        """Compare the file with its checksum, once.  Raises ``ShardError``."""
        if not self._believed:
            digest = hashlib.sha256()
            for at in range(0, len(self._body), _BLOCK):
                digest.update(self._body[at : at + _BLOCK].data)
            if digest.digest() != self._sha256:
                raise ShardError("altered: its content does not match its checksum")
            self._believed = True


def is_shard(name: str) -> bool:
    """Whether *name* has the form of a shard's name."""
    return _NAME.fullmatch(name) is not None


def find_problem(path: Path) -> str | None:
    """What is wrong with the shard at *path*, of whatever dimension; ``None``: nothing."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        dimension = _HEADER.unpack(header)[1] if len(header) == _HEADER.size else 0
        Shard(path, dimension).believe()
    except ShardError as error:
        return str(error)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return None


def write_shard(path: Path, keys: Keys, rows: Packed) -> None:
    """Write *keys* ``(n, 32)`` and packed *rows* to *path*, durably.  Raises ``StoreError``."""
    order = np.argsort(prefixes(keys), kind="stable")
    body = keys[order].tobytes() + rows[order].tobytes()
    digest = hashlib.sha256(body).digest()
    dimension = rows.shape[1] - row_bytes(0)
    write_atomically(path, _HEADER.pack(_MAGIC, dimension, len(keys), digest) + body)
