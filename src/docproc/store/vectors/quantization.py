"""Vectors at a byte a component, as the cache and the generations keep them.

A row is ``d`` signed bytes and, last, the float32 that each of them is to be multiplied by: the
vector's greatest component, by amount, divided by 127.  A vector of single precision takes four
times as much, and the cosine of two unit vectors of 384 components moves by .0003.

A text's vector is packed once, when it comes from the model, and copied as bytes from then on: so
it is the same in each generation and shard, whichever way it came there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.store.vectors.array_file import open_array

Packed = NDArray[np.uint8]
"""Shape ``(n, row_bytes(d))``."""

_SCALE = 4  # bytes of a float32
_MOST = 127
_FEW = 2 << 20  # bytes of rows that are unpacked once: those of some thousand passages


def row_bytes(dimension: int) -> int:
    """How many bytes a packed vector of *dimension* components takes."""
    return dimension + _SCALE


def pack(vectors: NDArray[np.float32]) -> Packed:
    """*vectors* ``(n, d)``, of finite numbers, packed."""
    count, dimension = vectors.shape
    rows = np.empty((count, row_bytes(dimension)), np.uint8)
    scales = np.abs(vectors).max(axis=1, initial=0).astype("<f4") / np.float32(_MOST)
    divisors = np.where(scales > 0, scales, 1)[:, None]
    codes = np.clip(np.rint(vectors / divisors), -_MOST, _MOST)
    rows[:, :dimension] = codes.astype(np.int8).view(np.uint8)
    rows[:, dimension:] = scales.astype("<f4")[:, None].view(np.uint8)
    return rows


def unpack(rows: Packed) -> NDArray[np.float32]:
    """The vectors in the packed *rows*, ``(n, d)``."""
    dimension = rows.shape[1] - _SCALE
    vectors = rows[:, :dimension].view(np.int8).astype(np.float32)
    vectors *= np.ascontiguousarray(rows[:, dimension:]).view("<f4")
    return vectors


class PackedVectors:
    """Packed *rows*, picked as those of a float32 array are; what is picked is unpacked."""

    ndim = 2

    def __init__(self, rows: Packed) -> None:
        self.rows = rows
        """As they are kept."""
        self.shape = len(rows), rows.shape[1] - _SCALE
        self.dtype = np.dtype(np.float32)

    def __len__(self) -> int:
        return self.shape[0]

    @cached_property
    def _unpacked(self) -> NDArray[np.float32]:
        return unpack(self.rows[:])

    def __getitem__(self, index: Any) -> NDArray[np.float32]:
        if self.rows.size <= _FEW:  # each question reads nearly all of them
            return np.array(self._unpacked[index])
        if isinstance(index, (int, np.integer)):
            return np.array(unpack(np.asarray(self.rows[index])[None])[0])
        return unpack(self.rows[index])

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        return (self[number] for number in range(len(self)))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.asarray(unpack(self.rows[:]), dtype)


def open_vectors(path: Path) -> NDArray[np.float32]:
    """The vectors in the file at *path*, packed or not.  Raises ``OSError`` or ``ValueError``."""
    array = open_array(path)
    if array.ndim != 2 or array.dtype not in (np.uint8, np.float32):
        raise ValueError(f"holds {array.dtype} of shape {array.shape}, and no vectors")
    if array.dtype == np.uint8:
        return PackedVectors(array)  # type: ignore[return-value]
    vectors: NDArray[np.float32] = array
    return vectors


def packed_rows(vectors: NDArray[np.float32], which: Any) -> Packed:
    """The rows *which* of *vectors*, as ``open_vectors`` gives them: copied, or packed now."""
    if isinstance(vectors, PackedVectors):
        return vectors.rows[which]
    return pack(vectors[which])
