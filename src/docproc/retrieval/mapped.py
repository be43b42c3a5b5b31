"""Mapped files: pages are given back, so that a process that asks much stays small.

Indexes and vectors are mapped, not read: what a question touches stays counted as the
process's memory, though it is the system's own cache of files.  After some hundred questions
over a million passages that is gigabytes.  Giving pages back takes them out of the process
and leaves them in the cache, from where the next question has them in microseconds.
"""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path
from typing import Any, Final

MOST: Final = 320 << 20
"""Bytes of mapped files in memory, above which they are given back."""

_SIZES: Final = Path("/proc/self/statm")
_MAPPINGS: Final = Path("/proc/self/maps")


def release_pages(folder: Path, most: int = MOST) -> bool:
    """Give back the pages of the files below *folder* if more than *most* bytes are mapped.

    Only of mappings that cannot be written to, so that nothing is lost.  Whether it did so;
    never where the system does not tell its mappings as Linux does.
    """
    try:
        if int(_SIZES.read_bytes().split()[2]) * mmap.PAGESIZE <= most:
            return False
        mappings = _MAPPINGS.read_text("utf-8", "surrogateescape").splitlines()
    except (OSError, IndexError, ValueError):
        return False
    below = f"{folder.resolve()}/"
    for mapping in mappings:
        # 7f0c0000-7f0c2000 r--s 00000000 fe:00 1234    /path
        fields = mapping.split(maxsplit=5)
        if len(fields) == 6 and fields[5].startswith(below) and "w" not in fields[1]:
            start, end = (int(address, 16) for address in fields[0].split("-"))
            _system().madvise(start, end - start, mmap.MADV_DONTNEED)
    return True


@cache
def _system() -> Any:
    import ctypes

    library = ctypes.CDLL(None)
    library.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return library
