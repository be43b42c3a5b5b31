"""Feasts of a year as days: Easter, Whitsun, Christmas, and the weeks that are called after them.

Easter by the algorithm of Meeus, Jones and Butcher (Gregorian) and that of Meeus (Julian), as in
J. Meeus, *Astronomical Algorithms* (1991), chapter 8.  The Russian words mean the Orthodox feasts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from docproc.records import Span
from docproc.references.dates.found_date import gregorian_of
from docproc.text.patterns import compile_on_use

_WEEK: Final = r"(?P<week>[\s-]*(?:week|woche|weekend|tide|monday|montag|sunday|sonntag))?"
_YEAR: Final = r"(?:\s+(?:of|in|del?|du|im jahre|года?))?,?\s+(?P<year>1\d{3}|20\d\d)(?!\d)"


def easter(year: int) -> date:
    """Easter Sunday of the western churches; of 1583 and later."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, as a day of the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return gregorian_of(year, month, day + 1)


def _easter_and(days: int, of: Callable[[int], date] = easter) -> Callable[[int], date]:
    return lambda year: of(year) + timedelta(days=days)


def _on_day(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


_FEASTS: Final[tuple[tuple[str, Callable[[int], date], int], ...]] = (
    # words, the first day, and how many days the feast lasts where no week is spoken of
    (r"good friday|karfreitag|vendredi saint|venerdì santo|viernes santo", _easter_and(-2), 1),
    (r"palm sunday|palmsonntag|(?:dimanche des )?rameaux", _easter_and(-7), 1),
    (r"holy|kar|semaine sainte|s(?:emana|ettimana) santa|страстн\w+ недел\w+", _easter_and(-7), 7),
    (r"easter|ostern|oster|pâques|pasqua|pascua", _easter_and(0), 2),
    (r"ascension(?: day)?|christi himmelfahrt|l['’]ascension", _easter_and(39), 1),
    (r"whitsun(?:tide)?|whit|pentecost|pfingsten|pfingst|pentecôte|pentecoste", _easter_and(49), 2),
    (r"corpus christi|fronleichnam|fête-dieu", _easter_and(60), 1),
    (r"ash wednesday|aschermittwoch|mercredi des cendres", _easter_and(-46), 1),
    (r"christmas(?: eve| day)?|xmas|weihnachten|weihnacht|noël|natale|navidad",
     _on_day(12, 24), 3),
    (r"new year['’]?s eve|silvester|(?:la )?saint-sylvestre|san silvestro|nochevieja",
     _on_day(12, 31), 1),
    (r"new year(?:['’]?s(?: day)?)?|neujahr|(?:le )?nouvel an|capodanno", _on_day(1, 1), 1),
    (r"michaelmas|michaelis", _on_day(9, 29), 1),
    (r"all saints(?:['’])?(?: day)?|allerheiligen|(?:la )?toussaint|ognissanti", _on_day(11, 1), 1),
    (r"candlemas|lichtmess|chandeleur", _on_day(2, 2), 1),
    (r"(?:st\.? |saint )?martinmas|martini|la saint-martin", _on_day(11, 11), 1),
    (r"пасх[аиеуой]+|пасхальн\w+", _easter_and(0, orthodox_easter), 2),
    (r"троиц[аыеуй]+", _easter_and(49, orthodox_easter), 1),
    (r"рождеств[оауе]м?|сочельник\w*", _on_day(12, 24), 15),
)  # fmt: skip
_PATTERNS: Final = [
    (compile_on_use(rf"(?<!\w)(?:{words}){_WEEK}(?!\w){_YEAR}", re.IGNORECASE), day, length)
    for words, day, length in _FEASTS
]
_GATE: Final = compile_on_use(r"(?<!\d)(?:1\d{3}|20\d\d)(?!\d)")


def find_feasts(text: str) -> list[tuple[date | None, date | None, Span]]:
    """The feasts of a year that *text* names: first day, last day, and where each stands."""
    if not _GATE.search(text):
        return []
    found: list[tuple[date | None, date | None, Span]] = []
    for pattern, day, length in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(other) for _, _, other in found):
                continue
            first = day(int(match["year"]))
            week = (match["week"] or "").strip(" -").casefold()
            if week in ("monday", "montag"):
                first, length = first + timedelta(days=1), 1
            elif week in ("sunday", "sonntag"):
                length = 1
            elif week:
                length = 7
            found.append((first, first + timedelta(days=length - 1), span))
    return found
