"""The contracts of the indexes: what makes, opens, extends and joins those over vectors and words.

What ``docproc.hooks.protocols`` says of all products holds for these too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from docproc.dataclass_on_use import dataclass
from docproc.hooks.protocols import Vectors

if TYPE_CHECKING:  # NumPy takes a tenth of a second
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class VectorHits:
    """``scores`` float32 ``(m,)``, cosines, falling; ``rows`` int64 ``(m,)``; ``m <= k``."""

    scores: NDArray[np.float32]
    rows: NDArray[np.int64]


@runtime_checkable
class VectorIndex(Protocol):
    """An opened vector index; rows are numbered as they were built."""

    def search(self, vector: Vectors, k: int, allowed: NDArray[np.int64] | None) -> VectorHits:
        """The *k* nearest rows, among the sorted rows *allowed* (``None``: among all)."""
        ...


@runtime_checkable
class VectorIndexer(Protocol):
    """Index: vectors to something searchable.

    It is given all vectors as one array in memory, and each scope as the list of its rows.  One
    that reads vectors block by block, whose vectors lie elsewhere, or that can filter by fields,
    has the contract of ``ScopedVectorIndexer`` (``docproc.hooks.vector_rows``) instead, and says
    so: ``by_scope = True``.
    """

    def build(self, vectors: Vectors, folder: Path) -> dict[str, Any]:
        """Build over *vectors* ``(n, d)`` into the existing empty *folder*; return its facts."""
        ...

    def open(self, folder: Path, vectors: Vectors) -> VectorIndex:
        """Open read-only.  *vectors* is an array of those that it was built over, in memory.

        Raises ``StoreError`` if *folder* holds no index over as many vectors of that dimension.
        """
        ...


@runtime_checkable
class ExtendsVectorIndex(Protocol):
    """A vector indexer that can make an index from that of the generation before."""

    def extend(
        self, before: Path, carried: NDArray[np.int64], vectors: Vectors, folder: Path
    ) -> dict[str, Any] | None:
        """Make in the empty *folder*, from the index in *before*, one over *vectors*.

        *carried* ``(m,)`` is where each row of the earlier index stands now, -1 for one that
        is gone; all other rows of *vectors* are new.  These are picked by row as an array's are
        (``vectors[rows]``); ``numpy.asarray`` gives all of them, in memory.  Returns its facts, or
        ``None``, with *folder* left empty, where building again is better or *before* cannot be
        used.  Files of *before* may be hard-linked; they must not be written to.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextEntry:
    """What the text index knows of one passage; ``row`` is its number in the generation."""

    row: int
    body: str
    context: str
    """Title, names and dates of its document, which find it, less surely than its own words."""
    language: str | None


@dataclass(frozen=True, slots=True)
class TextHits:
    """``scores`` float32 ``(m,)``, falling, positive, unbounded; ``rows`` int64 ``(m,)``."""

    scores: NDArray[np.float32]
    rows: NDArray[np.int64]


@runtime_checkable
class TextIndex(Protocol):
    """An opened text index."""

    rows: int
    """How many texts it holds."""
    languages: Sequence[str | None]
    """Of the texts, the commonest first; ``None`` for those that are not stemmed."""

    def document_frequency(self, term: str) -> int:
        """How many texts have *term*, as ``docproc.text.terms`` makes it.

        Or how many have a name with that key, as ``docproc.text.names.keys`` makes it; 0 where an
        index knows nothing of names.
        """
        ...

    def search(self, question: str, k: int, allowed: NDArray[np.int64] | None) -> TextHits:
        """The *k* best rows for the words of *question*, among the sorted rows *allowed*."""
        ...


@runtime_checkable
class TextIndexer(Protocol):
    """Index: words to something searchable."""

    def build(self, entries: Iterable[TextEntry], folder: Path) -> dict[str, Any]:
        """Build into the existing empty *folder*; return facts for the manifest."""
        ...

    def open(self, folder: Path) -> TextIndex:
        """Open read-only.  Raises ``StoreError`` if *folder* does not hold what it should."""
        ...


@runtime_checkable
class ExtendsTextIndex(Protocol):
    """A text indexer that can make an index from that of the generation before."""

    def extend(
        self, before: Path, carried: NDArray[np.int64], entries: Iterable[TextEntry], folder: Path
    ) -> dict[str, Any] | None:
        """Make in the empty *folder*, from the index in *before*, one with *entries* after it.

        *carried* ``(m,)`` is where each row of the earlier index stands now, -1 for one that
        is gone; those that stay keep their order, and *entries* follow them.  What is found
        must be as in an index that was built over all that is left, and scores no farther
        from it than the texts that are gone can move a mean.  Returns its facts, or ``None``,
        with *folder* left empty, where building again is better or *before* cannot be used;
        *entries* are then not begun.  Files of *before* may be hard-linked; they must not be
        written to.
        """
        ...


@runtime_checkable
class JoinsTextIndexes(Protocol):
    """A text indexer whose indexes over several shards can be asked as one.

    Without it a workspace cannot be indexed in shards: what a word weighs must be counted over
    all of them, or the same passage would score otherwise in another shard.
    """

    def for_shard(self, shard: int) -> TextIndexer:
        """The same indexer, for shard *shard*; what it builds can be joined with the others."""
        ...

    def open_joined(self, folders: Sequence[Path], rows: Sequence[NDArray[np.int64]]) -> TextIndex:
        """Open the indexes in *folders* read-only, as one; it scores as one index over all would.

        *rows* has, for each folder, the row of the whole of each of its rows.  Raises
        ``StoreError`` as ``open`` does.
        """
        ...


@runtime_checkable
class SharesTextIndexes(JoinsTextIndexes, Protocol):
    """One that can be asked for what one shard holds, scored by the counts of all.

    Readers of shards ask so; without it, each would search the texts of all shards.
    """

    def open_share(
        self, folders: Sequence[Path], rows: Sequence[NDArray[np.int64]], share: int
    ) -> TextIndex:
        """As ``open_joined``, but what is found is of the folder numbered *share* alone."""
        ...
