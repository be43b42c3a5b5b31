"""What a vector index must do with a scope, and with vectors that are no array of this process."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from docproc.hooks import VectorIndexer
from docproc.hooks.vector_rows import Condition, RowFilter, RowScope, ask_by_scope
from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.checks.index_folders import build_and_move
from docproc.testing.checks.search_by_lists import (
    FetchedRows,
    build_index,
    by_lists,
    hold_equal,
    made_up_fields,
    search_checked,
)
from docproc.testing.contract import break_promise, check

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.testing.checks.vector_arithmetic import Floats

_SCOPED = "docproc.hooks.ScopedVectorIndex.search"
_FILTERS = (
    (),
    ((Condition("kind", "in", ("note",)),),),
    ((Condition("first_day", "at most", (19_000_400,)),),
     (Condition("last_day", "at least", (19_000_100,)),)),
    ((Condition("sender", "in", ("o\u2019hara \"the younger\" \\ co.", "Йоханссон")),
      Condition("sender_identity", "in", ("nobody",))),),
    ((Condition("document", "in", ("0003", "0007", "000b")),),),
    ((Condition("document", "not in", ("0003", "0007")),), (Condition("kind", "in", ("body",)),)),
    ((Condition("reference", "begins with", ("F. 2.",)),),),
    ((Condition("place", "in", ()),),),
)  # fmt: skip
"""Filters over the fields of ``made_up_fields``."""


class ScopeChecks(ImportingContract):
    """The checks of scopes, which ``VectorIndexContract`` has."""

    product: ClassVar[type] = VectorIndexer
    count: ClassVar[int] = 600
    least_recall: ClassVar[float] = 0.9

    @check(_SCOPED)
    def test_a_scope_of_fields_finds_the_nearest_of_its_rows(
        self, plugin: Any, vectors: Floats, folder: Path, questions: Floats
    ) -> None:
        """A scope is conditions on the fields of rows: the nearest of the rows for which they
        hold are found, and no other, whether the filter is exact or only narrows.
        """
        index = by_lists(plugin).open(folder, vectors).index
        fields = made_up_fields(np.arange(len(vectors)))
        for groups in _FILTERS:
            for exact in (True, False):
                conditions = RowFilter(groups, exact)
                rows = np.flatnonzero(conditions.holds(fields))
                if not exact:  # some of them alone
                    rows = rows[::2]
                scope = RowScope(partial(np.array, rows), partial(_same, conditions))
                for question in questions[:5]:
                    hits = search_checked(index, question, 10, scope, self.count)
                    strange = set(hits.rows.tolist()) - set(rows.tolist())
                    if strange:
                        break_promise(f"row {min(strange)} is not in the scope of {groups}")
                    best = np.sort(np.asarray(vectors)[rows] @ question)[::-1][:10]
                    found = int((hits.scores >= best[-1] - 1e-5).sum()) if len(best) else 0
                    if len(hits.rows) != len(best) or found < self.least_recall * len(best):
                        break_promise(
                            f"of the {len(best)} nearest in the scope of {groups}: {found}"
                        )

    @check(_SCOPED)
    def test_vectors_that_are_not_mapped_are_indexed_and_searched(
        self, plugin: Any, vectors: Floats, questions: Floats, tmp_path: Path
    ) -> None:
        """The vectors may lie elsewhere: they are read as a stream, and fetched by their rows."""
        far = FetchedRows(vectors)
        indexer = ask_by_scope(plugin)
        folder = build_and_move(lambda folder: indexer.build(far, folder), tmp_path)
        index = indexer.open(folder, far)
        expected = by_lists(plugin).open(build_index(plugin, vectors, tmp_path), vectors)
        for question in questions[:10]:
            hold_equal(index, expected, question, "over vectors that are fetched")


def _same(conditions: RowFilter) -> RowFilter:
    return conditions
