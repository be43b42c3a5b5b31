"""A generation opened for questions, each part opened when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.hooks.vector_rows import ArrayRows, ask_by_scope
from docproc.retrieval.generation.index_guard import guard_index
from docproc.retrieval.generation.silent_indexes import PatientIndex
from docproc.store.catalog import Catalog
from docproc.store.layout import (
    CATALOG,
    DOCUMENT_TEXT,
    DOCUMENT_VECTORS,
    ENCODER,
    PASSAGE_TEXT,
    TEXT,
    UNIT_OWNERS,
    UNIT_VECTORS,
    VECTOR_INDEX,
    VECTORS,
)
from docproc.store.manifest import Manifest
from docproc.store.vectors.array_file import open_array
from docproc.store.vectors.quantization import open_vectors

if TYPE_CHECKING:
    from docproc.hooks.indexes import TextIndex, TextIndexer, VectorIndexer
    from docproc.hooks.protocols import QueryEncoder
    from docproc.hooks.ranking import Reranker
    from docproc.hooks.vector_rows import ScopedVectorIndex, ScopedVectorIndexer

Floats = NDArray[np.float32]
_REPAIR = "`docproc index` makes it again"


@dataclass
class OpenGeneration:
    """A generation's folder, with the plugins that open its parts.

    Vectors are numbered as the pipeline lays them: first one for each passage, by its row in
    the catalog; then one for each sentence, passage by passage.
    """

    folder: Path
    manifest: Manifest
    vector_indexer: VectorIndexer | ScopedVectorIndexer
    text_indexer: TextIndexer
    open_encoder: Callable[[], QueryEncoder]
    open_reranker: Callable[[], Reranker | None] | None = field(default=None, kw_only=True)
    """``None`` where there is none, or it is switched off."""

    @cached_property
    def catalog(self) -> Catalog:
        return Catalog(self.folder / CATALOG)

    @cached_property
    def encoder(self) -> QueryEncoder:
        if self.manifest.model.query_encoder is None:  # the embedder's own
            return self.open_encoder()
        return guard_index(self.folder / ENCODER, self.open_encoder)

    @cached_property
    def reranker(self) -> Reranker | None:
        """What looks at the best passages once more, ``None`` where nothing does."""
        return self.open_reranker() if self.open_reranker else None

    @cached_property
    def vectors(self) -> Floats:
        """``(n, d)``, picked by row: passages, then sentences."""
        return self._vectors(UNIT_VECTORS)

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """int32 ``(n,)``: the row of the passage that each vector belongs to."""
        owners: NDArray[np.int32] = self._array(UNIT_OWNERS)
        sound = owners.dtype == np.int32 and owners.shape == (len(self.vectors),)
        if not sound or (len(owners) and not 0 <= owners.min() <= owners.max() < self.passages):
            raise StoreError(
                f"{self.folder / VECTORS / UNIT_OWNERS}: it does not name a passage for each "
                f"vector; {_REPAIR}"
            )
        return owners

    @cached_property
    def document_vectors(self) -> Floats:
        """``(documents, d)``, picked by row."""
        return self._vectors(DOCUMENT_VECTORS)

    @cached_property
    def vector_index(self) -> ScopedVectorIndex:
        path = self.folder / VECTORS / VECTOR_INDEX
        indexer = ask_by_scope(self.vector_indexer)
        return PatientIndex(
            str(path),
            lambda: guard_index(path, lambda: indexer.open(path, ArrayRows(self.vectors))),
        )

    @cached_property
    def passage_text(self) -> TextIndex:
        return self._text(PASSAGE_TEXT)

    @cached_property
    def document_text(self) -> TextIndex:
        return self._text(DOCUMENT_TEXT)

    def open_indexes(self) -> None:
        """Open every index.  Raises ``StoreError`` for one that the plugins in use cannot read."""
        _ = self.vector_index, self.passage_text, self.document_text, self.reranker

    def check_answering(self) -> None:
        """Raise ``IndexSilent`` where a vector index lies elsewhere, and does not answer."""
        if isinstance(self.vector_index, PatientIndex):
            self.vector_index.check()

    @property
    def missing_shards(self) -> tuple[int, int] | None:
        """How many of how many shards are searched, where some are missing; else ``None``."""
        return None

    @property
    def missing_why(self) -> str:
        """Why they are missing, or who can tell."""
        return "`docproc status` names what is damaged"

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return self.manifest.counts.passages

    @property
    def shown_documents(self) -> int:
        """How many documents readers are shown."""
        return self.manifest.counts.documents

    @property
    def shown_passages(self) -> int:
        """How many passages readers are shown."""
        return self.manifest.counts.passages

    @property
    def withheld(self) -> tuple[str, ...]:
        """What is withheld by rules of access, in words."""
        return ()

    @property
    def view(self) -> str:
        """The id of the generation, and of what is hidden of it: for what is remembered of it."""
        return self.manifest.id

    def every_row(self) -> NDArray[np.int64]:
        """The rows of all passages that can be read, sorted."""
        rows = np.arange(self.passages, dtype=np.int64)
        absent = self.catalog.absent
        return rows[~np.isin(self.document_of(rows), absent)] if len(absent) else rows

    def sentences_of(self, row: int) -> slice:
        """The numbers of the vectors of the sentences of the passage at *row*."""
        start, end = self._firsts(np.array([row, row + 1]))
        return slice(self.passages + int(start), self.passages + int(end))

    def units_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the vectors of all *rows* and of their sentences; sorted as *rows* are."""
        return np.concatenate([rows, self.sentences_of_all(rows)[0]])

    def sentences_of_all(
        self, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the vectors of the sentences of all *rows*, and how many each row has."""
        firsts = self._firsts(rows)
        counts = self._firsts(rows + 1) - firsts
        before = np.cumsum(counts) - counts
        units = np.arange(int(counts.sum())) + np.repeat(firsts - before, counts) + self.passages
        return units, counts

    def _firsts(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the first sentence of each of *rows*, or of what follows it."""
        sought = rows.astype(self.owners.dtype)  # of another type, all owners would be converted
        return np.searchsorted(self.owners[self.passages :], sought)

    def document_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number, in the catalog's order, of the document of each of *rows*."""
        numbers: NDArray[np.int64] = (
            np.searchsorted(self.catalog.first_rows, rows, side="right") - 1
        )
        return numbers

    def _text(self, name: str) -> TextIndex:
        path = self.folder / TEXT / name
        return guard_index(path, lambda: self.text_indexer.open(path))

    def _vectors(self, name: str) -> Floats:
        return self._open_file(name, open_vectors)

    def _array(self, name: str) -> NDArray[Any]:
        return self._open_file(name, open_array)

    def _open_file(self, name: str, open_file: Callable[[Path], NDArray[Any]]) -> NDArray[Any]:
        path = self.folder / VECTORS / name
        try:
            return open_file(path)
        except (OSError, ValueError, EOFError) as error:
            raise StoreError(f"{path}: {error}; {_REPAIR}") from None
