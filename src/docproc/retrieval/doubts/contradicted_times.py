"""Whether a passage can tell of the time that a question names, or is contradicted by it.

A passage is of that time where its text names it, or its document was written then.  What was
written before cannot tell of it, and what was written long after and never names it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from docproc.questions import TimeCondition
from docproc.records import DocumentRow, Passage
from docproc.references import date_bounds, find_dates
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use

_YEAR: Final = compile_on_use(r"(?<![\d.,/])(?:1\d{3}|20\d\d)(?![\d])")


def contradict_times(
    times: Sequence[TimeCondition], passages: Sequence[Passage], documents: Iterable[DocumentRow]
) -> Floats:
    """How far each of *passages* is contradicted by *times*, ``(passages,)``, 0 to 1.

    *documents* are those of the passages, one each.
    """
    found = [
        max((_of_one(time, passage.text, row) for time in times), default=0.0)
        for passage, row in zip(passages, documents, strict=True)
    ]
    return np.array(found, np.float32)


def _of_one(time: TimeCondition, text: str, row: DocumentRow) -> float:
    if time.days:  # one of two: the one that agrees best
        each = (replace(time, earliest=day, latest=day, days=()) for day in time.days)
        return min(_of_one(one, text, row) for one in each)
    first, last = time.earliest or date.min, time.latest or date.max
    bounds = _bounds(row.date)
    if bounds and bounds[0] <= last and first <= bounds[1]:
        return 0.0
    years = {int(year) for year in _YEAR.findall(text)}
    if years and _names(text, years, first, last):
        return 0.0 if bounds or not time.limit else WEIGHTS.untold_time
    if time.limit:
        return WEIGHTS.contradicted if bounds or years else 0.0
    if bounds is None:
        return WEIGHTS.other_years if years else 0.0
    if bounds[1] < first or (bounds[0] > last and bounds[0] - last > timedelta(days=WEIGHTS.soon)):
        return WEIGHTS.contradicted
    return WEIGHTS.other_years if years and _is_of_years(first, last) else WEIGHTS.untold_time


def names_day(time: TimeCondition, text: str) -> bool:
    """Whether *text* names the very day of *time*; true of a time that is no day."""
    if time.days or time.limit or time.earliest is None or time.earliest != time.latest:
        return True
    every = (_bounds(found.edtf) for found in find_dates(text))
    return any(bounds == (time.earliest, time.latest) for bounds in every)


def _names(text: str, years: set[int], first: date, last: date) -> bool:
    """Whether *text*, which names *years*, names a day that lies from *first* to *last*."""
    if not any(first.year <= year <= last.year for year in years):
        return False
    if _is_of_years(first, last):
        return True
    for found in find_dates(text):
        bounds = _bounds(found.edtf)
        if bounds and bounds[0] <= last and first <= bounds[1]:
            return True
    return False


def _is_of_years(first: date, last: date) -> bool:
    """Whether the time from *first* to *last* is of whole years."""
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _bounds(edtf: str | None) -> tuple[date, date] | None:
    if not edtf:
        return None
    try:
        return date_bounds(edtf)
    except ValueError:
        return None
