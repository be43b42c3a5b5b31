"""The scope of some passages: which vectors a search may name, by their fields or by their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docproc.hooks.vector_rows import RowFilter, RowScope

if TYPE_CHECKING:
    from docproc.retrieval.generation.open_generation import OpenGeneration

Rows = NDArray[np.int64]
FilterOf = Callable[["int | None"], RowFilter]


def _no_filter(_: int | None) -> RowFilter:
    return RowFilter()


class PassageScope(RowScope):
    """The vectors of *passages*, sorted rows of *held*, and of their sentences.

    *filter_of* gives the conditions on their fields: of a shard, by its number, or of the whole.
    """

    def __init__(
        self, held: OpenGeneration, passages: Rows, filter_of: FilterOf = _no_filter
    ) -> None:
        super().__init__(lambda: held.units_of(passages), lambda: filter_of(None))
        self._held = held
        self.passages = passages
        self.filter_of = filter_of

    def holds(self, rows: Rows) -> NDArray[np.bool_]:
        owners = self._held.owners[rows].astype(np.int64)
        if not len(self.passages):
            return np.zeros(len(rows), np.bool_)
        at = np.minimum(np.searchsorted(self.passages, owners), len(self.passages) - 1)
        found: NDArray[np.bool_] = self.passages[at] == owners
        return found

    def without(self, gone: Rows) -> PassageScope:
        """The same scope without the passages *gone*, which its filter leaves out already."""
        kept = self.passages[~np.isin(self.passages, gone)]
        return PassageScope(self._held, kept, self.filter_of)

    def of_shard(self, number: int, held: OpenGeneration, passages: Rows) -> PassageScope:
        """What of it lies in one shard: *passages* of *held*."""
        return PassageScope(held, passages, lambda _: self.filter_of(number))
