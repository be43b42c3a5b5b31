"""From ids, paths and places in stable names to the documents and passages of a catalog."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from docproc.records import DocumentRow
from docproc.records.citation_id import place_of
from docproc.store.catalog.parts.document_reader import DocumentReader
from docproc.store.catalog.parts.passage_reader import PassageReader
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.queries import Queries


class Finder:
    """Finds documents and passages by what names them."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def documents_starting(self, beginning: str) -> list[str]:
        """The ids of the documents whose id begins so, sorted."""
        found = self._queries.all(
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
        return [
            document_id for (document_id,) in self._queries.all(f"{sql} ORDER BY key", (source,))
        ]

    def documents_at_place(self, place: str) -> list[DocumentRow]:
        """The documents of whose path those are the digits in a stable name."""
        places, order = self._places
        sought = np.uint32(int(place, 16))
        first, end = (np.searchsorted(places, sought, side=side) for side in ("left", "right"))
        return DocumentReader(self._queries).by_numbers(sorted(order[first:end].tolist()))

    @functools.cached_property
    def _places(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The place of every document, rising, and the documents' numbers in that order."""
        paths = self._queries.all("SELECT source, member FROM documents ORDER BY key")
        places = np.array([int(place_of(*each), 16) for each in paths], np.uint32)
        order = np.argsort(places, kind="stable")
        return places[order], order

    def rows_starting(self, beginning: str) -> list[int]:
        """The rows of the passages whose id begins so, sorted; none for what is no id."""
        if not beginning or set(beginning) - set("0123456789abcdef"):
            return []
        head = beginning[:16]
        low, high = schema.tag_of(head.ljust(16, "0")), schema.tag_of(head.ljust(16, "f"))
        found = self._queries.all("SELECT key FROM passages WHERE tag BETWEEN ? AND ?", (low, high))
        rows = sorted(self._queries.row_of(key) for (key,) in found)
        if len(beginning) <= 16:
            return rows
        passages = zip(rows, PassageReader(self._queries).passages(rows), strict=True)
        return [row for row, passage in passages if passage.id.startswith(beginning)]

    def row_of(self, passage_id: str) -> int:
        """The row of the passage of that id.  Raises ``KeyError``."""
        rows = self.rows_starting(passage_id) if len(passage_id) == 64 else []
        if not rows:
            raise KeyError(passage_id)
        return rows[0]
