"""A NumPy array in a file, of which single rows are read and the whole is mapped.

To touch rows of a mapped file maps megabytes around each: 400 MB for the first question over
100,000 passages.  To read them takes as long, and no more memory than they have.
"""

from __future__ import annotations

import os
import sys
import weakref
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.workspace.arrays import load_array
from docproc.workspace.mapped import hold


class ArrayFile(np.ndarray[Any, Any]):
    """The mapped array; picked by row numbers, it gives plain arrays that were read."""

    _file: int | None = None
    _start = 0

    def __getitem__(self, index: Any) -> Any:
        if self._file is not None and isinstance(index, np.ndarray) and index.dtype == np.int64:
            count = len(self)
            if index.ndim == 1 and len(index) and index.min() >= 0 and index.max() < count:
                return self._read(index)
        return np.asarray(self)[index]

    def _read(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """The *rows*, neighbours at once."""
        assert self._file is not None
        size = self.strides[0]
        borders = np.flatnonzero(np.diff(rows) != 1) + 1
        firsts = np.concatenate([[0], borders])
        lengths = np.diff(np.concatenate([firsts, [len(rows)]])) * size
        offsets = rows[firsts] * size + self._start
        file, read = self._file, os.pread
        found = b"".join(map(read, repeat(file), lengths.tolist(), offsets.tolist()))
        if len(found) != size * len(rows):  # no more than 2 GB are read at once
            return np.asarray(self)[rows]
        return np.frombuffer(found, self.dtype).reshape(len(rows), *self.shape[1:])


def open_array(path: Path) -> NDArray[Any]:
    """Open the ``.npy`` file at *path*, read-only.  Raises ``OSError`` or ``ValueError``."""
    mapped = load_array(path, mapped=True)
    if isinstance(mapped, np.memmap) and mapped.size:
        hold(mapped._mmap, [path])  # type: ignore[attr-defined]
    # NumPy's own class for mapped arrays makes each of its slices slow
    if sys.platform == "win32" or not hasattr(os, "pread") or not isinstance(mapped, np.memmap):
        return np.asarray(mapped)
    array = np.asarray(mapped).view(ArrayFile)
    if array.flags.c_contiguous and array.ndim > 1 and array.size:
        array._file = os.open(path, os.O_RDONLY)
        array._start = mapped.offset
        weakref.finalize(array, os.close, array._file)
    return array
