"""A generation without the documents that are withdrawn: no index names them, no list has them.

What counts stays as it is (how rare a word is, the floor), until the next generation: it is
measured over all that was indexed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.indexes import TextHits, VectorHits
from docproc.retrieval.open_generation import Floats, OpenGeneration
from docproc.store.catalog.remaining import RemainingCatalog
from docproc.store.withdrawals import Withdrawal

if TYPE_CHECKING:
    from docproc.hooks.indexes import TextIndex, VectorIndex

Rows = NDArray[np.int64]


@dataclass
class RemainingGeneration(OpenGeneration):
    """What is left of *whole* without what is *withdrawn*."""

    whole: OpenGeneration | None = None
    withdrawn: Sequence[Withdrawal] = ()

    @classmethod
    def of(cls, whole: OpenGeneration, withdrawn: Sequence[Withdrawal]) -> OpenGeneration:
        """*whole* without what is *withdrawn*; itself where that is nothing."""
        if not withdrawn:
            return whole
        return cls(
            whole.folder,
            whole.manifest,
            whole.vector_indexer,
            whole.text_indexer,
            whole.open_encoder,
            whole,
            withdrawn,
        )

    @property
    def _all(self) -> OpenGeneration:
        assert self.whole is not None
        return self.whole

    @cached_property
    def catalog(self) -> RemainingCatalog:
        return RemainingCatalog(self._all.catalog, self.withdrawn)

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
    def vector_index(self) -> VectorIndex:
        gone = self._all.units_of(self.catalog.gone_rows)
        return _WithoutVectors(self._all.vector_index, np.sort(gone))

    @cached_property
    def passage_text(self) -> TextIndex:
        return _WithoutTexts(self._all.passage_text, self.catalog.gone_rows)

    @cached_property
    def document_text(self) -> TextIndex:
        return _WithoutTexts(self._all.document_text, self.catalog.gone_numbers)

    @property
    def passages(self) -> int:
        return self._all.passages

    @property
    def missing_shards(self) -> tuple[int, int] | None:
        return self._all.missing_shards

    def _firsts(self, rows: Rows) -> Rows:
        return self._all._firsts(rows)


def _drop_withdrawn(hits: Any, k: int, gone: Rows) -> tuple[Any, Rows]:
    kept = ~np.isin(hits.rows, gone)
    return hits.scores[kept][:k], hits.rows[kept][:k]


class _WithoutVectors:
    """A vector index that does not name the vectors *gone*, sorted."""

    def __init__(self, index: VectorIndex, gone: Rows) -> None:
        self._index = index
        self._gone = gone

    def search(self, vector: Floats, k: int, allowed: Rows | None) -> VectorHits:
        if allowed is not None:
            allowed = allowed[~np.isin(allowed, self._gone)]
            return self._index.search(vector, k, allowed)
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
        return self._index.document_frequency(term)

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        if allowed is not None:
            allowed = allowed[~np.isin(allowed, self._gone)]
            return self._index.search(question, k, allowed)
        hits = self._index.search(question, k + len(self._gone), None)
        return TextHits(*_drop_withdrawn(hits, k, self._gone))
