"""Days of the French Republican calendar, ``14 floréal an IX``, of its years I to XIV.

The first days of its years are those that were in force (decree of 5 October 1793, 4 frimaire II);
rules by which it was to be carried on afterwards play no part before 1806.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from docproc.references.dates import edtf
from docproc.references.dates.date_forms import DateForm, Meaning
from docproc.references.dates.found_date import Hints
from docproc.references.dates.months import MONTHS

_BEGUN = (22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23)
"""The day of September on which each year began, from 1792."""
_SIX_DAYS = (3, 7, 11)
"""The years that had a sixth complementary day."""
_LAST = date(1805, 12, 31)
_YEARS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
_MONTHS = (
    *("vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse"),
    *("germinal", "floréal", "prairial", "messidor", "thermidor", "fructidor"),
)
_NAMES = {name: number for number, name in enumerate(_MONTHS)} | {
    "vendemiaire": 0, "nivose": 3, "pluviose": 4, "ventose": 5, "floreal": 7,
    "vend": 0, "vendém": 0, "brum": 1, "frim": 2, "niv": 3, "pluv": 4, "vent": 5, "germ": 6,
    "flor": 7, "prair": 8, "mess": 9, "therm": 10, "fruct": 11,
}  # fmt: skip


def _day(match: re.Match[str], _: Hints) -> Meaning | None:
    written = match["y"]
    year = int(written) if written.isdecimal() else _YEARS.index(written.upper()) + 1
    day = int(match["d"])
    if match["m"] is None:
        month, most = 12, 6 if year in _SIX_DAYS else 5
    else:
        month, most = _NAMES[match["m"].rstrip(".").casefold()], 30
    if not 1 <= year <= len(_BEGUN) or not 1 <= day <= most:
        return None
    begun = date(1791 + year, 9, _BEGUN[year - 1])
    found = begun + timedelta(days=30 * month + day - 1)
    if found > _LAST or not _agrees(match, found):
        return None
    return edtf.write_edtf(found.year, found.month, found.day), None


def _agrees(match: re.Match[str], found: date) -> bool:
    """Whether the day beside it, ``(9 novembre 1799)``, is the same one, where there is one."""
    if match["gd"] is None:
        return True
    month = MONTHS[match["gm"].rstrip(".").casefold()]
    return date(int(match["gy"]), month, int(match["gd"])) == found


REPUBLICAN_FORM = DateForm(
    r"(?<![\w])(?<![\d][./:-])(?P<d>30|[12]\d|0?[1-9])(?:er|ᵉʳ|e|ème|d|°)?\.?\s{1,2}"
    r"(?:jour\s(?:compl[ée]mentaire|compl\.)|(?P<m>[^\W\d_]{3,11}\.?)),?\s{1,2}"
    r"(?:de\s)?(?:l['’]\s?)?an\s{1,2}(?P<y>[IVX]{1,4}|1[0-4]|[1-9])(?:e|ème|°)?(?!\w)"
    r"(?:\s?[(\[=]\s?(?:le\s)?(?P<gd>\d{1,2})(?:er)?\s(?P<gm>[^\W\d_]{3,9}\.?)\s(?P<gy>1[78]\d\d)"
    r"[)\]]?)?",
    _day,
)
_STEMS = (
    *("émiaire", "emiaire", "rumaire", "rimaire", "ivôse", "ivose", "uviôse", "uviose", "entôse"),
    *("entose", "erminal", "oréal", "oreal", "airial", "essidor", "ermidor", "uctidor"),
    *("vend.", "vendém.", "brum.", "frim.", "niv.", "pluv.", "vent.", "germ.", "flor.", "prair."),
    *("mess.", "therm.", "fruct.", "mplémentaire", "mplementaire", "our compl."),
)


def may_hold_republican_date(text: str, start: int, end: int) -> bool:
    """Whether a month of that calendar is in ``text[start:end]``: far cheaper than the pattern."""
    if text.find(" an ", start, end) < 0 and not _has_the_year(text, start, end):
        return False
    return any(text.find(stem, start, end) >= 0 for stem in _STEMS)


def _has_the_year(text: str, start: int, end: int) -> bool:
    return text.find("'an ", start, end) >= 0 or text.find("’an ", start, end) >= 0
