"""The times that a question names: before May 1921, since 1920, between two days, at Easter 1916.

Read in English, Russian, German, French, Italian and Spanish.  A time that leaves its year open
("in August") is none here: the conversation may complete it (``docproc.followup``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from docproc.questions.feasts import find_feasts
from docproc.questions.parsed import TimeCondition
from docproc.records import Span
from docproc.references import date_bounds, find_dates, parse_date

_ARTICLE: Final = (
    r"(?:(?:the|dem|den|der|das|le|la|les|l['’]|il|lo|el|los|du|des|del|della|dell['’]|dello)\s*)?"
)
_PART: Final = (
    r"(?:(?P<part>early|late|mid|middle|beginning|start|end|close|anfang|mitte|ende|début|"
    r"milieu|fin|начал\w+|середин\w+|кон(?:ц\w+|ец)|inizio|fine|metà|principios|fines|mediados)"
    r"[\s-]+(?:of\s+|de\s+|du\s+|del\s+|di\s+|des\s+)?)?"
)
_BEFORE: Final = (
    r"before|prior to|earlier than|preceding|vor|früher als|avant|до|раньше|ранее|перед|"
    r"prima (?:di|del|dell['’])|antes (?:de|del)"
)
_UNTIL: Final = (
    r"until|till|up to|by|no later than|not later than|as late as|not after|through|bis(?: zum)?|"
    r"spätestens|jusqu['’](?:au|en|à)|au plus tard|не позднее|не позже|вплоть до|к|"
    r"fino (?:al|a)|hasta"
)
_AFTER: Final = (
    r"after|later than|following|subsequent to|nach|später als|après|после|позже|позднее|"
    r"dopo|después (?:de|del)|tras"
)
_SINCE: Final = (
    r"since|not before|no earlier than|starting|beginning|as of|seit(?: dem)?|ab(?: dem)?|depuis|"
    r"à partir d[ue]|dès|начиная с|со? времени|dal|desde|a partir del?|не ранее|не раньше"
)
_IN: Final = (
    r"in|on|of|at|during|around|about|dated|from|im|am|um|vom|von|an|en|au|à|de|du|d['’]|le|"
    r"в|во|на|от|за|nel|nell['’]|il|del|el|летом|зимой|весной|осенью|anno|year|jahre?|année|года?"
)
_PART_ALONE: Final = re.compile(rf"(?<!\w){_PART}(?<=.)\Z", re.IGNORECASE)
_RELATIONS: Final = tuple(
    (name, re.compile(rf"(?<!\w)(?:{words})\s*{_ARTICLE}{_PART}\s*\Z", re.IGNORECASE))
    for name, words in (
        ("until", _UNTIL), ("before", _BEFORE), ("after", _AFTER), ("since", _SINCE), ("in", _IN),
    )
)  # fmt: skip
_FROM_ON: Final = re.compile(
    r"\s*(?:on|onwards?|or later|and later|an|aufwärts|oder später|et après|ou après|и позже|"
    r"и далее)(?!\w)", re.I
)  # fmt: skip
_FROM: Final = re.compile(r"(?<!\w)(?:from|von|vom|с|со|de|du|dal|desde)\s*(?:the|dem)?\s*\Z", re.I)
_BETWEEN: Final = re.compile(
    r"(?<!\w)(?P<open>between|from|zwischen|von|vom|entre|du|de|между|со?|tra|fra|dal|desde)\s+"
    r"(?:the\s+|dem\s+|le\s+|el\s+|il\s+)?(?P<first>[^?!;,]{1,30}?)\s+"
    r"(?P<join>and|to|until|till|und|bis(?:\s+zum)?|et|au|à|jusqu['’]au|и|по|до|e|al|y|a)\s+"
    r"(?:the\s+|dem\s+|le\s+|el\s+|il\s+)?\Z",
    re.IGNORECASE,
)
_CLOSED: Final = {
    "between": "and", "zwischen": "und", "entre": "et|y", "между": "и", "tra": "e", "fra": "e",
}  # fmt: skip
_OPENING: Final = re.compile(
    r"(?<!\w)(?:between|zwischen|entre|между|tra|fra)\s+(?:the\s+|dem\s+|le\s+)?\Z", re.IGNORECASE
)
_A_MONTH: Final = 31
_LAST_YEAR: Final = 2100
_YEAR: Final = re.compile(r"(?<![\w/.,№#-])(?P<year>1[0-9]{3}|20[0-2]\d)(?![\w/-])(?![.,]\d)")
_LOOK_BACK: Final = 48
_EARLY: Final = "early beginning start anfang début начал inizio principios"
_MIDDLE: Final = "mid middle mitte milieu середин metà mediados"


def find_times(question: str) -> tuple[TimeCondition, ...]:
    """Every time that *question* names, in its order, none overlapping another."""
    kept: list[TimeCondition] = []
    for time in _times(question):
        if kept and kept[-1].span.overlaps(time.span):
            kept.pop()  # the later one took the earlier into a range
        kept.append(time)
    return tuple(kept)


def _times(question: str) -> Iterator[TimeCondition]:
    for first, last, span in _days(question):
        yield _condition(question, first, last, span)


def _days(question: str) -> Iterator[tuple[date | None, date | None, Span]]:
    """The days that each date of *question* can mean, and where it stands."""
    found: list[tuple[date | None, date | None, Span]] = []
    for each in find_dates(question):
        first, last = _bounds(each.edtf)
        if (first or last) is not None and (first or last or date.min).year <= _LAST_YEAR:
            found.append((first, last, each.span))
    found += find_feasts(question)
    for match in _YEAR.finditer(question):
        span = Span(*match.span())
        if any(span.overlaps(other) for _, _, other in found):
            continue
        before = question[max(0, span.start - _LOOK_BACK) : span.start]
        after = question[span.end : span.end + 12]
        governed = any(pattern.search(before) for _, pattern in _RELATIONS)
        ranged = _BETWEEN.search(before) or re.match(
            r"\s*(?:and|to|und|bis|et|и|по|до|e|y|al?)\s+(?:1\d{3}|20\d\d)", after
        )
        if governed or ranged:
            year = int(match["year"])
            found.append((date(year, 1, 1), date(year, 12, 31), span))
    yield from sorted(found, key=lambda item: item[2].start)


def _bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last day; ``None`` where the date is open."""
    try:
        if edtf.startswith("../"):
            return None, date_bounds(edtf[3:])[1]
        if edtf.endswith("/.."):
            return date_bounds(edtf[:-3])[0], None
        return date_bounds(edtf)
    except ValueError:
        return None, None


