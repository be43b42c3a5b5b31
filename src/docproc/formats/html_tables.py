"""Tables of words, and those that only lay out a page."""

from __future__ import annotations

from docproc.formats.numerals import whole
from docproc.formats.tables import Covered, covered_places
from docproc.formats.xml import Element, text_of
from docproc.text.wordlist import word_set

FLAT = word_set("p div ul ol li center")
"""What may stand in a cell of words and is set on its line."""
_BLOCKS = word_set("p div ul ol table blockquote h1 h2 h3 h4 h5 h6 pre dl")
_LAYS_OUT = _BLOCKS - FLAT
_LONGEST = 400
"""Characters of a cell of several paragraphs; a longer one is a column of a page."""


def is_table_of_words(table: Element) -> bool:
    """Whether the cells of *table* hold words alone, and a few paragraphs at most.

    One row, or one column, of several paragraphs is a layout.
    """
    cells = list(table.iter("td", "th"))
    several = [cell for cell in cells if not _is_plain(cell)]
    if not several:
        return True
    rows = [len(row) for row in table.iter("tr") if len(row)]
    if len(rows) < 2 or max(rows) < 2:
        return False
    return all(_is_short(cell) for cell in several)


def find_covered(table: Element) -> Covered:
    """The places in the rows of *table* that cells above reach into."""
    rows = list(table.iter("tr"))
    if not any(cell.get("rowspan") for cell in table.iter("td", "th")):
        return Covered()
    places = covered_places(
        [
            [
                (cell, whole(cell.get("rowspan"), 1), whole(cell.get("colspan"), 1))
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
