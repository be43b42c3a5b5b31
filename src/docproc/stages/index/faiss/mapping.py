"""Inverted lists searched where they lie in their file, mapped, and not read into memory.

FAISS reads the lists of its fast kind into memory, all of them: 330 MB over a million passages,
and a tenth of a second for each ``docproc ask``.  But it searches lists wherever they are, and it
knows mapped ones of another kind (``OnDiskInvertedLists``).  So it is given those, read-only, which
are told where the codes and numbers of each list begin in the file that it wrote itself.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import re
import struct
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from docproc.workspace.mapped import hold

_BEGINNING = re.compile(rb"ilbl.{8}\xff{8}", re.DOTALL)  # of no codes of one size: they are packed
_HEAD = struct.Struct("<4s4Q")  # how many lists, size of a code, codes in a block, bytes of a block
_COUNT = struct.Struct("<Q")
_IN_A_BLOCK = 32
_NO_SIZE = ctypes.c_size_t(-1).value


class MalformedLists(ValueError):
    """A file that does not hold what FAISS writes of such lists."""


def map_lists(path: Path) -> tuple[Any, Any]:
    """The index in the file at *path*, and its lists, mapped: they must last as long as it.

    Raises ``MalformedLists``, ``OSError``, and FAISS's ``RuntimeError``.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            begins = _BEGINNING.search(data)
            if begins is None:
                raise MalformedLists("holds no lists in blocks")
            end = begins.start() + _HEAD.size
            head = data[:end]
        places, block = _find_lists(file.fileno(), head[-_HEAD.size :], end, size)
    head += bytes(2 * _COUNT.size * len(places))  # all lists empty
    index: Any = faiss.deserialize_index(np.frombuffer(head, np.uint8), faiss.IO_FLAG_READ_ONLY)
    if (index.bbs, index.get_block_stride()) != (_IN_A_BLOCK, block):
        raise MalformedLists("has blocks of another size than its index")
    make_lists: Any = faiss.OnDiskInvertedLists
    lists = make_lists()
    lists.nlist = len(places)
    lists.code_size = _NO_SIZE
    lists.prefetch_nthread = 0  # its threads would look for numbers after the codes
    lists.lists.resize(len(places))
    ctypes.memmove(int(lists.lists.data().this), places.ctypes.data, places.nbytes)
    lists.filename, lists.totsize, lists.read_only = str(path), size, True
    lists.do_mmap()
    index.replace_invlists(lists)
    hold(lists, [path])
    return index, lists


def _find_lists(file: int, head: bytes, at: int, end: int) -> tuple[NDArray[np.uint64], int]:
    """Where each list stands in *file*, from *at* to *end*, and the size of a block.

    They say how many codes a list has, its *capacity*, and where its codes begin.  Its numbers
    FAISS takes to begin capacity times the size of a code after the codes; here they stand before
    them, so the size is -1, as FAISS has it for packed codes anyway.  Single counts are read: to
    map the file for them would count most of it as memory.
    """
    _, number, _, in_a_block, block = _HEAD.unpack(head)
    if in_a_block != _IN_A_BLOCK or number > (end - at) // (2 * _COUNT.size):
        raise MalformedLists("holds lists of another kind")
    places = np.empty((number, 3), np.uint64)
    for place in range(number):
        count = _read_count(file, at, end)
        before = 8 * count + _COUNT.size
        codes = at + _COUNT.size + before
        follow = -(-count // in_a_block) * block
        if codes + follow > end or _read_count(file, codes - _COUNT.size, end) != follow:
            raise MalformedLists(f"is cut short, or damaged, in list {place}")
        places[place] = count, before, codes
        at = codes + follow
    if at != end:
        raise MalformedLists("holds more than its lists")
    return places, block


def _read_count(file: int, at: int, end: int) -> int:
    found = os.pread(file, _COUNT.size, at) if at < end else b""
    if len(found) != _COUNT.size:
        raise MalformedLists("is cut short")
    return int.from_bytes(found, "little")