def _condition(question: str, first: date | None, last: date | None, span: Span) -> TimeCondition:
    """The condition that the words around a date make of it."""
    start = max(0, span.start - _LOOK_BACK)
    before = question[start : span.start]
    if first is None or last is None:  # "not later than" was read with the date
        return TimeCondition(first, last, span.of(question), span, limit=True)
    if between := _between(before, start, first, span):
        begin, whole = between
        return TimeCondition(begin, last, whole.of(question).strip(), whole, limit=True)
    if opening := _OPENING.search(before):  # "between June and August 1918" is one date
        whole = Span(start + opening.start(), span.end)
        if re.search(r"\s|[-–—/]", span.of(question)) and (last - first).days > _A_MONTH:
            return TimeCondition(first, last, whole.of(question), whole, limit=True)
    opened, on = _FROM.search(before), _FROM_ON.match(question, span.end)
    if opened and on:
        whole = Span(start + opened.start(), on.end())
        return TimeCondition(first, None, whole.of(question), whole, limit=True)
    for relation, pattern in _RELATIONS:
        match = pattern.search(before)
        if match is None:
            continue
        if match["part"]:
            first, last = _part(match["part"].casefold(), first, last)
        whole = Span(start + match.start(), span.end)
        said = whole.of(question).strip()
        match relation:
            case "before":
                return TimeCondition(None, first - timedelta(days=1), said, whole, limit=True)
            case "until":
                return TimeCondition(None, last, said, whole, limit=True)
            case "after":
                return TimeCondition(last + timedelta(days=1), None, said, whole, limit=True)
            case "since":
                return TimeCondition(first, None, said, whole, limit=True)
            case _:
                return TimeCondition(first, last, said, whole, limit=False)
    match = _PART_ALONE.search(before)
    if match and match["part"]:
        first, last = _part(match["part"].casefold(), first, last)
        span = Span(start + match.start(), span.end)
    return TimeCondition(first, last, span.of(question), span, limit=False)


def _between(before: str, start: int, last: date, span: Span) -> tuple[date, Span] | None:
    """The first day of a range that ends at *span*, and the span of it all."""
    match = _BETWEEN.search(before)
    if match is None:
        return None
    join = _CLOSED.get(match["open"].casefold())
    if join and match["join"].casefold() not in join.split("|"):
        return None
    printed = match["first"].strip()
    if printed.isdecimal() and len(printed) < 3:  # "between 1 and 30 April 1916"
        printed = f"{last.year:04d}-{last.month:02d}-{int(printed):02d}"
    for words in (printed, f"{printed} {last.year}"):
        if found := parse_date(words, day_first=True):
            first, _ = _bounds(found.edtf)
            if first is not None and first <= last:
                return first, Span(start + match.start(), span.end)
    return None


def _part(word: str, first: date, last: date) -> tuple[date, date]:
    """The part of a year, or of a month, that "early", "mid" or "the end of" means."""
    way = 0 if _is(word, _EARLY) else 1 if _is(word, _MIDDLE) else 2
    days = (last - first).days + 1
    third = days // 3
    if way == 0:
        return first, first + timedelta(days=third)
    if way == 1:
        return first + timedelta(days=third), last - timedelta(days=third)
    return last - timedelta(days=third), last


def _is(word: str, words: str) -> bool:
    return any(word.startswith(each) for each in words.split())
