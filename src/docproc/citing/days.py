"""A date in words: as Americans, as Russians write it; as its parts for other programs."""

from __future__ import annotations

from collections.abc import Callable

from docproc.citing.wording import MONTHS
from docproc.dataclass_on_use import dataclass
from docproc.records import StatedDate
from docproc.references.dates.edtf import range_of_one_day
from docproc.text.patterns import compile_on_use

RUSSIAN = (
    "янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.",
    "дек.",
)  # fmt: skip
"""In the genitive, or abbreviated as GOST R 7.0.12-2011 does."""
_RUSSIAN_ALONE = (
    "янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.",
    "дек.",
)  # fmt: skip
_ABOUT, _UNSURE = ("~", "%"), ("?", "%")
_DAY = compile_on_use(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([?~%]?)")


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month of it, or a day; ``doubt`` is EDTF's mark of it: ``?``, ``~`` or ``%``."""

    year: int
    month: int | None = None
    day: int | None = None
    doubt: str = ""

    @property
    def iso(self) -> str:
        """``"1921"``, ``"1921-11"`` or ``"1921-11-02"``."""
        parts = [
            f"{self.year:04d}" if self.year >= 0 else f"{self.year:05d}",
            *(f"{n:02d}" for n in (self.month, self.day) if n),
        ]
        return "-".join(parts)

    @property
    def parts(self) -> list[int]:
        """As the ``date-parts`` of CSL-JSON, where 44 B.C. is -44."""
        year = self.year if self.year > 0 else self.year - 1
        return [n for n in (year, self.month, self.day) if n is not None]


def days_of(date: StatedDate) -> tuple[Day | None, Day | None]:
    """The day that *date* is, twice; or the first and the last of an interval, or of the days
    of which it is one.

    ``None`` where an end is open, or is not a plain day, month or year.
    """
    if ends := range_of_one_day(date.edtf):
        return _day(ends[0]), _day(ends[1])
    first, slash, last = date.edtf.partition("/")
    return _day(first), _day(last if slash else first)


def for_biblatex(date: StatedDate) -> str:
    """The EDTF of *date* as far as biblatex knows it: one day of several is an interval."""
    ends = range_of_one_day(date.edtf)
    return "/".join(ends) if ends else date.edtf


def is_between(date: StatedDate) -> bool:
    """Whether *date* is one day of several, and not all of them."""
    return range_of_one_day(date.edtf) is not None


def american(date: StatedDate) -> str:
    """``"November 2, 1921"`` (The Chicago Manual of Style, 17th ed., 6.38, 14.224).

    A day that the source gives in both calendars is given in both, the Old Style first:
    ``"February 1/14, 1918"``.
    """
    if (old := _day(date.julian or "")) and (new := _day(date.edtf)) and old.day and new.day:
        if old.year != new.year:
            return f"{_american(old)}/{_american(new)}"
        first = f"{MONTHS[(old.month or 1) - 1]} {old.day}"
        month = f"{MONTHS[(new.month or 1) - 1]} " if old.month != new.month else ""
        return f"{first}/{month}{new.day}, {new.year}"
    low, high = days_of(date)
    if is_between(date) and low and high:
        return f"between {_american_pair(low, high)}"
    return _phrase(date, _american, ("not before {}", "not after {}"), "{} to {}")


def russian(date: StatedDate) -> str:
    """``"2 нояб. 1921 г."``; of a day given in both calendars, ``"1 (14) февр. 1918 г."``."""
    if (old := _day(date.julian or "")) and (new := _day(date.edtf)) and old.day and new.day:
        if old.year != new.year:
            return f"{_russian(old)} ({_russian(new)})"
        month = RUSSIAN[(new.month or 1) - 1]
        if old.month == new.month:
            return f"{old.day} ({new.day}) {month} {new.year} г."
        return f"{old.day} {RUSSIAN[(old.month or 1) - 1]} ({new.day} {month}) {new.year} г."
    between = "между {} и {}" if is_between(date) else "{} – {}"
    return _phrase(date, _russian, ("не ранее {}", "не позднее {}"), between)


def _phrase(
    date: StatedDate, said: Callable[[Day], str], open_ends: tuple[str, str], interval: str
) -> str:
    first, last = days_of(date)
    start, slash, end = date.edtf.partition("/")
    if ends := range_of_one_day(date.edtf):
        start, slash, end = ends[0], "/", ends[1]
    if not slash:
        return said(first) if first else date.printed
    if first and last:
        return interval.format(said(first), said(last))
    if first and end in ("", ".."):
        return open_ends[0].format(said(first))
    if last and start in ("", ".."):
        return open_ends[1].format(said(last))
    return date.printed


def _american(day: Day) -> str:
    month = MONTHS[day.month - 1] if day.month else ""
    year = str(day.year) if day.year > 0 else f"{1 - day.year} B.C."
    said = f"{month} {day.day}, {year}" if day.day else f"{month} {year}".strip()
    said = f"ca. {said}" if day.doubt in _ABOUT else said
    return f"[{said}?]" if day.doubt in _UNSURE else said


def _american_pair(first: Day, last: Day) -> str:
    """``"March 1 and 9, 1903"``, and no more of either than is needed."""
    plain = first.day and last.day and first.month and last.month and not first.doubt + last.doubt
    if not plain or first.year != last.year:
        return f"{_american(first)} and {_american(last)}"
    start = f"{MONTHS[(first.month or 1) - 1]} {first.day}"
    end = f"{last.day}" if first.month == last.month else _american(last).partition(",")[0]
    return f"{start} and {end}, {first.year}"


def _russian(day: Day) -> str:
    year = f"{day.year} г." if day.year > 0 else f"{1 - day.year} г. до н. э."
    if day.day and day.month:
        said = f"{day.day} {RUSSIAN[day.month - 1]} {year}"
    elif day.month:
        said = f"{_RUSSIAN_ALONE[day.month - 1]} {year}"
    else:
        said = year
    said = f"ок. {said}" if day.doubt in _ABOUT else said
    return f"[{said}?]" if day.doubt in _UNSURE else said


def _day(edtf: str) -> Day | None:
    match = _DAY.fullmatch(edtf)
    if match is None:
        return None
    month, day = (int(match[n]) if match[n] else None for n in (2, 3))
    return Day(int(match[1]), month, day, match[4])
