"""What the answers of a catalog are made of: its keys and rows, its pieces of text, its records."""

from __future__ import annotations

import contextlib
import functools
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.records import ArchivalReference, DocumentRow, Span
from docproc.records.citation_id import place_of
from docproc.references import PrintedForms
from docproc.store.catalog import schema
from docproc.store.catalog.connection import TakingTurns
from docproc.store.catalog.passage_rows import cut_span, piece_keys

DOCUMENT = (
    "key, id, source, member, title, sender, recipient, place, date, date_printed, kind,"
    " language, reference, characters, passages"
)
_AT_ONCE = 500


class Queries:
    """Asks the database at *path*; what it cannot read is damaged, and said to be."""

    path: Path
    _db: TakingTurns

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with schema.raise_store_errors(self.path):
            return self._db.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _decoding(self) -> Iterator[None]:
        """SQLite does not notice every flipped byte; what it lets through fails here."""
        try:
            yield
        except (KeyError, ValueError, struct.error, msgspec.MsgspecError) as error:
            raise StoreError(
                f"{self.path}: damaged: {error!r}; `docproc verify --all` tells what else is"
            ) from error

    def _array(self, name: str, dtype: Any) -> NDArray[Any]:
        ((data,),) = self._all("SELECT data FROM arrays WHERE name = ?", (name,))
        return np.frombuffer(data, dtype)

    @functools.cached_property
    def _documents(self) -> NDArray[np.int64]:
        """The documents' keys, rising."""
        return self._array("keys", "<i8")

    @functools.cached_property
    def _firsts(self) -> NDArray[np.int64]:
        """Each document's first row, and one past the last row at the end."""
        return self._array("firsts", "<i8")

    @functools.cached_property
    def _facts(self) -> NDArray[Any]:
        return self._array("facts", schema.ROW)

    @functools.cached_property
    def _places_of_documents(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        paths = self._all("SELECT source, member FROM documents ORDER BY key")
        places = np.array([int(place_of(*each), 16) for each in paths], np.uint32)
        order = np.argsort(places, kind="stable")
        return places[order], order

    @functools.cached_property
    def _printed(self) -> PrintedForms:
        decode = msgspec.json.Decoder(ArchivalReference).decode
        with schema.raise_store_errors(self.path), self._decoding():
            every = self._db.execute("SELECT record FROM refs")
            return PrintedForms(decode(record) for (record,) in every)

    def _keys_of(self, rows: Iterable[int]) -> list[int]:
        numbers = np.fromiter(rows, np.int64)
        total = int(self._firsts[-1])
        if len(numbers) and (numbers.min() < 0 or numbers.max() >= total):
            bad = int(numbers.min() if numbers.min() < 0 else numbers.max())
            raise StoreError(
                f"{self.path}: has {total} passages, and passage {bad} was asked for: "
                "an index beside it is of another generation"
            )
        at = np.searchsorted(self._firsts, numbers, side="right") - 1
        keys = (self._documents[at] << schema.SHIFT) | (numbers - self._firsts[at])
        return [int(key) for key in keys]

    def _row_of(self, key: int) -> int:
        at = int(np.searchsorted(self._documents, key >> schema.SHIFT))
        return int(self._firsts[at]) + (key & ((1 << schema.SHIFT) - 1))

    def _document(self, document_id: str, columns: str) -> tuple[Any, ...]:
        found = self._all(f"SELECT {columns} FROM documents WHERE id = ?", (document_id,))  # noqa: S608
        if not found:
            raise KeyError(document_id)
        return found[0]

    def _document_row(self, key: int, *values: Any) -> DocumentRow:
        names = DOCUMENT.split(", ")[1:]
        at = int(np.searchsorted(self._documents, key))
        row = dict(zip(names, values, strict=True))
        return DocumentRow(**row, first_row=int(self._firsts[at]))

    def _select(self, sql: str, keys: Iterable[int] | Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Run *sql*, which ends in ``IN``, over *keys*, some hundreds at once."""
        wanted = sorted(keys)
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            yield from self._all(f"{sql} ({','.join('?' * len(some))})", some)

    def _fetch(self, columns: str, keys: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        found = self._select(f"SELECT {columns} FROM passages WHERE key IN", set(keys))  # noqa: S608
        rows = {row[0]: row for row in found}
        if len(rows) != len(set(keys)):
            raise StoreError(f"{self.path}: passages are missing from it: it is damaged")
        return rows

    def _ids(self, keys: set[int]) -> dict[int, str]:
        return dict(self._select("SELECT key, id FROM documents WHERE key IN", keys))

    def _pieces(self, wanted: Iterable[range]) -> dict[int, str]:
        keys = {key for pieces in wanted for key in pieces}
        return dict(self._select("SELECT key, piece FROM texts WHERE key IN", keys))

    def _references(
        self, wanted: set[tuple[int, int | None]]
    ) -> dict[tuple[int, int | None], ArchivalReference]:
        documents = {document for document, ordinal in wanted if ordinal is not None}
        found = self._select(
            "SELECT document, ordinal, record FROM refs WHERE document IN", documents
        )
        with self._decoding():
            return {
                (document, ordinal): msgspec.json.decode(record, type=ArchivalReference)
                for document, ordinal, record in found
                if (document, ordinal) in wanted
            }

    def _text(self, document: int, span: Span) -> str:
        keys = piece_keys(document, span)
        pieces = self._pieces([keys])
        return cut_span(document, span, pieces)
