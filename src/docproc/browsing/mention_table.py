"""Mentions as rows: what a table, a terminal and a spreadsheet show of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from docproc.browsing.listing import name_document
from docproc.citing.written import one_line
from docproc.retrieval.answers.mentions import MentionedPassage, Mentions
from docproc.text.words import count_phrase

HEADINGS = ("date", "document", "where", "printed", "passage", "reference", "source")


def mention_rows(found: Iterable[MentionedPassage]) -> Iterator[tuple[str, ...]]:
    """One row a mention, under ``HEADINGS``."""
    for each in found:
        row, reference = each.document, each.passage.reference
        yield (
            row.date or "", name_document(row), each.passage.locator, "; ".join(each.spellings),
            each.passage.text, reference.printed if reference else "", row.source,
        )  # fmt: skip


UNDATED: Final = "undated or of several years"


def mentions_csv(found: Iterable[MentionedPassage]) -> str:
    """*found* as comma-separated values, no cell of which a spreadsheet takes for a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(HEADINGS)
    writer.writerows(map(_harmless, row) for row in mention_rows(found))
    return table.getvalue()


def summary(found: Mentions) -> str:
    """How many passages of how many documents, and how many of each year."""
    if not found.mentions:
        return "no passage names it"
    years = ", ".join(
        f"{year or 'undated or of several years'} {count:,}" for year, count in found.years
    )
    passages = count_phrase(len(found.mentions), "passage")
    return f"{passages} of {count_phrase(found.documents, 'document')}: {years}"


def _harmless(cell: str) -> str:
    """*cell* so that no spreadsheet takes it for a formula (CWE-1236)."""
    line = one_line(cell)
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
