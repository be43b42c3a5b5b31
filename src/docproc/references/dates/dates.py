"""Dates in running text and in metadata, as printed and as EDTF.

Found are days, months, seasons, years, decades and ranges, with months in words (English,
Russian, German, French, Italian, Spanish), in Roman numerals (``2.XI.1921``, ``2/XI - 21.``)
or in figures.  What a date leaves open stays open:

* A year in two figures is taken from the ``near`` or ``century`` that the caller gives.
  Without either, only the Russian notation with a Roman month is read, as 19xx, and marked
  uncertain (``1921-11-02?``), for the century is a guess.
* ``3/4/1921`` can be two days; without ``day_first`` it is ``1921-XX-XX``.
* A year alone counts in running text only where a word, a bracket or a sign says that it is
  one (``in 1921``, ``[1921]``, ``1921 г.``).
* A day of a month without a year is not read: EDTF's first two levels cannot write it.
* Square brackets (supplied by an editor) leave no mark in the EDTF: they stand in ``printed``.

Days of the French Republican calendar (``14 floréal an IX``) are read as those they were, and
days in words (``le quatre mai mil neuf cent quatorze``) as well, and years before Christ.

Two calendars: where a day is given in both (``1/14 February 1918``), ``edtf`` is the
Gregorian one and ``julian`` the other; they are taken for one day only if they differ by
what the calendars differ by in that century.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from docproc.records import Span, strip_span
from docproc.references.dates.before_christ import find_before_christ
from docproc.references.dates.date_forms import (
    FORMS,
    REACH,
    ROMAN_FORM,
    SHORT_FORMS,
    YEARS,
    DateForm,
)
from docproc.references.dates.days_in_words import find_spelled_dates
from docproc.references.dates.edtf import is_edtf
from docproc.references.dates.found_date import FoundDate, Hints, gregorian_of, julian_of
from docproc.references.dates.republican import REPUBLICAN_FORM, may_hold_republican_date
from docproc.text.patterns import compile_on_use

_ABOUT = compile_on_use(
    r"(?<!\w)(?:c\.|ca\.?|circa|approximately|около|ок\.|приблизительно|um den|um|etwa|vers le|vers"
    r"|environ|verso il|hacia)\s?\Z",
    re.IGNORECASE,
)
_NOT_BEFORE = compile_on_use(
    r"(?<!\w)(?:not? (?:earlier|before|prior)(?: than| to)?|не (?:ранее|раньше)(?: чем)?"
    r"|nicht (?:vor|früher als)(?: dem)?|frühestens|pas avant(?: le)?|au plus tôt(?: le)?"
    r"|non prima del)\s\Z",
    re.IGNORECASE,
)
_NOT_AFTER = compile_on_use(
    r"(?<!\w)(?:not? (?:later|after)(?: than)?|не (?:позднее|позже)(?: чем)?"
    r"|nicht (?:nach|später als)(?: dem)?|spätestens|pas après(?: le)?|au plus tard(?: le)?"
    r"|non dopo il)\s\Z",
    re.IGNORECASE,
)
_AFTER = compile_on_use(
    r"(?<!\w)(?:(?:on or )?after|since|from|после|с|nach(?: dem)?|après(?: le)?)\s\Z", re.I
)
_BEFORE = compile_on_use(
    r"(?<!\w)(?:(?:on or )?before|until|by|до|vor(?: dem)?|avant(?: le)?)\s\Z", re.I
)
_SUPPLIED = compile_on_use(r"\[(?:on or )?(?:[^\W\d]{2,6}\s)(?:le |dem )?\Z")
"""``[after 22 May 1937]``: in an editor's brackets such a word is the date's, and no sentence's."""
_LONGEST_PREFIX = 32
_OLD_STYLE = compile_on_use(
    r",?\s?[(\[]?(?:O\.\s?S\.|Old Style|ст\.\s?ст(?:\.|иля)|по ст(?:арому|\.) ст(?:илю|\.)"
    r"|a\.\s?St\.)[)\]]?",
    re.IGNORECASE,
)
_TO = compile_on_use(
    r"\s{0,2}[-–—]\s{0,2}|\s(?:to|until|till|bis|по|до|au|al|hasta)(?: the| zum| dem)?\s", re.I
)
_BRACKETS = {"[": "]", "(": ")", "<": ">"}
_DOUBT = compile_on_use(r"\s?[(\[]\?[)\]]")
_PLACE = compile_on_use(
    r"(?:[^\d\[\]?/]{2,60}?[,.]\s+)?(?:den|le|the|il|el|am|on|on the|dated|от)?\s?", re.IGNORECASE
)


