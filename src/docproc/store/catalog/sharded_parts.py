"""The parts of the catalogs of several shards, read as one."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import DocumentRow, Scope
from docproc.store.catalog import schema
from docproc.store.catalog.columns import Columns
from docproc.store.catalog.finder import Finder
from docproc.store.catalog.printed_content import PrintedContent
from docproc.store.catalog.queries import decoding
from docproc.store.catalog.rows import Failure, SourceState
from docproc.store.catalog.scoped_rows import ScopedRows
from docproc.store.catalog.scoping import OtherShards, find_met, persons_in, register_in
from docproc.store.catalog.shards import Shards, by_key
from docproc.store.catalog.shelves import Shelf
from docproc.store.catalog.source_readings import SourceReadings
from docproc.store.shard import KEY_BYTES
from docproc.store.sharding import shard_of
from docproc.store.vectors import Keys


class ShardedReadings(SourceReadings):
    """How each source of all shards was read."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def sources(self) -> dict[str, SourceState]:
        return by_key(shard.readings.sources() for _, shard in self._shards)

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        shard = self._shards.catalogs[shard_of(path, len(self._shards.catalogs))]
        return shard.readings.read_by(path) if shard is not None else None

    def failures(self) -> dict[str, Failure]:
        return by_key(shard.readings.failures() for _, shard in self._shards)

    def looks(self) -> dict[str, tuple[int, int]]:
        return by_key(shard.readings.looks() for _, shard in self._shards)

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        return by_key(shard.readings.text_in_passages() for _, shard in self._shards)


class ShardedPrinted(PrintedContent):
    """What the documents of all shards print and name."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        return sorted({name for _, shard in self._shards for name in shard.printed.names(column)})

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        return by_key(shard.printed.correspondents() for _, shard in self._shards)

    def has_words(self, words: str) -> bool:
        return any(shard.printed.has_words(words) for _, shard in self._shards)

    def has_reference(self, reference: str) -> bool:
        return any(shard.printed.has_reference(reference) for _, shard in self._shards)

    @functools.cached_property
    def register(self) -> Register:
        """Every person, body and place of the registers of all shards."""
        path = self._shards.path
        with schema.raise_store_errors(path), decoding(path):
            each = (shard.printed._queries.db for _, shard in self._shards)
            return register_in(sorted({person for db in each for person in persons_in(db)}))

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        return by_key(dict(shard.printed.shelves) for _, shard in self._shards)


class ShardedFinder(Finder):
    """Finds documents and passages of all shards."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def documents_starting(self, beginning: str) -> list[str]:
        found = (shard.finder.documents_starting(beginning) for _, shard in self._shards)
        return sorted(each for ids in found for each in ids)

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        found = [
            (self._shards.number_of(number, each), each)
            for number, shard in self._shards
            for each in shard.finder.documents_of(source, exactly=exactly)
        ]
        return [each for _, each in sorted(found)]

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        found = [
            self._shards.whole(number, row)
            for number, shard in self._shards
            for row in shard.finder.documents_at_place(place)
        ]
        return sorted(found, key=lambda row: row.first_row)

    def rows_starting(self, beginning: str) -> list[int]:
        found = self._shards.rows(
            lambda shard: np.array(shard.finder.rows_starting(beginning), np.int64)
        )
        return [int(row) for row in found]


class ShardedRows(ScopedRows):
    """The rows by scope of all shards; *printed* is what all of them print."""

    def __init__(self, shards: Shards, printed: PrintedContent) -> None:
        self._shards = shards
        self._printed = printed

    def rows(
        self,
        scope: Scope,
        whole: OtherShards | None = None,  # noqa: ARG002 - it is the whole
    ) -> NDArray[np.int64]:
        known = self._others_for(scope)
        return self._shards.rows(lambda shard: shard.scoped.rows(scope, known))

    def filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,
        whole: OtherShards | None = None,  # noqa: ARG002
    ) -> RowFilter:
        catalog = self._shards.catalogs[shard] if shard is not None else None
        if catalog is None:  # names and references are each shard's own
            return RowFilter()
        return catalog.scoped.filter(scope, without, whole=self._others_for(scope))

    def fields(self, rows: NDArray[np.int64]) -> RowFields:
        raise NotImplementedError("each shard has the fields of its own rows")

    def _others_for(self, scope: Scope) -> OtherShards:
        """What all shards together have to say of *scope*."""
        with schema.raise_store_errors(self._shards.path):
            asked = scope.reference
            each = (shard.scoped._queries.db for _, shard in self._shards)
            met = find_met(each, asked) if asked else None
            return OtherShards(lambda: self._printed.register, met)


class ShardedColumns(Columns):
    """One value for every row, or for every document, of all shards."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def embed_keys(self) -> Keys:
        keys = np.zeros((self._total, KEY_BYTES), np.uint8)
        for number, shard in self._shards:
            keys[self._shards.places.rows_of(number)] = shard.columns.embed_keys()
        return keys

    def sentence_counts(self) -> NDArray[np.int64]:
        counts = np.zeros(self._total, np.int64)
        for number, shard in self._shards:
            counts[self._shards.places.rows_of(number)] = shard.columns.sentence_counts()
        return counts

    def place_earlier(self, earlier: Columns) -> NDArray[np.int64]:  # noqa: ARG002
        raise TypeError(f"{self._shards.path}: generations in shards are compared shard by shard")

    @property
    def _total(self) -> int:
        return int(self._shards.places.first_rows[-1])
