"""Reading a finished catalog."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.persons import Register
from docproc.records import (
    CitationId,
    Document,
    DocumentRow,
    Passage,
    PassageKind,
    Scope,
    Span,
)
from docproc.store.catalog import reading, schema
from docproc.store.catalog.connection import TakingTurns
from docproc.store.catalog.passage_rows import (
    PASSAGE,
    from_row,
    pieces_of,
    reference_of,
)
from docproc.store.catalog.queries import DOCUMENT, Queries
from docproc.store.catalog.row_fields import RowFieldReader, filter_of
from docproc.store.catalog.rows import Failure, PassageView, SourceState
from docproc.store.catalog.scoping import (
    OtherShards,
    documents_printing,
    register_of,
    rows_within,
)
from docproc.store.catalog.shelves import Shelf, shelves_of
from docproc.store.manifest import Counts
from docproc.store.shard import KEY_BYTES
from docproc.store.vectors import Keys

UNDATED = np.iinfo(np.int64).max
_AT_ONCE = 500
_BETWEEN = 2
"""Characters between two passages: an empty line."""


class Catalog(Queries):
    """A finished catalog, open for reading; many may read it, from any thread.

    Passages are numbered 0..n-1, a document's one after another in the order of its text.
    Every method raises ``StoreError``, naming the file, where it turns out to be damaged.
    """

    def __init__(self, path: Path) -> None:
        """Open the catalog at *path*.

        Raises ``StoreError`` if it is missing, unfinished, or of another format.
        """
        self.path = path
        self._db = TakingTurns(schema.connect(path, "ro"))

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Catalog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # the whole

    @functools.cached_property
    def counts(self) -> Counts:
        ((value,),) = self._all("SELECT value FROM meta WHERE name = 'counts'")
        return msgspec.json.decode(value, type=Counts)

    @property
    def first_rows(self) -> NDArray[np.int64]:
        """Each document's first row, in the order of ``documents``; then one past the last."""
        return self._firsts

    @functools.cached_property
    def first_days(self) -> NDArray[np.int64]:
        """The first day that each document's date can mean, as ``yyyymmdd``, in the same order.

        Undated documents have a day after every other.
        """
        # without ORDER BY, which would scan the records instead of `documents_by_scope`
        rows = self._all("SELECT key, ifnull(date_start, ?) FROM documents", (UNDATED,))
        table = np.array(sorted(rows), np.int64).reshape(-1, 2)
        return table[:, 1]

    @property
    def absent(self) -> NDArray[np.int64]:
        """The numbers of documents of which nothing can be read here: shards that are missing."""
        return np.zeros(0, np.int64)

    def place_earlier(self, earlier: Catalog) -> NDArray[np.int64]:
        """Where each document of *earlier* stands here, in its order; -1 where it is gone.

        *earlier* is the catalog that this one was made from.  What it has in common with this
        one stands in the same order in both, before everything new.
        """
        at = np.searchsorted(self._documents, earlier._documents)
        inside = np.minimum(at, max(len(self._documents) - 1, 0))
        if not len(self._documents) or not len(at):
            return np.full(len(at), -1, np.int64)
        same = self._documents[inside] == earlier._documents
        here, then = (
            np.array([id_ for (id_,) in each._all("SELECT id FROM documents ORDER BY key")])
            for each in (self, earlier)
        )
        same &= here[inside] == then
        return np.where(same, at, -1).astype(np.int64)

    def sources(self) -> dict[str, SourceState]:
        """Every source, by path."""
        with schema.raise_store_errors(self.path):
            return reading.sources(self._db)

    def read_by(self, path: str) -> tuple[str, str, str] | None:
        """The parser that read the source at *path*, its version then, and the recipe's hash."""
        found = self._all(
            "SELECT parser, parser_version, recipe FROM sources WHERE path = ?", (path,)
        )
        return (str(found[0][0]), str(found[0][1]), str(found[0][2])) if found else None

    def failures(self) -> dict[str, Failure]:
        """Every source in quarantine, by path."""
        with schema.raise_store_errors(self.path):
            return reading.failures(self._db)

    def text_in_passages(self) -> dict[str, tuple[int, int]]:
        """The length of each document, without what parts its passages, and that in passages.

        By its file, with the path within; two of one name are counted together.
        """
        inside_of = dict(
            self._all(
                'SELECT key >> ? AS document, sum("end" - start) FROM passages GROUP BY 1',
                (schema.SHIFT,),
            )
        )
        rows = self._all("SELECT key, source, member, characters, passages FROM documents")
        found: dict[str, tuple[int, int]] = {}
        for key, source, member, length, passages in sorted(rows):
            inside = inside_of.get(key, 0)
            name = f"{source}/{member}" if member else source
            before = found.get(name, (0, 0))
            own = max(length - _BETWEEN * max(passages - 1, 0), inside)
            found[name] = (before[0] + own, before[1] + inside)
        return found

    def looks(self) -> dict[str, tuple[int, int]]:
        """The size and the time of change (ns) of every file, by path, when it was last looked at.

        Sources and failures together; a tenth of the cost of either.
        """
        with schema.raise_store_errors(self.path):
            return reading.looks(self._db)

    # documents

    def documents(self, start: int = 0) -> Iterator[DocumentRow]:
        """The list of documents from number *start* on, in the order of their rows."""
        first = int(self._documents[start]) if start < len(self._documents) else UNDATED
        rows = self._all(
            f"SELECT {DOCUMENT} FROM documents WHERE key >= ? ORDER BY key",  # noqa: S608
            (first,),
        )
        return (self._document_row(*row) for row in rows)

    def documents_at(self, numbers: Iterable[int]) -> list[DocumentRow]:
        """The documents of these numbers, as ``documents`` counts them, in the order asked."""
        keys = [int(self._documents[number]) for number in numbers]
        found = self._select(f"SELECT {DOCUMENT} FROM documents WHERE key IN", set(keys))  # noqa: S608
        rows = {row[0]: self._document_row(*row) for row in found}
        return [rows[key] for key in keys]

    def document_row(self, document_id: str) -> DocumentRow:
        """One line of the list of documents.  Raises ``KeyError``."""
        return self._document_row(*self._document(document_id, DOCUMENT))

    def document_rows(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        """Lines of the list of documents, by id; one that is not there is left out."""
        found = self._select(f"SELECT {DOCUMENT} FROM documents WHERE id IN", set(document_ids))  # noqa: S608
        rows = (self._document_row(*row) for row in found)
        return {row.id: row for row in rows}

    def document(self, document_id: str) -> Document:
        """The document of that id, as its stages left it.  Raises ``KeyError``."""
        key, record, length = self._document(document_id, "key, record, characters")
        with self._decoding():
            document = msgspec.json.decode(record, type=Document)
            return replace(document, text=self._text(key, Span(0, length)))

    def names(self, column: Literal["sender", "recipient", "place"]) -> list[str]:
        """The distinct senders, recipients or places of the documents, as printed, sorted."""
        sql = f"SELECT DISTINCT {column} FROM documents WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608
        return [name for (name,) in self._all(sql)]

    def documents_starting(self, beginning: str) -> list[str]:
        """The ids of the documents whose id begins so, sorted."""
        found = self._all(
            "SELECT id FROM documents WHERE id >= ? AND id < ? ORDER BY id",
            (beginning, beginning + "g"),  # after every hexadecimal digit
        )
        return [document_id for (document_id,) in found]

    def documents_of(self, source: str, *, exactly: bool = False) -> list[str]:
        """The ids of the documents of a source, given by its path or, not *exactly*, its end.

        The path may lead on to one document of several: ``box.zip/letters/3.txt``.
        """
        sql = "SELECT id FROM documents WHERE source = ?1"
        if not exactly:
            sql += (
                " OR substr(source, -length(?1) - 1) = '/' || ?1 OR member <> ''"
                " AND substr('/' || source || '/' || member, -length(?1) - 1) = '/' || ?1"
            )
        return [document_id for (document_id,) in self._all(f"{sql} ORDER BY key", (source,))]

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        """The documents of whose path those are the digits in a stable name."""
        places, order = self._places_of_documents
        sought = np.uint32(int(place, 16))
        first, end = (np.searchsorted(places, sought, side=side) for side in ("left", "right"))
        return self.documents_at(sorted(order[first:end].tolist()))

    # passages

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these *rows*, in the order asked."""
        wanted = self._keys_of(rows)
        found = self._fetch(PASSAGE, wanted)
        documents = self._ids({key >> schema.SHIFT for key in found})
        pieces = self._pieces(pieces_of(row) for row in found.values())
        references = self._references({reference_of(row) for row in found.values()})
        with self._decoding():
            return [
                from_row(found[key], documents[key >> schema.SHIFT], pieces, references)
                for key in wanted
            ]

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        """The passages of these *rows* without their texts, in the order asked."""
        numbers = list(rows)
        wanted = self._keys_of(numbers)
        found = self._fetch('key, start, "end", kind, locator, note, language', wanted)
        documents = self._ids({key >> schema.SHIFT for key in found})
        views = []
        for number, key in zip(numbers, wanted, strict=True):
            _, start, end, kind, *rest = found[key]
            document = documents[key >> schema.SHIFT]
            views.append(PassageView(number, document, Span(start, end), PassageKind(kind), *rest))
        return views

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in the order of its text.  Raises ``KeyError``."""
        return self.passages(self.rows_of(document_id))

    def number_of(self, document_id: str) -> int:
        """The number of a document, as ``documents`` counts them.  Raises ``KeyError``."""
        (key,) = self._document(document_id, "key")
        return int(np.searchsorted(self._documents, key))

    def rows_of(self, document_id: str) -> range:
        """The rows of a document's passages.  Raises ``KeyError``."""
        at = self.number_of(document_id)
        return range(int(self._firsts[at]), int(self._firsts[at + 1]))

    def each_document(self, start: int = 0) -> Iterator[tuple[DocumentRow, list[Passage]]]:
        """The documents from number *start* on, each with its passages, by row."""
        batch: list[DocumentRow] = []
        for row in self.documents(start):
            batch.append(row)
            if row.first_row + row.passages - batch[0].first_row >= _AT_ONCE:
                yield from self._with_passages(batch)
                batch = []
        yield from self._with_passages(batch)

    def _with_passages(
        self, batch: Sequence[DocumentRow]
    ) -> Iterator[tuple[DocumentRow, list[Passage]]]:
        if batch:
            rows = (range(each.first_row, each.first_row + each.passages) for each in batch)
            found = self.passages(chain.from_iterable(rows))
            at = 0
            for row in batch:
                yield row, found[at : at + row.passages]
                at += row.passages

    def rows_starting(self, beginning: str) -> list[int]:
        """The rows of the passages whose id begins so, sorted.

        *beginning* is of hexadecimal digits; any other has no rows.
        """
        if not beginning or set(beginning) - set("0123456789abcdef"):
            return []
        head = beginning[:16]
        low, high = schema.tag_of(head.ljust(16, "0")), schema.tag_of(head.ljust(16, "f"))
        found = self._all("SELECT key FROM passages WHERE tag BETWEEN ? AND ?", (low, high))
        rows = sorted(self._row_of(key) for (key,) in found)
        if len(beginning) <= 16:
            return rows
        passages = zip(rows, self.passages(rows), strict=True)
        return [row for row, passage in passages if passage.id.startswith(beginning)]

    def row_of(self, passage_id: str) -> int:
        """The row of the passage of that id.  Raises ``KeyError``."""
        rows = self.rows_starting(passage_id) if len(passage_id) == 64 else []
        if not rows:
            raise KeyError(passage_id)
        return rows[0]

    def rows_where(self, scope: Scope, whole: OtherShards | None = None) -> NDArray[np.int64]:
        """The rows of the passages within *scope*, sorted.

        *whole* is what the other shards have to say, where this catalog is one of several.
        """
        with schema.raise_store_errors(self.path):
            return rows_within(self._db, scope, self._documents, self._firsts, self._facts, whole)

    def row_filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,  # noqa: ARG002 - see ShardedCatalog
        whole: OtherShards | None = None,
    ) -> RowFilter:
        """What *scope*, without some documents, says of the fields of rows; *whole* as above.

        *shard* is of which shard, where there are any.
        """
        with schema.raise_store_errors(self.path):
            register = whole.register if whole else lambda: self.register
            return filter_of(self._db, scope, register, without, whole)

    def row_fields(self, rows: NDArray[np.int64]) -> RowFields:
        """What the passages at *rows* have in each field that a scope may ask for."""
        with schema.raise_store_errors(self.path):
            return self._row_fields.fields(rows)

    @functools.cached_property
    def _row_fields(self) -> RowFieldReader:
        return RowFieldReader(self._db, self._documents, self._firsts, self._facts)

    @functools.cached_property
    def register(self) -> Register:
        """Every person, body and place of the registers that the documents hold or come with."""
        with schema.raise_store_errors(self.path), self._decoding():
            return register_of(self._db)

    @functools.cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        """Where each document is kept, its edition and its witness, by the document's id."""
        with schema.raise_store_errors(self.path), self._decoding():
            return shelves_of(self._db)

    def correspondents(self) -> dict[str, tuple[str | None, str | None]]:
        """The identities of sender and recipient of each document, by id, where one is known."""
        found: dict[str, list[str | None]] = {}
        for at, level in enumerate((schema.SENDER, schema.RECIPIENT)):
            for document, value in self._all(
                "SELECT id, value FROM levels JOIN documents ON key = document WHERE level = ?",
                (level,),
            ):
                found.setdefault(document, [None, None])[at] = value
        return {document: (sender, recipient) for document, (sender, recipient) in found.items()}

    def hides(self, _document_id: str, _source: str, _member: str, /) -> bool:
        """Whether that document is one of this generation and hidden: withdrawn, or withheld."""
        return False

    def withholds(self, _name: CitationId, /) -> str:
        """Why what a stable name names is hidden, in words; ``""`` where it is not."""
        return ""

    def prints(self, words: str) -> bool:
        """Whether the text of any document prints *words*, as ``references.prints`` matches."""
        with schema.raise_store_errors(self.path):
            return bool(len(documents_printing(self._db, words)))

    def is_printed(self, reference: str) -> bool:
        """Whether a reference of any document is printed so, from one of its words on."""
        return self._printed.holds(reference)

    # what is embedded

    def embed_keys(self) -> Keys:
        """The keys ``(n, 32)`` of all passages' vectors: SHA-256 of ``embed_text``, by row."""
        found = self._all("SELECT hashes FROM rows ORDER BY document")
        data = b"".join(hashes for (hashes,) in found)
        return np.frombuffer(data, np.uint8).reshape(-1, KEY_BYTES)

    def sentence_counts(self) -> NDArray[np.int64]:
        """How many sentences each passage has, ``(n,)``, by row."""
        return self._facts["sentences"].astype(np.int64)
