"""Dates before Christ: ``15 March 44 B.C.``, ``44 v. Chr.``, ``43–42 до н. э.``.

EDTF counts the year before 1 as 0, so that 44 B.C. is ``-0043`` and 1 B.C. ``0000``, which in the
field of a catalog says that it knows no year.
"""

from __future__ import annotations

from collections.abc import Iterator

from docproc.records import Span
from docproc.references.dates import edtf
from docproc.references.dates.found_date import FoundDate
from docproc.references.dates.months import MONTHS
from docproc.text.patterns import compile_on_use

_SIGNS = ("C", "u. Z", "u.Z", "до н", "до Р", "n.e", "n. e", "př.")
"""One of these is in every such date: far quicker to see than the form is."""
_LIKELY = compile_on_use(r"\d\s?(?:г\S*\s|год\S*\s)?(?:B|v|a|до|p)")
_ERA = (
    r"(?:B\.\s?C\.(?:\s?E\.)?|BCE?(?!\w)|v\.\s?Chr(?:\.|istus)|v\.\s?u\.\s?Z\.|(?:av\.|avant)\s(?:J\.?-?\s?C\.|Jésus-Christ)"
    r"|a\.\s?C(?:hr)?\.(?:\s?n\.)?|до\sн(?:\.\s?э\.|ашей\sэры)|до\sР\.\s?Х\.|p\.\s?n\.\s?e\.|př\.\s(?:n\.\s?l\.|Kr\.)"
    r"|antes\sde\sC(?:\.|risto))"
)
_DATE = compile_on_use(
    rf"(?<![\w/.:-])(?:(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?:of\s|de\s)?(?P<m>[^\W\d_]{{3,12}}),?\s(?:de\s)?"
    rf"|(?P<m2>[^\W\d_]{{3,12}})\s(?:(?P<d2>\d{{1,2}}),\s)?)?"
    rf"(?P<y>\d{{1,4}})(?:\s?(?:[-–]|to|bis|до)\s?(?P<y2>\d{{1,4}}))?\s?(?:гг?\.?\s|год[ау]?\s)?{_ERA}"
)


def find_before_christ(text: str, start: int, end: int) -> Iterator[FoundDate]:
    """Every such date of ``text[start:end]``: a day, a month, a year, or a span of years."""
    for sign in _SIGNS:
        if text.find(sign, start, end) >= 0:
            break
    else:
        return
    if not _LIKELY.search(text, start, end):
        return
    for match in _DATE.finditer(text, start, end):
        month = MONTHS.get((match["m"] or match["m2"] or "").casefold())
        begin = match.start("y") if month is None else match.start()
        years = [1 - int(year) for year in match.group("y", "y2") if year]
        if max(years) > 0 or (len(years) > 1 and years[0] >= years[1]):
            continue
        day = match["d"] or match["d2"]
        try:
            first = edtf.write_edtf(years[0], month, int(day) if month and day else None)
        except ValueError:
            continue
        found = "/".join([first, *map(edtf.write_edtf, years[1:])])
        yield FoundDate(text[begin : match.end()], found, Span(begin, match.end()))
