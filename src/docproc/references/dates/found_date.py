"""A date that was found, and what the caller may know that the text does not say."""

from __future__ import annotations

import re
from datetime import date, timedelta

from docproc.dataclass_on_use import dataclass
from docproc.records import Span


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as printed, and what it means.

    ``edtf`` follows ISO 8601-2:2019, levels 0 and 1: Gregorian where the source says which
    calendar it uses, as printed where it does not.  ``julian`` is the same day in the
    Julian calendar (Old Style), where the source gives it.
    """

    printed: str
    edtf: str
    span: Span
    julian: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows.

    ``near`` is a year close by and ``century`` the first two figures (``19`` for 19xx), for
    years in two figures; ``day_first`` is the order of ``3/4/1921``.  ``whole`` says that
    the text is known to be a date.
    """

    near: int | None = None
    century: int | None = None
    day_first: bool | None = None
    whole: bool = False

    def year(self, two: int) -> int | None:
        """The full year of one in two figures, or ``None`` without a hint."""
        if self.century is not None:
            return self.century * 100 + two
        if self.near is not None:
            near = self.near
            same = near - near % 100 + two
            return min((same - 100, same, same + 100), key=lambda year: abs(year - near))
        return None


def julian_of(gregorian: date) -> tuple[int, int, int]:
    """Year, month and day, in the Julian calendar, of a day of the Gregorian one."""
    # Julian 1 March is where the difference grows; so look it up for the Julian day itself.
    for year in (gregorian.year, gregorian.year - 1):
        shifted = gregorian - timedelta(days=_behind(year))
        counted = shifted.year if shifted.month > 2 else shifted.year - 1
        if counted == year:
            return shifted.year, shifted.month, shifted.day
    # Only 29 February of a year that is leap in the Julian calendar alone comes here.
    return gregorian.year, 2, 29


def gregorian_of(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Julian one.  Raises ``ValueError`` where that has no such day."""
    behind = timedelta(days=_behind(year if month > 2 else year - 1))
    if (month, day) == (2, 29) and year % 4 == 0 and year % 100 == 0:
        return date(year, 2, 28) + behind + timedelta(days=1)
    return date(year, month, day) + behind


def if_julian(edtf: str) -> str | None:
    """The Gregorian day of *edtf* as a Julian one before February 1918; ``None`` for any other."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)[?~%]?", edtf)
    if not match or edtf >= "1918-02-01":
        return None
    try:
        return gregorian_of(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except (ValueError, OverflowError):
        return None


def _behind(year: int) -> int:
    """Days by which the Julian calendar is behind from March of *year* on."""
    return year // 100 - year // 400 - 2
