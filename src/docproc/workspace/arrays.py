"""Reading arrays that NumPy wrote (``.npy``), from several threads at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

_LOCK = threading.Lock()


def load_array(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """The array in the file at *path*, in memory, or *mapped* and read-only.

    Raises ``OSError``, ``ValueError`` or ``EOFError`` for what is none.

    NumPy reads the head of the file by ``ast``, which in Python 3.11 fails now and then with a
    ``SystemError`` where two threads use it at once (python/cpython#106905): one at a time
    here, and once more where it was another library's.
    """
    mode: Literal["r"] | None = "r" if mapped else None
    with _LOCK:
        try:
            return np.load(path, mmap_mode=mode, allow_pickle=False)  # type: ignore[no-any-return]
        except SystemError:
            return np.load(path, mmap_mode=mode, allow_pickle=False)  # type: ignore[no-any-return]
