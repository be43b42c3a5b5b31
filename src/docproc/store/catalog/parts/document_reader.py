"""The list of documents from a catalog: one line a document, without its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from docproc.records import DocumentRow
from docproc.store.catalog.tables.queries import Queries, RecentValues
from docproc.store.catalog.tables.schema import OWN_NAME

_DOCUMENT = (
    "key, id, source, member, title, sender, recipient, place, date, date_printed, kind,"
    " language, reference, characters, passages, sender_folded, recipient_folded"
)
_NAMES = _DOCUMENT.split(", ")[1:-2]
_PAST = np.iinfo(np.int64).max

ROWS_KEPT = 2_000
"""Lines of the list of documents that are kept for what is asked next: some megabytes."""


class DocumentReader:
    """Reads lines of the list of documents: from a number on, by number, by id."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._recent: RecentValues[str, DocumentRow] = RecentValues(ROWS_KEPT)

    def from_number(self, start: int) -> Iterator[DocumentRow]:
        """The list of documents from number *start* on, in the order of their rows."""
        keys = self._queries.documents
        first = int(keys[start]) if start < len(keys) else _PAST
        rows = self._queries.all(
            f"SELECT {_DOCUMENT} FROM documents WHERE key >= ? ORDER BY key",  # noqa: S608
            (first,),
        )
        return (self._row(*row) for row in rows)

    def by_numbers(self, numbers: Iterable[int]) -> list[DocumentRow]:
        """The documents of these numbers, in the order asked."""
        keys = [int(self._queries.documents[number]) for number in numbers]
        found = self._queries.among(
            f"SELECT {_DOCUMENT} FROM documents WHERE key IN",  # noqa: S608
            set(keys),
        )
        rows = {row[0]: self._row(*row) for row in found}
        return [rows[key] for key in keys]

    def by_ids(self, document_ids: Iterable[str]) -> dict[str, DocumentRow]:
        """Lines of the list of documents, by id; one that is not there is left out."""
        return self._recent.get_all(sorted(set(document_ids)), self._read)

    def _read(self, ids: Iterable[str]) -> dict[str, DocumentRow]:
        found = self._queries.among(
            f"SELECT {_DOCUMENT} FROM documents WHERE id IN",  # noqa: S608
            ids,
        )
        rows = (self._row(*row) for row in found)
        return {row.id: row for row in rows}

    def columns(self, document_id: str, columns: str) -> tuple[Any, ...]:
        """*columns* of the document of that id.  Raises ``KeyError``."""
        found = self._queries.all(f"SELECT {columns} FROM documents WHERE id = ?", (document_id,))  # noqa: S608
        if not found:
            raise KeyError(document_id)
        return found[0]

    def by_id(self, document_id: str) -> DocumentRow:
        """One line of the list of documents.  Raises ``KeyError``."""
        return self._row(*self.columns(document_id, _DOCUMENT))

    def _row(self, key: int, *values: Any) -> DocumentRow:
        at = int(np.searchsorted(self._queries.documents, key))
        row = dict(zip(_NAMES, values[:-2], strict=True))
        own = " ".join(filter(None, (f.partition(OWN_NAME)[2] for f in values[-2:] if f)))
        return DocumentRow(**row, first_row=int(self._queries.firsts[at]), own_names=own or None)
