"""Documents of one day or another, and of none between: 3/5/1920 is in March or in May."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from docproc.questions import TimeCondition
from docproc.records import DocumentRow
from docproc.references import date_bounds
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.by_reference import Rows


def documents_of(held: OpenGeneration, rows: Rows) -> tuple[Rows, dict[int, DocumentRow]]:
    """The number of the document of each of *rows*, and these documents by their numbers.

    No passage is read for it: a scope may hold most of the corpus.
    """
    of = held.document_of(rows)
    numbers = np.unique(of).tolist()
    return of, dict(zip(numbers, held.catalog.documents_at(numbers), strict=True))


def on_either_day(held: OpenGeneration, rows: Rows, times: Sequence[TimeCondition]) -> Rows:
    """*rows* of documents that may be of a day that is meant; those without a date are kept."""
    choices = [time.days for time in times if time.days]
    if not choices or not len(rows):
        return rows
    of, documents = documents_of(held, rows)
    kept = []
    for number, document in documents.items():
        bounds = _bounds(document.date)
        if bounds is None or all(
            any(bounds[0] <= day <= bounds[1] for day in days) for days in choices
        ):
            kept.append(number)
    return rows[np.isin(of, kept)]


def _bounds(edtf: str | None) -> tuple[date, date] | None:
    try:
        return date_bounds(edtf) if edtf else None
    except ValueError:
        return None
