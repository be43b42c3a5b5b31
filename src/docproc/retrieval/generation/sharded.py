"""A generation in shards, opened for questions as one: the same rows, arrays and indexes.

What asks knows of no shards.  A row, a vector or a document has the number that it would have
without them, and each part fetches what it wants from the shards that hold it; so the same
numbers go into the same sums, and the scores are the same.  A shard that cannot be read is left
out, and ``missing_shards`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import PluginError, ShardsSilent, StoreError
from docproc.hooks.indexes import JoinsTextIndexes, VectorHits
from docproc.hooks.vector_rows import RowScope
from docproc.retrieval.generation.index_guard import guard_index
from docproc.retrieval.generation.open_generation import Floats, OpenGeneration
from docproc.retrieval.generation.passage_scope import PassageScope
from docproc.retrieval.generation.remote_shard import RemoteShard, RemoteTextIndex
from docproc.retrieval.generation.shards_at_once import ShardThreads
from docproc.store.catalog import Catalog
from docproc.store.catalog.shard_map import Rows, ShardMap
from docproc.store.catalog.views.sharded import ShardedCatalog
from docproc.store.catalog.views.shards import one_by_one
from docproc.store.layout import DOCUMENT_TEXT, MANIFEST, PASSAGE_TEXT, PLACES, SHARDS, TEXT
from docproc.store.manifest import read_manifest

if TYPE_CHECKING:
    from docproc.hooks.execution import Work
    from docproc.hooks.indexes import TextIndex
    from docproc.hooks.vector_rows import ScopedVectorIndex


Readers = Callable[[int], "tuple[str, Work]"]
"""The key of the task that the reader of a shard was opened with, and what asks it."""


@dataclass
class ShardedGeneration(OpenGeneration):
    """The shards of one generation, those *lost* left out."""

    lost: frozenset[int] = frozenset()
    readers: Readers | None = None
    """Where the shards are open in other processes: what asks the reader of each."""
    silent: str = ""
    """Why some of the shards were left out: their readers do not answer."""

    @cached_property
    def places(self) -> ShardMap:
        """Where each document stands."""
        return ShardMap.load(self.folder / PLACES, len(self.manifest.shards))

    @cached_property
    def parts(self) -> tuple[OpenGeneration | None, ...]:
        """The shards, ``None`` for one that cannot be read.

        Raises ``StoreError`` where none can be.
        """
        found: list[OpenGeneration | None] = []
        problem: StoreError | None = None
        for number, entry in enumerate(self.manifest.shards):
            part = None
            if number not in self.lost:
                folder = self.folder / SHARDS / entry.name
                try:
                    part = self._open(number, folder)
                    _ = part.catalog, part.owners, part.document_vectors, part.vector_index
                except StoreError as error:
                    part, problem = None, error
            found.append(part)
        if self.readers is not None:
            found = self._sound(found)
        if not any(found):
            if self.silent:
                raise ShardsSilent(self.silent, self.lost)
            raise problem or StoreError(f"{self.folder / SHARDS}: every shard is damaged")
        return tuple(found)

    def _sound(self, parts: Sequence[OpenGeneration | None]) -> list[OpenGeneration | None]:
        """*parts* without those whose readers find them damaged; a silent one may be sound."""

        def sound(part: OpenGeneration | None) -> OpenGeneration | None:
            try:
                if isinstance(part, RemoteShard):
                    part.ask("elsewhere")
            except ShardsSilent:
                return part
            except StoreError:
                return None
            return part

        return self._together([partial(sound, part) for part in parts])

    def _open(self, number: int, folder: Path) -> OpenGeneration:
        given = (
            folder,
            read_manifest(folder / MANIFEST),
            self.vector_indexer,
            self.text_indexer,
            self.open_encoder,
        )
        if self.readers is None:
            return OpenGeneration(*given)
        key, reader = self.readers(number)
        return RemoteShard(*given, number=number, reader=reader, key=key, places=self.places)

    @cached_property
    def apart(self) -> tuple[RemoteShard | None, ...]:
        """The shards that are open in other processes, as ``parts`` has them."""
        return tuple(part if isinstance(part, RemoteShard) else None for part in self.parts)

    @cached_property
    def _together(self) -> Callable[[Sequence[Callable[[], Any]]], list[Any]]:
        return one_by_one if self.readers is None else ShardThreads()

    def check_answering(self) -> None:
        for part in self.parts:
            if part is not None:
                part.check_answering()

    @property
    def missing_shards(self) -> tuple[int, int] | None:
        there = sum(part is not None for part in self.parts)
        return None if there == len(self.parts) else (there, len(self.parts))

    @property
    def missing_why(self) -> str:
        return self.silent or super().missing_why

    @cached_property
    def catalog(self) -> Catalog:
        each = [None if part is None else part.catalog for part in self.parts]
        return ShardedCatalog(self.folder, each, self.places, self._together)

    @cached_property
    def vectors(self) -> Floats:
        dimension = self.manifest.model.dimension
        total = int(self.places.first_rows[-1] + self.places.first_sentences[-1])
        return _Joined(  # type: ignore[return-value]
            [None if part is None else part.vectors for part in self.parts],
            self.places.units,
            (total, dimension),
            self._together,
        )

    @cached_property
    def document_vectors(self) -> Floats:
        return _Joined(  # type: ignore[return-value]
            [None if part is None else part.document_vectors for part in self.parts],
            self.places.documents,
            (len(self.places.shard), self.manifest.model.dimension),
            self._together,
        )

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        return _Owners(self.parts, self.places, self._together)  # type: ignore[return-value]

    @cached_property
    def vector_index(self) -> ScopedVectorIndex:
        return _JoinedVectorIndex(self.parts, self.places, self.vectors)

    @cached_property
    def passage_text(self) -> TextIndex:
        return self._joined_text(PASSAGE_TEXT, self.places.rows_of)

    @cached_property
    def document_text(self) -> TextIndex:
        return self._joined_text(DOCUMENT_TEXT, lambda number: self.places.numbers[number])

    @property
    def passages(self) -> int:
        return int(self.places.first_rows[-1])

    def _firsts(self, rows: Rows) -> Rows:
        inside, firsts = self.places.sentence_of(rows)
        within = np.flatnonzero(inside > 0)
        if len(within):
            shards, own = self.places.rows(rows[within])
            asked = []
            for number, here in _by_shard(shards):
                part = self.parts[number]
                if part is not None:
                    begins = own[here] - inside[within[here]]
                    both = np.concatenate([own[here], begins])
                    asked.append((within[here], partial(part._firsts, both)))
            found = self._together([step for _, step in asked])
            for (places, _), each in zip(asked, found, strict=True):
                firsts[places] += each[: len(places)] - each[len(places) :]
        return firsts

    def _joined_text(self, name: str, rows_of: Callable[[int], Rows]) -> TextIndex:
        if self.readers is not None:
            apart = [part for part in self.apart if part is not None]
            return RemoteTextIndex(name, apart, rows_of, ShardThreads())
        there = [(number, part) for number, part in enumerate(self.parts) if part is not None]
        folders = [part.folder / TEXT / name for _, part in there]
        rows = [rows_of(number) for number, _ in there]
        indexer = self.text_indexer
        if not isinstance(indexer, JoinsTextIndexes):
            raise PluginError(cannot_join(self.manifest.recipe.text_index.name))
        return guard_index(folders[0], lambda: indexer.open_joined(folders, rows))


def cannot_join(name: str) -> str:
    """That the text index called *name* cannot be used in shards."""
    return (
        f"the text index plugin {name!r} cannot ask several shards as one (it has no "
        "open_joined): index without shards (`--shards 1`), or with another text index"
    )


def _elsewhere(part: OpenGeneration) -> bool:
    return bool(getattr(part.vector_index, "elsewhere", False))


class _Joined:
    """Arrays of the shards as one array ``(n, d)``, whose rows are fetched when they are asked."""

    def __init__(
        self,
        parts: Sequence[Floats | None],
        places: Callable[[Rows], tuple[Rows, Rows]],
        shape: tuple[int, int],
        together: Callable[[Sequence[Callable[[], Any]]], list[Any]],
    ) -> None:
        self._parts = parts
        self._places = places
        self._together = together
        self.shape = shape
        self.dtype = np.dtype(np.float32)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, index: Any) -> Floats:
        if isinstance(index, slice):
            index = np.arange(*index.indices(len(self)))
        rows = np.asarray(index, np.int64)
        found = np.zeros((rows.size, self.shape[1]), np.float32)
        shards, own = self._places(rows.ravel())
        _fetch(self._parts, shards, own, self._together, found)
        return found.reshape(*rows.shape, self.shape[1])


class _Owners:
    """The row of the whole of the passage that each vector belongs to."""

    def __init__(
        self,
        parts: Sequence[OpenGeneration | None],
        places: ShardMap,
        together: Callable[[Sequence[Callable[[], Any]]], list[Any]],
    ) -> None:
        self._parts = [None if part is None else part.owners for part in parts]
        self._places = places
        self._together = together
        self.dtype = np.dtype(np.int64)

    def __getitem__(self, units: Rows) -> Rows:
        found = np.array(units, np.int64)
        total = int(self._places.first_rows[-1])
        sentences = np.flatnonzero(found >= total)
        shards, own = self._places.units(found[sentences])
        rows = np.full(len(own), -1, np.int64)
        _fetch(self._parts, shards, own, self._together, rows)
        for number, here in _by_shard(shards):
            if self._parts[number] is not None:
                found[sentences[here]] = self._places.whole_rows(number, rows[here])
        return found


def _by_shard(shards: Rows) -> Iterator[tuple[int, Rows]]:
    """Each shard, and where it stands among *shards*."""
    for number in np.unique(shards).tolist():
        yield number, np.flatnonzero(shards == number)


def _fetch(
    parts: Sequence[Any],
    shards: Rows,
    own: Rows,
    together: Callable[[Sequence[Callable[[], Any]]], list[Any]],
    found: NDArray[Any],
) -> None:
    """Put into *found* the rows *own*, each of its shard's array, of those that are there."""
    asked = [
        (here, partial(parts[number].__getitem__, own[here]))
        for number, here in _by_shard(shards)
        if parts[number] is not None
    ]
    values = together([step for _, step in asked])
    for (here, _), some in zip(asked, values, strict=True):
        found[here] = some


