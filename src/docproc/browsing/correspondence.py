"""Correspondence: who wrote to whom, how often, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docproc.browsing.listing import bounds
from docproc.citing.written import one_line
from docproc.store.catalog import DocumentRow


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What one wrote to another; ``first`` and ``last`` are the days it can be dated within.

    Names are as the documents print them: two spellings of one name stand apart, since no
    document says that they are one person's.
    """

    sender: str
    recipient: str
    documents: int
    first: date | None = None
    last: date | None = None

    @property
    def years(self) -> str:
        """``"1921–1923"``, ``"1921"``, or ``""``."""
        if self.first is None or self.last is None:
            return ""
        first, last = self.first.year, self.last.year
        return f"{first}" if first == last else f"{first}–{last}"


def correspondences(rows: Iterable[DocumentRow]) -> list[Correspondence]:
    """Every pair of sender and recipient in *rows*, those who wrote most often first."""
    found: dict[tuple[str, str], list[DocumentRow]] = {}
    names: dict[str, str] = {}
    for row in rows:
        if not row.sender or not row.recipient:
            continue
        pair = (_named(names, row.sender), _named(names, row.recipient))
        found.setdefault(pair, []).append(row)
    made = [_made(sender, recipient, rows) for (sender, recipient), rows in found.items()]
    return sorted(made, key=lambda each: (-each.documents, each.sender, each.recipient))


def _named(names: dict[str, str], printed: str) -> str:
    """*printed* as it was met first, whatever its case and its white space."""
    name = one_line(printed)
    return names.setdefault(name.casefold(), name)


def _made(sender: str, recipient: str, rows: list[DocumentRow]) -> Correspondence:
    dated = [found for row in rows if (found := bounds(row.date))]
    return Correspondence(
        sender,
        recipient,
        len(rows),
        min((low for low, _ in dated), default=None),
        max((high for _, high in dated), default=None),
    )
