"""The catalogs of several shards, read as one: the same documents and rows as without shards.

A shard that is not there is left out: its documents are in no list, and its rows are never asked
for, since no index names them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import Document, DocumentRow, Passage, Scope
from docproc.store.catalog import schema
from docproc.store.catalog.reader import UNDATED, Catalog
from docproc.store.catalog.rows import Failure, PassageView, SourceState
from docproc.store.catalog.scoping import OtherShards, find_met, persons_in, register_in
from docproc.store.manifest import Counts
from docproc.store.shard import KEY_BYTES
from docproc.store.sharding import ShardMap, shard_of
from docproc.store.vectors import Keys

T = TypeVar("T")


class ShardedCatalog(Catalog):
    """The *shards*' catalogs, ``None`` for one that is missing; *places* is where what stands.

    *path* is that of the generation, for messages.
    """

    def __init__(self, path: Path, shards: Sequence[Catalog | None], places: ShardMap) -> None:
        self.path = path
        self._shards = shards
        self._places = places

    def close(self) -> None:
        for _, shard in self._there():
            shard.close()

    def _there(self) -> Iterator[tuple[int, Catalog]]:
        return ((number, shard) for number, shard in enumerate(self._shards) if shard is not None)

    def _holding(self, document_id: str) -> tuple[int, Catalog]:
        """The shard that has a document.  Raises ``KeyError``."""
        for number, shard in self._there():
            if shard.document_rows([document_id]):
                return number, shard
        raise KeyError(document_id)

    def _whole(self, shard: int, row: DocumentRow) -> DocumentRow:
        """*row* of a document of *shard*, its first row that of the whole."""
        catalog = self._shards[shard]
        assert catalog is not None
        if row.passages:
            at = int(np.searchsorted(catalog.first_rows, row.first_row, side="right")) - 1
        else:
            at = catalog.number_of(row.id)
        first = self._places.first_rows[self._places.numbers[shard][at]]
        return replace(row, first_row=int(first))

    # the whole

    @functools.cached_property
    def counts(self) -> Counts:
        each = [shard.counts for _, shard in self._there()]
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
        for number, shard in self._there():
            days[self._places.numbers[number]] = shard.first_days
        return days

    @functools.cached_property
    def absent(self) -> NDArray[np.int64]:
        there = [number for number, _ in self._there()]
        return np.flatnonzero(~np.isin(self._places.shard, there))

    def place_earlier(self, earlier: Catalog) -> NDArray[np.int64]:
        raise TypeError(f"{earlier.path}: generations in shards are compared shard by shard")

    def sources(self) -> dict[str, SourceState]:
        return _by_path(shard.sources() for _, shard in self._there())

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        shard = self._shards[shard_of(path, len(self._shards))]
        return shard.read_by(path) if shard is not None else None

    def failures(self) -> dict[str, Failure]:
        return _by_path(shard.failures() for _, shard in self._there())

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        return _by_path(shard.text_in_passages() for _, shard in self._there())

    def looks(self) -> dict[str, tuple[int, int]]:
        return _by_path(shard.looks() for _, shard in self._there())

    # documents

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        places = self._places
        begins = [int(np.searchsorted(numbers, start)) for numbers in places.numbers]
        each = {number: shard.documents(begins[number]) for number, shard in self._there()}
        for number in range(start, len(places.shard)):
            of = int(places.shard[number])
            if of in each:
                yield replace(next(each[of]), first_row=int(places.first_rows[number]))

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        wanted = np.fromiter(numbers, np.int64)

        def rows(catalog: Catalog, own: NDArray[np.int64]) -> list[DocumentRow]:
            return catalog.documents_at(own.tolist())

        found = self._gather(self._places.documents(wanted), rows)
        firsts = self._places.first_rows[wanted].tolist()
        return [replace(row, first_row=first) for row, first in zip(found, firsts, strict=True)]

    def document_row(self, document_id: str) -> DocumentRow:
        number, shard = self._holding(document_id)
        return self._whole(number, shard.document_row(document_id))

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        wanted, found = set(document_ids), {}
        for number, shard in self._there():
            for key, row in shard.document_rows(wanted).items():
                found[key] = self._whole(number, row)
        return dict(sorted(found.items(), key=lambda each: each[1].first_row))

    def document(self, document_id: str) -> Document:
        return self._holding(document_id)[1].document(document_id)

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        return sorted({name for _, shard in self._there() for name in shard.names(column)})

    def documents_starting(self, beginning: str) -> list[str]:
        found = (shard.documents_starting(beginning) for _, shard in self._there())
        return sorted(each for ids in found for each in ids)

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        found = [
            (int(self._places.numbers[number][shard.number_of(each)]), each)
            for number, shard in self._there()
            for each in shard.documents_of(source, exactly=exactly)
        ]
        return [each for _, each in sorted(found)]

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        found = [
            self._whole(number, row)
            for number, shard in self._there()
            for row in shard.documents_at_place(place)
        ]
        return sorted(found, key=lambda row: row.first_row)

    def number_of(self, document_id: str) -> int:
        number, shard = self._holding(document_id)
        return int(self._places.numbers[number][shard.number_of(document_id)])

    # passages

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        def passages(catalog: Catalog, own: NDArray[np.int64]) -> list[Passage]:
            return catalog.passages(own.tolist())

        return self._gather(self._places.rows(np.fromiter(rows, np.int64)), passages)

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        numbers = np.fromiter(rows, np.int64)

        def views(catalog: Catalog, own: NDArray[np.int64]) -> list[PassageView]:
            return catalog.views(own.tolist())

        found = self._gather(self._places.rows(numbers), views)
        pairs = zip(found, numbers.tolist(), strict=True)
        return [replace(view, row=row) for view, row in pairs]

    def passages_of(self, document_id: str) -> list[Passage]:
        return self._holding(document_id)[1].passages_of(document_id)

    def rows_of(self, document_id: str) -> range:
        at = self.number_of(document_id)
        return range(int(self.first_rows[at]), int(self.first_rows[at + 1]))

    def rows_starting(self, beginning: str) -> list[int]:
        found = self._rows(lambda shard: np.array(shard.rows_starting(beginning), np.int64))
        return [int(row) for row in found]

    def rows_where(
        self,
        scope: Scope,
        whole: OtherShards | None = None,  # noqa: ARG002 - it is the whole
    ) -> NDArray[np.int64]:
        known = self._others_for(scope)
        return self._rows(lambda shard: shard.rows_where(scope, known))

    def row_filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,
        whole: OtherShards | None = None,  # noqa: ARG002
    ) -> RowFilter:
        catalog = self._shards[shard] if shard is not None else None
        if catalog is None:  # names and references are each shard's own
            return RowFilter()
        return catalog.row_filter(scope, without, whole=self._others_for(scope))

    def row_fields(self, rows: NDArray[np.int64]) -> RowFields:
        raise NotImplementedError("each shard has the fields of its own rows")

    def _others_for(self, scope: Scope) -> OtherShards:
        """What all shards together have to say of *scope*."""
        with schema.raise_store_errors(self.path):
            asked = scope.reference
            met = find_met((shard._db for _, shard in self._there()), asked) if asked else None
            return OtherShards(lambda: self.register, met)

    @functools.cached_property
    def register(self) -> Register:
        """Every person, body and place of the registers of all shards."""
        with schema.raise_store_errors(self.path), self._decoding():
            found = {each for _, shard in self._there() for each in persons_in(shard._db)}
            return register_in(sorted(found))

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        return _by_path(shard.correspondents() for _, shard in self._there())

    def prints(self, words: str) -> bool:
        return any(shard.prints(words) for _, shard in self._there())

    def is_printed(self, reference: str) -> bool:
        return any(shard.is_printed(reference) for _, shard in self._there())

    # what is embedded

    def embed_keys(self) -> Keys:
        keys = np.zeros((int(self.first_rows[-1]), KEY_BYTES), np.uint8)
        for number, shard in self._there():
            keys[self._places.rows_of(number)] = shard.embed_keys()
        return keys

    def sentence_counts(self) -> NDArray[np.int64]:
        counts = np.zeros(int(self.first_rows[-1]), np.int64)
        for number, shard in self._there():
            counts[self._places.rows_of(number)] = shard.sentence_counts()
        return counts

    # the parts

    def _gather(
        self,
        where: tuple[NDArray[np.int64], NDArray[np.int64]],
        read: Callable[[Catalog, NDArray[np.int64]], list[T]],
    ) -> list[T]:
        """What *read* gives of each shard, in the order asked."""
        shards, own = where
        found: dict[int, T] = {}
        for number in np.unique(shards).tolist():
            at = np.flatnonzero(shards == number)
            catalog = self._shards[number]
            if catalog is None:
                raise KeyError(f"shard {number} of {self.path} is missing")
            found.update(zip(at.tolist(), read(catalog, own[at]), strict=True))
        return [found[place] for place in range(len(own))]

    def _rows(self, find: Callable[[Catalog], NDArray[np.int64]]) -> NDArray[np.int64]:
        """The rows of the whole that *find* gives of each shard, sorted."""
        found = [self._places.whole_rows(number, find(shard)) for number, shard in self._there()]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _by_path(each: Iterable[dict[str, T]]) -> dict[str, T]:
    """All of *each*, sorted by their keys."""
    found: dict[str, T] = {}
    for some in each:
        found.update(some)
    return dict(sorted(found.items()))
