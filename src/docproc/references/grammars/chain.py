"""Chains of labelled levels (``F. 558. Op. 2. D. 51``), the shape that most references share.

Each level is found by itself, with a regular expression that cannot backtrack far, and
levels that follow one another with nothing but separators between them are chained in
plain code.  So the whole is linear, however hostile the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use

_LONGEST_GAP = 120


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a hierarchy.

    ``rank`` grows inwards: in a chain it must rise from level to level.  ``label`` and
    ``value`` are regular expressions without named groups; the label holds its own full
    stop, if it has one, and may be empty where the value is plain by itself.
    """

    name: str
    rank: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """A level as it stands in a text, with its label and its value as printed."""

    level: Level
    label: str
    value: str
    start: int
    end: int


class Levels:
    """The levels of one hierarchy, ready to be looked for.

    *separator* is a regular expression for whatever may stand between two links of a chain.
    Where *ordered* is false, a chain may name its levels in any order, each once.
    """

    def __init__(self, levels: tuple[Level, ...], separator: str, *, ordered: bool = True) -> None:
        self._levels = levels
        self._separator = separator
        self._ordered = ordered

    @cached_property
    def _link(self) -> re.Pattern[str]:
        pattern = "|".join(
            f"(?P<l{i}>{level.label})\\s{{0,2}}(?P<v{i}>{level.value})"
            for i, level in enumerate(self._levels)
        )
        return compile_on_use(rf"(?<![\w])(?:{pattern})")

    @cached_property
    def _gap(self) -> re.Pattern[str]:
        return compile_on_use(self._separator)

    def chains(self, text: str, start: int, end: int) -> Iterator[list[Link]]:
        """Yield the chains of ``text[start:end]``, each of one link or more, in order."""
        chain: list[Link] = []
        for match in self._link.finditer(text, start, end):
            link = self._read(match)
            if chain and not (self._goes_on(chain, link) and self._close(text, chain, link)):
                yield chain
                chain = []
            chain.append(link)
        if chain:
            yield chain

    def follow(self, text: str, at: int, end: int) -> list[Link]:
        """The chain that begins at *at*, after a separator or none; it may be empty."""
        chain: list[Link] = []
        while True:
            gap = self._gap.match(text, at, end)
            match = self._link.match(text, gap.end() if gap else at, end)
            if not match:
                return chain
            link = self._read(match)
            if chain and not self._goes_on(chain, link):
                return chain
            chain.append(link)
            at = link.end

    def _goes_on(self, chain: list[Link], link: Link) -> bool:
        if self._ordered:
            return link.level.rank > chain[-1].level.rank
        return all(link.level.name != other.level.name for other in chain)

    def _close(self, text: str, chain: list[Link], link: Link) -> bool:
        begin = chain[-1].end
        return link.start - begin <= _LONGEST_GAP and bool(
            self._gap.fullmatch(text, begin, link.start)
        )

    def _read(self, match: re.Match[str]) -> Link:
        group = match.lastgroup or ""
        return Link(
            level=self._levels[int(group[1:])],
            label=match["l" + group[1:]],
            value=match[group],
            start=match.start(),
            end=match.end(),
        )
