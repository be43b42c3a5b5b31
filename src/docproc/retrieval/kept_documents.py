"""Which of the documents that a question describes are of its kind, or the first, or the last."""

from __future__ import annotations

import numpy as np

from docproc.questions import ParsedQuestion
from docproc.questions.writing import opens_as
from docproc.retrieval.by_reference import Rows
from docproc.retrieval.either_day import on_either_day
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog.reader import UNDATED


def keep_kind(held: OpenGeneration, parsed: ParsedQuestion, rows: Rows) -> Rows:
    """*rows* of documents of the kind asked for; all where the corpus knows no such kind.

    Of two days that may be meant, only of these.  What is called a letter is any that was
    sent from somebody to somebody.
    """
    rows = on_either_day(held, rows, parsed.times)
    if parsed.kind in (None, "letter") or not len(rows):
        return rows
    views = held.catalog.views(rows.tolist())
    known = [(row, view.document_id) for row, view in zip(rows, views, strict=True)]
    of = held.catalog.document_rows({each for _, each in known})
    kept = [row for row, each in known if of[each].kind == parsed.kind]
    if not kept and len(of) <= WEIGHTS.listed:  # "TELEGRAM. The ferry is sold."
        begins = opens_as(parsed.kind)
        texts = zip(known, held.catalog.passages(rows.tolist()), strict=True)
        called = {each for (_, each), passage in texts if begins.match(passage.text)}
        kept = [row for row, each in known if each in called]
    return np.array(kept, np.int64) if kept else rows


def keep_place(
    held: OpenGeneration, parsed: ParsedQuestion, rows: Rows
) -> tuple[Rows, tuple[str, ...]]:
    """*rows* of the one document that is the first, the last … by date; and that in words."""
    if parsed.position is None or not len(rows):
        return rows, ()
    of = held.document_of(rows)
    numbers = np.unique(of)
    numbers = numbers[held.catalog.first_days[numbers] != UNDATED]
    numbers = numbers[np.argsort(held.catalog.first_days[numbers], kind="stable")]
    at = parsed.position.number
    kept = numbers[[at]] if -len(numbers) <= at < len(numbers) else numbers[:0]
    return rows[np.isin(of, kept)], (f"{parsed.position.said} of {len(numbers):,} by date",)
