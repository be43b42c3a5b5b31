"""The rows of a catalog by scope, and what an index must know of rows to be asked by scope."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFields, RowFilter
from docproc.records import ArchivalReference, Scope
from docproc.store.catalog.parts.printed_content import PrintedContent
from docproc.store.catalog.parts.row_fields import RowFieldReader, filter_of
from docproc.store.catalog.parts.scoping import (
    OtherShards,
    ReferenceMatch,
    match_reference,
    rows_within,
)
from docproc.store.catalog.tables.queries import Queries


class ScopedRows:
    """The rows within a scope, its conditions on the fields of rows, and those fields."""

    def __init__(self, queries: Queries, printed: PrintedContent) -> None:
        self._queries = queries
        self._printed = printed

    def rows(self, scope: Scope, whole: OtherShards | None = None) -> NDArray[np.int64]:
        """The rows within *scope*, sorted; *whole* is what all shards say, of several."""
        asked = self._queries
        with asked.naming_file():
            return rows_within(asked.db, scope, asked.documents, asked.firsts, asked.facts, whole)

    def filter(
        self,
        scope: Scope,
        without: Sequence[str] = (),
        *,
        shard: int | None = None,  # noqa: ARG002 - see ShardedRows
        whole: OtherShards | None = None,
    ) -> RowFilter:
        """*scope*, without some documents, as conditions on fields; *shard*, *whole*: of many."""
        with self._queries.naming_file():
            register = whole.register if whole else lambda: self._printed.register
            return filter_of(self._queries.db, scope, register, without, whole)

    def fields(self, rows: NDArray[np.int64]) -> RowFields:
        """What the passages at *rows* have in each field that a scope may ask for."""
        with self._queries.naming_file():
            return self._fields.fields(rows)

    def meets(self, asked: ArchivalReference, met: ReferenceMatch) -> bool:
        """Whether the reference *asked* is met so here."""
        with self._queries.naming_file():
            return match_reference(self._queries.db, asked, met)

    @functools.cached_property
    def _fields(self) -> RowFieldReader:
        asked = self._queries
        return RowFieldReader(asked.db, asked.documents, asked.firsts, asked.facts)
