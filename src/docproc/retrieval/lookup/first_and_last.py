"""Which of the documents that a question describes are of its kind, or the first, or the last.

And those that went between two.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

import numpy as np

from docproc.questions import ParsedQuestion
from docproc.questions.fields import states_field
from docproc.questions.old_style import in_old_style
from docproc.questions.reduced_dates import any_year
from docproc.questions.writing import opening_of_kind
from docproc.records import Scope
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.lookup.ambiguous_days import documents_of, on_either_day
from docproc.retrieval.lookup.by_reference import Rows
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog.reader import UNDATED


def rows_within(held: OpenGeneration, scope: Scope) -> Rows:
    """The rows of the passages within *scope*."""
    return held.every_row() if scope.everything else held.catalog.scoped.rows(scope)


def years_held(held: OpenGeneration) -> tuple[int, int]:
    """The years of the first and of the last document that has a date."""
    days = held.catalog.first_days
    dated = days[days != UNDATED] // 10_000
    return (int(dated.min()), int(dated.max())) if len(dated) else any_year()


def keep_between(
    held: OpenGeneration, parsed: ParsedQuestion, scope: Scope
) -> tuple[ParsedQuestion, Scope]:
    """*parsed* without its parties, and *scope* with the documents that went between them."""
    one, other = parsed.sender, parsed.recipient
    if one is None or other is None:
        return parsed, scope
    back = replace(parsed, sender=other, recipient=one)
    ways = [rows_within(held, each.within(scope, times=False)) for each in (parsed, back)]
    _, documents = documents_of(held, np.concatenate(ways))
    known = tuple(row.id for row in documents.values())
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
    of, documents = documents_of(held, rows)
    kept = [number for number, row in documents.items() if row.kind == parsed.kind]
    if not kept and len(documents) <= WEIGHTS.listed:  # "TELEGRAM. The ferry is sold."
        begins = opening_of_kind(parsed.kind)
        texts = zip(of.tolist(), held.catalog.passages(rows.tolist()), strict=True)
        kept = [number for number, passage in texts if begins.match(passage.text)]
    return rows[np.isin(of, kept)] if kept else rows


def without_translations(held: OpenGeneration, rows: Rows) -> Rows:
    """*rows* without documents that their file holds in another language as well.

    Those are one letter, printed beside its translation: of one title and date, between the same.
    """
    if not 1 < len(rows) <= WEIGHTS.most_counted:
        return rows
    of, documents = documents_of(held, rows)
    printed: dict[tuple[str | None, ...], dict[str | None, list[int]]] = {}
    for number, row in sorted(documents.items()):
        if row.sender and row.date:
            same = (row.source, row.title, row.sender, row.recipient, row.date)
            printed.setdefault(same, {}).setdefault(row.language, []).append(number)
    again: list[int] = []
    for by_language in printed.values():
        numbers = [each for language, each in by_language.items() if language]
        if len(numbers) > 1:  # what is in no language is an envelope
            again.extend(chain(*numbers[1:], by_language.get(None, [])))
    return rows[~np.isin(of, again)]


def is_field_asked(held: OpenGeneration, parsed: ParsedQuestion, rows: Rows) -> bool:
    """Whether the field that is asked for is one of the document of *rows*, which answers.

    A letter that tells of a decree does not say by its heading who drafted that, nor when what
    its text tells was written.
    """
    _, documents = documents_of(held, rows)
    known = {row.kind for row in documents.values()} - {None}
    if parsed.kind not in (None, "letter") and known and parsed.kind not in known:
        return False
    return not any(
        states_field(parsed.text, each.text) for each in held.catalog.passages(rows.tolist())
    )


def keep_place(
    held: OpenGeneration, parsed: ParsedQuestion, rows: Rows
) -> tuple[Rows, tuple[str, ...]]:
    """*rows* of the one document that is the first, the last … by date; and that in words."""
    if parsed.position is None or not len(rows):
        return rows, ()
    rows = without_translations(held, rows)
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
    _, documents = documents_of(held, rows_within(held, old.within(scope)))
    days = {str(time.earliest.day) for time in parsed.times if time.earliest}
    printed = (re.findall(r"\d+", row.date_printed or "") for row in documents.values())
    prints = any(days.intersection(number.lstrip("0") for number in each) for each in printed)
    return old if prints else None
