"""The parts of the catalogs of several shards, read as one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import ArchivalReference, DocumentRow, Scope
from docproc.store.catalog.parts.columns import Columns
from docproc.store.catalog.parts.finder import Finder
from docproc.store.catalog.parts.printed_content import PrintedContent
from docproc.store.catalog.parts.scoped_rows import ScopedRows
from docproc.store.catalog.parts.scoping import OtherShards, ReferenceMatch, register_in
from docproc.store.catalog.parts.shelves import Shelf
from docproc.store.catalog.parts.source_readings import SourceReadings
from docproc.store.catalog.reader import Catalog
from docproc.store.catalog.rows import Failure, SourceState
from docproc.store.catalog.shard_map import shard_of
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.queries import decoding
from docproc.store.catalog.views.shards import Shards, by_key
from docproc.store.vectors.key_table import Keys
from docproc.store.vectors.shard import KEY_BYTES

T = TypeVar("T")


class ShardedReadings(SourceReadings):
    """How each source of all shards was read."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def sources(self) -> dict[str, SourceState]:
        return self._join_shards(lambda shard: shard.readings.sources())

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        shard = self._shards.catalogs[shard_of(path, len(self._shards.catalogs))]
        return shard.readings.read_by(path) if shard is not None else None

    def failures(self) -> dict[str, Failure]:
        return self._join_shards(lambda shard: shard.readings.failures())

    def looks(self) -> dict[str, tuple[int, int]]:
        return self._join_shards(lambda shard: shard.readings.looks())

    def some_looks(self, most: int, turn: int) -> tuple[int, dict[str, tuple[int, int]]]:
        each = max(1, most // len(self._shards.catalogs))
        found = self._shards.each(lambda shard: shard.readings.some_looks(each, turn))
        looks = [look for _, look in found]
        return sum(count for count, _ in looks), by_key(some for _, some in looks)

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        return self._join_shards(lambda shard: shard.readings.text_in_passages())

    def _join_shards(self, read: Callable[[Catalog], dict[str, T]]) -> dict[str, T]:
        return by_key(found for _, found in self._shards.each(read))


class ShardedPrinted(PrintedContent):
    """What the documents of all shards print and name."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        each = self._shards.each(lambda shard: shard.printed.names(column))
        return sorted({name for _, names in each for name in names})

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        return by_key(found for _, found in self._shards.each(lambda s: s.printed.correspondents()))

    def has_words(self, words: str) -> bool:
        return self._shards.any(lambda shard: shard.printed.has_words(words))

    def has_reference(self, reference: str) -> bool:
        return self._shards.any(lambda shard: shard.printed.has_reference(reference))

    @functools.cached_property
    def register(self) -> Register:
        """Every person, body and place of the registers of all shards."""
        path = self._shards.path
        with schema.raise_store_errors(path), decoding(path):
            each = self._shards.each(lambda shard: shard.printed.persons())
            return register_in(sorted({person for _, persons in each for person in persons}))

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        return by_key(found for _, found in self._shards.each(lambda s: dict(s.printed.shelves)))


class ShardedFinder(Finder):
    """Finds documents and passages of all shards."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def documents_starting(self, beginning: str) -> list[str]:
        found = self._shards.each(lambda shard: shard.finder.documents_starting(beginning))
        return sorted(each for _, ids in found for each in ids)

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        found = [
            (self._shards.number_of(number, each), each)
            for number, ids in self._shards.each(
                lambda shard: shard.finder.documents_of(source, exactly=exactly)
            )
            for each in ids
        ]
        return [each for _, each in sorted(found)]

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        found = [
            self._shards.whole(number, row)
            for number, rows in self._shards.each(
                lambda shard: shard.finder.documents_at_place(place)
            )
            for row in rows
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
            met = self._find_met(asked) if asked else None
            return OtherShards(lambda: self._printed.register, met)

    def _find_met(self, asked: ArchivalReference) -> ReferenceMatch | None:
        """How *asked* is met in the best of the shards."""
        for met in ReferenceMatch:
            if self._shards.any(partial(_meets, asked, met)):
                return met
        return None


def _meets(asked: ArchivalReference, met: ReferenceMatch, shard: Catalog) -> bool:
    return shard.scoped.meets(asked, met)


class ShardedColumns(Columns):
    """One value for every row, or for every document, of all shards."""

    def __init__(self, shards: Shards) -> None:
        self._shards = shards

    def embed_keys(self) -> Keys:
        keys = np.zeros((self._total, KEY_BYTES), np.uint8)
        for number, own in self._shards.each(lambda shard: shard.columns.embed_keys()):
            keys[self._shards.places.rows_of(number)] = own
        return keys

    def characters(self) -> int:
        return sum(own for _, own in self._shards.each(lambda shard: shard.columns.characters()))

    def sentence_counts(self) -> NDArray[np.int64]:
        counts = np.zeros(self._total, np.int64)
        for number, own in self._shards.each(lambda shard: shard.columns.sentence_counts()):
            counts[self._shards.places.rows_of(number)] = own
        return counts

    def place_earlier(self, earlier: Columns) -> NDArray[np.int64]:  # noqa: ARG002
        raise TypeError(f"{self._shards.path}: generations in shards are compared shard by shard")

    @property
    def _total(self) -> int:
        return int(self._shards.places.first_rows[-1])
