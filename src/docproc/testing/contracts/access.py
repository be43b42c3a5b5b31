"""The conformance class of rules of access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as hypothesis

from docproc.hooks.access import AccessRule, Closure
from docproc.operations.access import check_closure
from docproc.records import DocumentRow
from docproc.testing.checks.purity import PureContract, Work
from docproc.testing.contract import break_promise, check, held
from docproc.testing.examples import strategies
from docproc.testing.processes import tasks

_CLOSED = "docproc.hooks.AccessRule.closed"
_DAYS = (
    date(1921, 5, 3),
    date(1951, 5, 3),
    date(1999, 12, 31),
    date(2024, 2, 29),
    date(2150, 1, 1),
)
_DATES = (
    "1921-05-03", "1921-05", "1921", "192X", "19XX", "../1920", "1920/..", "1920/1921", "1921?",
    "1921~", "1921-24", "[1903-03-01..1903-03-09]", "2000-02-29", "9999", "", "no date", None,
)  # fmt: skip


class AccessContract(PureContract):
    """What every rule of access must do.  Give ``plugin``; a ``closed`` row that it closes."""

    product: ClassVar[type] = AccessRule

    @pytest.fixture
    def rows(self) -> Sequence[DocumentRow]:
        """Rows of documents of many dates, some of which know nothing else."""
        return rows()

    @pytest.fixture
    def closed(self) -> tuple[DocumentRow, date] | None:
        """A row and a day on which it must be closed.  Override it."""
        return None

    @pytest.fixture
    def work(self, rows: Sequence[DocumentRow]) -> Work:
        """It is watched while it looks at the rows."""
        return tasks.close_each, (list(rows), list(_DAYS))

    @check(_CLOSED)
    def test_it_says_why_or_nothing(self, plugin: Any, rows: Sequence[DocumentRow]) -> None:
        """Why a document is closed, as a ``Closure``; ``None`` where it is open."""
        for row in rows:
            for day in _DAYS:
                _closure(plugin, row, day)

    @check("docproc.hooks.Closure")
    def test_what_is_closed_until_a_day_is_open_on_that_day(
        self, plugin: Any, rows: Sequence[DocumentRow]
    ) -> None:
        """``until`` is the first day on which it is open again; the day before it is closed."""
        for row in rows:
            for day in _DAYS:
                closure = _closure(plugin, row, day)
                if closure is None or closure.until is None:
                    continue
                if closure.until <= day:
                    break_promise(f"on {day} it closes a document until {closure.until}")
                if not _closure(plugin, row, closure.until - timedelta(days=1)):
                    break_promise(f"closed until {closure.until}, and open the day before")
                after = _closure(plugin, row, closure.until)
                if after is not None and after.until is not None:
                    break_promise(
                        f"closed until {closure.until}, and on that day until {after.until}"
                    )

    @check(_CLOSED)
    def test_it_closes_what_it_is_for(
        self, plugin: Any, closed: tuple[DocumentRow, date] | None
    ) -> None:
        """A rule closes what it is made for."""
        if closed is None:
            pytest.skip("no row is given that it closes: override `closed`")
        if _closure(plugin, *closed) is None:
            break_promise("it is open")

    @check("docproc.hooks.Closure")
    def test_its_words_do_not_tell_the_document(
        self, plugin: Any, rows: Sequence[DocumentRow]
    ) -> None:
        """The words name the rule, and never the document: its names, title, source, id."""
        for number, row in enumerate(rows):
            told = replace(
                row, title=f"Xtitle{number}", sender=f"Xsender{number}", recipient="Xrecipient",
                source=f"seeds/xsource{number}.txt", id=f"{number:x}" * 64,
            )  # fmt: skip
            for each in (row, told):
                closure = _closure(plugin, each, _DAYS[0])
                known = (each.title, each.sender, each.recipient, each.source, each.id)
                said = [word for word in known if closure and word and word in closure.why]
                if said:
                    break_promise(f"its words tell {said[0]!r:.60}")

    @check(_CLOSED)
    def test_any_row_is_borne(self, plugin: Any) -> None:
        """A closure or ``None``, whatever is known of a document; and never a failure."""
        words = hypothesis.none() | strategies.texts()

        def holds(
            name: str | None, title: str | None, edtf: str | None, reference: str | None, day: date
        ) -> None:
            known = {"title": title, "date": edtf, "reference": reference, "sender": name}
            _closure(plugin, replace(row_of("1921"), **known), day)  # type: ignore[arg-type]

        days = hypothesis.sampled_from(_DAYS)
        self.try_any(holds, name=words, title=words, edtf=words, reference=words, day=days)


def row_of(edtf: str | None, **known: Any) -> DocumentRow:
    """The row of an invented document of that date."""
    return replace(
        DocumentRow(
            id="0" * 64, source="seeds/a.txt", member="", title=None, sender=None, recipient=None,
            place=None, date=edtf, date_printed=edtf, kind=None, language="en", reference=None,
            characters=900, first_row=0, passages=4,
        ),
        **known,
    )  # fmt: skip


def rows() -> tuple[DocumentRow, ...]:
    """Rows of every kind of date, with and without what else may be known."""
    bare = [row_of(each) for each in _DATES]
    told = [
        row_of(each, sender="I. P. Petrov", recipient="A. N. Orlova", title="A letter of thanks",
               reference="RGASPI. F. 17. Op. 3. D. 225", place="Riga", kind="letter")
        for each in _DATES
    ]  # fmt: skip
    return (*bare, *told)


def _closure(plugin: Any, row: DocumentRow, day: date) -> Closure | None:
    """What the rule says; fail where that is no closure, or one without words."""
    found = plugin.closed(row, day)
    return None if found is None else held(lambda: check_closure("it", found))
