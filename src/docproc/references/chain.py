"""Chains of labelled levels (``F. 558. Op. 2. D. 51``), the shape that most references share.

Each level is found by itself, with a regular expression that cannot backtrack far, and
levels that follow one another with nothing but separators between them are chained in
plain code.  So the whole is linear, however hostile the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a hierarchy.

    ``rank`` grows inwards: in a chain it must rise from level to level.  ``label`` and
    ``value`` are regular expressions without named groups; the label holds its own full
    stop, if it has one.
    """

    name: str
    rank: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """A level as it stands in a text."""

    level: Level
    label: str
    value: str
    start: int
    end: int


class Levels:
    """The levels of one hierarchy, ready to be looked for.

    *separator* matches, at its start, whatever may stand between two links of a chain; the
    names in brackets that a level may carry are its business too.
    """

    def __init__(self, levels: tuple[Level, ...], separator: str, flags: int = 0) -> None:
        self._levels = levels
        pattern = "|".join(
            f"(?P<l{i}>{level.label})\\s{{0,2}}(?P<v{i}>{level.value})"
            for i, level in enumerate(levels)
        )
        self._link = re.compile(rf"(?<![\w])(?:{pattern})", flags)
        self._gap = re.compile(rf"(?:{separator})\Z")

    def chains(self, text: str, start: int, end: int) -> Iterator[list[Link]]:
        """Yield the chains of ``text[start:end]``, each of one link or more, in order."""
        chain: list[Link] = []
        for link in self.links(text, start, end):
            if chain and (
                link.level.rank <= chain[-1].level.rank
                or link.start - chain[-1].end > _LONGEST_GAP
                or not self._gap.match(text, chain[-1].end, link.start)
            ):
                yield chain
                chain = []
            chain.append(link)
        if chain:
            yield chain

    def links(self, text: str, start: int, end: int) -> Iterator[Link]:
        """Yield every labelled level of the stretch."""
        for match in self._link.finditer(text, start, end):
            group = match.lastgroup or ""
            yield Link(
                level=self._levels[int(group[1:])],
                label=match["l" + group[1:]],
                value=match[group],
                start=match.start(),
                end=match.end(),
            )


_LONGEST_GAP = 120

Value = Callable[[str], str]
"""Makes the parsed value of a level from the printed one."""
