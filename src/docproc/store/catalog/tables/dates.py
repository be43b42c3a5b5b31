"""The days that an EDTF date can mean, as numbers that compare."""

from __future__ import annotations

import datetime
import re

from docproc.text.patterns import compile_on_use

_SINGLE = compile_on_use(r"Y?(-?)([0-9X]{4,12})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?(?:T.*)?")
_EVER = 10**17


def day_number(day: datetime.date) -> int:
    """*day* as ``yyyymmdd``; the first day that Python knows stands for all before it."""
    if day == datetime.date.min:
        return -_EVER
    return (day.year * 100 + day.month) * 100 + day.day


def bounds(edtf: str) -> tuple[int, int] | None:
    """The first and the last day that *edtf* can mean, as ``yyyymmdd``; ``None`` if unreadable.

    ISO 8601-2:2019, EDTF levels 0 and 1: ``1921``, ``1921-11``, ``192X``, ``1921-XX-02``,
    ``1921?``, ``1921-11-02/1921-12``, ``../1921``; of level 2 ``[1921-11-02..1921-11-05]``.
    A season means any day of its year, since which months it covers is not said; an open or
    unknown end of an interval is without end.
    """
    text = re.sub(r"[?~%]", "", edtf.strip())
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1].replace("..", "/", 1)
    first, slash, last = text.partition("/")
    if not slash:
        return _single(first)
    start = (-_EVER, -_EVER) if first in ("", "..") else _single(first)
    end = (_EVER, _EVER) if last in ("", "..") else _single(last)
    if start is None or end is None or start[0] > end[1]:
        return None
    return start[0], end[1]


def _single(text: str) -> tuple[int, int] | None:
    match = _SINGLE.fullmatch(text)
    if not match:
        return None
    minus, year, month, day = match.groups()
    earliest, latest = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if minus:
        earliest, latest = -latest, -earliest
    low_month, high_month = _range(month, 12)
    low_day, high_day = _range(day, 31)
    if month and low_month > 20:
        low_month, high_month = 1, 12
    if low_month > 12 or low_day > 31:
        return None
    low = (earliest * 100 + low_month) * 100 + low_day
    high = (latest * 100 + high_month) * 100 + high_day
    return low, high


def _range(digits: str | None, most: int) -> tuple[int, int]:
    if not digits:
        return 1, most
    low = max(int(digits.replace("X", "0")), 1)
    return low, max(low, min(int(digits.replace("X", "9")), most))
