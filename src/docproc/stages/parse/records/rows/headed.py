"""Tables of words: which row names the columns, and the rows under it by those names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

_TITLES = 5
"""So many rows of one cell may stand above the names; more are a table of one column."""
ABOVE = "above the table"
"""What the words over the names of the columns are called, in each row under them."""


def under_names(
    rows: Iterable[tuple[int, list[str]]], known: Collection[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The numbered *rows* with words, under that which names the columns, by those names.

    It is the first, or, where that has one cell alone and none of the *known* names, the first
    of several cells close below: what stands above it is the title of the table.
    """
    wanted = {name.casefold() for name in known}
    left = ((number, words) for number, words in rows if any(words))
    top: list[tuple[int, list[str]]] = []
    for row in left:
        top.append(row)
        several = sum(map(bool, row[1])) > 1
        if several or len(top) > _TITLES or any(word.casefold() in wanted for word in row[1]):
            break
    if not top:
        return
    at = len(top) - 1 if several and len(top) <= _TITLES else 0
    titles = [word for _, words in top[:at] for word in words if word]
    names = _names(top[at][1])
    shared = {ABOVE: " · ".join(titles)} if titles else {}
    for number, words in chain(top[at + 1 :], left):
        if len(words) > len(names) and any(words[len(names) :]):
            names = _names([*names, *[""] * (len(words) - len(names))])
        yield number, dict(zip(names, words, strict=False)) | shared


def _names(words: list[str]) -> list[str]:
    """What the columns are called; one without a name by its letter, as sheets show it."""
    names: list[str] = []
    for place, name in enumerate(words):
        called = " ".join(name.split()) or f"column {_letters(place)}"
        names.append(called if called not in names else f"{called} ({_letters(place)})")
    return names


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
