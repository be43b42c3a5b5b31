"""Tables of Open Document: rows and cells, those that are repeated and those that are covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docproc.formats.numerals import parse_whole
from docproc.formats.xml import local
from docproc.stages.parse.office.odt.elements import get

_MOST = 100
"""So often a row or a cell is repeated at most: more of them fill up a sheet."""


def rows_of(parent: Any) -> Iterator[Any]:
    """The rows of a table, out of what groups them; not those of tables within its cells."""
    for child in parent:
        name = local(child)
        if name == "table-row":
            for _ in range(_count_repeats(child, "number-rows-repeated")):
                yield child
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from rows_of(child)


def cells_of(row: Any) -> list[Any]:
    """The cells of *row*, ``None`` for one that a cell above reaches into.

    A cell that is as wide as several columns is one cell.
    """
    cells: list[Any] = []
    wide = 0
    for child in row:
        name = local(child)
        if name == "table-cell":
            wide = parse_whole(get(child, "number-columns-spanned"), 1) - 1
            cells += [child] * _count_repeats(child, "number-columns-repeated")
        elif name == "covered-table-cell":
            for _ in range(_count_repeats(child, "number-columns-repeated")):
                if wide > 0:
                    wide -= 1
                else:
                    cells.append(None)
    return cells


def _count_repeats(element: Any, name: str) -> int:
    count = min(max(1, parse_whole(get(element, name), 1)), _MOST)
    return count if count == 1 or "".join(element.itertext()).strip() or count < _MOST else 1
