"""The catalogs of several shards, read as one: the same documents and rows as without shards.

A shard that is not there is left out: its documents are in no list, and its rows are never asked
for, since no index names them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.records import Document, DocumentRow, Passage
from docproc.store.catalog.reader import UNDATED, Catalog
from docproc.store.catalog.rows import PassageView
from docproc.store.catalog.shard_map import ShardMap
from docproc.store.catalog.views.sharded_parts import (
    ShardedColumns,
    ShardedFinder,
    ShardedPrinted,
    ShardedReadings,
    ShardedRows,
)
from docproc.store.catalog.views.shards import Shards, Together, one_by_one
from docproc.store.manifest import Counts


class ShardedCatalog(Catalog):
    """The *shards*' catalogs, ``None`` for one that is missing; *places* is where what stands.

    *path* is that of the generation, for messages; *together* asks several at once.
    """

    def __init__(
        self,
        path: Path,
        shards: Sequence[Catalog | None],
        places: ShardMap,
        together: Together[Any] = one_by_one,
    ) -> None:
        self.path = path
        self._shards = Shards(path, shards, places, together)
        self._places = places

    def close(self) -> None:
        for _, shard in self._shards:
            shard.close()

    # the parts

    @functools.cached_property
    def readings(self) -> ShardedReadings:
        return ShardedReadings(self._shards)

    @functools.cached_property
    def printed(self) -> ShardedPrinted:
        return ShardedPrinted(self._shards)

    @functools.cached_property
    def finder(self) -> ShardedFinder:
        return ShardedFinder(self._shards)

    @functools.cached_property
    def scoped(self) -> ShardedRows:
        return ShardedRows(self._shards, self.printed)

    @functools.cached_property
    def columns(self) -> ShardedColumns:
        return ShardedColumns(self._shards)

    # the whole

    @property
    def words(self) -> None:
        return None

    @functools.cached_property
    def counts(self) -> Counts:
        each = [counts for _, counts in self._shards.each(lambda shard: shard.counts)]
        return Counts(
            sources=sum(counts.sources for counts in each),
            failures=sum(counts.failures for counts in each),
            documents=sum(counts.documents for counts in each),
            passages=sum(counts.passages for counts in each),
            sentences=sum(counts.sentences for counts in each),
        )

    @property
    def first_rows(self) -> NDArray[np.int64]:
        return self._places.first_rows

    @functools.cached_property
    def first_days(self) -> NDArray[np.int64]:
        days = np.full(len(self._places.shard), UNDATED, np.int64)
        for number, own in self._shards.each(lambda shard: shard.first_days):
            days[self._places.numbers[number]] = own
        return days

    @functools.cached_property
    def absent(self) -> NDArray[np.int64]:
        there = [number for number, _ in self._shards]
        return np.flatnonzero(~np.isin(self._places.shard, there))

    # documents

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        places = self._places
        begins = [int(np.searchsorted(numbers, start)) for numbers in places.numbers]
        each = {number: shard.documents(begins[number]) for number, shard in self._shards}
        for number in range(start, len(places.shard)):
            of = int(places.shard[number])
            if of in each:
                yield replace(next(each[of]), first_row=int(places.first_rows[number]))

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        wanted = np.fromiter(numbers, np.int64)

        def rows(catalog: Catalog, own: NDArray[np.int64]) -> list[DocumentRow]:
            return catalog.documents_at(own.tolist())

        found = self._shards.gather(self._places.documents(wanted), rows)
        firsts = self._places.first_rows[wanted].tolist()
        return [replace(row, first_row=first) for row, first in zip(found, firsts, strict=True)]

    def document_row(self, document_id: str) -> DocumentRow:
        number, shard = self._shards.holding(document_id)
        return self._shards.whole(number, shard.document_row(document_id))

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        wanted, found = set(document_ids), {}
        for number, rows in self._shards.each(lambda shard: shard.document_rows(wanted)):
            for key, row in rows.items():
                found[key] = self._shards.whole(number, row)
        return dict(sorted(found.items(), key=lambda each: each[1].first_row))

    def document(self, document_id: str) -> Document:
        return self._shards.holding(document_id)[1].document(document_id)

    def number_of(self, document_id: str) -> int:
        number, _ = self._shards.holding(document_id)
        return self._shards.number_of(number, document_id)

    # passages

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        def passages(catalog: Catalog, own: NDArray[np.int64]) -> list[Passage]:
            return catalog.passages(own.tolist())

        return self._shards.gather(self._places.rows(np.fromiter(rows, np.int64)), passages)

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        numbers = np.fromiter(rows, np.int64)

        def views(catalog: Catalog, own: NDArray[np.int64]) -> list[PassageView]:
            return catalog.views(own.tolist())

        found = self._shards.gather(self._places.rows(numbers), views)
        pairs = zip(found, numbers.tolist(), strict=True)
        return [replace(view, row=row) for view, row in pairs]

    def passages_of(self, document_id: str) -> list[Passage]:
        return self._shards.holding(document_id)[1].passages_of(document_id)