def find_dates(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    near: int | None = None,
    century: int | None = None,
    day_first: bool | None = None,
) -> tuple[FoundDate, ...]:
    """Every date of ``text[start:end]``, in order, none overlapping another.

    *near* (a year) or *century* (``19`` for 19xx) resolve years in two figures;
    *day_first* says how ``3/4/1921`` is meant.
    """
    end = len(text) if end is None else end
    return _find(text, start, end, Hints(near, century, day_first))


def parse_date(
    text: str, *, near: int | None = None, century: int | None = None, day_first: bool | None = None
) -> FoundDate | None:
    """Read *text* as one date and nothing else; ``None`` if it is not.

    Taken are EDTF itself (``1921-10``, ``1921/1922``, ``192X``), whatever ``find_dates``
    finds, a year alone, and a date after its place (``Moscow, 2 November 1921``).
    """
    span = strip_span(text, 0, len(text))
    printed = span.of(text)
    if is_edtf(printed):
        return FoundDate(printed, printed, span)
    bare = printed.rstrip(".")
    if len(bare) == 5 and bare.endswith("?") and is_edtf(bare):
        return FoundDate(printed, bare, span)
    found = _find(text, span.start, span.end, Hints(near, century, day_first, whole=True))
    if len(found) != 1:
        return None
    before = text[span.start : found[0].span.start]
    after = text[found[0].span.end : span.end].strip(" .,;])")
    if after == "?":
        return replace(found[0], edtf=found[0].edtf.rstrip("?~%") + "?")
    if re.fullmatch(r"[^\W\d_][^\d\[\]?/;:]{2,30}", after) and text[found[0].span.end] == ",":
        after = ""
    if after or (before.strip("[( ") and not _PLACE.fullmatch(before)):
        return None
    return found[0]


