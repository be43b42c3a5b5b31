"""A shard that a reader in another process has open: what is wanted of it is asked there."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from secrets import token_hex
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import IndexSilent, ShardsSilent, StoreError
from docproc.hooks.indexes import TextHits, VectorHits
from docproc.hooks.vector_rows import RowFilter, RowScope
from docproc.retrieval.generation.open_generation import Floats, OpenGeneration
from docproc.retrieval.generation.passage_scope import PassageScope
from docproc.retrieval.generation.shards_at_once import ShardThreads
from docproc.retrieval.generation.silent_indexes import PatientIndex
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog.shard_map import Rows, ShardMap, shard_of
from docproc.store.catalog.views.other_process import CatalogApart
from docproc.verification.cite import Verifier

if TYPE_CHECKING:
    from docproc.hooks.execution import Work
    from docproc.hooks.vector_rows import ScopedVectorIndex
    from docproc.records import SourceFile, Span
    from docproc.store.catalog import Catalog


@dataclass
class RemoteShard(OpenGeneration):
    """Shard *number*, asked through *reader*, which was opened with the task of that *key*.

    Where its rows stand in the whole say *places*.
    """

    number: int = 0
    reader: Work | None = None
    key: str = ""
    places: ShardMap | None = None

    def ask(self, what: str, *given: Any) -> Any:
        """What the reader answers.

        Raises what was raised there, and ``ShardsSilent`` where it does not answer.
        """
        assert self.reader is not None
        try:
            answer = self.reader(pickle.dumps((self.key, what, given), pickle.HIGHEST_PROTOCOL))
        except IndexSilent as error:
            raise ShardsSilent(
                f"the reader of shard {self.number} does not answer: {error}", [self.number]
            ) from error
        sound, value = pickle.loads(answer)  # noqa: S301 - docproc's own
        if not sound:
            raise value
        return value

    @cached_property
    def catalog(self) -> Catalog:
        assert self.places is not None
        sizes = self.places.passages[self.places.numbers[self.number]]
        firsts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        return CatalogApart(self.folder, self.ask, firsts)

    @cached_property
    def vectors(self) -> Floats:
        return _ArrayApart(partial(self.ask, "vectors"))  # type: ignore[return-value]

    @cached_property
    def document_vectors(self) -> Floats:
        return _ArrayApart(partial(self.ask, "document_vectors"))  # type: ignore[return-value]

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        return _ArrayApart(partial(self.ask, "owners"))  # type: ignore[return-value]

    @cached_property
    def vector_index(self) -> ScopedVectorIndex:
        return PatientIndex(str(self.folder), lambda: _IndexApart(self))

    def _firsts(self, rows: Rows) -> Rows:
        return cast("Rows", self.ask("firsts", rows))


class _ArrayApart:
    """An array of which rows are fetched."""

    def __init__(self, fetch: Callable[[Rows], Any]) -> None:
        self._fetch = fetch

    def __getitem__(self, rows: Rows) -> Any:
        return self._fetch(rows)


class _IndexApart:
    """The vector index that a reader has open, or asks in its turn, where that lies elsewhere."""

    elsewhere = True

    def __init__(self, held: RemoteShard) -> None:
        self._held = held
        self._by_filter: bool | None = None

    def search(self, vector: Floats, k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows of *scope*."""
        passages = rows = None
        row_filter = RowFilter()
        if isinstance(scope, PassageScope):
            passages = scope.passages
            if self._by_filter is None:
                self._by_filter = self._held.ask("elsewhere")
            if self._by_filter:
                row_filter = scope.filter
        elif scope is not None:
            rows = scope.rows
        hits = self._held.ask("search", vector, k, passages, rows, row_filter)
        return cast("VectorHits", hits)


class RemoteTextIndex:
    """The text indexes called *name* of the shards *apart*, read as one.

    Each reader scores by the counts of all, so that what they find has only to be put in order.
    *rows_of* says which rows of the whole are a shard's.
    """

    def __init__(
        self,
        name: str,
        apart: Sequence[RemoteShard],
        rows_of: Callable[[int], Rows],
        together: ShardThreads,
    ) -> None:
        self._name = name
        self._apart = apart
        self._rows_of = rows_of
        self._together = together
        self.rows, self.languages = self._ask_any("text_facts", name)
        self.document_frequency = lru_cache(WEIGHTS.frequencies_kept)(self._frequency)

    def _frequency(self, term: str) -> int:
        """How many texts of all shards have *term*."""
        return cast("int", self._ask_any("frequency", self._name, term))

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        """The *k* best rows of the whole, among the sorted rows *allowed*."""
        steps = []
        for part in self._apart:
            within = None
            if allowed is not None:
                within = np.intersect1d(allowed, self._rows_of(part.number), assume_unique=True)
                if not len(within):
                    continue
            steps.append(partial(part.ask, "words", self._name, question, k, within))
        found = cast("list[TextHits]", self._together(steps))
        scores = np.concatenate([np.zeros(0, np.float32), *(hits.scores for hits in found)])
        rows = np.concatenate([np.zeros(0, np.int64), *(hits.rows for hits in found)])
        best = np.lexsort((rows, -scores))[: max(k, 0)]
        return TextHits(scores[best], rows[best])

    def _ask_any(self, what: str, *given: Any) -> Any:
        """What any reader answers: each knows the counts of all."""
        return self._apart[0].ask(what, *given)


class ShardedVerifier(Verifier):
    """Has each quotation checked by the reader of the shard that its source belongs to."""

    def __init__(self, apart: Sequence[RemoteShard | None]) -> None:
        self._apart = apart
        self._answer = token_hex(8)

    def stands(self, source: SourceFile, member: str, span: Span, quote: str) -> tuple[bool, str]:
        part = self._apart[shard_of(source.path, len(self._apart))]
        if part is None:
            raise StoreError(f"{source.path}: the shard that it belongs to cannot be read")
        given = (self._answer, source, member, span, quote)
        return cast("tuple[bool, str]", part.ask("check", *given))
