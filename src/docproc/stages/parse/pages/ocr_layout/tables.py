"""Tables of PAGE XML: rows of cells, as Transkribus and as PRImA write them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from math import inf

from docproc.formats.xml import Element
from docproc.stages.parse.pages.ocr_layout.order import parse_place
from docproc.stages.parse.pages.ocr_layout.recognized import Box, OcrLine, bounding_box

_MOST_COLUMNS = 1000
"""A cell that says it stands further right is written behind the one before it."""


def cells_of(table: Element) -> list[tuple[int, int, Element]]:
    """The row, the column and the element of each cell of *table*, row by row."""
    found = [
        (parse_place(each.get("row")), parse_place(each.get("col")), each)
        for each in table.iter("{*}TableCell")
    ]
    for role in table.iter("{*}TableCellRole"):
        region = role.getparent().getparent()
        found.append(
            (parse_place(role.get("rowIndex")), parse_place(role.get("columnIndex")), region)
        )
    return sorted(found, key=lambda each: each[:2])


def by_places(lines: Iterable[OcrLine]) -> list[tuple[int, int, list[OcrLine]]]:
    """The row, the column and the words of each cell, where only places on the page tell them.

    None where *lines* have no places, or no two of them stand beside one another.
    """
    placed = sorted(
        ((box[1], box[0], box, line) for line in lines if (box := line.where())),
        key=lambda each: each[:2],
    )
    rows: list[list[tuple[Box, OcrLine]]] = []
    end = -inf
    for top, _, box, line in placed:
        middle = (top + box[3]) / 2
        if middle >= end:
            rows.append([])
            end = box[3]
        rows[-1].append((box, line))
        end = min(end, box[3])
    if not any(len(row) > 1 for row in rows):
        return []
    lefts = sorted((box[0], box[2]) for row in rows if len(row) > 1 for box, _ in row)
    starts: list[float] = []
    right = -inf
    for left, end in lefts:
        if left >= right:
            starts.append(left)
        right = max(right, end) if left < right else end
    return [
        (number, max(bisect_right(starts, box[0]) - 1, 0), [line])
        for number, row in enumerate(rows)
        for box, line in sorted(row, key=lambda each: each[0])
    ]


def rows_of(cells: Iterable[tuple[int, int, Sequence[OcrLine]]]) -> list[OcrLine]:
    """A line for each row of *cells*, parted by tabs."""
    rows: dict[int, list[tuple[int, Sequence[OcrLine]]]] = {}
    for row, column, lines in cells:
        rows.setdefault(row, []).append((column, lines))
    return [_row(row) for row in rows.values()]


def _row(cells: Sequence[tuple[int, Sequence[OcrLine]]]) -> OcrLine:
    """One line of all words of *cells*, an empty one where the row has none at a column."""
    text = ""
    doubtful: list[tuple[int, int]] = []
    sure: list[float] = []
    at = 0
    for number, (column, lines) in enumerate(cells):
        ahead = column - at if column < _MOST_COLUMNS else 0
        text += "\t" * max(ahead, number > 0)
        at = max(column, at)
        for part, line in enumerate(each for each in lines if each.text.strip()):
            text += " " if part else ""
            words = " ".join(line.text.split())
            if words == line.text:
                doubtful += [(len(text) + start, len(text) + end) for start, end in line.doubtful]
            text += words
            sure += line.sure
    every = [line for _, lines in cells for line in lines]
    return OcrLine(text.rstrip(), doubtful, sure, partial(_around, every))


def _around(lines: Sequence[OcrLine]) -> Box | None:
    boxes = [box for line in lines if (box := line.where())]
    return bounding_box(
        [corner for left, top, right, bottom in boxes for corner in ((left, top), (right, bottom))]
    )