def _find(text: str, start: int, end: int, hints: Hints) -> tuple[FoundDate, ...]:
    raw: list[FoundDate] = []
    for low, high in _stretches(text, start, end):
        for form in FORMS:
            raw += _matches(form, text, low, high, hints)
    raw += _matches(ROMAN_FORM, text, start, end, hints)
    if may_hold_republican_date(text, start, end):
        raw += _matches(REPUBLICAN_FORM, text, start, end, hints)
    raw += find_spelled_dates(text, start, end)
    raw += find_before_christ(text, start, end)
    if hints.near is not None or hints.century is not None:
        for form in SHORT_FORMS:
            raw += _matches(form, text, start, end, hints)
    marked = [_take_in_markers(text, start, end, found, hints) for found in _apart(raw)]
    return tuple(_join_ends(text, marked))


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of the text that lie near a year, so that the rest need not be read."""
    low = high = -1
    for match in YEARS.finditer(text, start, end):
        begin = max(start, match.start() - REACH[0])
        if begin > high:
            if high >= 0:
                yield low, high
            low = begin
        high = min(end, match.end() + REACH[1])
    if high >= 0:
        yield low, high


def _matches(form: DateForm, text: str, start: int, end: int, hints: Hints) -> Iterator[FoundDate]:
    pattern = form.compiled
    group = "date" if "date" in pattern.groupindex else 0
    match = pattern.search(text, start, end)
    while match:
        try:
            meaning = form.read(match, hints)
        except (KeyError, ValueError):
            meaning = None
        if meaning:
            begin, stop = match.span(group)
            # A bracket belongs to the date only if its other half does.
            opening, printed = text[begin], text[begin:stop]
            if opening in _BRACKETS and printed.count(opening) > printed.count(_BRACKETS[opening]):
                begin += 1
            if text[stop - 1] == "]" and "[" not in text[begin:stop]:
                stop -= 1
            yield FoundDate(text[begin:stop], meaning[0], Span(begin, stop), meaning[1])
        # What was refused may hide a date that begins inside it.
        match = pattern.search(text, match.end() if meaning else match.start() + 1, end)


def _apart(found: Iterable[FoundDate]) -> Iterator[FoundDate]:
    """Without overlaps; of two that overlap, the longer stays."""
    kept: FoundDate | None = None
    for one in sorted(found, key=lambda f: (f.span.start, -len(f.span))):
        if kept is None or not kept.span.overlaps(one.span):
            if kept is not None:
                yield kept
            kept = one
        elif len(one.span) > len(kept.span):
            kept = one
    if kept is not None:
        yield kept


def _take_in_markers(text: str, start: int, end: int, found: FoundDate, hints: Hints) -> FoundDate:
    """With the words around a date that change what it means taken into it."""
    behind = found.span.end
    old = _OLD_STYLE.match(text, behind, end)
    if old and re.fullmatch(r"\d{4}-\d\d-\d\d", found.edtf):
        year, month, day = map(int, found.edtf.split("-"))
        found = _wider(text, found, found.span.start, old.end())
        found = replace(found, edtf=gregorian_of(year, month, day).isoformat(), julian=found.edtf)
    doubt = _DOUBT.match(text, found.span.end, end)
    if doubt and "/" not in found.edtf and found.edtf[-1] not in "?~%":
        found = _wider(text, found, found.span.start, doubt.end())
        found = replace(found, edtf=found.edtf + "?")
    low = max(start, found.span.start - _LONGEST_PREFIX)
    window = text[low : found.span.start]
    if "/" in found.edtf:
        return found
    about = _ABOUT.search(window)
    if about or _ABOUT.match(found.printed[: found.printed.find(" ") + 1]):
        mark = "%" if found.edtf.endswith("?") else "~"
        begin = low + about.start() if about else found.span.start
        found = _wider(text, found, begin, found.span.end)
        return replace(found, edtf=found.edtf.rstrip("?~%") + mark)
    supplied = _SUPPLIED.search(window) is not None
    for pattern, shape in (
        (_NOT_BEFORE, "{}/.."),
        (_NOT_AFTER, "../{}"),
        *(((_AFTER, "{}/.."), (_BEFORE, "../{}")) if hints.whole or supplied else ()),
    ):
        before = pattern.search(window)
        if before:
            found = _wider(text, found, low + before.start(), found.span.end)
            return replace(found, edtf=shape.format(found.edtf))
    return found


def _wider(text: str, found: FoundDate, start: int, end: int) -> FoundDate:
    return replace(found, printed=text[start:end], span=Span(start, end))


def _join_ends(text: str, found: Iterable[FoundDate]) -> Iterator[FoundDate]:
    """Ranges whose two ends are dates in full, and days given in both calendars so."""
    before: FoundDate | None = None
    for one in found:
        both = before and _join(text, before, one)
        if both:
            before = both
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _join(text: str, first: FoundDate, last: FoundDate) -> FoundDate | None:
    gap = text[first.span.end : last.span.start]
    whole = _wider(text, first, first.span.start, last.span.end)
    if gap.strip() in ("/", "(") and first.julian is None and last.julian is None:
        try:
            julian = julian_of(date.fromisoformat(last.edtf))
        except ValueError:
            return None
        if first.edtf == "{:04d}-{:02d}-{:02d}".format(*julian):
            end = last.span.end + (gap.strip() == "(" and text[last.span.end :][:1] == ")")
            whole = _wider(text, first, first.span.start, end)
            return replace(whole, edtf=last.edtf, julian=first.edtf)
        return None
    if not _TO.fullmatch(gap):
        return None
    begin = first.edtf.removesuffix("/..")
    stop = last.edtf.removeprefix("../")
    interval = f"{begin}/{stop}"
    if "/" in begin or "/" in stop or not is_edtf(interval):
        return None
    return replace(whole, edtf=interval)
