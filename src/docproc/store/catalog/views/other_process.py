"""The catalog of a shard that another process has open: each question goes there, and back."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFilter
from docproc.persons import Register
from docproc.records import DocumentRow, Scope
from docproc.store.catalog.parts.columns import Columns
from docproc.store.catalog.parts.finder import Finder
from docproc.store.catalog.parts.printed_content import PrintedContent
from docproc.store.catalog.parts.scoped_rows import ScopedRows
from docproc.store.catalog.parts.scoping import OtherShards, ReferenceMatch
from docproc.store.catalog.parts.source_readings import SourceReadings
from docproc.store.catalog.reader import Catalog

_AT_ONCE = 1_000
"""Lines of the list of documents that are brought at once."""


class AskShard(Protocol):
    """Asks the process that has the shard open: the name of a method, and what that is given.

    Raises what the method raises, and ``ShardsSilent`` where nobody answers.
    """

    def __call__(self, what: str, *given: Any) -> Any: ...


def _by_name(what: str) -> Any:
    """A method that asks *what*."""
    return lambda self, *given: self._ask(what, *given)


def _by_name_of_many(what: str) -> Any:
    """A method that asks *what* of things that may come from an iterator."""
    return lambda self, many: self._ask(what, list(many))


class _Apart:
    def __init__(self, ask: AskShard) -> None:
        self._ask = ask


class _ReadingsApart(_Apart, SourceReadings):
    sources = _by_name("catalog.readings.sources")
    read_by = _by_name("catalog.readings.read_by")
    failures = _by_name("catalog.readings.failures")
    looks = _by_name("catalog.readings.looks")
    text_in_passages = _by_name("catalog.readings.text_in_passages")


class _PrintedApart(_Apart, PrintedContent):
    names = _by_name("catalog.printed.names")
    correspondents = _by_name("catalog.printed.correspondents")
    has_words = _by_name("catalog.printed.has_words")
    has_reference = _by_name("catalog.printed.has_reference")
    persons = _by_name("catalog.printed.persons")
    register = functools.cached_property(_by_name("catalog.printed.register"))
    shelves = functools.cached_property(_by_name("shelves"))


class _FinderApart(_Apart, Finder):
    documents_starting = _by_name("catalog.finder.documents_starting")
    documents_at_place = _by_name("catalog.finder.documents_at_place")
    rows_starting = _by_name("catalog.finder.rows_starting")

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        return cast("list[str]", self._ask("documents_of", source, exactly))


class _RowsApart(_Apart, ScopedRows):
    fields = _by_name("catalog.scoped.fields")
    meets = _by_name("catalog.scoped.meets")

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


class _ColumnsApart(_Apart, Columns):
    embed_keys = _by_name("catalog.columns.embed_keys")
    sentence_counts = _by_name("catalog.columns.sentence_counts")


def _part(kind: type[_Apart]) -> Any:
    return functools.cached_property(lambda self: kind(self._ask))


class CatalogApart(Catalog):
    """A catalog that *ask* reaches; *firsts* are its ``first_rows``, *path* is for messages."""

    def __init__(self, path: Path, ask: AskShard, firsts: NDArray[np.int64]) -> None:
        self.path = path
        self._ask = ask
        self._first_rows = firsts

    def close(self) -> None:
        """Nothing is open here."""

    readings = _part(_ReadingsApart)
    printed = _part(_PrintedApart)
    finder = _part(_FinderApart)
    scoped = _part(_RowsApart)
    columns = _part(_ColumnsApart)
    words = None
    counts = functools.cached_property(_by_name("catalog.counts"))
    first_days = functools.cached_property(_by_name("catalog.first_days"))
    documents_at = _by_name_of_many("catalog.documents_at")
    document_row = _by_name("catalog.document_row")
    document_rows = _by_name_of_many("catalog.document_rows")
    document = _by_name("catalog.document")
    passages = _by_name_of_many("catalog.passages")
    views = _by_name_of_many("catalog.views")
    number_of = _by_name("catalog.number_of")

    @property
    def first_rows(self) -> NDArray[np.int64]:
        return self._first_rows

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        end = len(self._first_rows) - 1
        for begin in range(start, end, _AT_ONCE):
            yield from self.documents_at(range(begin, min(begin + _AT_ONCE, end)))


def _of(whole: OtherShards | None, scope: Scope) -> tuple[Register, ReferenceMatch | None] | None:
    """What of *whole* a shard must know of *scope*, as plain values: the persons of that name."""
    if whole is None:
        return None
    names = [name for name in (scope.sender, scope.recipient) if name]
    persons = [person for name in names for person in whole.register().find(name)]
    return Register.of(persons), whole.met
