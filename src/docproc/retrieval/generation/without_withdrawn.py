"""A generation without the documents that are hidden: no index names them, no list has them.

Hidden is what was withdrawn, and what a rule of access closes today.  How rare a word is, and the
floor, stay as they were measured over all that was indexed.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextHits, VectorHits
from docproc.hooks.vector_rows import RowScope
from docproc.retrieval.generation.open_generation import Floats, OpenGeneration
from docproc.retrieval.generation.passage_scope import PassageScope
from docproc.store.catalog.views.without_hidden import RemainingCatalog
from docproc.store.hidden import Hidden

if TYPE_CHECKING:
    from docproc.hooks.indexes import TextIndex
    from docproc.hooks.vector_rows import ScopedVectorIndex

Rows = NDArray[np.int64]


@dataclass
class RemainingGeneration(OpenGeneration):
    """What is left of *whole* without what is *hidden*."""

    whole: OpenGeneration | None = None
    hidden: Hidden = Hidden()

    @classmethod
    def of(cls, whole: OpenGeneration, hidden: Hidden) -> OpenGeneration:
        """*whole* without what is *hidden*; itself where that is nothing."""
        if not hidden:
            return whole
        return cls(
            whole.folder,
            whole.manifest,
            whole.vector_indexer,
            whole.text_indexer,
            whole.open_encoder,
            whole,
            hidden,
            open_reranker=whole.open_reranker and (lambda: whole.reranker),
        )

    @property
    def _all(self) -> OpenGeneration:
        assert self.whole is not None
        return self.whole

    @cached_property
    def catalog(self) -> RemainingCatalog:
        return RemainingCatalog(self._all.catalog, self.hidden)

    @property
    def withheld(self) -> tuple[str, ...]:
        return self.hidden.told

    @property
    def shown_documents(self) -> int:
        return self._all.shown_documents - len(self.catalog.gone.numbers)

    @property
    def shown_passages(self) -> int:
        return self._all.shown_passages - len(self.catalog.gone.rows)

    @property
    def view(self) -> str:
        return f"{self.manifest.id}+{self.hidden.digest}"

    @property
    def vectors(self) -> Floats:
        return self._all.vectors

    @property
    def owners(self) -> NDArray[np.int32]:
        return self._all.owners

    @property
    def document_vectors(self) -> Floats:
        return self._all.document_vectors

    @cached_property
    def vector_index(self) -> ScopedVectorIndex:
        rows = self.catalog.gone.rows
        return _WithoutVectors(self._all.vector_index, rows, np.sort(self._all.units_of(rows)))

    @cached_property
    def passage_text(self) -> TextIndex:
        return _WithoutTexts(self._all.passage_text, self.catalog.gone.rows)

    @cached_property
    def document_text(self) -> TextIndex:
        return _WithoutTexts(self._all.document_text, self.catalog.gone.numbers)

    @property
    def passages(self) -> int:
        return self._all.passages

    @property
    def missing_shards(self) -> tuple[int, int] | None:
        return self._all.missing_shards

    @property
    def missing_why(self) -> str:
        return self._all.missing_why

    def _firsts(self, rows: Rows) -> Rows:
        return self._all._firsts(rows)


def _drop_withdrawn(hits: Any, k: int, gone: Rows) -> tuple[Any, Rows]:
    kept = ~np.isin(hits.rows, gone)
    return hits.scores[kept][:k], hits.rows[kept][:k]


class _WithoutVectors:
    """A vector index that does not name the vectors *gone*, those of *passages*, both sorted."""

    def __init__(self, index: ScopedVectorIndex, passages: Rows, gone: Rows) -> None:
        self._index = index
        self._passages = passages
        self._gone = gone

    def search(self, vector: Floats, k: int, scope: RowScope | None) -> VectorHits:
        if isinstance(scope, PassageScope):
            return self._index.search(vector, k, scope.without(self._passages))
        if scope is not None:
            left = scope.rows[~np.isin(scope.rows, self._gone)]
            return self._index.search(vector, k, RowScope.of(left))
        return VectorHits(*_drop_withdrawn(self._index.search(vector, k + len(self._gone), None), k,
                                 self._gone))  # fmt: skip


class _WithoutTexts:
    """A text index that does not name the rows *gone*, sorted."""

    def __init__(self, index: TextIndex, gone: Rows) -> None:
        self._index = index
        self._gone = gone
        self.rows = index.rows
        self.languages = index.languages

    def document_frequency(self, term: str) -> int:
        """That of all; 0 where no text but the hidden ones has the word, for so it is not said."""
        found = self._index.document_frequency(term)
        if 0 < found <= len(self._gone):
            hits = self._index.search(term, found + len(self._gone), None)
            if len(hits.rows) and np.isin(hits.rows, self._gone).all():
                return 0
        return found

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        if allowed is not None:
            allowed = allowed[~np.isin(allowed, self._gone)]
            return self._index.search(question, k, allowed)
        hits = self._index.search(question, k + len(self._gone), None)
        return TextHits(*_drop_withdrawn(hits, k, self._gone))
