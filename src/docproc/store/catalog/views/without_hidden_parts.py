"""The parts of a catalog that tell what is hidden, without what is."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import ArchivalReference, DocumentRow, Scope
from docproc.store.catalog.parts.finder import Finder
from docproc.store.catalog.parts.printed_content import PrintedContent
from docproc.store.catalog.parts.scoped_rows import ScopedRows
from docproc.store.catalog.parts.scoping import OtherShards, ReferenceMatch
from docproc.store.catalog.parts.shelves import Shelf
from docproc.store.catalog.reader import Catalog


@dataclass(frozen=True)
class HiddenDocuments:
    """The documents of *catalog* that are hidden: their lines in its list, by id."""

    catalog: Catalog
    documents: Mapping[str, DocumentRow]

    def __contains__(self, document_id: str) -> bool:
        return document_id in self.documents

    @functools.cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The numbers of the hidden documents, sorted."""
        found = [self.catalog.number_of(each) for each in self.documents]
        return np.array(sorted(found), np.int64)

    @functools.cached_property
    def rows(self) -> NDArray[np.int64]:
        """The rows of the hidden documents, sorted."""
        firsts = self.catalog.first_rows
        each = [np.arange(firsts[n], firsts[n + 1]) for n in self.numbers.tolist()]
        return np.concatenate([np.zeros(0, np.int64), *each])

    def left(self, rows: Iterable[DocumentRow]) -> Iterator[DocumentRow]:
        """*rows* without those of hidden documents."""
        return (row for row in rows if row.id not in self.documents)


class RemainingPrinted(PrintedContent):
    """What the documents print and name that are not *gone*.

    The register, and whether anything prints some words, stay those of the whole.
    """

    def __init__(self, inner: PrintedContent, gone: HiddenDocuments) -> None:
        self._inner = inner
        self._gone = gone

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        found = self._inner.names(column)
        only = {getattr(row, column) for row in self._gone.documents.values()}
        if not only.intersection(found):
            return found
        others = {getattr(row, column) for row in self._gone.left(self._gone.catalog.documents())}
        return [name for name in found if name not in only or name in others]

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        found = self._inner.correspondents()
        return {key: value for key, value in found.items() if key not in self._gone}

    def has_words(self, words: str) -> bool:
        return self._inner.has_words(words)

    def has_reference(self, reference: str) -> bool:
        return self._inner.has_reference(reference)

    def persons(self) -> list[str]:
        return self._inner.persons()

    @property
    def register(self) -> Register:
        return self._inner.register

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        found = self._inner.shelves
        return {key: value for key, value in found.items() if key not in self._gone}


class RemainingFinder(Finder):
    """Finds what is not *gone*."""

    def __init__(self, inner: Finder, gone: HiddenDocuments) -> None:
        self._inner = inner
        self._gone = gone

    def documents_starting(self, beginning: str) -> list[str]:
        return self._drop_gone(self._inner.documents_starting(beginning))

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        return self._drop_gone(self._inner.documents_of(source, exactly=exactly))

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        return list(self._gone.left(self._inner.documents_at_place(place)))

    def rows_starting(self, beginning: str) -> list[int]:
        gone = set(self._gone.rows.tolist())
        return [row for row in self._inner.rows_starting(beginning) if row not in gone]

    def _drop_gone(self, ids: list[str]) -> list[str]:
        return [each for each in ids if each not in self._gone]


class RemainingRows(ScopedRows):
    """The rows by scope that are not *gone*."""

    def __init__(self, inner: ScopedRows, gone: HiddenDocuments) -> None:
        self._inner = inner
        self._gone = gone

    def rows(self, scope: Scope, whole: OtherShards | None = None) -> NDArray[np.int64]:
        rows = self._inner.rows(scope, whole)
        return rows[~np.isin(rows, self._gone.rows)]

    def filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,
        whole: OtherShards | None = None,
    ) -> RowFilter:
        gone = sorted({*without, *self._gone.documents})
        return self._inner.filter(scope, gone, shard=shard, whole=whole)

    def fields(self, rows: NDArray[np.int64]) -> RowFields:
        return self._inner.fields(rows)

    def meets(self, asked: ArchivalReference, met: ReferenceMatch) -> bool:
        return self._inner.meets(asked, met)
