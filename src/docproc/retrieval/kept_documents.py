"""Which of the documents that a question describes are of its kind, or the first, or the last.

And those that went between two.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from docproc.questions import ParsedQuestion
from docproc.questions.old_style import in_old_style
from docproc.questions.writing import opens_as
from docproc.records import Scope
from docproc.retrieval.by_reference import Rows
from docproc.retrieval.either_day import on_either_day
from docproc.retrieval.open_generation import OpenGeneration
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog.reader import UNDATED


def rows_within(held: OpenGeneration, scope: Scope) -> Rows:
    """The rows of the passages within *scope*."""
    return held.every_row() if scope.everything else held.catalog.scoped.rows(scope)


def keep_between(
    held: OpenGeneration, parsed: ParsedQuestion, scope: Scope
) -> tuple[ParsedQuestion, Scope]:
    """*parsed* without its parties, and *scope* with the documents that went between them."""
    one, other = parsed.sender, parsed.recipient
    if one is None or other is None:
        return parsed, scope
    back = replace(parsed, sender=other, recipient=one)
    ways = [rows_within(held, each.within(scope, times=False)) for each in (parsed, back)]
    views = held.catalog.views(np.concatenate(ways).tolist())
    known = tuple(dict.fromkeys(view.document_id for view in views))
    if not known:
        return replace(parsed, mutual=False), scope
    printed = ", ".join(filter(None, (scope.printed, f"between {one.name} and {other.name}")))
    return (
        replace(parsed, sender=None, recipient=None),
        replace(scope, documents=known, printed=printed),
    )


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


def printed_in_old_style(
    held: OpenGeneration, parsed: ParsedQuestion, scope: Scope
) -> ParsedQuestion | None:
    """*parsed* in the old style, if a document of these days prints a day that *parsed* names."""
    old = in_old_style(parsed)
    if old is None:
        return None
    views = held.catalog.views(rows_within(held, old.within(scope)).tolist())
    of = held.catalog.document_rows({view.document_id for view in views})
    days = {str(time.earliest.day) for time in parsed.times if time.earliest}
    printed = (re.findall(r"\d+", row.date_printed or "") for row in of.values())
    prints = any(days.intersection(number.lstrip("0") for number in each) for each in printed)
    return old if prints else None
