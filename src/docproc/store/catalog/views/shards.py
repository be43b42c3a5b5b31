"""The catalogs of several shards, side by side: which has what, and what each gives, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.records import DocumentRow
from docproc.store.catalog.reader import Catalog
from docproc.store.catalog.shard_map import ShardMap

T = TypeVar("T")

Together: TypeAlias = Callable[[Sequence[Callable[[], T]]], list[T]]
"""Does several things, and gives what each came to, in order."""


def one_by_one(steps: Sequence[Callable[[], T]]) -> list[T]:
    """Do *steps* one after another."""
    return [step() for step in steps]


@dataclass(frozen=True, slots=True)
class Shards:
    """The *catalogs*, ``None``: missing, at *places*; *together* asks several at once."""

    path: Path
    catalogs: Sequence[Catalog | None]
    places: ShardMap
    together: Together[Any] = one_by_one

    def __iter__(self) -> Iterator[tuple[int, Catalog]]:
        """Each that is there, with its number."""
        every = enumerate(self.catalogs)
        return ((number, catalog) for number, catalog in every if catalog is not None)

    def holding(self, document_id: str) -> tuple[int, Catalog]:
        """The shard that has a document.  Raises ``KeyError``."""
        number = self._first(lambda catalog: bool(catalog.document_rows([document_id])))
        if number is None:
            raise KeyError(document_id)
        return number, self._at(number)

    def any(self, holds: Callable[[Catalog], bool]) -> bool:
        """Whether *holds* is true of any."""
        return self._first(holds) is not None

    def _first(self, holds: Callable[[Catalog], bool]) -> int | None:
        if self.together is one_by_one:  # the others need not be looked at
            return next((number for number, catalog in self if holds(catalog)), None)
        return next((number for number, held in self.each(holds) if held), None)

    def each(self, read: Callable[[Catalog], T]) -> list[tuple[int, T]]:
        """What *read* gives of each that is there, with its number."""
        every = list(self)
        found = self.together([partial(read, catalog) for _, catalog in every])
        return [(number, one) for (number, _), one in zip(every, found, strict=True)]

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
        places = [np.flatnonzero(shards == number) for number in np.unique(shards)]
        steps = [partial(read, self._at(int(shards[at[0]])), own[at]) for at in places]
        for at, values in zip(places, self.together(steps), strict=True):
            found.update(zip(at.tolist(), values, strict=True))
        return [found[place] for place in range(len(own))]

    def rows(self, find: Callable[[Catalog], NDArray[np.int64]]) -> NDArray[np.int64]:
        """The rows of the whole that *find* gives of each shard, sorted."""
        found = [self.places.whole_rows(number, rows) for number, rows in self.each(find)]
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
