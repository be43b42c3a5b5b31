"""Rows of vectors that need not lie in this process, and the scope that a search keeps to.

A *row* is the number of a vector, as it was built.  An index that is asked by scope
(:class:`ScopedVectorIndexer`) is given conditions on the fields of rows, and may work out the
rows themselves, instead of always being handed a list of them; it reads vectors as a stream, and
single ones through a reader.  docproc asks every vector index so; one that knows arrays and lists
alone (:class:`~docproc.hooks.indexes.VectorIndexer`) is given them by :func:`ask_by_scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, cast, runtime_checkable

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import VectorHits, VectorIndex, VectorIndexer
from docproc.hooks.protocols import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rows: TypeAlias = "NDArray[np.int64]"
RowFields: TypeAlias = Mapping[str, "NDArray[Any]"]
"""By the names in ``FIELDS``: what each of some rows has there, arrays ``(m,)``."""
BLOCK: Final = 65_536

FIELDS: Final[Mapping[str, type]] = MappingProxyType(
    {
        "document": str,
        "first_day": int,
        "last_day": int,
        "sender": str,
        "sender_identity": str,
        "recipient": str,
        "recipient_identity": str,
        "place": str,
        "kind": str,
        "language": str,
        "witness": str,
        "reference": str,
    }
)
"""The fields of a row, those of its passage and of its document; ``""`` for what is unknown.

``first_day`` and ``last_day`` are the days that the date of the document can mean, as ``yyyymmdd``;
of an undated one ``NO_DAY`` and ``-NO_DAY``, which are in no span of days.  ``reference`` is the
printed form of the archival reference that governs the passage.
"""
NO_DAY: Final = 10**18

Relation = Literal["in", "not in", "at least", "at most", "begins with"]


@dataclass(frozen=True, slots=True)
class Condition:
    """That a *field* of a row is one of *values*, or none, or not less, not more, or begins so."""

    field: str
    relation: Relation
    values: tuple[str, ...] | tuple[int, ...]

    def holds(self, fields: RowFields) -> NDArray[np.bool_]:
        """For which of some rows it holds."""
        import numpy as np

        found, values = fields[self.field], self.values
        match self.relation:
            case "in":
                return np.isin(found, values)
            case "not in":
                return ~np.isin(found, values)
            case "at least":
                return found >= values[0]
            case "at most":
                return found <= values[0]
            case "begins with":
                return np.char.startswith(found.astype(np.str_), str(values[0]))


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Conditions on the fields of a row: of each group in *every*, one must hold.

    *exact*: the rows for which they hold are those of the scope.  Else there may be others among
    them, and ``RowScope.holds`` tells which.
    """

    every: tuple[tuple[Condition, ...], ...] = ()
    exact: bool = False

    def holds(self, fields: RowFields) -> NDArray[np.bool_]:
        """For which of some rows all groups hold."""
        import numpy as np

        count = len(fields["document"])
        held = np.ones(count, np.bool_)
        for group in self.every:
            one = np.zeros(count, np.bool_)
            for condition in group:
                one |= condition.holds(fields)
            held &= one
        return held


