"""Index vectors with FAISS: exact while they are few, inverted lists when they are many.

Few vectors need no file of their own: FAISS compares the question with the memory-mapped
array itself.  Many are put into inverted lists, two bits a component: a product quantizer of
four bits for each two components, scanned by shuffles of a register (``IVF,PQx4fs``; André,
Kermarrec and Le Scouarnec, PVLDB 9, 2015).  What those find is scored again, exactly, from the
memory-mapped array.  How many lists a search visits is settled when the index is built, by the
recall that it measures.

Over 3,000,000 vectors of 384 dimensions, 448 of 4,096 lists take 3 ms of one core and find .989
of the ten nearest; with a byte a component they take 29 ms and find .993.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import faiss
import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks.indexes import VectorHits
from docproc.hooks.protocols import Vectors
from docproc.hooks.vector_rows import RowScope, VectorReader, VectorStream, whole_array

Rows: TypeAlias = NDArray[np.int64]

DESCRIPTION = "index.json"
LISTS = "index.faiss"
FORMAT = 2
EXACT, INVERTED = "exact", "inverted lists"

# fmt: off
_PROBES = (
    4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 320, 384, 448, 512, 576, 640, 768, 896, 1024,
)
# fmt: on
_MEASURED_AT = 10  # recall@10 is what the setting promises
_SAMPLED_QUERIES = 200
_SEED = 1921
_ADD_AT_ONCE = 65_536
_SPARE = 16  # candidates beyond k, among which exact scores may still change the order
_RANKED = 400  # candidates of the lists that are scored exactly, or so many times k as that of 100
_MOST_THREADS = 4  # for one question: beyond, sharing out the lists costs more than it gives


class FaissIndexer:
    """Builds and opens the index of one generation's vectors.

    Up to *exact_below* vectors are compared one by one; beyond, recall@10 over sampled
    questions is at least *target_recall*, or as much as visiting 1024 lists gives.  FAISS reads
    vectors where they lie, so ones that are not mapped into this process are fetched into memory.
    """

    by_scope: Final[Literal[True]] = True

    def __init__(self, exact_below: int = 50_000, target_recall: float = 0.98) -> None:
        self._exact_below = exact_below
        self._target_recall = target_recall

    def build(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        """Build over *vectors* ``(n, d)`` into the empty *folder*; return what was built."""
        count, dimension = vectors.shape
        facts: dict[str, Any] = {"format": FORMAT, "rows": count, "dimension": dimension}
        if count < max(self._exact_below, 2):
            facts |= {"kind": EXACT}
        else:
            facts |= {"kind": INVERTED, "exact_below": self._exact_below}
            facts |= self._build_lists(whole_array(vectors), folder)
        (folder / DESCRIPTION).write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
        return facts

    def extend(
        self, before: Path, carried: Rows, vectors: Vectors, folder: Path
    ) -> dict[str, Any] | None:
        """Renumber the lists in *before*, and put what is new into them.

        The lists stay those that were learned, and how many a search visits; so they are
        learned again when the rows are half as many again, or half of them were replaced.
        """
        count, dimension = vectors.shape
        if count < max(self._exact_below, 2):
            return None  # nothing to take over: an exact index has no file but its facts
        try:
            facts = json.loads((before / DESCRIPTION).read_text("utf-8"))
            known = (facts["format"], facts["dimension"], facts["rows"], facts["kind"])
            if known != (FORMAT, dimension, len(carried), INVERTED):
                return None
            gone = np.flatnonzero(carried < 0)
            learned_from = facts.get("learned_from", facts["rows"])
            replaced = facts.get("replaced", 0) + len(gone)
            if max(count - learned_from, replaced) * 2 > learned_from:
                return None
            lists = _read_lists(before / LISTS, len(carried), dimension)
        except (OSError, KeyError, TypeError, ValueError, RuntimeError):
            return None
        new = np.ones(count, bool)
        new[carried[carried >= 0]] = False
        with _threads(_all_threads()):
            if len(gone):
                selector: Any = faiss.IDSelectorBatch
                lists.remove_ids(selector(gone))
            _renumber(lists, carried)
            for rows in _in_parts(np.flatnonzero(new)):
                lists.add_with_ids(np.ascontiguousarray(vectors[rows]), rows)
        faiss.write_index(lists, str(folder / LISTS))
        facts |= {"rows": count, "learned_from": learned_from, "replaced": replaced}
        (folder / DESCRIPTION).write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
        return dict(facts)

    def open(self, folder: Path, vectors: VectorReader) -> FaissIndex:
        """Open read-only, memory-mapped.

        Raises ``StoreError`` if *folder* does not hold an index over *vectors*.
        """
        where = folder / DESCRIPTION
        try:
            facts = json.loads(where.read_text("utf-8"))
            expected = (facts["format"], facts["rows"], facts["dimension"])
            if expected != (FORMAT, *vectors.shape):
                raise StoreError(
                    f"{where}: built over {facts['rows']} vectors of {facts['dimension']} "
                    f"dimensions in format {facts['format']}, not over {vectors.shape[0]} of "
                    f"{vectors.shape[1]} in format {FORMAT}"
                )
            if facts["kind"] == EXACT:
                return FaissIndex(whole_array(vectors))
            lists = _read_lists(folder / LISTS, *vectors.shape)
            near = whole_array(vectors)
            return FaissIndex(near, lists, int(facts["probes"]), int(facts["exact_below"]))
        except OSError as error:
            raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
        except _NotOurs as error:
            raise StoreError(f"{folder / LISTS}: {error}") from None
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(f"{where}: not a description of a vector index: {error!r}") from None
        except RuntimeError as error:  # FAISS's own kind
            raise StoreError(f"{folder / LISTS}: cannot be opened: {error}") from None

    def _build_lists(self, vectors: Vectors, folder: Path) -> dict[str, Any]:
        count, dimension = vectors.shape
        number = _number_of_lists(count)
        codes = f"PQ{dimension // 2 if dimension % 2 == 0 else dimension}x4fs"
        lists = faiss.index_factory(dimension, f"IVF{number},{codes}", faiss.METRIC_INNER_PRODUCT)
        random = np.random.default_rng(_SEED)
        with _threads(_all_threads()):
            learned = np.sort(random.choice(count, min(count, 64 * number), replace=False))
            lists.train(np.ascontiguousarray(vectors[learned]))
            for start in range(0, count, _ADD_AT_ONCE):
                lists.add(np.ascontiguousarray(vectors[start : start + _ADD_AT_ONCE]))
            questions = _sample_questions(vectors, random)
            best, _ = faiss.knn(
                questions, vectors, min(_MEASURED_AT, count), metric=faiss.METRIC_INNER_PRODUCT
            )
        probes, recall = self._settle(FaissIndex(vectors, lists), questions, best, number)
        faiss.write_index(lists, str(folder / LISTS))
        return {"lists": number, "probes": probes, "recall": round(recall, 4)}

    def _settle(
        self, index: FaissIndex, questions: Vectors, best: Vectors, number: int
    ) -> tuple[int, float]:
        """The fewest lists to visit that reach the recall wanted, and the recall they reach.

        *best* ``(m, k)`` are the highest scores there are; a row is found if it scores as
        high, since which of several equal vectors is found makes no difference.
        """
        probes, recall = number, 0.0
        for probes in [*(p for p in _PROBES if p < number), min(number, _PROBES[-1])]:
            index.probes = probes
            hits = [
                np.count_nonzero(
                    index.search(question, len(scores), None).scores > scores[-1] - 1e-6
                )
                for question, scores in zip(questions, best, strict=True)
            ]
            recall = float(sum(hits) / best.size)  # a plain one, that goes into the manifest
            if recall >= self._target_recall:
                break
        return probes, recall


class FaissIndex:
    """An opened index over *vectors*; without *lists*, an exact one.

    Scores are computed in double precision row by row, so that a row's score does not depend
    on what else was searched, and equal vectors tie exactly; ties go to the lower row.
    """

    def __init__(
        self, vectors: Vectors, lists: Any = None, probes: int = 1, exact_below: int = 0
    ) -> None:
        self._vectors = vectors
        self._lists = lists
        self._exact_below = exact_below
        self.probes = probes

    def search(self, vector: Vectors, k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows, among those of *scope* (``None``: among all)."""
        allowed = None if scope is None else scope.rows
        count, dimension = self._vectors.shape
        if vector.shape != (dimension,):
            raise StoreError(
                f"the question's vector has shape {vector.shape}, the index holds vectors of "
                f"{dimension} dimensions: they are not of one model"
            )
        if allowed is not None:
            count = len(allowed)
        k = min(k, count)
        if k <= 0:
            return VectorHits(np.empty(0, np.float32), np.empty(0, np.int64))
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        with _threads(min(_MOST_THREADS, _all_threads())):
            if self._lists is None or (allowed is not None and count < self._exact_below):
                rows = self._exact(question, k, allowed)
            else:
                rows = self._probe(question, k, allowed)
        return self._rank(question[0], k, rows)

    def _exact(self, question: Vectors, k: int, allowed: Rows | None) -> Rows:
        vectors = self._vectors if allowed is None else self._vectors[allowed]
        wanted = min(len(vectors), k + _SPARE)
        _, found = faiss.knn(question, vectors, wanted, metric=faiss.METRIC_INNER_PRODUCT)
        rows: Rows = found[0]
        return rows if allowed is None else allowed[rows]

    def _probe(self, question: Vectors, k: int, allowed: Rows | None) -> Rows:
        total = len(self._vectors)
        wanted = min(total, max(_RANKED, _RANKED // 100 * k))
        probes = float(self.probes)
        if allowed is None:
            parameters = _parameters(nprobe=min(round(probes), self._lists.nlist))
        else:  # rows that lie thinner, for being chosen, lie in more lists
            probes *= (total / len(allowed)) ** 0.5
            bitmap = np.zeros(total, dtype=bool)
            bitmap[allowed] = True
            packed = np.packbits(bitmap, bitorder="little")
            selector: Any = faiss.IDSelectorBitmap
            parameters = _parameters(
                nprobe=min(round(probes), self._lists.nlist), sel=selector(packed)
            )
        _, found = self._lists.search(question, wanted, params=parameters)
        rows: Rows = found[0][found[0] >= 0]
        return rows

    def _rank(self, question: Vectors, k: int, rows: Rows) -> VectorHits:
        if len(rows) > k + _SPARE:
            near = self._vectors[rows] @ question
            rows = rows[np.argpartition(-near, k + _SPARE - 1)[: k + _SPARE]]
        rows = np.sort(rows)
        exact = np.concatenate(
            [
                (self._vectors[part].astype(np.float64) * question).sum(axis=1)
                for part in np.array_split(rows, 1 + len(rows) // 4096)
            ]
        )
        order = np.argsort(-exact, kind="stable")[:k]
        return VectorHits(exact[order].astype(np.float32), rows[order])


class _NotOurs(ValueError):
    """A file of FAISS that no docproc writes."""


_FOURCC = b"IwPf"
"""How FAISS begins the file of an ``IndexIVFPQFastScan``."""


def _read_lists(path: Path, rows: int, dimension: int) -> Any:
    """The inverted lists in the file at *path*: of the one kind that ``_build_lists`` makes.

    FAISS's format can also name a file elsewhere that holds the lists (``OnDiskInvertedLists``),
    which to extend the index would write to.

    Raises ``_NotOurs``, ``OSError`` and ``RuntimeError``.
    """
    with path.open("rb") as file:
        if file.read(len(_FOURCC)) != _FOURCC:
            raise _NotOurs("not the inverted lists that docproc makes")
    lists: Any = faiss.read_index(str(path), faiss.IO_FLAG_READ_ONLY)
    kept = faiss.downcast_InvertedLists(lists.invlists)
    ours = (
        isinstance(lists, faiss.IndexIVFPQFastScan)
        and type(kept).__name__ == "BlockInvertedLists"  # its stubs do not know that class
        and isinstance(faiss.downcast_index(lists.quantizer), faiss.IndexFlat)
    )
    if not ours or (lists.ntotal, lists.d) != (rows, dimension):
        raise _NotOurs("not the inverted lists that docproc makes of these vectors")
    return lists


def _renumber(lists: Any, carried: Rows) -> None:
    """Give each vector in *lists* the number that *carried* has in the place of its own."""
    for number in range(lists.nlist):
        if size := lists.invlists.list_size(number):
            ids = faiss.rev_swig_ptr(lists.invlists.get_ids(number), size)
            ids[:] = carried[ids]


def _in_parts(rows: Rows) -> Iterator[Rows]:
    for start in range(0, len(rows), _ADD_AT_ONCE):
        yield rows[start : start + _ADD_AT_ONCE]


def _parameters(**choices: Any) -> Any:
    make_parameters: Any = faiss.SearchParametersIVF  # its stub knows no arguments
    return make_parameters(**choices)


def _number_of_lists(count: int) -> int:
    """A power of two near ``2 sqrt(count)``: 512 at 50,000 vectors, 2048 at 1,000,000."""
    return int(2 ** round(np.log2(2 * np.sqrt(count)))) if count > 1 else 1


def _sample_questions(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """Vectors that lie between real ones, as far from each as questions are: means of three.

    A vector beside a single real one finds it too easily: at 3,000,000 vectors, 8 lists found
    .99 of what lay nearest to such ones, and .74 for real questions; of these 128 found .959,
    and .958 for means of three.
    """
    number = min(_SAMPLED_QUERIES, len(vectors))
    mixed = np.zeros((number, vectors.shape[1]), np.float64)
    for _ in range(3):
        chosen = np.sort(random.choice(len(vectors), number, replace=False))
        mixed += random.permutation(vectors[chosen])
    norms = np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-12)
    return np.ascontiguousarray(mixed / norms, dtype=np.float32)


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


def make(settings: Mapping[str, Any]) -> FaissIndexer:
    """The factory; the settings are those of the registration."""
    return FaissIndexer(settings["exact_below"], settings["target_recall"])
