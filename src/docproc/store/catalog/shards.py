"""The catalogs of several shards, side by side: which has what, and what each gives, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.records import DocumentRow
from docproc.store.catalog.reader import Catalog
from docproc.store.sharding import ShardMap

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards' *catalogs*, ``None`` for one that is missing; *places* is where what stands.

    *path* is that of the generation, for messages.
    """

    path: Path
    catalogs: Sequence[Catalog | None]
    places: ShardMap

    def __iter__(self) -> Iterator[tuple[int, Catalog]]:
        """Each that is there, with its number."""
        every = enumerate(self.catalogs)
        return ((number, catalog) for number, catalog in every if catalog is not None)

    def holding(self, document_id: str) -> tuple[int, Catalog]:
        """The shard that has a document.  Raises ``KeyError``."""
        for number, catalog in self:
            if catalog.document_rows([document_id]):
                return number, catalog
        raise KeyError(document_id)

    def number_of(self, shard: int, document_id: str) -> int:
        """The number in the whole of a document that *shard* has."""
        return int(self.places.numbers[shard][self._at(shard).number_of(document_id)])

    def whole(self, shard: int, row: DocumentRow) -> DocumentRow:
        """*row* of a document of *shard*, its first row that of the whole."""
        catalog = self._at(shard)
        if row.passages:
            at = int(np.searchsorted(catalog.first_rows, row.first_row, side="right")) - 1
        else:
            at = catalog.number_of(row.id)
        first = self.places.first_rows[self.places.numbers[shard][at]]
        return replace(row, first_row=int(first))

    def gather(
        self,
        where: tuple[NDArray[np.int64], NDArray[np.int64]],
        read: Callable[[Catalog, NDArray[np.int64]], list[T]],
    ) -> list[T]:
        """What *read* gives of each shard, in the order asked."""
        shards, own = where
        found: dict[int, T] = {}
        for number in np.unique(shards).tolist():
            at = np.flatnonzero(shards == number)
            found.update(zip(at.tolist(), read(self._at(number), own[at]), strict=True))
        return [found[place] for place in range(len(own))]

    def rows(self, find: Callable[[Catalog], NDArray[np.int64]]) -> NDArray[np.int64]:
        """The rows of the whole that *find* gives of each shard, sorted."""
        found = [self.places.whole_rows(number, find(catalog)) for number, catalog in self]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _at(self, shard: int) -> Catalog:
        catalog = self.catalogs[shard]
        if catalog is None:
            raise KeyError(f"shard {shard} of {self.path} is missing")
        return catalog


def by_key(each: Iterable[dict[str, T]]) -> dict[str, T]:
    """All of *each*, sorted by their keys."""
    found: dict[str, T] = {}
    for some in each:
        found.update(some)
    return dict(sorted(found.items()))
