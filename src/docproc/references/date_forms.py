"""The forms in which dates are printed: each a regular expression and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from docproc.references import edtf
from docproc.references.found_date import Hints, julian_of
from docproc.references.months import MONTH, MONTHS, ROMAN, SEASON, SEASONS
from docproc.references.scripts import to_latin

Meaning: TypeAlias = tuple[str, str | None]
"""EDTF, and the Julian date or ``None``."""


@dataclass(frozen=True, slots=True)
class Form:
    """``read`` may refuse a match with ``None`` or a ``ValueError`` (no such day)."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Hints], Meaning | None]


_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_ORDINAL = r"(?:(?:st|nd|rd|th|er|ro|º|°|ª|-?(?:го|е|ого))(?!\w)|\.)?"
_OPEN = r"[\[(<]?"
_DOUBT = r"(?P<q>\?(?=\])|\s?[(\[]\?[)\]])?"
_YEAR = rf"\[?(?P<y>[12]\d{{3}}(?!\d)){_DOUBT}\]?"
_YEAR_WORD = r"(?:\s?г(?:\.|ода?|оду|одом)?(?!\w))?"
_OF = r"(?:(?:of|de|di|del|dell'|des)\s)?"
# Not inside a number, a fraction or another date; but after a full year and a slash.
_LEFT = r"(?<![\w])(?<!(?<!\d\d\d)\d[./:-])"
_RIGHT = r"(?![\d])"
_TO = r"[-–—/(]|to\s|bis\s|по\s|до\s|au\s|al\s"
_M = rf"(?:{MONTH})(?!\w)\.?"


def _form(pattern: str, read: Callable[[re.Match[str], Hints], Meaning | None]) -> Form:
    return Form(re.compile(pattern, re.IGNORECASE), read)


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".").casefold()]


def _year(match: re.Match[str], hints: Hints) -> tuple[int, str] | None:
    """The year of a match and its mark of doubt."""
    printed = match["y"]
    mark = "?" if match.groupdict().get("q") else ""
    if len(printed) == 4:
        return int(printed), mark
    year = hints.year(int(printed))
    return (year, mark) if year is not None else None


def _span(first: str, last: str) -> Meaning | None:
    return (f"{first}/{last}", None) if first < last else None


def _dual(day: int, month: int | None, gregorian: date) -> Meaning | None:
    """The meaning of a Julian *day* (and *month*) beside a *gregorian* one, if they agree."""
    j_year, j_month, j_day = julian_of(gregorian)
    if j_day != day or (month is not None and j_month != month):
        return None
    return gregorian.isoformat(), f"{j_year:04d}-{j_month:02d}-{j_day:02d}"


