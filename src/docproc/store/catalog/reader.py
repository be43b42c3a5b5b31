"""Reading a finished catalog: its documents and passages, and the parts that answer the rest."""

from __future__ import annotations

import functools
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from docproc.records import CitationId, Document, DocumentRow, Passage, Span
from docproc.store.catalog.parts.columns import Columns
from docproc.store.catalog.parts.document_reader import DocumentReader
from docproc.store.catalog.parts.finder import Finder
from docproc.store.catalog.parts.passage_reader import PassageReader
from docproc.store.catalog.parts.printed_content import PrintedContent
from docproc.store.catalog.parts.scoped_rows import ScopedRows
from docproc.store.catalog.parts.source_readings import SourceReadings
from docproc.store.catalog.parts.word_reader import WordReader, word_reader
from docproc.store.catalog.tables.compressed import restore_record
from docproc.store.catalog.tables.queries import Queries
from docproc.store.manifest import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from docproc.store.catalog.rows import PassageView

UNDATED = np.iinfo(np.int64).max


class Catalog:
    """A finished catalog, open for reading; many may read it, from any thread.

    Passages are numbered 0..n-1, a document's one after another in the order of its text.
    Every method, its own and its parts', raises ``StoreError``, naming the file, where it turns
    out to be damaged.
    """

    def __init__(self, path: Path) -> None:
        """Open *path*.  ``StoreError`` if it is missing, unfinished, or of another format."""
        self.path = path
        self._queries = Queries(path)
        self._rows = DocumentReader(self._queries)
        self._passages = PassageReader(self._queries)

    def close(self) -> None:
        self._queries.db.close()

    def __enter__(self) -> Catalog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # the parts

    @functools.cached_property
    def readings(self) -> SourceReadings:
        """How the sources were read."""
        return SourceReadings(self._queries)

    @functools.cached_property
    def printed(self) -> PrintedContent:
        """What the documents print and name."""
        return PrintedContent(self._queries)

    @functools.cached_property
    def finder(self) -> Finder:
        """From ids, paths and places to documents and rows."""
        return Finder(self._queries)

    @functools.cached_property
    def scoped(self) -> ScopedRows:
        """The rows by scope."""
        return ScopedRows(self._queries, self.printed)

    @functools.cached_property
    def columns(self) -> Columns:
        """One value for every row, or for every document."""
        return Columns(self._queries)

    @functools.cached_property
    def words(self) -> WordReader | None:
        """The words of passages as numbers; ``None`` where they are not noted."""
        return word_reader(self._queries)

    # the whole

    @functools.cached_property
    def counts(self) -> Counts:
        ((value,),) = self._queries.all("SELECT value FROM meta WHERE name = 'counts'")
        return msgspec.json.decode(value, type=Counts)

    @property
    def first_rows(self) -> NDArray[np.int64]:
        """Each document's first row, in the order of ``documents``; then one past the last."""
        return self._queries.firsts

    @functools.cached_property
    def first_days(self) -> NDArray[np.int64]:
        """The first day that each document's date can mean, ``yyyymmdd``, or ``UNDATED``."""
        # without ORDER BY, which would scan the records instead of `documents_by_scope`
        rows = self._queries.all("SELECT key, ifnull(date_start, ?) FROM documents", (UNDATED,))
        table = np.array(sorted(rows), np.int64).reshape(-1, 2)
        return table[:, 1]

    @property
    def absent(self) -> NDArray[np.int64]:
        """The numbers of documents of which nothing can be read here: shards that are missing."""
        return np.zeros(0, np.int64)

    # documents

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        """The list of documents from number *start* on, in the order of their rows."""
        return self._rows.from_number(start)

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        """The documents of these numbers, as ``documents`` counts them, in the order asked."""
        return self._rows.by_numbers(numbers)

    def document_row(self, document_id: str) -> DocumentRow:
        """One line of the list of documents.  Raises ``KeyError``."""
        return self._rows.by_id(document_id)

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        """Lines of the list of documents, by id; one that is not there is left out."""
        return self._rows.by_ids(document_ids)

    def document(self, document_id: str) -> Document:
        """The document of that id, as its stages left it.  Raises ``KeyError``."""
        key, record, length = self._rows.columns(document_id, "key, record, characters")
        with self._queries.decoding():
            document = msgspec.json.decode(restore_record(record), type=Document)
            return replace(document, text=self._passages.text(key, Span(0, length)))

    # passages

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these *rows*, in the order asked."""
        return self._passages.passages(rows)

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        """The passages of these *rows* without their texts, in the order asked."""
        return self._passages.views(rows)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in the order of its text.  Raises ``KeyError``."""
        return self.passages(self.rows_of(document_id))

    def number_of(self, document_id: str) -> int:
        """The number of a document, as ``documents`` counts them.  Raises ``KeyError``."""
        (key,) = self._rows.columns(document_id, "key")
        return int(np.searchsorted(self._queries.documents, key))

    def rows_of(self, document_id: str) -> range:
        """The rows of a document's passages.  Raises ``KeyError``."""
        at = self.number_of(document_id)
        return range(int(self.first_rows[at]), int(self.first_rows[at + 1]))

    # what is hidden

    def hides(self, _document_id: str, _source: str, _member: str, /) -> bool:
        """Whether that document is one of this generation and hidden: withdrawn, or withheld."""
        return False

    def withholds(self, _name: CitationId, /) -> str:
        """Why what a stable name names is hidden, in words; ``""`` where it is not."""
        return ""


_AT_ONCE = 500


def each_document(catalog: Catalog, start: int = 0) -> Iterator[tuple[DocumentRow, list[Passage]]]:
    """The documents of *catalog* from number *start* on, each with its passages, by row."""
    batch: list[DocumentRow] = []
    for row in catalog.documents(start):
        batch.append(row)
        if row.first_row + row.passages - batch[0].first_row >= _AT_ONCE:
            yield from _with_passages(catalog, batch)
            batch = []
    yield from _with_passages(catalog, batch)


def _with_passages(
    catalog: Catalog, batch: Sequence[DocumentRow]
) -> Iterator[tuple[DocumentRow, list[Passage]]]:
    if batch:
        rows = (range(each.first_row, each.first_row + each.passages) for each in batch)
        found = catalog.passages(chain.from_iterable(rows))
        at = 0
        for row in batch:
            yield row, found[at : at + row.passages]
            at += row.passages
