"""Candidates: the passages worth a closer look, named by the vectors and by the words.

What a question may be answered from is its *ground*: everything, the rows of a scope, or
either without some documents.  The ground narrows the search before anything is ranked.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextHits
from docproc.hooks.vector_rows import RowFilter
from docproc.records import Scope
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.generation.passage_scope import PassageScope
from docproc.retrieval.weights import WEIGHTS

Rows = NDArray[np.int64]
_NONE = np.zeros((0, 0), np.float32)


@dataclass(frozen=True)
class SearchSpace:
    """The sorted *rows* that may answer, ``None`` for all; of all, not documents *without*.

    All of *rows* are within *asked*, and they are all that is where they are the *whole* of it.
    """

    held: OpenGeneration
    rows: Rows | None = None
    without: frozenset[int] = frozenset()
    asked: Scope = Scope()
    whole: bool = False

    @property
    def passages(self) -> int:
        """How many passages may answer."""
        if self.rows is not None:
            return len(self.rows)
        return self.held.shown_passages - len(self._left_out_rows)

    @cached_property
    def documents(self) -> int:
        """How many documents these belong to."""
        if self._documents is not None:
            return len(self._documents)
        return self.held.shown_documents - len(self.without)

    def near(self, vector: Floats) -> Rows:
        """The rows that the nearest vectors belong to; one may come twice."""
        held = self.held
        if not self.passages:
            return np.zeros(0, np.int64)
        spare = len(self._left_out_rows) and len(held.units_of(self._left_out_rows))
        found = held.vector_index.search(vector, WEIGHTS.units + spare, self._scope)
        rows = held.owners[found.rows].astype(np.int64)
        return rows[self._mark_kept(rows)][: WEIGHTS.units]

    @property
    def _scope(self) -> PassageScope | None:
        """The vectors of *rows*."""
        return None if self.rows is None else PassageScope(self.held, self.rows, self._filter)

    def _filter(self, shard: int | None) -> RowFilter:
        found = self.held.catalog.scoped.filter(self.asked, shard=shard)
        return replace(found, exact=found.exact and self.whole)

    def by_words(self, question: str) -> TextHits:
        """The best rows by their words."""
        most = WEIGHTS.known + len(self._left_out_rows)
        found = self.held.passage_text.search(question, most, self.rows)
        if not self.without:
            return found
        kept = self._mark_kept(found.rows)
        return TextHits(found.scores[kept][: WEIGHTS.known], found.rows[kept][: WEIGHTS.known])

    def best_documents(self, question: str) -> TextHits:
        """The best documents by their words, of all their passages; rows are their numbers."""
        most = WEIGHTS.known + len(self.without)
        found = self.held.document_text.search(question, most, self._documents)
        if not self.without:
            return found
        kept = ~np.isin(found.rows, list(self.without))
        return TextHits(found.scores[kept][: WEIGHTS.known], found.rows[kept][: WEIGHTS.known])

    def rows_of(self, document: int) -> Rows:
        """The rows of a document that may answer."""
        first, end = self.held.catalog.first_rows[document : document + 2]
        if self.rows is None:
            return np.arange(first, end, dtype=np.int64)
        here = np.searchsorted(self.rows, (first, end))
        return self.rows[here[0] : here[1]]

    @cached_property
    def _documents(self) -> Rows | None:
        """The sorted numbers of the documents that *rows* belong to."""
        if self.rows is None:
            return None
        borders = np.searchsorted(self.rows, self.held.catalog.first_rows)
        return np.flatnonzero(np.diff(borders))

    @cached_property
    def _left_out_rows(self) -> Rows:
        """The rows of the documents left out: so many more must be asked for, to have enough."""
        none = SearchSpace(self.held)
        rows = [none.rows_of(document) for document in sorted(self.without)]
        return np.concatenate(rows) if rows else np.zeros(0, np.int64)

    def _mark_kept(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of *rows* are not of a document left out."""
        if not self.without:
            return np.ones(len(rows), np.bool_)
        return ~np.isin(self.held.document_of(rows), list(self.without))


def make_search_space(
    held: OpenGeneration,
    scope: Scope,
    *,
    without: frozenset[int] = frozenset(),
    within: Rows | None = None,
) -> SearchSpace:
    """Where a question is searched: *scope*, or the sorted rows *within* it, and not *without*."""
    whole = within is None and not without
    if within is None:
        if scope.everything:
            return SearchSpace(held, without=without)
        within = held.catalog.scoped.rows(scope)
    if without:
        within = within[~np.isin(held.document_of(within), list(without))]
    return SearchSpace(held, within, asked=scope, whole=whole)


class ReadVectors:
    """Vectors by their numbers, those of some *rows* and of their *sentences* read beforehand."""

    def __init__(self, held: OpenGeneration, rows: Rows, sentences_of: Rows) -> None:
        self._held = held
        units, _ = held.sentences_of_all(sentences_of)
        self._known = np.concatenate([rows, units])
        self._vectors: Floats = held.vectors[self._known] if len(self._known) else _NONE

    def __getitem__(self, numbers: Rows) -> Floats:
        """The vectors of these *numbers*; those that are not known are read now."""
        known = self._known
        if not len(known):
            return self._held.vectors[numbers]
        place = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        missing = known[place] != numbers
        found = self._vectors[place]
        if missing.any():
            found[missing] = self._held.vectors[numbers[missing]]
        return found


@dataclass(frozen=True, slots=True)
class WordHits:
    """What the words of a question find, before its vector is known.

    *rows* are those of each of the best documents; their *vectors* are read.
    """

    passages: TextHits
    documents: TextHits
    rows: list[Rows]
    vectors: ReadVectors


def by_words(question: str, where: SearchSpace) -> WordHits:
    """The best passages and the best documents by their words."""
    passages, documents = where.by_words(question), where.best_documents(question)
    rows = [where.rows_of(number) for number in documents.rows[: WEIGHTS.documents].tolist()]
    best = passages.rows[: WEIGHTS.passages]
    every = _sort(best, *rows)
    few = _sort(best, *(some for some in rows if len(some) <= WEIGHTS.letter))
    return WordHits(passages, documents, rows, ReadVectors(where.held, every, few))


def candidates(found: WordHits, near: Rows, vector: Floats) -> Rows:
    """The rows worth a closer look, sorted: a few hundred, however many there are.

    Those *near* to the question's *vector*, and those that its words have *found*.
    """
    named = [near, found.passages.rows[: WEIGHTS.passages]]
    if found.rows:
        cosines = found.vectors[np.concatenate(found.rows)] @ vector
        of_each = np.split(cosines, np.cumsum([len(rows) for rows in found.rows[:-1]]))
        for rows, own in zip(found.rows, of_each, strict=True):
            named.append(rows[np.argsort(-own, kind="stable")[: WEIGHTS.of_each_document]])
    return _sort(*named)


def _sort(*rows: Rows) -> Rows:
    """All *rows*, each once."""
    # np.unique imports numpy.ma on its first call: 10 ms, for a few hundred rows.
    found = np.sort(np.concatenate(rows))
    return found[np.diff(found, prepend=-1) > 0]
