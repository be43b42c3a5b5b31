"""Dates of TEI: what the attributes say, with the doubt and the calendar that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from docproc.formats.described import edtf_of, make_date, mention
from docproc.formats.xml import Element, local
from docproc.records import Mention, StatedDate
from docproc.references import find_dates, is_edtf, parse_date
from docproc.references.dates.found_date import gregorian_of
from docproc.stages.parse.xml.tei.marks import is_quoted
from docproc.stages.parse.xml.tei.shown import shown_words
from docproc.text.patterns import compile_on_use

_DAY = compile_on_use(r"\d{4}-\d\d-\d\d")
_ABOUT = compile_on_use(
    r"(?<!\w)(?:mitte|anfangs?|ende|mid-?|early|late|beginning|end|middle|début|fin|mi-|inizio|metà|"
    r"fine|начало|середина|конец)(?!\w)",
    re.IGNORECASE,
)
_CIRCA = compile_on_use(
    r"(?<!\w)(?:um|ca\.?|circa|c\.|etwa|about|around|vers|environ|около|ок\.)(?=\W)", re.IGNORECASE
)
_TWO_STYLES = compile_on_use(r"\d\s?[/(–-]\s?\d|/|\(|O\.\s?S|Old Style|ст\.?\s?ст|a\.\s?St")
_PLACE_NAMES = ("placeName", "settlement", "geogName")
_PLACES = tuple(f"{{*}}{name}" for name in (*_PLACE_NAMES, "name", "rs"))
_PLACE_TYPES = ("place", "city", "town", "settlement")
_UNSURE = ("low", "medium", "unknown")


def read_date(element: Element | None, place: str = "metadata") -> StatedDate | None:
    """The date that a ``date`` element states; ``None`` if it states none that is known.

    ``when`` is the day; ``from`` and ``to`` all days of a span; ``notBefore`` and ``notAfter``
    the days of which it is one.  A question mark in what is printed, or ``cert="low"``, is kept
    as EDTF's mark of doubt, and of "Mitte April" only the month is.
    """
    if element is None:
        return None
    printed = shown_words(element)
    when, first, last, low, high = (
        next((iso for name in names if (iso := _edtf_of(element, name))), None)
        for names in (
            ("when", "when-iso", "value"),
            ("from", "from-iso"),
            ("to", "to-iso"),
            ("notBefore", "notBefore-iso"),
            ("notAfter", "notAfter-iso"),
        )
    )
    if when:
        if when[0] == "-" and (read := parse_date(printed)) and read.edtf[0] == "-":
            when = read.edtf  # editions count the year 0, or do not
        found = make_date(printed, when, place=place)
        return _in_calendar(_add_doubt(found, element), element) if found else None
    if low and high and low != high:
        edtf = f"[{low}..{high}]"
        if is_edtf(edtf):
            return StatedDate(printed or f"{low}–{high}", edtf, place)
        return make_date(printed, place=place)  # the ends contradict each other
    if low and low == high:
        found = make_date(printed, low, place=place)
        return _add_doubt(found, element) if found else None
    if low and not high:
        return StatedDate(printed or low, f"{low}/..", place)
    if first and first == last:
        return make_date(printed, first, place=place)
    return make_date(printed, first, last or high, place)


def _edtf_of(element: Element, name: str) -> str | None:
    """An attribute's date: W3C XML Schema 1.0, unlike EDTF, has no year 0 (``-0044``: 44 B.C.)."""
    iso = edtf_of(element.get(name))
    if iso and iso[0] == "-" and not name.endswith("iso"):
        return f"{int(iso[:5]) + 1:05d}{iso[5:]}" if iso[:5] != "-0001" else None
    return iso


def _add_doubt(found: StatedDate, element: Element) -> StatedDate:
    """*found* with the doubt that the attributes, or the printed form, throw on it."""
    printed, edtf = found.printed, found.edtf
    if "/" in edtf or edtf[-1] in "?~%":
        return found
    unsure = "?" in printed or element.get("cert") in _UNSURE
    about = element.get("precision") in _UNSURE or _CIRCA.search(printed) is not None
    if _ABOUT.search(printed) and _DAY.fullmatch(edtf):
        edtf, about = edtf[:7], True
    mark = "%" if unsure and about else "?" if unsure else "~" if about else ""
    return replace(found, edtf=edtf + mark)


def _in_calendar(found: StatedDate, element: Element) -> StatedDate:
    """*found* with its day in Old Style, where the source gives that as well."""
    calendar = element.get("calendar", "").casefold()
    if "julian" not in calendar and not _TWO_STYLES.search(found.printed):
        return found
    bare = found.edtf.rstrip("?~%")
    if not _DAY.fullmatch(bare):
        return found
    mark = found.edtf[len(bare) :]
    read = parse_date(found.printed)
    if read and read.julian and bare in (read.edtf, read.julian):
        return replace(found, edtf=read.edtf + mark, julian=read.julian)
    if "julian" not in calendar:
        return found
    custom = edtf_of(element.get("when-custom"))
    if custom and custom != bare:
        return replace(found, julian=custom)
    if read and read.edtf == bare:  # the printed day itself, which was not converted
        day = date.fromisoformat(bare)
        gregorian = gregorian_of(day.year, day.month, day.day).isoformat()
        return replace(found, edtf=gregorian + mark, julian=bare)
    return replace(found, julian=read.edtf) if read and _DAY.fullmatch(read.edtf) else found


def is_of_another(place: Element, element: Element) -> bool:
    """Whether *place* is of a text that *element* quotes."""
    above = place.getparent()
    while above is not None and above is not element:
        if is_quoted(above):
            return True
        above = above.getparent()
    return False


def own_place(element: Element) -> Mention | None:
    """The place that the first dateline of the text names, where the markup names one there."""
    for line in element.iter("{*}dateline"):
        if is_of_another(line, element):
            continue
        named = [
            each
            for each in line.iter(*_PLACES)
            if local(each) in _PLACE_NAMES or each.get("type") in _PLACE_TYPES
        ]
        words = shown_words(named[0]) if len(named) == 1 else ""
        return mention(" ".join(words.split()).strip(" ,;:[]"))
    return None


def own_dates(element: Element) -> tuple[StatedDate, ...]:
    """The first date that the text states of itself, alone; empty if it states none."""
    return tuple(islice(_each_own_date(element), 1))


def _each_own_date(element: Element) -> Iterator[StatedDate]:
    """The dates of datelines, openers, closers and heads, as their markup or their words state."""
    heads: list[Element] = []
    for place in element.iter("{*}dateline", "{*}opener", "{*}closer", "{*}head"):
        name = local(place)
        if is_of_another(place, element):
            continue
        if name == "head":
            heads.append(place)
            continue
        for each in place.iter("{*}date"):
            if stated := read_date(each, "dateline"):
                yield stated
        if name == "dateline":
            for found in find_dates(shown_words(place)):
                yield StatedDate(found.printed, found.edtf, "dateline", None, found.julian)
    for head in heads:
        for each in head.iter("{*}date"):
            if stated := read_date(each, "heading"):
                yield stated
