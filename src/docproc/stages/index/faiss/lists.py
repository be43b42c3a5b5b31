"""The inverted lists of many vectors, and all else that needs FAISS itself.

Two bits a component: a product quantizer of four bits for each two components, scanned by
shuffles of a register (``IVF,PQx4fs``; André, Kermarrec and Le Scouarnec, PVLDB 9, 2015).

Over 3,000,000 vectors of 384 dimensions, 448 of 4,096 lists take 3 ms of one core and find .989
of the ten nearest; with a byte a component they take 29 ms and find .993.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import faiss
import numpy as np
from numpy.typing import NDArray

from docproc.hooks.protocols import Vectors
from docproc.hooks.vector_rows import VectorReader, VectorStream
from docproc.stages.index.faiss.mapping import MalformedLists, map_lists

Rows: TypeAlias = NDArray[np.int64]

_ADD_AT_ONCE = 65_536
_MOST_THREADS = 4  # for one question: beyond, sharing out the lists costs more than it gives
_FOURCC = b"IwPf"
"""How FAISS begins the file of an ``IndexIVFPQFastScan``."""
_NOT_OURS = "not the inverted lists that docproc makes of these vectors"


class ForeignIndex(ValueError):
    """A file of FAISS that no docproc writes."""


class InvertedLists:
    """Lists over the vectors of one generation; a search visits *probes* of them."""

    def __init__(self, index: Any, probes: int, mapped: Any = None) -> None:
        self._index = index
        self._mapped = mapped  # lasts as long as this
        self.probes = probes

    @property
    def number(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    def nearest(self, question: Vectors, wanted: int, total: int, allowed: Rows | None) -> Rows:
        """Up to *wanted* of the *total* rows held, those nearest to *question* ``(1, d)``."""
        probes = float(self.probes)
        chosen: dict[str, Any] = {}
        if allowed is not None:  # rows that lie thinner, for being chosen, lie in more lists
            probes *= (total / len(allowed)) ** 0.5
            bitmap = np.zeros(total, dtype=bool)
            bitmap[allowed] = True
            packed = np.packbits(bitmap, bitorder="little")
            select: Any = faiss.IDSelectorBitmap
            chosen = {"sel": select(packed)}
        make_parameters: Any = faiss.SearchParametersIVF  # its stub knows no arguments
        parameters = make_parameters(nprobe=min(round(probes), self.number), **chosen)
        with _threads(min(_MOST_THREADS, _all_threads())):
            _, found = self._index.search(question, wanted, params=parameters)
        rows: Rows = found[0][found[0] >= 0]
        return rows

    def carry(self, carried: Rows, vectors: VectorReader) -> None:
        """Give each row the number that *carried* has in its place (-1: it goes), and add the new.

        *vectors* are those of the next generation.
        """
        gone = np.flatnonzero(carried < 0)
        new = np.ones(vectors.shape[0], bool)
        new[carried[carried >= 0]] = False
        with _threads(_all_threads()):
            if len(gone):
                select: Any = faiss.IDSelectorBatch
                self._index.remove_ids(select(gone))
            for number in range(self.number):
                if size := self._index.invlists.list_size(number):
                    ids = faiss.rev_swig_ptr(self._index.invlists.get_ids(number), size)
                    ids[:] = carried[ids]
            for rows in _in_parts(np.flatnonzero(new)):
                self._index.add_with_ids(np.ascontiguousarray(vectors.fetch(rows)), rows)

    def write(self, path: Path) -> None:
        """Write the lists to *path*."""
        faiss.write_index(self._index, str(path))


def build_lists(vectors: VectorStream, random: np.random.Generator) -> InvertedLists:
    """Lists over *vectors* ``(n, d)``, learned from a sample of them; all are visited."""
    count, dimension = vectors.shape
    number = _number_of_lists(count)
    codes = f"PQ{dimension // 2 if dimension % 2 == 0 else dimension}x4fs"
    index = faiss.index_factory(dimension, f"IVF{number},{codes}", faiss.METRIC_INNER_PRODUCT)
    with _threads(_all_threads()):
        learned = np.sort(random.choice(count, min(count, 64 * number), replace=False))
        index.train(np.ascontiguousarray(vectors.fetch(learned)))
        for block in vectors.blocks(_ADD_AT_ONCE):
            index.add(np.ascontiguousarray(block.vectors))
    return InvertedLists(index, number)


def read_lists(path: Path, rows: int, dimension: int, probes: int) -> InvertedLists:
    """The inverted lists in the file at *path*, in memory: they can be added to.

    FAISS's format can also name a file elsewhere that holds the lists (``OnDiskInvertedLists``),
    which to extend the index would write to: of such, and of all but the one kind that
    ``build_lists`` makes, ``ForeignIndex`` is raised.  And ``OSError`` and ``RuntimeError``.
    """
    _check_kind(path)
    index: Any = faiss.read_index(str(path), faiss.IO_FLAG_READ_ONLY)
    kept = faiss.downcast_InvertedLists(index.invlists)
    if type(kept).__name__ != "BlockInvertedLists":  # its stubs do not know that class
        raise ForeignIndex(_NOT_OURS)
    _check_index(index, rows, dimension)
    return InvertedLists(index, probes)


def open_lists(path: Path, rows: int, dimension: int, probes: int) -> InvertedLists:
    """The same, mapped, to be searched; in memory where FAISS maps none (on Windows).

    Raises what ``read_lists`` does.
    """
    if not hasattr(faiss, "OnDiskInvertedLists"):
        return read_lists(path, rows, dimension, probes)
    _check_kind(path)
    try:
        index, mapped = map_lists(path)
    except MalformedLists as error:
        raise ForeignIndex(f"{_NOT_OURS}: it {error}") from None
    _check_index(index, rows, dimension)
    if mapped.compute_ntotal() != rows:
        raise ForeignIndex(_NOT_OURS)
    return InvertedLists(index, probes, mapped)


def _check_kind(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_FOURCC)) != _FOURCC:
            raise ForeignIndex(_NOT_OURS)


def _check_index(index: Any, rows: int, dimension: int) -> None:
    ours = isinstance(index, faiss.IndexIVFPQFastScan) and isinstance(
        faiss.downcast_index(index.quantizer), faiss.IndexFlat
    )
    if not ours or (index.ntotal, index.d) != (rows, dimension):
        raise ForeignIndex(_NOT_OURS)


def compare_all(questions: Vectors, vectors: VectorStream, k: int) -> Vectors:
    """The scores ``(m, k)`` of the *k* nearest of *vectors* to each question, falling."""
    best = np.full((len(questions), k), -np.inf, np.float32)
    with _threads(_all_threads()):
        for block in vectors.blocks(_ADD_AT_ONCE):
            rows = np.ascontiguousarray(block.vectors)
            wanted = min(k, len(rows))
            near, _ = faiss.knn(questions, rows, wanted, metric=faiss.METRIC_INNER_PRODUCT)
            best = -np.sort(-np.concatenate([best, near], axis=1), axis=1)[:, :k]
    return best


def _in_parts(rows: Rows) -> Iterator[Rows]:
    for start in range(0, len(rows), _ADD_AT_ONCE):
        yield rows[start : start + _ADD_AT_ONCE]


def _number_of_lists(count: int) -> int:
    """A power of two near ``2 sqrt(count)``: 512 at 50,000 vectors, 2048 at 1,000,000."""
    return int(2 ** round(np.log2(2 * np.sqrt(count)))) if count > 1 else 1


def _all_threads() -> int:
    import os

    told = os.environ.get("OMP_NUM_THREADS", "")  # a run says there how many are free
    return int(told) if told.isdigit() and int(told) else os.cpu_count() or 1


@contextmanager
def _threads(number: int) -> Iterator[None]:
    """Let FAISS use so many threads, whose number is one for the whole process."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(number)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
