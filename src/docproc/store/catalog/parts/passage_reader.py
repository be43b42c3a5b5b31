"""Passages and texts from a catalog: each cut from the pieces that its document is kept in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from docproc.errors import StoreError
from docproc.records import ArchivalReference, Passage, PassageKind, Span
from docproc.store.catalog.rows import PassageView
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.compressed import restore
from docproc.store.catalog.tables.passage_rows import (
    PASSAGE,
    cut_span,
    from_row,
    piece_keys,
    pieces_of,
    reference_of,
)
from docproc.store.catalog.tables.queries import Queries, RecentValues

PASSAGES_KEPT = 1_000
"""Passages that are kept for what is asked next: some megabytes."""
IDS_KEPT = 20_000


class PassageReader:
    """Reads passages by row, with or without their texts, and the text of a document."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._recent: RecentValues[int, Passage] = RecentValues(PASSAGES_KEPT)
        self._recent_ids: RecentValues[int, str] = RecentValues(IDS_KEPT)

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these *rows*, in the order asked."""
        wanted = list(rows)
        found = self._recent.get_all(wanted, self._read)
        return [found[row] for row in wanted]

    def _read(self, rows: Sequence[int]) -> dict[int, Passage]:
        """The passages of these *rows*, each once."""
        wanted = self._queries.keys_of(rows)
        found = self._fetch(PASSAGE, wanted)
        documents = self._ids({key >> schema.SHIFT for key in found})
        pieces = self._pieces(pieces_of(row) for row in found.values())
        references = self._references({reference_of(row) for row in found.values()})
        with self._queries.decoding():
            return {
                row: from_row(found[key], documents[key >> schema.SHIFT], pieces, references)
                for row, key in zip(rows, wanted, strict=True)
            }

    def views(self, rows: Iterable[int]) -> list[PassageView]:
        """The passages of these *rows* without their texts, in the order asked."""
        numbers = list(rows)
        wanted = self._queries.keys_of(numbers)
        found = self._fetch('key, start, "end", kind, locator, note, language', wanted)
        documents = self._ids({key >> schema.SHIFT for key in found})
        views = []
        for number, key in zip(numbers, wanted, strict=True):
            _, start, end, kind, *rest = found[key]
            document = documents[key >> schema.SHIFT]
            views.append(PassageView(number, document, Span(start, end), PassageKind(kind), *rest))
        return views

    def text(self, document: int, span: Span) -> str:
        """The characters of *span* in the document of that key."""
        pieces = self._pieces([piece_keys(document, span)])
        return cut_span(document, span, pieces)

    def _fetch(self, columns: str, keys: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        found = self._queries.among(f"SELECT {columns} FROM passages WHERE key IN", set(keys))  # noqa: S608
        rows = {row[0]: row for row in found}
        if len(rows) != len(set(keys)):
            path = self._queries.path
            raise StoreError(f"{path}: passages are missing from it: it is damaged")
        return rows

    def _ids(self, keys: set[int]) -> dict[int, str]:
        return self._recent_ids.get_all(
            keys,
            lambda new: dict(
                self._queries.among("SELECT key, id FROM documents WHERE key IN", new)
            ),
        )

    def _pieces(self, wanted: Iterable[range]) -> dict[int, str]:
        keys = {key for pieces in wanted for key in pieces}
        found = self._queries.among("SELECT key, piece FROM texts WHERE key IN", keys)
        with self._queries.decoding():
            return {key: restore(piece) for key, piece in found}

    def _references(
        self, wanted: set[tuple[int, int | None]]
    ) -> dict[tuple[int, int | None], ArchivalReference]:
        documents = {document for document, ordinal in wanted if ordinal is not None}
        found = self._queries.among(
            "SELECT document, ordinal, record FROM refs WHERE document IN", documents
        )
        with self._queries.decoding():
            return {
                (document, ordinal): msgspec.json.decode(record, type=ArchivalReference)
                for document, ordinal, record in found
                if (document, ordinal) in wanted
            }
