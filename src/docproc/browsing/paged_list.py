"""The list of documents a page at a time: all are read once, then the rows of a page alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from docproc.browsing.listing import arrange, check_kind, hold_passages
from docproc.dataclass_on_use import dataclass
from docproc.records import DocumentRow, Scope
from docproc.store.catalog import Catalog


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some documents of a list, and how many the whole list has."""

    rows: list[DocumentRow]
    found: int


class PagedList:
    """The documents of one catalog, in the orders that were asked for.

    Of each document two numbers are kept, and one more for each order.  *understand* makes a
    scope of words.
    """

    def __init__(
        self, catalog: Catalog, understand: Callable[[str | Scope], Scope] | None = None
    ) -> None:
        self._catalog = catalog
        self._understand = understand
        self._orders: dict[str, NDArray[np.int32]] = {}
        self._lock = RLock()  # many who ask at once wait for one reading

    def page(
        self,
        scope: str | Scope = "",
        kind: str | None = None,
        sort: str = "date",
        start: int = 0,
        limit: int = 50,
    ) -> ListPage:
        """At most *limit* documents from *start* on, of those within *scope* and of that *kind*.

        As ``documents_within`` and ``sort_rows`` list them.  Raises ``UsageError`` for another
        order than ``SORTS``, for a kind that none of them is, and for words that are no scope.
        """
        if self._understand is not None:
            scope = self._understand(scope)
        numbers = self._order(sort)
        if isinstance(scope, Scope) and not scope.everything:
            numbers = numbers[hold_passages(self._catalog, scope)[numbers]]
        if kind is not None:
            names, codes = self._kinds
            there = {names[code] for code in np.unique(codes[numbers]).tolist()} - {""}
            numbers = numbers[codes[numbers] == names.index(check_kind(kind, there))]
        shown = numbers[start : start + limit].tolist()
        return ListPage(self._catalog.documents_at(shown), len(numbers))

    def _order(self, sort: str) -> NDArray[np.int32]:
        """The numbers of the documents that can be read, sorted by one of ``SORTS``."""
        with self._lock:
            if sort not in self._orders:
                self._orders[sort] = self._numbers[arrange(list(self._catalog.documents()), sort)]
            return self._orders[sort]

    @cached_property
    def _numbers(self) -> NDArray[np.int32]:
        every = np.arange(len(self._catalog.first_rows) - 1, dtype=np.int32)
        return np.delete(every, self._catalog.absent)

    @cached_property
    def _kinds(self) -> tuple[list[str], NDArray[np.int32]]:
        """The kinds there are, and by a document's number which of them it is."""
        with self._lock:
            names: dict[str, int] = {"": 0}
            codes = np.zeros(len(self._catalog.first_rows) - 1, np.int32)
            each = zip(self._numbers.tolist(), self._catalog.documents(), strict=True)
            for number, row in each:
                codes[number] = names.setdefault(row.kind or "", len(names))
            return list(names), codes