class RowScope:
    """Which rows a search may name: a predicate over fields, and the rows, worked out if asked."""

    def __init__(
        self, rows: Callable[[], Rows], row_filter: Callable[[], RowFilter] = RowFilter
    ) -> None:
        self._rows = rows
        self._filter = row_filter

    @classmethod
    def of(cls, rows: Rows) -> RowScope:
        """The scope of the sorted *rows*, of which nothing else is known."""
        return cls(lambda: rows)

    @cached_property
    def rows(self) -> Rows:
        """int64 ``(n,)``: every row of the scope, sorted.  Of many rows this takes a while."""
        return self._rows()

    @cached_property
    def filter(self) -> RowFilter:
        """Conditions that hold for every row of the scope."""
        return self._filter()

    def holds(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of *rows* are of the scope."""
        import numpy as np

        return np.isin(rows, self.rows)


@runtime_checkable
class VectorReader(Protocol):
    """Fetches vectors by their rows."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many vectors there are, and of how many numbers each."""
        ...

    @property
    def mapped(self) -> Vectors | None:
        """All of them as an array mapped into this process, where they are one; else ``None``."""
        ...

    def fetch(self, rows: Rows) -> Vectors:
        """The vectors of *rows* ``(m,)``, in that order, float32 ``(m, d)``."""
        ...


@dataclass(frozen=True)
class VectorBlock:
    """Vectors of neighbouring rows, from row *first* on."""

    first: int
    vectors: Vectors
    read_fields: Callable[[], RowFields] = field(repr=False, compare=False)

    @cached_property
    def fields(self) -> RowFields:
        """What each row has in every field of ``FIELDS``."""
        return self.read_fields()


@runtime_checkable
class VectorStream(VectorReader, Protocol):
    """All vectors of a generation, or of a shard, block by block."""

    def blocks(self, size: int = BLOCK) -> Iterator[VectorBlock]:
        """Yield all rows in order, *size* at once; each call begins again."""
        ...


class ScopedVectorIndex(Protocol):
    """An opened vector index that is asked by scope; rows are numbered as they were built."""

    def search(self, vector: Vectors, k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows, among those of *scope* (``None``: among all)."""
        ...


class ScopedVectorIndexer(Protocol):
    """Index, by scope: a stream of vectors to something searchable, which may lie elsewhere.

    It says with the attribute ``by_scope = True`` that it has this contract, not that of
    ``VectorIndexer``, whose methods are called the same.
    """

    by_scope: Literal[True]

    def build(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        """Build over *vectors* into the existing empty *folder*; return its facts.

        What *folder* holds is under the generation's checksums: of an index that lies elsewhere,
        its name, and what it takes to know that it is the same.
        """
        ...

    def open(self, folder: Path, vectors: VectorReader) -> ScopedVectorIndex:
        """Open read-only.  *vectors* reads those that it was built over.

        Raises ``StoreError`` if *folder* holds no index over as many vectors of that dimension;
        ``IndexSilent`` where what it names does not answer.
        """
        ...


@runtime_checkable
class KeepsElsewhere(Protocol):
    """A vector indexer whose vectors lie outside the generation's folder: it says where.

    The conformance kit lets it write there, or ask there, and nowhere else.  One that a single
    process at a time can have open says so too, with the attribute ``one_process = True``; the
    kit warns of it.
    """

    def place(self, folder: Path) -> str:
        """Where what is built for the generation in *folder* lies.

        An absolute path of this machine, of a folder that holds nothing else; or the address of
        the server, ``scheme://host:port``.
        """
        ...


class ArrayRows:
    """A ``VectorStream`` of an array, or of what is picked by row as one is.

    *fields* gives those of the rows from one to another.
    """

    def __init__(
        self, vectors: Vectors, fields: Callable[[int, int], RowFields] | None = None
    ) -> None:
        import numpy as np

        self.mapped = vectors if isinstance(vectors, np.ndarray) else None
        self._vectors = vectors
        self._fields = fields

    @property
    def shape(self) -> tuple[int, int]:
        count, dimension = self._vectors.shape
        return int(count), int(dimension)

    def fetch(self, rows: Rows) -> Vectors:
        return self._vectors[rows]

    def blocks(self, size: int = BLOCK) -> Iterator[VectorBlock]:
        fields = self._fields or _no_fields
        for first in range(0, len(self._vectors), size):
            end = min(first + size, len(self._vectors))
            yield VectorBlock(first, self._vectors[first:end], partial(fields, first, end))


def _no_fields(first: int, end: int) -> RowFields:
    import numpy as np

    days = {"first_day": NO_DAY, "last_day": -NO_DAY}
    return {
        name: np.full(end - first, days[name] if kind is int else "")
        for name, kind in FIELDS.items()
    }


def whole_array(vectors: VectorReader) -> Vectors:
    """All *vectors* as one array: mapped where they are, else fetched into memory."""
    import numpy as np

    if vectors.mapped is not None:
        return vectors.mapped
    count, dimension = vectors.shape
    parts = [
        vectors.fetch(np.arange(first, min(first + BLOCK, count)))
        for first in range(0, count, BLOCK)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, dimension), np.float32)


def ask_by_scope(indexer: VectorIndexer | ScopedVectorIndexer) -> ScopedVectorIndexer:
    """*indexer*, to be asked by scope, whichever of the two contracts it has."""
    if getattr(indexer, "by_scope", False):
        return cast("ScopedVectorIndexer", indexer)
    return _OverArrays(cast("VectorIndexer", indexer))


class _OverArrays:
    """An indexer that knows arrays and lists of rows alone, given them."""

    by_scope: Literal[True] = True

    def __init__(self, indexer: VectorIndexer) -> None:
        self._indexer = indexer

    def build(self, vectors: VectorStream, folder: Path) -> dict[str, Any]:
        return self._indexer.build(whole_array(vectors), folder)

    def open(self, folder: Path, vectors: VectorReader) -> ScopedVectorIndex:
        return _OverLists(self._indexer.open(folder, whole_array(vectors)))


class _OverLists:
    """An index that is given the list of rows of a scope."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index

    def search(self, vector: Vectors, k: int, scope: RowScope | None) -> VectorHits:
        return self._index.search(vector, k, None if scope is None else scope.rows)
