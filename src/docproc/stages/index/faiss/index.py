"""The indexer and its index: what is kept, in which form, and how a question is compared.

Few vectors need no file of their own: the question is compared with the generation's, a block
after the other, which stays in the processor's cache.  Many are put into inverted lists
(``lists``), and what those find is scored again from the generation's.  FAISS is imported only
where there are lists to read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks.indexes import VectorHits
from docproc.hooks.protocols import Vectors
from docproc.hooks.vector_rows import ArrayRows, RowScope, VectorReader, VectorStream

if TYPE_CHECKING:
    from docproc.stages.index.faiss.lists import InvertedLists

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
_AT_ONCE = 1024  # rows that are compared while they are in the processor's cache
_SPARE = 16  # candidates beyond k, among which exact scores may still change the order
_ROUNDING = 1e-6  # of a score in single precision, between equal vectors
_RANKED = 400  # candidates of the lists that are scored exactly, or so many times k as that of 100


class FaissIndexer:
    """Builds and opens the index of one generation's vectors.

    Up to *exact_below* vectors are compared one by one; beyond, recall@10 over sampled
    questions is at least *target_recall*, or as much as visiting 1024 lists gives.
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
            facts |= self._build_lists(vectors, folder)
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
        from docproc.stages.index.faiss.lists import read_lists

        try:
            facts = json.loads((before / DESCRIPTION).read_text("utf-8"))
            known = (facts["format"], facts["dimension"], facts["rows"], facts["kind"])
            if known != (FORMAT, dimension, len(carried), INVERTED):
                return None
            learned_from = facts.get("learned_from", facts["rows"])
            replaced = facts.get("replaced", 0) + int(np.count_nonzero(carried < 0))
            if max(count - learned_from, replaced) * 2 > learned_from:
                return None
            lists = read_lists(before / LISTS, len(carried), dimension, int(facts["probes"]))
        except (OSError, KeyError, TypeError, ValueError, RuntimeError):
            return None
        lists.carry(carried, ArrayRows(vectors))
        lists.write(folder / LISTS)
        facts |= {"rows": count, "learned_from": learned_from, "replaced": replaced}
        (folder / DESCRIPTION).write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
        return dict(facts)

    def open(self, folder: Path, vectors: VectorReader) -> FaissIndex:
        """Open read-only.

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
                return FaissIndex(vectors)
            probes, exact_below = int(facts["probes"]), int(facts["exact_below"])
        except OSError as error:
            raise StoreError(f"{where}: cannot be read: {error.strerror}") from None
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(f"{where}: not a description of a vector index: {error!r}") from None
        return FaissIndex(vectors, _open_lists(folder / LISTS, vectors, probes), exact_below)

    def _build_lists(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        from docproc.stages.index.faiss.lists import build_lists, compare_all

        random = np.random.default_rng(_SEED)
        lists = build_lists(vectors, random)
        questions = _sample_questions(vectors, random)
        best = compare_all(questions, vectors, min(_MEASURED_AT, vectors.shape[0]))
        recall = self._settle(lists, vectors, questions, best)
        lists.write(folder / LISTS)
        return {"lists": lists.number, "probes": lists.probes, "recall": round(recall, 4)}

    def _settle(
        self, lists: InvertedLists, vectors: VectorReader, questions: Vectors, best: Vectors
    ) -> float:
        """Let a search visit the fewest lists that reach the recall wanted; the recall reached.

        *best* ``(m, k)`` are the highest scores there are; a row is found if it scores as
        high, since which of several equal vectors is found makes no difference.
        """
        index, recall, number = FaissIndex(vectors, lists), 0.0, lists.number
        for lists.probes in [*(p for p in _PROBES if p < number), min(number, _PROBES[-1])]:
            hits = [
                np.count_nonzero(
                    index.search(question, len(scores), None).scores > scores[-1] - 1e-6
                )
                for question, scores in zip(questions, best, strict=True)
            ]
            recall = float(sum(hits) / best.size)  # a plain one, that goes into the manifest
            if recall >= self._target_recall:
                break
        return recall


class FaissIndex:
    """An opened index over *vectors*; without *lists*, an exact one.

    Scores are computed in double precision row by row, so that a row's score does not depend
    on what else was searched, and equal vectors tie exactly; ties go to the lower row.
    """

    def __init__(
        self, vectors: VectorReader, lists: InvertedLists | None = None, exact_below: int = 0
    ) -> None:
        self._vectors = vectors
        self._lists = lists
        self._exact_below = exact_below

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
        question = np.ascontiguousarray(vector, dtype=np.float32)
        if self._lists is None or (allowed is not None and count < self._exact_below):
            rows = self._exact(question, k, allowed)
        else:
            total, _ = self._vectors.shape
            wanted = min(total, max(_RANKED, _RANKED // 100 * k))
            rows = self._lists.nearest(question[None], wanted, total, allowed)
            if len(rows) > k + _SPARE:
                vectors = self._vectors.fetch(rows)
                best = np.argpartition(-(vectors @ question), k + _SPARE - 1)[: k + _SPARE]
                best = best[np.argsort(rows[best])]
                return _best(k, rows[best], _score_exactly(question, vectors[best]))
        return self._rank(question, k, rows)

    def _exact(self, question: Vectors, k: int, allowed: Rows | None) -> Rows:
        count = self._vectors.shape[0] if allowed is None else len(allowed)
        near = np.empty(count, np.float32)
        for start in range(0, count, _AT_ONCE):
            end = min(start + _AT_ONCE, count)
            rows = np.arange(start, end) if allowed is None else allowed[start:end]
            near[start:end] = self._vectors.fetch(rows) @ question
        wanted = min(count, k + _SPARE)
        least = near[np.argpartition(-near, wanted - 1)[wanted - 1]]
        best: Rows = np.flatnonzero(near >= least - _ROUNDING)  # with all that tie
        return best if allowed is None else allowed[best]

    def _rank(self, question: Vectors, k: int, rows: Rows) -> VectorHits:
        rows = np.sort(rows)
        parts = np.array_split(rows, 1 + len(rows) // 4096)
        exact = [_score_exactly(question, self._vectors.fetch(part)) for part in parts]
        return _best(k, rows, np.concatenate(exact))


def _score_exactly(question: Vectors, vectors: Vectors) -> NDArray[np.float64]:
    scores: NDArray[np.float64] = (vectors.astype(np.float64) * question).sum(axis=1)
    return scores


def _best(k: int, rows: Rows, scores: NDArray[np.float64]) -> VectorHits:
    """The *k* best of *rows*, which are sorted."""
    order = np.argsort(-scores, kind="stable")[:k]
    return VectorHits(scores[order].astype(np.float32), rows[order])


def _open_lists(path: Path, vectors: VectorReader, probes: int) -> InvertedLists:
    from docproc.stages.index.faiss.lists import ForeignIndex, open_lists

    try:
        return open_lists(path, *vectors.shape, probes)
    except ForeignIndex as error:
        raise StoreError(f"{path}: {error}") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from None
    except RuntimeError as error:  # FAISS's own kind
        raise StoreError(f"{path}: cannot be opened: {error}") from None


def _sample_questions(vectors: VectorReader, random: np.random.Generator) -> Vectors:
    """Vectors that lie between real ones, as far from each as questions are: means of three.

    A vector beside a single real one finds it too easily: at 3,000,000 vectors, 8 lists found
    .99 of what lay nearest to such ones, and .74 for real questions; of these 128 found .959,
    and .958 for means of three.  These are not found more often than questions made of words: at
    300,000 vectors in 192 of 1,024 lists .981 to .985, at 3,000,000 in 384 of 4,096 .980 to .986.
    """
    count, dimension = vectors.shape
    number = min(_SAMPLED_QUERIES, count)
    mixed = np.zeros((number, dimension), np.float64)
    for _ in range(3):
        chosen = np.sort(random.choice(count, number, replace=False))
        mixed += random.permutation(vectors.fetch(chosen))
    norms = np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-12)
    return np.ascontiguousarray(mixed / norms, dtype=np.float32)


def make(settings: Mapping[str, Any]) -> FaissIndexer:
    """The factory; the settings are those of the registration."""
    return FaissIndexer(settings["exact_below"], settings["target_recall"])
