"""Correspondence: who wrote to whom, how often, from when to when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docproc.browsing.listing import bounds
from docproc.citing.written import one_line
from docproc.store.catalog import DocumentRow
from docproc.text.persons import one_person


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What one wrote to another; ``first`` and ``last`` are the days it can be dated within.

    Names are as the documents print them most often.  Settings of one name (R.G. Casey, R. G.
    CASEY, Casey, R.G.) count as one; other spellings stand apart, since no document says that
    they are one person's.
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
    names: dict[str, Counter[str]] = {}
    for row in rows:
        if not row.sender or not row.recipient:
            continue
        pair = (_named(names, row.sender), _named(names, row.recipient))
        found.setdefault(pair, []).append(row)
    made = [
        _made(_printed(names[sender]), _printed(names[recipient]), rows)
        for (sender, recipient), rows in found.items()
    ]
    return sorted(made, key=lambda each: (-each.documents, each.sender, each.recipient))


def _named(names: dict[str, Counter[str]], printed: str) -> str:
    """The key of the one whom *printed* names; how it is printed is counted in *names*."""
    name = one_line(printed)
    key = one_person(name)
    names.setdefault(key, Counter())[name] += 1
    return key


def _printed(spellings: Counter[str]) -> str:
    """The setting met most often; of those met as often, the first."""
    return spellings.most_common(1)[0][0]


def _made(sender: str, recipient: str, rows: list[DocumentRow]) -> Correspondence:
    dated = [found for row in rows if (found := bounds(row.date))]
    return Correspondence(
        sender,
        recipient,
        len(rows),
        min((low for low, _ in dated), default=None),
        max((high for _, high in dated), default=None),
    )
