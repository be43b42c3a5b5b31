"""Facets: by what the documents of a list can be chosen further, each choice with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from docproc.citing.written import one_line
from docproc.dataclass_on_use import dataclass
from docproc.records import DocumentRow
from docproc.store.catalog.parts.shelves import Shelf
from docproc.text.names.initials import person_key

BETWEEN = " / "
"""Stands between the levels of a place."""
MOST = 60
"""How many choices of one facet are given, the commonest first; the rest is counted."""


_NONE: Mapping[str, Shelf] = {}


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


def list_facets(
    rows: Sequence[DocumentRow],
    shelves: Mapping[str, Shelf] = _NONE,
    within: str = "",
    persons: Sequence[tuple[str, Collection[str]]] = (),
) -> list[Facet]:
    """The facets of *rows*: where they are kept, sender, recipient, person, place, and so on.

    *shelves* say where each document is kept, in which edition it stands and of which witness
    it is; *within* is the place among them that was chosen (``"RGASPI / fond 558"``), below
    which the next level is given.  *persons* are those who wrote or received any of them
    (``correspondence.persons_of``).
    """
    found = [shelves.get(row.id, Shelf()) for row in rows]
    return [
        _archive_facet([shelf.path for shelf in found], within),
        _persons("sender", (row.sender for row in rows)),
        _persons("recipient", (row.recipient for row in rows)),
        _make_facet("person", [(name, name, len(ids)) for name, ids in persons]),
        _plain("place", (row.place for row in rows)),
        _plain("kind", (row.kind for row in rows)),
        _plain("language", (row.language for row in rows)),
        _plain("witness", (each for shelf in found for each in shelf.witness)),
        _plain("collection", (shelf.collection for shelf in found)),
    ]


def place_of(path: Sequence[str]) -> str:
    """A place among the shelves in one line: ``"RGASPI / fond 558"``."""
    return BETWEEN.join(path)


def is_within(path: Sequence[str], place: str) -> bool:
    """Whether *path* leads to *place* or below it."""
    return place_of(path) == place or place_of(path).startswith(f"{place}{BETWEEN}")


def _archive_facet(paths: Sequence[Sequence[str]], within: str) -> Facet:
    """The next level below *within*, or the first, and how many documents are kept there."""
    depth = within.count(BETWEEN) + 1 if within else 0
    below = [
        path for path in paths if len(path) > depth and (not within or is_within(path, within))
    ]
    counts = Counter(tuple(path[: depth + 1]) for path in below)
    return _make_facet(
        "kept", [(one_line(p[-1]), place_of(p), count) for p, count in counts.items()]
    )


def _persons(name: str, printed: Iterable[str | None]) -> Facet:
    """Ways to write one name count as one, shown as most often printed."""
    settings: dict[str, Counter[str]] = {}
    for each in printed:
        if each:
            line = one_line(each)
            settings.setdefault(person_key(line), Counter())[line] += 1
    found = [(spelled.most_common(1)[0][0], spelled.total()) for spelled in settings.values()]
    return _make_facet(name, [(words, words, count) for words, count in found])


def _plain(name: str, values: Iterable[str | None]) -> Facet:
    counts = Counter(" ".join(value.split()) for value in values if value)
    return _make_facet(name, [(one_line(value), value, count) for value, count in counts.items()])


def _make_facet(name: str, found: Sequence[tuple[str, str, int]]) -> Facet:
    ordered = sorted(found, key=lambda each: (-each[2], each[0].casefold()))
    choices = tuple(Choice(*each) for each in ordered[:MOST])
    return Facet(name, choices, max(0, len(ordered) - MOST))
