"""The forms in which dates are printed: each a regular expression and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TypeAlias

from docproc.dataclass_on_use import dataclass
from docproc.references.dates import edtf
from docproc.references.dates.found_date import Hints, julian_of
from docproc.references.dates.months import MONTHS, ROMAN, SEASONS
from docproc.references.lookalikes import to_latin
from docproc.text.patterns import compile_on_use

Meaning: TypeAlias = tuple[str, str | None]
"""EDTF, and the Julian date or ``None``."""


@dataclass(frozen=True, slots=True)
class DateForm:
    """A pattern, compiled when first needed, and its meaning.

    ``read`` may refuse a match with ``None``, a ``KeyError`` (no such month) or a
    ``ValueError`` (no such day).
    """

    pattern: str
    read: Callable[[re.Match[str], Hints], Meaning | None]

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, ready to match without regard to case."""
        return _compile(self.pattern)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return compile_on_use(pattern, re.IGNORECASE)


_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_ORDINAL = r"(?:(?:st|nd|rd|th|d|er|ro|s?ten|s?te|ter|tn|ᵗᵉⁿ|ᵗʰ|º|°|ª|-?(?:го|е|ого))(?!\w)\.?|\.)?"
_OPEN = r"[\[(<]?"
_DOUBT = r"(?P<q>\?(?=\])|\s?[(\[]\?[)\]])?"
_YEAR = rf"\[?(?P<y>[12]\d{{3}}(?!\d)){_DOUBT}\]?"
_YEAR_WORD = r"(?:\s?(?:г(?:\.|ода?|оду|одом)?|⟦year⟧)(?!\w))?"
_OF = r"(?:(?:of|de|di|del|dell'|des)\s)?"
# Not inside a number, a fraction or another date; but after a full year and a slash.
_LEFT = r"(?<![\w])(?<!(?<!\d\d\d)\d[./:-])"
_RIGHT = r"(?![\d])"
_TO = r"[-–—/(]|(?:⟦to⟧)\s|to\s|bis\s|по\s|до\s|au\s|al\s"
# Any word: whether it is a month is looked up, for that is cheaper than a long alternative.
# Or the number that its name has in Latin: 7bre, 8br.; abbreviated as hands did: Febr:, Nov.r
_M = r"(?:[^\W\d_]{2,12}|(?:10|[7-9])b[a-z]{1,4})(?:\.[a-z]{1,2}(?!\w)|[.:])?"


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".:").replace(".", "").casefold()]


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
        return edtf.write_edtf(year, month, day) + mark, None
    other = int(match["d2"])
    if match["sep"] in "/(":
        dual = _dual(day, None, date(year, month, other))
        if dual or match["sep"] == "(":
            return dual
    return _span(edtf.write_edtf(year, month, day), edtf.write_edtf(year, month, other))


