"""The catalog of a shard that another process has open: each question goes there, and back.

*ask* takes the name of a method of the catalog, or of a part of it, and its arguments; it raises
what that raises, and ``ShardsSilent`` where nobody answers.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import ArchivalReference, Document, DocumentRow, Passage, Scope
from docproc.store.catalog.columns import Columns
from docproc.store.catalog.finder import Finder
from docproc.store.catalog.printed_content import PrintedContent
from docproc.store.catalog.reader import Catalog
from docproc.store.catalog.rows import Failure, PassageView, SourceState
from docproc.store.catalog.scoped_rows import ScopedRows
from docproc.store.catalog.scoping import Met, OtherShards
from docproc.store.catalog.shelves import Shelf
from docproc.store.catalog.source_readings import SourceReadings
from docproc.store.key_table import Keys
from docproc.store.manifest import Counts

_AT_ONCE = 1_000
"""Lines of the list of documents that are brought at once."""


class AskShard(Protocol):
    """Asks the process that has the shard open."""

    def __call__(self, what: str, *given: Any) -> Any: ...


class CatalogApart(Catalog):
    """A catalog that *ask* reaches; *firsts* are its ``first_rows``, *path* is for messages."""

    def __init__(self, path: Path, ask: AskShard, firsts: NDArray[np.int64]) -> None:
        self.path = path
        self._ask = ask
        self._first_rows = firsts

    def close(self) -> None:
        """Nothing is open here."""

    @functools.cached_property
    def readings(self) -> SourceReadings:
        return _ReadingsApart(self._ask)

    @functools.cached_property
    def printed(self) -> PrintedContent:
        return _PrintedApart(self._ask)

    @functools.cached_property
    def finder(self) -> Finder:
        return _FinderApart(self._ask)

    @functools.cached_property
    def scoped(self) -> ScopedRows:
        return _RowsApart(self._ask)

    @functools.cached_property
    def columns(self) -> Columns:
        return _ColumnsApart(self._ask)

    @property
    def words(self) -> None:
        return None

    @functools.cached_property
    def counts(self) -> Counts:
        return cast("Counts", self._ask("catalog.counts"))

    @property
    def first_rows(self) -> NDArray[np.int64]:
        return self._first_rows

    @functools.cached_property
    def first_days(self) -> NDArray[np.int64]:
        return cast("NDArray[np.int64]", self._ask("catalog.first_days"))

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        for begin in range(start, len(self._first_rows) - 1, _AT_ONCE):
            yield from self.documents_at(
                range(begin, min(begin + _AT_ONCE, len(self._first_rows) - 1))
            )

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        return cast("list[DocumentRow]", self._ask("catalog.documents_at", list(numbers)))

    def document_row(self, document_id: str) -> DocumentRow:
        return cast("DocumentRow", self._ask("catalog.document_row", document_id))

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        asked = self._ask("catalog.document_rows", list(document_ids))
        return cast("dict[str, DocumentRow]", asked)

    def document(self, document_id: str) -> Document:
        return cast("Document", self._ask("catalog.document", document_id))

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        return cast("list[Passage]", self._ask("catalog.passages", list(rows)))

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        return cast("list[PassageView]", self._ask("catalog.views", list(rows)))

    def number_of(self, document_id: str) -> int:
        return cast("int", self._ask("catalog.number_of", document_id))


class _ReadingsApart(SourceReadings):
    def __init__(self, ask: AskShard) -> None:
        self._ask = ask

    def sources(self) -> dict[str, SourceState]:
        return cast("dict[str, SourceState]", self._ask("catalog.readings.sources"))

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        return cast("tuple[str, str, str] | None", self._ask("catalog.readings.read_by", path))

    def failures(self) -> dict[str, Failure]:
        return cast("dict[str, Failure]", self._ask("catalog.readings.failures"))

    def looks(self) -> dict[str, tuple[int, int]]:
        return cast("dict[str, tuple[int, int]]", self._ask("catalog.readings.looks"))

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        return cast("dict[str, tuple[int, int]]", self._ask("catalog.readings.text_in_passages"))


class _PrintedApart(PrintedContent):
    def __init__(self, ask: AskShard) -> None:
        self._ask = ask

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        return cast("list[str]", self._ask("catalog.printed.names", column))

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        found = self._ask("catalog.printed.correspondents")
        return cast("dict[str, tuple[str | None, str | None]]", found)

    def has_words(self, words: str) -> bool:
        return bool(self._ask("catalog.printed.has_words", words))

    def has_reference(self, reference: str) -> bool:
        return bool(self._ask("catalog.printed.has_reference", reference))

    def persons(self) -> list[str]:
        return cast("list[str]", self._ask("catalog.printed.persons"))

    @functools.cached_property
    def register(self) -> Register:
        return cast("Register", self._ask("catalog.printed.register"))

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        return cast("Mapping[str, Shelf]", self._ask("shelves"))


class _FinderApart(Finder):
    def __init__(self, ask: AskShard) -> None:
        self._ask = ask

    def documents_starting(self, beginning: str) -> list[str]:
        return cast("list[str]", self._ask("catalog.finder.documents_starting", beginning))

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        return cast("list[str]", self._ask("documents_of", source, exactly))

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        return cast("list[DocumentRow]", self._ask("catalog.finder.documents_at_place", place))

    def rows_starting(self, beginning: str) -> list[int]:
        return cast("list[int]", self._ask("catalog.finder.rows_starting", beginning))


class _RowsApart(ScopedRows):
    def __init__(self, ask: AskShard) -> None:
        self._ask = ask

    def rows(self, scope: Scope, whole: OtherShards | None = None) -> NDArray[np.int64]:
        return cast("NDArray[np.int64]", self._ask("rows", scope, _of(whole, scope)))

    def filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,  # noqa: ARG002 - see ShardedRows
        whole: OtherShards | None = None,
    ) -> RowFilter:
        given = (scope, list(without), _of(whole, scope))
        return cast("RowFilter", self._ask("filter", *given))

    def fields(self, rows: NDArray[np.int64]) -> RowFields:
        return cast("RowFields", self._ask("catalog.scoped.fields", rows))

    def meets(self, asked: ArchivalReference, met: Met) -> bool:
        return bool(self._ask("catalog.scoped.meets", asked, met))


class _ColumnsApart(Columns):
    def __init__(self, ask: AskShard) -> None:
        self._ask = ask

    def embed_keys(self) -> Keys:
        return cast("Keys", self._ask("catalog.columns.embed_keys"))

    def sentence_counts(self) -> NDArray[np.int64]:
        return cast("NDArray[np.int64]", self._ask("catalog.columns.sentence_counts"))


def _of(whole: OtherShards | None, scope: Scope) -> tuple[Register, Met | None] | None:
    """What of *whole* a shard must know of *scope*, as plain values: the persons of that name."""
    if whole is None:
        return None
    names = [name for name in (scope.sender, scope.recipient) if name]
    persons = [person for name in names for person in whole.register().find(name)]
    return Register.of(persons), whole.met
