"""A vector indexer of either contract, asked with arrays and lists of rows, as checks have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from docproc.hooks import VectorHits
from docproc.hooks.vector_rows import (
    BLOCK,
    FIELDS,
    ArrayRows,
    RowFields,
    RowScope,
    VectorBlock,
    ask_by_scope,
)
from docproc.testing.checks.index_folders import build_and_move, hold_hits
from docproc.testing.contract import break_promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from docproc.testing.checks.vector_arithmetic import Floats


def by_lists(indexer: Any) -> AskedByLists:
    """*indexer*, to be given arrays and lists of rows."""
    return AskedByLists(indexer)


class AskedByLists:
    """Gives an indexer what its contract wants, made of arrays and lists of rows."""

    def __init__(self, indexer: Any) -> None:
        self._indexer = ask_by_scope(indexer)

    def build(self, vectors: Floats, folder: Path) -> dict[str, Any]:
        rows = ArrayRows(vectors, lambda first, end: made_up_fields(np.arange(first, end)))
        return self._indexer.build(rows, folder)

    def open(self, folder: Path, vectors: Floats) -> IndexByLists:
        return IndexByLists(self._indexer.open(folder, ArrayRows(vectors)))


class IndexByLists:
    """Asks an opened index among lists of rows."""

    def __init__(self, index: Any) -> None:
        self.index = index

    def search(self, vector: Floats, k: int, allowed: NDArray[np.int64] | None) -> VectorHits:
        scope = None if allowed is None else RowScope.of(allowed)
        found: VectorHits = self.index.search(vector, k, scope)
        return found


def made_up_fields(rows: NDArray[np.int64]) -> RowFields:
    """What *rows* have in each field: documents of seven rows, days, names with quotation marks."""
    documents = rows // 7
    found: dict[str, NDArray[Any]] = {
        name: np.full(len(rows), 0 if kind is int else "", int if kind is int else object)
        for name, kind in FIELDS.items()
    }
    found["document"] = np.array([f"{number:04x}" for number in documents], object)
    found["first_day"] = 19_000_000 + documents * 10
    found["last_day"] = 19_000_009 + documents * 10
    senders = ("", "orlova", 'o\u2019hara "the younger" \\ co.', "Йоханссон")
    found["sender"] = np.array([senders[number % 4] for number in documents], object)
    kinds = ("body", "note")
    found["kind"] = np.array([kinds[row % 2] for row in rows], object)
    found["reference"] = np.array([f"F. {1 + n % 3}. D. {n % 9}" for n in documents], object)
    return found


class FetchedRows:
    """Vectors that are no array of this process: they are fetched, or read block by block."""

    mapped = None

    def __init__(self, vectors: Floats) -> None:
        self._rows = ArrayRows(vectors, lambda first, end: made_up_fields(np.arange(first, end)))

    @property
    def shape(self) -> tuple[int, int]:
        return self._rows.shape

    def fetch(self, rows: NDArray[np.int64]) -> Floats:
        return np.array(self._rows.fetch(rows))

    def blocks(self, size: int = BLOCK) -> Iterator[VectorBlock]:
        for block in self._rows.blocks(size):
            yield VectorBlock(block.first, np.array(block.vectors), block.read_fields)


def build_index(plugin: Any, vectors: Floats, beside: Path) -> Path:
    """The folder of an index over *vectors*, moved after it was built, as publishing moves it."""
    return build_and_move(lambda folder: by_lists(plugin).build(vectors, folder), beside)


def search_checked(index: Any, vector: Floats, k: int, allowed: Any, count: int) -> VectorHits:
    """Search; fail for hits that are not as ``VectorHits`` says."""
    hits: VectorHits = index.search(vector, k, allowed)
    hold_hits(hits, VectorHits, k, count)
    return hits


def hold_equal(index: Any, other: Any, question: Floats, when: str) -> None:
    """Fail unless both find the same rows."""
    found, expected = index.search(question, 10, None), other.search(question, 10, None)
    if not np.array_equal(found.rows, expected.rows):
        break_promise(f"{when} it finds {found.rows.tolist()}, not {expected.rows.tolist()}")
