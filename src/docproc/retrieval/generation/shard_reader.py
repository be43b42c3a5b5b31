"""The reader of one shard: it has the shard open, in whatever process, and answers what is asked.

Its text index is open over all shards, by whose counts it scores, and finds what is its own.  It
checks quotations against the shard's own sources.  What is asked and answered are bytes, so that
any engine can carry them; both sides are docproc, of one version.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docproc.errors import IndexSilent, PluginError
from docproc.hooks.indexes import JoinsTextIndexes, SharesTextIndexes, TextHits, VectorHits
from docproc.hooks.vector_rows import RowFilter, RowScope
from docproc.records import Scope, SourceFile, Span
from docproc.retrieval.generation.index_guard import guard_index
from docproc.retrieval.generation.passage_scope import PassageScope
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog.parts.scoping import OtherShards, ReferenceMatch
from docproc.store.catalog.shard_map import ShardMap
from docproc.store.layout import DOCUMENT_TEXT, PASSAGE_TEXT, SHARDS, TEXT

if TYPE_CHECKING:
    from docproc.hooks.indexes import TextIndex
    from docproc.persons import Register
    from docproc.retrieval.generation.open_generation import Floats, OpenGeneration
    from docproc.verification.cite import Verifier

Rows = NDArray[np.int64]

ASKED_OF_CATALOG = frozenset(
    f"catalog.{name}"
    for name in (
        "counts", "first_days", "documents_at", "document_row", "document_rows", "document",
        "passages", "views", "number_of",
        "readings.sources", "readings.read_by", "readings.failures", "readings.looks",
        "readings.text_in_passages",
        "printed.names", "printed.correspondents", "printed.has_words", "printed.has_reference",
        "printed.persons", "printed.register",
        "finder.documents_starting", "finder.documents_at_place", "finder.rows_starting",
        "scoped.fields", "scoped.meets",
        "columns.embed_keys", "columns.sentence_counts",
    )
)  # fmt: skip


class ShardReader:
    """Answers from *held*, shard *number* of the generation in *whole*, whose rows are at *places*.

    *key* is what those who ask must know: that of the task that it was opened with.
    *names* are the folders of the shards that are there, by number; *verifier* gives what
    holds quotations against the sources of this workspace.
    """

    def __init__(
        self,
        held: OpenGeneration,
        key: str,
        number: int,
        whole: Path,
        places: ShardMap,
        names: dict[int, str],
        verifier: Callable[[], Verifier],
    ) -> None:
        self._held = held
        self._key = key
        self._number = number
        self._whole = whole
        self._places = places
        self._names = names
        self._verifier = verifier
        self._checking: OrderedDict[str, Verifier] = OrderedDict()
        self._lock = Lock()
        # what is damaged is said now
        _ = held.catalog, held.owners, held.document_vectors, held.vector_index

    def __call__(self, request: bytes) -> bytes:
        """Answer *request*: the key, the name of a method below, and what that is given.

        What that raises is answered as well, to be raised where it was asked.
        """
        key, what, given = pickle.loads(request)  # noqa: S301 - docproc's own
        try:
            if key != self._key:
                raise IndexSilent("its reader has another generation open by now")
            return pickle.dumps((True, self._answer(what, given)), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            return pickle.dumps((False, error))

    def _answer(self, what: str, given: Sequence[Any]) -> Any:
        if what in ASKED_OF_CATALOG:
            found = attrgetter(what)(self._held)
            return found(*given) if callable(found) else found
        return _ASKED[what](self, *given)

    # the catalog, where its answers have to be put otherwise

    def _shelves(self) -> dict[str, Any]:
        return dict(self._held.catalog.printed.shelves)

    def _documents_of(self, source: str, exactly: bool) -> list[str]:
        return self._held.catalog.finder.documents_of(source, exactly=exactly)

    def _rows(self, scope: Scope, whole: tuple[Register, ReferenceMatch | None] | None) -> Rows:
        return self._held.catalog.scoped.rows(scope, _other_shards(whole))

    def _filter(
        self,
        scope: Scope,
        without: Sequence[str],
        whole: tuple[Register, ReferenceMatch | None] | None,
    ) -> RowFilter:
        return self._held.catalog.scoped.filter(scope, without, whole=_other_shards(whole))

    # vectors

    def _vectors(self, rows: Rows) -> Floats:
        return np.asarray(self._held.vectors[rows])

    def _document_vectors(self, numbers: Rows) -> Floats:
        return np.asarray(self._held.document_vectors[numbers])

    def _owners(self, rows: Rows) -> NDArray[np.int32]:
        return np.asarray(self._held.owners[rows])

    def _firsts(self, rows: Rows) -> Rows:
        return self._held._firsts(rows)

    def _elsewhere(self) -> bool:
        return bool(getattr(self._held.vector_index, "elsewhere", False))

    def _search(
        self,
        vector: Floats,
        k: int,
        passages: Rows | None,
        rows: Rows | None,
        row_filter: RowFilter,
    ) -> VectorHits:
        scope: RowScope | None = None
        if passages is not None:
            scope = PassageScope(self._held, passages, lambda _: row_filter)
        elif rows is not None:
            scope = RowScope.of(rows)
        return self._held.vector_index.search(vector, k, scope)

    # words

    @cached_property
    def _texts(self) -> dict[str, TextIndex]:
        rows_of: dict[str, Callable[[int], Rows]] = {
            PASSAGE_TEXT: self._places.rows_of,
            DOCUMENT_TEXT: lambda number: self._places.numbers[number],
        }
        return {name: self._open_text(name, of) for name, of in rows_of.items()}

    def _open_text(self, name: str, rows_of: Callable[[int], Rows]) -> TextIndex:
        folders = [self._whole / SHARDS / each / TEXT / name for each in self._names.values()]
        rows = [rows_of(number) for number in self._names]
        share = list(self._names).index(self._number)
        indexer = self._held.text_indexer
        if isinstance(indexer, SharesTextIndexes):
            return guard_index(folders[0], lambda: indexer.open_share(folders, rows, share))
        if not isinstance(indexer, JoinsTextIndexes):
            raise PluginError("this text index cannot be searched in shards; run `docproc index`")
        joined = guard_index(folders[0], lambda: indexer.open_joined(folders, rows))
        return _Own(joined, rows[share])

    def _text_facts(self, name: str) -> tuple[int, tuple[str | None, ...]]:
        index = self._texts[name]
        return index.rows, tuple(index.languages)

    def _frequency(self, name: str, term: str) -> int:
        return self._texts[name].document_frequency(term)

    def _words(self, name: str, question: str, k: int, allowed: Rows | None) -> TextHits:
        return self._texts[name].search(question, k, allowed)

    # sources

    def _check(
        self, answer: str, source: SourceFile, member: str, span: Span, quote: str
    ) -> tuple[bool, str]:
        """Hold *quote* against the source; of one *answer* each source is read once."""
        with self._lock:
            verifier = self._checking.pop(answer, None) or self._verifier()
            self._checking[answer] = verifier
            while len(self._checking) > WEIGHTS.answers_kept:
                self._checking.popitem(last=False)
        return verifier.stands(source, member, span, quote)


_ASKED: dict[str, Callable[..., Any]] = {
    "shelves": ShardReader._shelves,
    "documents_of": ShardReader._documents_of,
    "rows": ShardReader._rows,
    "filter": ShardReader._filter,
    "vectors": ShardReader._vectors,
    "document_vectors": ShardReader._document_vectors,
    "owners": ShardReader._owners,
    "firsts": ShardReader._firsts,
    "elsewhere": ShardReader._elsewhere,
    "search": ShardReader._search,
    "text_facts": ShardReader._text_facts,
    "frequency": ShardReader._frequency,
    "words": ShardReader._words,
    "check": ShardReader._check,
}


def _other_shards(whole: tuple[Register, ReferenceMatch | None] | None) -> OtherShards | None:
    if whole is None:
        return None
    register, met = whole
    return OtherShards(lambda: register, met)


class _Own:
    """An index over all shards, in which only the sorted *rows* of one are found."""

    def __init__(self, index: TextIndex, rows: Rows) -> None:
        self._index = index
        self._rows = rows
        self.rows = index.rows
        self.languages = index.languages

    def document_frequency(self, term: str) -> int:
        return self._index.document_frequency(term)

    def search(self, question: str, k: int, allowed: Rows | None) -> TextHits:
        return self._index.search(question, k, self._rows if allowed is None else allowed)
