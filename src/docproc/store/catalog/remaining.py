"""A catalog without the documents that are hidden: they are in no list, and have no rows."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import CitationId, Document, DocumentRow, Passage, Scope
from docproc.records.citation_id import place_of, text_of
from docproc.store.catalog.reader import Catalog
from docproc.store.catalog.rows import Failure, PassageView, SourceState
from docproc.store.catalog.scoping import OtherShards
from docproc.store.catalog.shelves import Shelf
from docproc.store.hidden import Hidden
from docproc.store.manifest import Counts
from docproc.store.vectors import Keys


class RemainingCatalog(Catalog):
    """What *catalog* holds without the documents that are *hidden*.

    Rows and numbers stay as they are; those of a hidden document are ``absent``.
    """

    def __init__(self, catalog: Catalog, hidden: Hidden) -> None:
        self.path = catalog.path
        self._inner = catalog
        self._hidden = hidden
        ids, places = hidden.documents, hidden.places
        found = dict(catalog.document_rows(ids))
        for source in {source for source, _ in places}:
            for row in catalog.document_rows(catalog.documents_of(source, exactly=True)).values():
                if (row.source, row.member) in places:
                    found[row.id] = row
        self._found = found
        self._gone: Collection[str] = frozenset(found)
        numbers = [catalog.number_of(each) for each in found]
        self._numbers = np.array(sorted(numbers), np.int64)

    def close(self) -> None:
        self._inner.close()

    @property
    def counts(self) -> Counts:
        return self._inner.counts

    @property
    def first_rows(self) -> NDArray[np.int64]:
        return self._inner.first_rows

    @functools.cached_property
    def first_days(self) -> NDArray[np.int64]:
        """As of the whole; that of a hidden document is not known."""
        days = self._inner.first_days.copy()
        days[self._numbers] = 0
        return days

    @functools.cached_property
    def absent(self) -> NDArray[np.int64]:
        return np.union1d(self._inner.absent, self._numbers)

    @functools.cached_property
    def gone_rows(self) -> NDArray[np.int64]:
        """The rows of the hidden documents, sorted."""
        firsts = self.first_rows
        each = [np.arange(firsts[n], firsts[n + 1]) for n in self._numbers.tolist()]
        return np.concatenate([np.zeros(0, np.int64), *each])

    @property
    def gone_numbers(self) -> NDArray[np.int64]:
        """The numbers of the hidden documents, sorted."""
        return self._numbers

    def place_earlier(self, earlier: Catalog) -> NDArray[np.int64]:
        return self._inner.place_earlier(earlier)

    def sources(self) -> dict[str, SourceState]:
        return self._inner.sources()

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        return self._inner.read_by(path)

    def failures(self) -> dict[str, Failure]:
        return self._inner.failures()

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        return self._inner.text_in_passages()

    def looks(self) -> dict[str, tuple[int, int]]:
        return self._inner.looks()

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        return (row for row in self._inner.documents(start) if row.id not in self._gone)

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        gone = set(self._numbers.tolist())
        return self._inner.documents_at(n for n in map(int, numbers) if n not in gone)

    def document_row(self, document_id: str) -> DocumentRow:
        return self._inner.document_row(self._there(document_id))

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        return self._inner.document_rows(each for each in document_ids if each not in self._gone)

    def document(self, document_id: str) -> Document:
        return self._inner.document(self._there(document_id))

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        found = self._inner.names(column)
        hidden = self._inner.document_rows(self._gone).values()
        only = {getattr(row, column) for row in hidden}
        if not only.intersection(found):
            return found
        others = {getattr(row, column) for row in self.documents()}
        return [name for name in found if name not in only or name in others]

    def documents_starting(self, beginning: str) -> list[str]:
        return self._drop_gone(self._inner.documents_starting(beginning))

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        return self._drop_gone(self._inner.documents_of(source, exactly=exactly))

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        found = self._inner.documents_at_place(place)
        return [row for row in found if row.id not in self._gone]

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these *rows*; asking for a hidden one is a mistake."""
        found = self._inner.passages(rows)
        for passage in found:
            self._there(passage.document_id)
        return found

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        return self._inner.views(rows)

    def passages_of(self, document_id: str) -> list[Passage]:
        return self._inner.passages_of(self._there(document_id))

    def number_of(self, document_id: str) -> int:
        return self._inner.number_of(self._there(document_id))

    def rows_of(self, document_id: str) -> range:
        return self._inner.rows_of(self._there(document_id))

    def rows_starting(self, beginning: str) -> list[int]:
        gone = set(self.gone_rows.tolist())
        return [row for row in self._inner.rows_starting(beginning) if row not in gone]

    def rows_where(self, scope: Scope, whole: OtherShards | None = None) -> NDArray[np.int64]:
        rows = self._inner.rows_where(scope, whole)
        return rows[~np.isin(rows, self.gone_rows)]

    def row_filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,
        whole: OtherShards | None = None,
    ) -> RowFilter:
        gone = sorted({*without, *self._gone})
        return self._inner.row_filter(scope, gone, shard=shard, whole=whole)

    def row_fields(self, rows: NDArray[np.int64]) -> RowFields:
        return self._inner.row_fields(rows)

    @property
    def register(self) -> Register:
        return self._inner.register

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        found = self._inner.shelves
        return {key: value for key, value in found.items() if key not in self._gone}

    def hides(self, document_id: str, source: str, member: str, /) -> bool:
        return document_id in self._gone or self._hidden.has(document_id, source, member)

    def withholds(self, name: CitationId, /) -> str:
        for row in self._found.values():
            if place_of(row.source, row.member) == name.place or (
                row.characters == name.length
                and text_of(self._inner.document(row.id).text) == name.text
            ):
                return "; ".join(self._hidden.told) or "it was withdrawn"
        return ""

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        found = self._inner.correspondents()
        return {key: value for key, value in found.items() if key not in self._gone}

    def prints(self, words: str) -> bool:
        return self._inner.prints(words)

    def is_printed(self, reference: str) -> bool:
        return self._inner.is_printed(reference)

    def embed_keys(self) -> Keys:
        return self._inner.embed_keys()

    def sentence_counts(self) -> NDArray[np.int64]:
        return self._inner.sentence_counts()

    def _drop_gone(self, ids: list[str]) -> list[str]:
        return [each for each in ids if each not in self._gone]

    def _there(self, document_id: str) -> str:
        if document_id in self._gone:
            raise KeyError(document_id)
        return document_id
