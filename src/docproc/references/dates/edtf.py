"""Dates in EDTF (ISO 8601-2:2019, Annex A): making them, and their bounds.

Levels 0 and 1; and of level 2 the set of which one is meant, ``[1903-03-01..1903-03-09]``, which
is what editors say with "between".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from docproc.text.patterns import compile_on_use

_DATE = compile_on_use(
    r"(?P<y>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<m>\d{2}|XX)(?:-(?P<d>\d{2}|XX))?)?(?P<q>[?~%])?"
)
_ONE_OF = compile_on_use(r"\[([\dX?~%-]*)\.\.([\dX?~%-]*)\]")
_DAY = compile_on_use(r"\d{4}-\d\d-\d\d")
_BEFORE_CHRIST = compile_on_use(
    r"(?:-(?!0000)\d{4}|0000)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[?~%]?"
)
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def write_edtf(year: int | str, month: int | None = None, day: int | None = None) -> str:
    """The EDTF of a year, month, season (21 to 24) or day; else ``ValueError``."""
    if isinstance(year, int):
        year = f"{year:04d}" if year >= 0 else f"{year:05d}"
    if month is None:
        return year
    if day is None:
        if not 1 <= month <= 12 and month not in _SEASON_MONTHS:
            raise ValueError(f"no such month: {month}")
        return f"{year}-{month:02d}"
    date(max(int(year), 4) if int(year) < 1 else int(year), month, day)  # 4 was a leap year
    return f"{year}-{month:02d}-{day:02d}"


def date_bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day that *edtf* can mean, both included.

    An open or unknown end of an interval is the first or last day that Python knows.  The
    marks of doubt (``?``, ``~``, ``%``) widen nothing.  A winter runs from December of its
    year to February of the next.  Raises ``ValueError`` for what is not EDTF of level 0 or 1, or
    one of a range of days, up to the year 9999.  Days before the year 1, as ``-0043-03-15``, are
    all the first day that Python knows; ``0000`` is 1 B.C.
    """
    if ends := range_of_one_day(edtf):
        edtf = "/".join(ends)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _bounds(first)
    if not first.strip(".") and not last.strip("."):
        raise ValueError(f"an interval with no end known: {edtf!r}")
    begin = date.min if first in ("", "..") else _bounds(first)[0]
    end = date.max if last in ("", "..") else _bounds(last)[1]
    if end < begin:
        raise ValueError(f"an interval that ends before it begins: {edtf!r}")
    return begin, end


def range_of_one_day(edtf: str) -> tuple[str, str] | None:
    """The ends of a range of days of which one is meant; ``None`` for any other date."""
    match = _ONE_OF.fullmatch(edtf)
    return (match[1], match[2]) if match and (match[1] or match[2]) else None


def is_edtf(text: str) -> bool:
    """Whether *text* is EDTF that ``date_bounds`` understands.

    ``0000`` is not: a field that holds it knows no year.
    """
    if text[:4] == "0000":
        return False
    try:
        date_bounds(text)
    except ValueError:
        return False
    return True


def _bounds(edtf: str) -> tuple[date, date]:
    if _DAY.fullmatch(edtf):  # most are
        exact = date(int(edtf[:4]), int(edtf[5:7]), int(edtf[8:]))
        return exact, exact
    if edtf[:1] in ("-", "0") and _BEFORE_CHRIST.fullmatch(edtf):
        return date.min, date.min
    match = _DATE.fullmatch(edtf)
    if not match:
        raise ValueError(f"not EDTF of level 0 or 1: {edtf!r}")
    year, month, day = match.group("y", "m", "d")
    low = int(year.replace("X", "0"))
    if month is None:
        return date(low, 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if "X" in year or (month == "XX" and day not in (None, "XX")):
        raise ValueError(f"digits are unspecified from the right only: {edtf!r}")
    if month == "XX":
        return date(low, 1, 1), date(low, 12, 31)
    number = int(month)
    if number in _SEASON_MONTHS and day is None:
        start, stop = _SEASON_MONTHS[number]
        end_year = low + (stop < start)
        return date(low, start, 1), date(end_year, stop, monthrange(end_year, stop)[1])
    if not 1 <= number <= 12:
        raise ValueError(f"no such month: {edtf!r}")
    if day in (None, "XX"):
        return date(low, number, 1), date(low, number, monthrange(low, number)[1])
    exact = date(low, number, int(day or 0))
    return exact, exact
