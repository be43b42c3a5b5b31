"""Tables of words, and those that only lay out a page."""

from __future__ import annotations

from docproc.formats.numerals import parse_whole
from docproc.formats.tables import Covered, covered_places
from docproc.formats.xml import Element, text_of
from docproc.text.words import word_set

_IN_CELL = word_set("p div ul ol li center")
FLAT = _IN_CELL | word_set("table thead tbody tfoot tr td th caption")
"""What may stand in a cell of words and is set on its line."""
_BLOCKS = word_set("p div ul ol table blockquote h1 h2 h3 h4 h5 h6 pre dl")
_LAYS_OUT = _BLOCKS - _IN_CELL - {"table"}
_LONGEST = 400
"""Characters of a cell of several paragraphs; a longer one is a column of a page."""


def is_table_of_words(table: Element) -> bool:
    """Whether the cells of *table* hold words alone, and a few paragraphs at most.

    One row, or one column, of several paragraphs is a layout; so is what holds further tables,
    unless it has a caption, a border, or cells that head others.
    """
    rows = own_rows(table)
    cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
    several = [cell for cell in cells if not _is_plain(cell)]
    if not several:
        return True
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    if any(next(cell.iter("table"), None) is not None for cell in several) and not (
        any(cell.tag == "th" for cell in cells)
        or table.get("border", "0").strip() not in ("", "0")
        or next(table.iterchildren("caption"), None) is not None
    ):
        return False
    return all(_is_short(cell) for cell in several)


def own_rows(table: Element) -> list[Element]:
    """The rows of *table* that hold cells, without those of tables in them."""
    groups = (table, *table.iterchildren("thead", "tbody", "tfoot"))
    rows = {row for group in groups for row in group.iterchildren("tr") if len(row)}
    return [row for row in table.iter("tr") if row in rows]


def find_covered(table: Element) -> Covered:
    """The places in the rows of *table* that cells above reach into."""
    rows = own_rows(table)
    if not any(cell.get("rowspan") for row in rows for cell in row.iterchildren("td", "th")):
        return Covered()
    places = covered_places(
        [
            [
                (cell, parse_whole(cell.get("rowspan"), 1), parse_whole(cell.get("colspan"), 1))
                for cell in row.iterchildren("td", "th")
            ]
            for row in rows
        ]
    )
    at_end = {row: count for n, row in enumerate(rows) if (count := places.at_end.get(n))}
    return Covered(places.before, at_end)


def _is_plain(cell: Element) -> bool:
    """Whether *cell* holds words, or one paragraph, and nothing else."""
    blocks = cell.iter(*_BLOCKS)
    first = next(blocks, None)
    if first is None:
        return True
    alone = first.tag == "p" and next(blocks, None) is None and first.getparent() is cell
    return bool(alone and text_of(first).strip() == text_of(cell).strip())


def _is_short(cell: Element) -> bool:
    return next(cell.iter(*_LAYS_OUT), None) is None and len(text_of(cell)) <= _LONGEST
