"""Neighbours: what comes before and after a letter, and which letter seems to answer it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from docproc.browsing.listing import known_bounds
from docproc.dataclass_on_use import dataclass
from docproc.records import DocumentRow, Scope
from docproc.store.layout import DUPLICATES
from docproc.text.names.initials import person_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from docproc.store.catalog import Catalog

REPLY_WITHIN = timedelta(days=180)
"""How much later a letter the other way round is still taken for a reply."""
_LOOKED_AT = 2_000
_STEPS = 20
"""How many documents of one source are passed over, in the order of dates, to one of another."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around one document; each ``None`` where nothing is known.

    ``previous`` and ``following`` are the documents beside it in its source where that holds
    several; before the first, after the last, and for a source of one, those by date.
    ``answers`` is the last letter the other way round before it, and ``reply`` the first after
    it, by their dates: no document says that they belong together.
    """

    previous: DocumentRow | None = None
    following: DocumentRow | None = None
    answers: DocumentRow | None = None
    reply: DocumentRow | None = None


class Neighbourhood:
    """Finds the neighbours of a catalog's documents; the order by date is made once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def of(self, document_id: str) -> Neighbours:
        """The neighbours of the document of that id.  Raises ``KeyError``."""
        row = self.catalog.document_row(document_id)
        previous, following = self._beside(row)
        answers, reply = self._other_way(row)
        return Neighbours(previous, following, answers, reply)

    @cached_property
    def _by_date(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The documents' numbers by date, and the place of each in that order."""
        order = np.argsort(self.catalog.first_days, kind="stable").astype(np.int64)
        place = np.full(len(order), -1)
        order = order[~np.isin(order, self.catalog.absent)]
        place[order] = np.arange(len(order))
        return order, place

    def _beside(self, row: DocumentRow) -> tuple[DocumentRow | None, DocumentRow | None]:
        firsts = self.catalog.first_rows
        ids = [
            each
            for each in self.catalog.finder.documents_of(row.source, exactly=True)
            if each != row.id
        ]
        before: DocumentRow | None = None
        after: DocumentRow | None = None
        if row.member or ids:
            rows = self.catalog.document_rows([*ids, row.id])
            ordered = sorted(
                (each for each in rows.values() if each.source == row.source),
                key=lambda each: each.first_row,
            )
            at = next(n for n, each in enumerate(ordered) if each.id == row.id)
            before = ordered[at - 1] if at else None
            after = ordered[at + 1] if at + 1 < len(ordered) else None
        if row.date is None or (before and after):
            return before, after
        number = int(np.searchsorted(firsts[:-1], row.first_row, side="right")) - 1
        order, place = self._by_date
        at = int(place[number])
        earlier = order[max(0, at - _STEPS) : at][::-1]
        later = order[at + 1 : at + 1 + _STEPS]
        return before or self._elsewhere(row, earlier), after or self._elsewhere(row, later)

    def _elsewhere(self, row: DocumentRow, numbers: NDArray[np.int64]) -> DocumentRow | None:
        """The first of the documents of these *numbers* that is dated and of another source."""
        for number in numbers.tolist():
            (found,) = self.catalog.documents_at([number])
            if found.source != row.source:
                return found if found.date else None
        return None

    def _other_way(self, row: DocumentRow) -> tuple[DocumentRow | None, DocumentRow | None]:
        dated = known_bounds(row.date)
        if not (row.sender and row.recipient and dated):
            return None, None
        earliest, latest = _shift(dated[0], -REPLY_WITHIN), _shift(dated[1], REPLY_WITHIN)
        scope = Scope(earliest=earliest, latest=latest, sender=row.recipient, recipient=row.sender)
        firsts = self.catalog.first_rows
        numbers = np.unique(
            np.searchsorted(firsts, self.catalog.scoped.rows(scope), side="right") - 1
        )[:_LOOKED_AT]
        answers = reply = None
        other, own = person_key(row.recipient), person_key(row.sender)
        for found in self.catalog.documents_at(numbers.tolist()):
            if found.id == row.id or not (when := known_bounds(found.date)):
                continue
            if person_key(found.sender or "") != other or person_key(found.recipient or "") != own:
                continue
            if when[1] < dated[0] and (answers is None or when > answers[0]):
                answers = (when, found)
            if when[0] > dated[1] and (reply is None or when < reply[0]):
                reply = (when, found)
        return answers and answers[1], reply and reply[1]


def _shift(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max


class DuplicateGroups:
    """The groups of documents that a generation's *folder* holds; read when first asked."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._path = folder / DUPLICATES
        self._catalog = catalog
        self._groups: dict[str, list[str]] | None = None

    def of(self, document_id: str) -> list[DocumentRow]:
        """The other documents of the groups that this one is in.  Raises ``KeyError``."""
        if self._groups is None:
            self._groups = self._read()
        row = self._catalog.document_row(document_id)
        names = self._groups.get(_name(row), ())
        find = self._catalog.finder.documents_of
        ids = {each for name in names for each in find(_source(name), exactly=True)}
        rows = self._catalog.document_rows(ids - {row.id}).values()
        return sorted((each for each in rows if _name(each) in names), key=lambda each: each.source)

    def _read(self) -> dict[str, list[str]]:
        if not self._path.exists():  # a generation that an earlier docproc published
            return {}
        found: dict[str, list[str]] = {}
        for group in _groups(json.loads(self._path.read_text("utf-8"))):
            for name in group:
                found.setdefault(name, []).extend(each for each in group if each != name)
        return found


def _groups(written: dict[str, Any]) -> Iterator[list[str]]:
    yield from written["exact"]
    yield from (each["documents"] for each in written["near"])


def _name(row: DocumentRow) -> str:
    """A document as the list of duplicates names it."""
    return f"{row.source} ({row.member})" if row.member else row.source


def _source(name: str) -> str:
    """The path of the source that *name* begins with: a member follows in parentheses."""
    return name.rpartition(" (")[0] if name.endswith(")") and " (" in name else name
