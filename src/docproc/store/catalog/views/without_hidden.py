"""A catalog without the documents that are hidden: they are in no list, and have no rows."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from docproc.records import CitationId, Document, DocumentRow, Passage
from docproc.records.citation_id import place_of, text_of
from docproc.store.catalog.parts.columns import Columns
from docproc.store.catalog.parts.source_readings import SourceReadings
from docproc.store.catalog.parts.word_reader import WordReader
from docproc.store.catalog.reader import Catalog
from docproc.store.catalog.rows import PassageView
from docproc.store.catalog.views.without_hidden_parts import (
    HiddenDocuments,
    RemainingFinder,
    RemainingPrinted,
    RemainingRows,
)
from docproc.store.hidden import Hidden
from docproc.store.manifest import Counts


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
            named = catalog.finder.documents_of(source, exactly=True)
            for row in catalog.document_rows(named).values():
                if (row.source, row.member) in places:
                    found[row.id] = row
        self.gone = HiddenDocuments(catalog, found)

    def close(self) -> None:
        self._inner.close()

    @property
    def readings(self) -> SourceReadings:
        return self._inner.readings

    @functools.cached_property
    def printed(self) -> RemainingPrinted:
        return RemainingPrinted(self._inner.printed, self.gone)

    @functools.cached_property
    def finder(self) -> RemainingFinder:
        return RemainingFinder(self._inner.finder, self.gone)

    @functools.cached_property
    def scoped(self) -> RemainingRows:
        return RemainingRows(self._inner.scoped, self.gone)

    @property
    def columns(self) -> Columns:
        return self._inner.columns

    @property
    def words(self) -> WordReader | None:
        return self._inner.words

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
        days[self.gone.numbers] = 0
        return days

    @functools.cached_property
    def absent(self) -> NDArray[np.int64]:
        return np.union1d(self._inner.absent, self.gone.numbers)

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        return self.gone.left(self._inner.documents(start))

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        gone = set(self.gone.numbers.tolist())
        return self._inner.documents_at(n for n in map(int, numbers) if n not in gone)

    def document_row(self, document_id: str) -> DocumentRow:
        return self._inner.document_row(self._there(document_id))

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        return self._inner.document_rows(each for each in document_ids if each not in self.gone)

    def document(self, document_id: str) -> Document:
        return self._inner.document(self._there(document_id))

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

    def hides(self, document_id: str, source: str, member: str, /) -> bool:
        return document_id in self.gone or self._hidden.has(document_id, source, member)

    def withholds(self, name: CitationId, /) -> str:
        for row in self.gone.documents.values():
            if place_of(row.source, row.member) == name.place or (
                row.characters == name.length
                and text_of(self._inner.document(row.id).text) == name.text
            ):
                return "; ".join(self._hidden.told) or "it was withdrawn"
        return ""

    def _there(self, document_id: str) -> str:
        if document_id in self.gone:
            raise KeyError(document_id)
        return document_id