def _day(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    year, mark = found
    month, day = _month(match["m"]), int(match["d"])
    if match["d2"] is None:
        return edtf.write(year, month, day) + mark, None
    other = int(match["d2"])
    if match["sep"] in "/(":
        dual = _dual(day, None, date(year, month, other))
        if dual or match["sep"] == "(":
            return dual
    return _span(edtf.write(year, month, day), edtf.write(year, month, other))


def _two_days(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    year, month, other = found[0], _month(match["m"]), _month(match["m2"])
    last = date(year, other, int(match["d2"]))
    if match["sep"] in "/(":
        return _dual(int(match["d"]), month, last)
    return _span(edtf.write(year, month, int(match["d"])), last.isoformat())


def _month_of_year(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    year, mark = found
    first = edtf.write(year, _month(match["m"]))
    if match["m2"] is None:
        return first + mark, None
    return _span(first, edtf.write(year, _month(match["m2"])))


def _season(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    return found and (edtf.write(found[0], SEASONS[match["m"].casefold()]) + found[1], None)


def _roman(match: re.Match[str], hints: Hints) -> Meaning | None:
    month = ROMAN.get(to_latin(match["m"]).upper())
    if month is None:
        return None
    found = _year(match, hints)
    # Two figures and no hint: 19xx, for this notation is of that century; but it is a guess.
    year, mark = found or (1900 + int(match["y"]), "?")
    first = edtf.write(year, month, int(match["d"]))
    if match["d2"] is None:
        return first + mark, None
    if match["sep"] in "/(":
        return _dual(int(match["d"]), None, date(year, month, int(match["d2"])))
    return _span(first, edtf.write(year, month, int(match["d2"])))


def _figures(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    year, mark = found
    one, two = int(match["a"]), int(match["b"])
    day_first = hints.day_first
    if "." in match["sep"]:
        day_first = True
    elif one > 12 or two > 12:
        day_first = one > 12
    if day_first is None and one != two:
        return f"{year:04d}-XX-XX{mark}", None
    day, month = (one, two) if day_first else (two, one)
    return edtf.write(year, month, day) + mark, None


def _iso(match: re.Match[str], _: Hints) -> Meaning | None:
    return edtf.write(int(match["y"]), int(match["m"]), int(match["d"])), None


def _years(match: re.Match[str], _: Hints) -> Meaning | None:
    first, last = match["y"], match["y2"]
    return _span(first, first[: 4 - len(last)] + last)


def _year_alone(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    return found and (edtf.write(found[0]) + found[1], None)


def _decade(match: re.Match[str], _: Hints) -> Meaning | None:
    return match["y"][:3] + "X", None


_ROMAN_MONTH = r"[IVXІХ]{1,4}(?!\w)"
_DAYS = rf"(?P<d>{_DAY}){_ORDINAL}(?:\s?(?P<sep>[-–—/(])\s?(?P<d2>{_DAY}){_ORDINAL}\)?)?"
_ABOUT = (
    r"(?:c\.\s?|ca\.?\s|circa\s|около\s|ок\.\s|um\s|etwa\s|vers\s|environ\s|verso il\s|hacia\s)"
)

YEARS = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
"""Where a date with a full year can be: near one of these."""
REACH = (64, 24)
"""How far before and behind its year a date can reach, in characters."""

FORMS: tuple[Form, ...] = (
    _form(
        rf"{_LEFT}{_OPEN}{_DAYS}\]?\s{{0,3}}{_OF}\[?(?P<m>{_M})\]?,?\s{{0,3}}{_OF}{_YEAR}{_YEAR_WORD}",
        _day,
    ),
    _form(
        rf"{_LEFT}{_OPEN}(?P<d>{_DAY}){_ORDINAL}\s{{0,2}}{_OF}(?P<m>{_M})\s?(?P<sep>{_TO})\s?(?P<d2>{_DAY}){_ORDINAL}"
        rf"\s{{0,2}}{_OF}(?P<m2>{_M})\)?,?\s{{0,3}}{_OF}{_YEAR}{_YEAR_WORD}",
        _two_days,
    ),
    _form(rf"{_LEFT}\[?(?P<m>{_M})\]?\s{{1,3}}\[?{_DAYS}\]?,?\s{{1,3}}{_YEAR}", _day),
    _form(
        rf"{_LEFT}(?P<m>{_M})\s{{1,3}}(?P<d>{_DAY}){_ORDINAL}\s?(?P<sep>{_TO})\s?(?P<m2>{_M})\s{{1,3}}"
        rf"(?P<d2>{_DAY}){_ORDINAL}\)?,?\s{{1,3}}{_YEAR}",
        _two_days,
    ),
    _form(
        rf"{_LEFT}(?P<y>[12]\d{{3}})[,.]?\s(?P<m>{_M})\s(?P<d>{_DAY}){_ORDINAL}(?P<sep>)(?P<d2>(?!))?{_RIGHT}",
        _day,
    ),
    _form(
        rf"{_LEFT}\[?(?P<m>{_M})\]?(?:\s?(?:[-–—/]|to\s|and\s|bis\s|и\s)\s?(?P<m2>{_M}))?,?\s{{1,3}}{_OF}{_YEAR}{_YEAR_WORD}",
        _month_of_year,
    ),
    _form(rf"{_LEFT}(?P<m>{SEASON})(?!\w),?\s{_OF}{_YEAR}{_YEAR_WORD}", _season),
    _form(
        rf"{_LEFT}{_OPEN}{_DAYS}\s?[./ –-]\s?(?P<m>{_ROMAN_MONTH})\.?\s?[./ –—-]\s?{_YEAR}{_YEAR_WORD}",
        _roman,
    ),
    _form(
        rf"{_LEFT}\[?(?P<a>\d{{1,2}})(?P<sep>\.\s?|/|-)(?P<b>\d{{1,2}})(?:\.\s?|/|-){_YEAR}(?![\w/-]){_YEAR_WORD}",
        _figures,
    ),
    _form(r"(?<![\w/.-])(?P<y>[12]\d{3})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])", _iso),
    _form(
        r"(?<![\w/.,-])(?P<y>[12]\d{3})\s?[-–—/]\s?(?P<y2>[12]\d{3}|\d\d)(?:\s?гг\.)?(?![\w/-])(?![.,]\d)",
        _years,
    ),
    _form(
        r"(?<![\w/.,-])(?P<y>[12]\d{2}0)(?:'?s|-е|-х|-ые|er)(?!\w)(?:\s(?:годы|годов|годах|гг\.))?",
        _decade,
    ),
    _form(rf"{_LEFT}\[(?P<y>[12]\d{{3}}){_DOUBT}\]", _year_alone),
    _form(r"(?<![\w/.,-])(?P<y>[12]\d{3})\s?(?:г\.|год(?:а|у|ом|е)?(?!\w))", _year_alone),
    _form(
        r"(?<!\w)(?:(?:in|of|since|until|till|by|from|during|year|early|late|mid|в|с|до|к|im jahre?|"
        r"seit|bis|en|depuis|année|nel|del|dal|anno|desde|año)[\s-])(?P<date>(?P<y>[12]\d{3}))(?![\w/-])(?![.,]\d)",
        _year_alone,
    ),
    _form(rf"(?<!\w)(?P<date>{_ABOUT}\[?(?P<y>[12]\d{{3}})\]?){_RIGHT}", _year_alone),
)
"""Forms that hold a year in four figures."""

ROMAN_FORM = _form(
    rf"{_LEFT}(?P<date>{_DAYS}\s?[./-]\s?(?P<m>{_ROMAN_MONTH})\s?[./–—-]\s?(?P<y>\d\d)(?![\w/-])(?:\s?г\.|\.(?=\s|\Z))?)",
    _roman,
)
"""The Russian notation with a Roman month and two figures; its full stop is the year's."""

SHORT_FORMS: tuple[Form, ...] = (
    _form(
        rf"{_LEFT}{_DAYS}\s{{0,2}}{_OF}(?P<m>{_M})\s{{0,3}}['’]?(?P<y>\d\d)(?![\w/-])(?:\s?г\.)?",
        _day,
    ),
    _form(rf"{_LEFT}(?P<m>{_M})\s{{1,2}}{_DAYS},\s{{0,3}}['’]?(?P<y>\d\d)(?![\w/-])", _day),
    _form(
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>\.|/|-)(?P<b>\d{1,2})(?P=sep)(?P<y>\d\d)(?![\w/-])(?:\s?г\.)?",
        _figures,
    ),
)
"""Forms with a year in two figures, read only where the caller gives a hint."""
