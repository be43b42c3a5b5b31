"""A network for the tests of sources, which answers as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError, TryLater
from docproc.hooks.fetching import Fetched

MOST_ASKED = 2_000
"""Requests, or things named: a source over so few answers that goes on past it never ends."""


class EndlessVisit(Exception):
    """A source asks, or names, more than so few answers can hold."""


@dataclass
class CannedVisit:
    """A visit to a network that knows *answers* by address, *busy* after so many requests."""

    answers: Mapping[str, bytes]
    cursor: str = ""
    since: str = ""
    busy: int = -1
    asked: list[str] = field(default_factory=list)

    def get(self, address: str, *, robots: bool = True) -> Fetched:  # noqa: ARG002 - the protocol has it
        """What is known of *address*.  Raises ``SourceError`` where nothing is."""
        self.asked.append(address)
        if len(self.asked) > MOST_ASKED:
            raise EndlessVisit
        if 0 <= self.busy < len(self.asked):
            raise TryLater("the host is busy")
        if address not in self.answers:
            raise SourceError(f"{address}: 404 Not Found")
        return Fetched(data=self.answers[address], address=address)
