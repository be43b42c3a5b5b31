"""The checks that an opened index can be shared, and that two of one product are apart."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from docproc.testing.checks.import_cost import ImportingContract
from docproc.testing.checks.search_by_lists import by_lists
from docproc.testing.checks.vector_arithmetic import SAME, Floats
from docproc.testing.contract import break_promise, check

_INDEXES = "docproc.hooks.indexes"


class SharedVectorIndexContract(ImportingContract):
    """What a vector index must bear beside its work."""

    @check(_INDEXES)
    def test_one_index_is_asked_by_many_at_once(self, index: Any, questions: Floats) -> None:
        """A reading room asks one opened index from several threads: each finds what it would
        find alone.
        """
        _ask_at_once(index, list(questions))

    @check(_INDEXES)
    def test_two_indexes_are_apart(self, plugin: Any, vectors: Floats, tmp_path: Path) -> None:
        """An index is what lies in its folder: another one that was built or opened meanwhile,
        over as many vectors, changes nothing in it.
        """
        one = np.ascontiguousarray(vectors)
        both = {"one": one, "other": np.ascontiguousarray(one[::-1])}
        for name, rows in both.items():
            (tmp_path / name).mkdir()
            by_lists(plugin).build(rows, tmp_path / name)
        opened = [(by_lists(plugin).open(tmp_path / each, both[each]), both[each]) for each in both]
        for index, rows in opened:
            found = index.search(rows[0], 1, None).rows.tolist()
            if found and not np.allclose(rows[found[0]] @ rows[0], 1, atol=SAME):
                break_promise("it finds what another index of this product holds")


class SharedTextIndexContract(ImportingContract):
    """What a text index must bear beside its work."""

    @check(_INDEXES)
    def test_one_index_is_asked_by_many_at_once(self, index: Any, entries: Sequence[Any]) -> None:
        """A reading room asks one opened index from several threads: each finds what it would
        find alone.
        """
        _ask_at_once(index, [entry.body for entry in entries[:12]])


def _ask_at_once(index: Any, questions: Sequence[Any]) -> None:
    expected = [index.search(question, 10, None).rows.tolist() for question in questions]

    def ask(number: int) -> None:
        for at in range(3 * len(questions)):
            place = (at + 5 * number) % len(questions)
            if index.search(questions[place], 10, None).rows.tolist() != expected[place]:
                break_promise("asked by several at once, it finds something else")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))
