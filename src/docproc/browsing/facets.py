"""Facets: by what the documents of a list can be chosen further, each choice with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docproc.citing.written import one_line
from docproc.records import DocumentRow
from docproc.text.persons import one_person

MOST = 60
"""How many choices of one facet are given, the commonest first; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value as it is shown and as it is asked for, and how many documents have it."""

    words: str
    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What can be chosen by one *name* (``"sender"``); ``left`` rarer choices are not given."""

    name: str
    choices: tuple[Choice, ...]
    left: int = 0


def facets(rows: Sequence[DocumentRow]) -> list[Facet]:
    """The facets of *rows*: sender, recipient, place, kind, language."""
    return [
        _persons("sender", (row.sender for row in rows)),
        _persons("recipient", (row.recipient for row in rows)),
        _plain("place", (row.place for row in rows)),
        _plain("kind", (row.kind for row in rows)),
        _plain("language", (row.language for row in rows)),
    ]


def _persons(name: str, printed: Iterable[str | None]) -> Facet:
    """Settings of one name count as one, shown as most often printed."""
    settings: dict[str, Counter[str]] = {}
    for each in printed:
        if each:
            line = one_line(each)
            settings.setdefault(one_person(line), Counter())[line] += 1
    found = [(spelled.most_common(1)[0][0], spelled.total()) for spelled in settings.values()]
    return _made(name, [(words, words, count) for words, count in found])


def _plain(name: str, values: Iterable[str | None]) -> Facet:
    counts = Counter(" ".join(value.split()) for value in values if value)
    return _made(name, [(one_line(value), value, count) for value, count in counts.items()])


def _made(name: str, found: Sequence[tuple[str, str, int]]) -> Facet:
    ordered = sorted(found, key=lambda each: (-each[2], each[0].casefold()))
    choices = tuple(Choice(*each) for each in ordered[:MOST])
    return Facet(name, choices, max(0, len(ordered) - MOST))