class _JoinedVectorIndex:
    """The vector indexes of the shards: each names its nearest, and the nearest of all are left."""

    def __init__(
        self, parts: Sequence[OpenGeneration | None], places: ShardMap, vectors: Floats
    ) -> None:
        self._parts = parts
        self._places = places
        self._vectors = vectors

    def search(self, vector: Floats, k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows of the whole, among those of *scope*."""
        scores, rows = [np.zeros(0, np.float32)], [np.zeros(0, np.int64)]
        asked = list(self._within(scope))
        each = [partial(part.vector_index.search, vector, k, own) for _, part, own in asked]
        for (number, _, _), hits in zip(asked, self._ask(asked, each), strict=True):
            scores.append(hits.scores)
            rows.append(self._places.whole_units(number, hits.rows))
        return self._nearest(vector, k, np.concatenate(scores), np.concatenate(rows))

    def _ask(
        self,
        asked: Sequence[tuple[int, OpenGeneration, RowScope | None]],
        each: Sequence[Callable[[], VectorHits]],
    ) -> Iterable[VectorHits]:
        """What *each* gives: all at once, where the indexes lie in other processes."""
        if len(each) < 2 or not all(_elsewhere(part) for _, part, _ in asked):
            return (search() for search in each)
        return self._beside(each)

    @cached_property
    def _beside(self) -> ShardThreads:
        return ShardThreads()

    def _within(
        self, scope: RowScope | None
    ) -> Iterator[tuple[int, OpenGeneration, RowScope | None]]:
        """The shards that have rows of *scope*, each with what of it is theirs."""
        there = ((number, part) for number, part in enumerate(self._parts) if part is not None)
        if scope is None:
            yield from ((number, part, None) for number, part in there)
        elif isinstance(scope, PassageScope):
            passages = self._places.split(*self._places.rows(scope.passages))
            for number, part in there:
                if len(passages[number]):
                    own = np.sort(passages[number])
                    yield number, part, scope.of_shard(number, part, own)
        else:
            rows = self._places.split(*self._places.units(scope.rows))
            for number, part in there:
                if len(rows[number]):
                    yield number, part, RowScope.of(np.sort(rows[number]))

    def _nearest(self, vector: Floats, k: int, scores: Floats, rows: Rows) -> VectorHits:
        order = np.lexsort((rows, -scores))
        if len(order) > k > 0 and scores[order[k - 1]] == scores[order[k]]:
            # as near in single precision: told apart as one index would
            tied = scores == scores[order[k]]
            exact = scores.astype(np.float64)
            exact[tied] = (self._vectors[rows[tied]].astype(np.float64) * vector).sum(axis=1)
            order = np.lexsort((rows, -exact))
        best = order[: max(k, 0)]
        return VectorHits(scores[best], rows[best])
