"""Mapped files: pages are given back, so that a process that asks much stays small.

Indexes and vectors are mapped, not read: what a question touches stays counted as the
process's memory, though it is the system's own cache of files.  After some hundred questions
over a million passages that is gigabytes.  Giving pages back takes them out of the process
and leaves them in the cache, from where the next question has them in microseconds.

Only what is known to stay mapped meanwhile is given back.  Where a file is unmapped between
the look at the mappings and the call, another thread may have new memory at that address, and
the call would empty it.  So what maps a file says so (``hold``), and is kept while this works.
"""

from __future__ import annotations

import mmap
import os
import threading
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

MOST: Final = 296 << 20
"""Bytes of mapped files in memory, above which they are given back.  The more stays, the less is
fetched again: over a million passages 490 faults a question at 288 MiB, 400 at 320 MiB, at which
searches, answers and scopes took 584 MiB at most, too near to the 600 that are the aim."""
_ROOM: Final = 48 << 20
"""Bytes beyond what stayed the last time, libraries and a model that nothing can give back."""

_PARTS: Final = 4
"""What is given back at once is so much of each file: all of it made the lists be fetched again
after every sixth question over a million passages."""

_SIZES: Final = Path("/proc/self/statm")
_MAPPINGS: Final = Path("/proc/self/maps")

_holders: Final[weakref.WeakKeyDictionary[object, tuple[str, ...]]] = weakref.WeakKeyDictionary()
_lock: Final = threading.Lock()
_left = 0
_turn = 0


def hold(owner: object, paths: Iterable[Path]) -> None:
    """Note that *owner* keeps *paths* mapped, once each and read-only, as long as it exists.

    They are files, or folders of which it keeps each file that it maps at all.
    """
    with _lock:
        _holders[owner] = tuple(map(os.fspath, paths))


def release_pages(most: int = MOST) -> bool:
    """Give back pages of the files that are held if more than *most* bytes are mapped.

    A part of each file, in turns, so that most of what the next question reads is still there,
    and the other parts where that is not enough.  By itself not before ``_ROOM`` more are mapped
    than were left the last time.

    Whether it did so; never where the system does not tell its mappings as Linux does.
    """
    global _left, _turn
    try:
        if _mapped_bytes() <= (max(most, _left + _ROOM) if most == MOST else most):
            return False
        with _lock:
            held = list(_holders.items())  # whose owners stay until the end of this function
        mappings = _MAPPINGS.read_text("utf-8", "surrogateescape").splitlines()
    except (OSError, IndexError, ValueError):
        return False
    owners = Counter(os.path.realpath(path) for _, paths in held for path in paths)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mapping in mappings:
        # 7f0c0000-7f0c2000 r--s 00000000 fe:00 1234    /path
        fields = mapping.split(maxsplit=5)
        path = fields[-1]
        if len(fields) == 6 and (path in owners or path.rpartition("/")[0] in owners):
            start, end = (int(address, 16) for address in fields[0].split("-"))
            writable = "w" in fields[1]
            found[path].append((start, 0 if writable else end - start))
    given: list[tuple[int, int]] = []
    for path, places in found.items():
        known = owners[path] or owners[path.rpartition("/")[0]]
        # More than is known is another's, who may unmap it now: which one that is, nothing says
        if known == len(places) and all(size for _, size in places):
            given += places
    for _ in range(_PARTS):
        for start, size in given:
            part = -(-size // (_PARTS * mmap.PAGESIZE)) * mmap.PAGESIZE
            if (left := min(part, size - _turn * part)) > 0:
                _system().madvise(start + _turn * part, left, mmap.MADV_DONTNEED)
        _turn = (_turn + 1) % _PARTS
        _left = _mapped_bytes()
        if _left <= most - _ROOM:
            break
    return True


def _mapped_bytes() -> int:
    """How many bytes of mapped files are in this process's memory.  Raises ``OSError``."""
    return int(_SIZES.read_bytes().split()[2]) * mmap.PAGESIZE


@cache
def _system() -> Any:
    import ctypes

    library = ctypes.CDLL(None)
    library.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return library
