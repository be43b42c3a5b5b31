"""Documents of one day or another, and of none between: 3/5/1920 is in March or in May."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from docproc.questions import TimeCondition
from docproc.references import date_bounds
from docproc.retrieval.by_reference import Rows
from docproc.retrieval.open_generation import OpenGeneration


def on_either_day(held: OpenGeneration, rows: Rows, times: Sequence[TimeCondition]) -> Rows:
    """*rows* of documents that may be of a day that is meant; those without a date are kept."""
    choices = [time.days for time in times if time.days]
    if not choices or not len(rows):
        return rows
    views = held.catalog.views(rows.tolist())
    of = held.catalog.document_rows({view.document_id for view in views})
    kept = []
    for row, view in zip(rows.tolist(), views, strict=True):
        bounds = _bounds(of[view.document_id].date)
        if bounds is None or all(
            any(bounds[0] <= day <= bounds[1] for day in days) for days in choices
        ):
            kept.append(row)
    return np.array(kept, np.int64)


def _bounds(edtf: str | None) -> tuple[date, date] | None:
    try:
        return date_bounds(edtf) if edtf else None
    except ValueError:
        return None