def _two_days(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    year, month, other = found[0], _month(match["m"]), _month(match["m2"])
    last = date(year, other, int(match["d2"]))
    if match["sep"] in "/(":
        return _dual(int(match["d"]), month, last)
    return _span(edtf.write_edtf(year, month, int(match["d"])), last.isoformat())


def _month_of_year(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    year, mark = found
    first = edtf.write_edtf(year, _month(match["m"]))
    if match["m2"] is None:
        return first + mark, None
    return _span(first, edtf.write_edtf(year, _month(match["m2"])))


def _season(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    if found is None:
        return None
    first = edtf.write_edtf(found[0], SEASONS[match["m"].casefold()])
    if match["m2"] is None:
        return first + found[1], None
    return _span(first, edtf.write_edtf(found[0], SEASONS[match["m2"].casefold()]))


def _roman(match: re.Match[str], hints: Hints) -> Meaning | None:
    month = ROMAN.get(to_latin(match["m"]).upper())
    if month is None:
        return None
    found = _year(match, hints)
    # Two figures and no hint: 19xx, for this notation is of that century; but it is a guess.
    year, mark = found or (1900 + int(match["y"]), "?")
    first = edtf.write_edtf(year, month, int(match["d"]))
    if match["d2"] is None:
        return first + mark, None
    if match["sep"] in "/(":
        return _dual(int(match["d"]), None, date(year, month, int(match["d2"])))
    return _span(first, edtf.write_edtf(year, month, int(match["d2"])))


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
    return edtf.write_edtf(year, month, day) + mark, None


def _iso(match: re.Match[str], _: Hints) -> Meaning | None:
    return edtf.write_edtf(int(match["y"]), int(match["m"]), int(match["d"])), None


def _years(match: re.Match[str], _: Hints) -> Meaning | None:
    first, last = match["y"], match["y2"]
    if len(last) == 2 and first < "1500":  # a number such as 1000-69
        return None
    return _span(first, first[: 4 - len(last)] + last)


def _about_years(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _years(match, hints)
    return found and (found[0].replace("/", "~/") + "~", None)


def _year_alone(match: re.Match[str], hints: Hints) -> Meaning | None:
    found = _year(match, hints)
    return found and (edtf.write_edtf(found[0]) + found[1], None)


def _decade(match: re.Match[str], _: Hints) -> Meaning | None:
    return match["y"][:3] + "X", None


_ROMAN_MONTH = r"[IVXІХ]{1,4}(?!\w)"
_DAYS = rf"(?P<d>{_DAY}){_ORDINAL}(?:\s?(?P<sep>[-–—/(])\s?(?P<d2>{_DAY}){_ORDINAL}\)?)?"
_ABOUT = (
    r"(?:c\.\s?|ca\.?\s|circa\s|около\s|ок\.\s|um\s|etwa\s|vers\s|environ\s|verso il\s|hacia\s)"
)
_SEASON = r"[^\W\d_]{3,9}"
_OR = r"(?:\s?[-–—/]\s?|\s(?:or|and|to|и|или|und|oder|ou|et|o|e)\s)(?:the\s)?"
_AND = r"\s?(?:[-–—/]|to\s|and\s|bis\s|и\s)\s?"
# Words after which four figures are a year.
_THEN_YEAR = (
    r"(?:in|of|since|until|till|by|from|during|year|early as|late as|early|late|mid"
    r"|в|с|до|к|im jahre?|seit|bis|en|depuis|année|nel|del|dal|anno|desde|año"
    r"|⟦within⟧|⟦since⟧)[\s-]"
)
_BARE = r"(?<![\w/.,-])"
_NO_MORE = r"(?![\w/-])(?![.,]\d)"

YEARS = compile_on_use(r"(?<!\d)[12]\d{3}(?!\d)")
"""Where a date with a full year can be: near one of these."""
REACH = (64, 24)
"""How far before and behind its year a date can reach, in characters."""

FORMS: tuple[DateForm, ...] = (
    # 2 November 1921; 2–5 November 1921; 1/14 February 1918; 1 (14) февраля 1918 г.
    DateForm(
        rf"{_LEFT}{_OPEN}{_DAYS}\]?\s{{0,3}}{_OF}\[?(?P<m>{_M})\]?,?\s{{0,3}}{_OF}"
        rf"{_YEAR}{_YEAR_WORD}",
        _day,
    ),
    # 28 February – 3 March 1921; 25 октября (7 ноября) 1917 г.
    DateForm(
        rf"{_LEFT}{_OPEN}(?P<d>{_DAY}){_ORDINAL}\s{{0,2}}{_OF}(?P<m>{_M})\s?(?P<sep>{_TO})\s?"
        rf"(?P<d2>{_DAY}){_ORDINAL}\s{{0,2}}{_OF}(?P<m2>{_M})\)?,?\s{{0,3}}{_OF}{_YEAR}{_YEAR_WORD}",
        _two_days,
    ),
    # November 2, 1921; Nov. 2-5 [1921]; May the 3d 1780
    DateForm(
        rf"{_LEFT}\[?(?P<m>{_M})\]?,?\s{{1,3}}(?:the\s)?\[?{_DAYS}\]?,?\s{{1,3}}{_YEAR}", _day
    ),
    # November 30 – December 2, 1921
    DateForm(
        rf"{_LEFT}(?P<m>{_M})\s{{1,3}}(?P<d>{_DAY}){_ORDINAL}\s?(?P<sep>{_TO})\s?(?P<m2>{_M})"
        rf"\s{{1,3}}(?P<d2>{_DAY}){_ORDINAL}\)?,?\s{{1,3}}{_YEAR}",
        _two_days,
    ),
    # 1921, November 2
    DateForm(
        rf"{_LEFT}(?P<y>[12]\d{{3}})[,.]?\s(?P<m>{_M})\s(?P<d>{_DAY}){_ORDINAL}"
        rf"(?P<sep>)(?P<d2>(?!))?{_RIGHT}",
        _day,
    ),
    # November 1921; Nov. [1921]; November–December 1921
    DateForm(
        rf"{_LEFT}\[?(?P<m>{_M})\]?(?:{_AND}(?P<m2>{_M}))?,?\s{{1,3}}{_OF}{_YEAR}{_YEAR_WORD}",
        _month_of_year,
    ),
    # spring of 1922; spring or summer of 1922
    DateForm(
        rf"{_LEFT}(?P<m>{_SEASON})(?:{_OR}(?P<m2>{_SEASON}))?,?\s{_OF}{_YEAR}{_YEAR_WORD}", _season
    ),
    # 2.XI.1921; 2/XI-1921; 2 XI 1921
    DateForm(
        rf"{_LEFT}{_OPEN}{_DAYS}\s?[./ –-]\s?(?P<m>{_ROMAN_MONTH})\.?\s?[./ –—-]\s?"
        rf"{_YEAR}{_YEAR_WORD}",
        _roman,
    ),
    # 2.11.1921; 09/23/1960
    DateForm(
        rf"{_LEFT}\[?(?P<a>\d{{1,2}})(?P<sep>\.\s?|/|-)(?P<b>\d{{1,2}})(?:\.\s?|/|-)"
        rf"{_YEAR}(?![\w/-]){_YEAR_WORD}",
        _figures,
    ),
    # 1921-11-02
    DateForm(r"(?<![\w/.-])(?P<y>[12]\d{3})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])", _iso),
    # 1912-1927; 1921/22
    DateForm(
        rf"{_BARE}(?P<y>[12]\d{{3}})\s?[-–—/]\s?(?P<y2>[12]\d{{3}}|\d\d)(?:\s?гг\.)?{_NO_MORE}",
        _years,
    ),
    # circa 1912-1927
    DateForm(
        rf"(?<!\w)(?P<date>{_ABOUT}(?P<y>[12]\d{{3}})\s?[-–—]\s?(?P<y2>[12]\d{{3}}|\d\d){_NO_MORE})",
        _about_years,
    ),
    # 1920s; 1920-е гг.
    DateForm(
        rf"{_BARE}(?P<y>[12]\d{{2}}0)(?:'?s|-е|-х|-ые|er)(?!\w)(?:\s(?:годы|годов|годах|гг\.))?",
        _decade,
    ),
    # [1921?]; 1921 г.; in 1921; circa 1921
    DateForm(rf"{_LEFT}\[(?P<y>[12]\d{{3}}){_DOUBT}\]", _year_alone),
    DateForm(rf"{_BARE}(?P<y>[12]\d{{3}})\s?(?:г\.|год(?:а|у|ом|е)?(?!\w))", _year_alone),
    DateForm(
        rf"{_BARE}(?P<y>[12]\d{{3}})(?=\s(?:academic|calendar|financial|fiscal|school)\syear(?!\w))",
        _year_alone,
    ),
    DateForm(rf"(?<!\w){_THEN_YEAR}(?P<date>(?P<y>[12]\d{{3}})){_NO_MORE}", _year_alone),
    DateForm(
        rf"(?<!\w)(?P<date>{_ABOUT}\[?(?P<y>[12]\d{{3}})\]?{_RIGHT}{_YEAR_WORD})", _year_alone
    ),
)
"""Forms that hold a year in four figures."""

ROMAN_FORM = DateForm(
    rf"{_LEFT}(?P<date>{_DAYS}\s?[./-]\s?(?P<m>{_ROMAN_MONTH})\s?[./–—-]\s?(?P<y>\d\d)"
    rf"(?![\w/-])(?:\s?г\.|\.(?=[\s)\]]|\Z))?)",
    _roman,
)
"""The Russian notation with a Roman month and two figures; its full stop is the year's."""

SHORT_FORMS: tuple[DateForm, ...] = (
    DateForm(
        rf"{_LEFT}{_DAYS}\s{{0,2}}{_OF}(?P<m>{_M})\s{{0,3}}['’]?(?P<y>\d\d)(?![\w/-])(?:\s?г\.)?",
        _day,
    ),
    DateForm(
        rf"{_LEFT}(?P<m>{_M})\s{{1,2}}{_DAYS},\s{{0,3}}['’]?(?P<y>\d\d)(?![\w/-])"
        r"(?![.:]\d|\s?(?:[ap]\.?\s?m\b|noon|midnight|o['’]clock|hours))",
        _day,
    ),
    DateForm(
        r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>\.|/|-)(?P<b>\d{1,2})(?P=sep)(?P<y>\d\d)"
        r"(?![\w/-])(?:\s?г\.)?",
        _figures,
    ),
)
"""Forms with a year in two figures, read only where the caller gives a hint."""
