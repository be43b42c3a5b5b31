"""The times that a question names: before May 1921, since 1920, between two days, at Easter 1916.

Read in English, Russian, German, French, Italian and Spanish.  A time that leaves its year open
("in August") is none here: the conversation may complete it (``docproc.followup``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from docproc.questions.bounds import BOUNDS
from docproc.questions.centuries import find_centuries
from docproc.questions.feasts import find_feasts
from docproc.questions.parsed import TimeCondition
from docproc.questions.reduced_dates import Years, any_year, reduce_dates
from docproc.records import Span
from docproc.references import date_bounds, find_dates, parse_date
from docproc.text.patterns import compile_on_use

_ARTICLE: Final = (
    r"(?:(?:the|dem|den|der|das|die|les?|la|l['’]|il|lo|gli|i|el|los|las|du|des|del|dell[aeo]|"
    r"dell['’])\s*)?"
)
_ORDINALS: Final = (
    r"first|1st|erste\w*|premi[eè]re?s?|primer\w*|prim[aeio]|перв\w+",
    r"second[eao]?|2nd|zweite\w*|deuxième|segund\w+|втор\w+",
    r"third|3rd|dritte\w*|troisième|tercer\w*|terz[oa]|трет\w+",
    r"fourth|4th|vierte\w*|quatrième|cuart\w+|quart[oa]|четв[её]рт\w+",
    r"last|final|letzte\w*|derni[eè]re?s?|[uú]ltim\w+|последн\w+",
)
_UNITS: Final = {
    "week": r"week|woche|semaine|semana|settimana|недел\w+",
    "days": r"(?:few )?days|tagen?|jours|d[ií]as|giorni|дн\w+|числ\w+",
    "months": r"months|monaten?|mois|meses|mesi|месяц\w+",
    "half": r"half|hälfte|moitié|mitad|metà|половин\w+",
    "third": r"third|drittel|tiers|tercio|terzo|треть\w*",
    "quarter": r"quarter|quartal|viertel|trimestre|квартал\w*",
}
_UNIT: Final = "|".join(_UNITS.values())
_PART: Final = (
    r"(?:(?P<part>early|late|mid|middle|beginning|start|end|close|anfang|mitte|ende|début|"
    r"milieu|fin|начал\w+|середин\w+|кон(?:ц\w+|ец)|inizio?|fine|metà|principios|comienzos|"
    r"fines|finales|mediados|primi(?= d)|primeros(?= d)|"
    rf"(?:{'|'.join(_ORDINALS)})\s+(?:{_UNIT}))"
    r"[\s-]+(?:(?:of|de|du|del|di|d|des|dell|im|in|von|vom)['’]?\s*(?:(?:the|dem|der|des)\s+)?)?)?"
)
_BEFORE: Final = (
    r"before|prior to|earlier than|preceding|vor|früher als|avant|до|раньше|ранее|перед|"
    r"prima (?:di|del|dell['’])|antes (?:de|del)|⟦before⟧"
)
_UNTIL: Final = (
    r"(?:until|till|up to|through) and including|(?:on|in) or before|bis einschließlich|"
    r"(?<!not )until|till|up to|by|no later than|not later than|as late as|not after|through|"
    r"bis(?: zum)?|(?:bis )?spätestens(?: bis| im)?|jusqu['’](?:aux?|en|à)|"
    r"au plus tard(?: en)?|не позднее|не позже|вплоть до|к|entro|"
    r"n(?:o|on) (?:más tarde|después|più tardi|oltre) (?:del?|di|il)|a más tardar(?: en)?|"
    r"al più tardi(?: nel| a)?|fino (?:al|a)|hasta|⟦until⟧"
)
_AFTER: Final = (
    r"after|later than|following|subsequent to|nach|später als|après|после|позже|позднее|"
    r"dopo|después (?:de|del)|tras|⟦after⟧"
)
_SINCE: Final = (
    r"(?:on|in) or after|since|not (?:before|until)|no earlier than|starting|beginning|as of|"
    r"seit(?: dem)?|(?:erst )?ab(?: dem)?|nicht vor|depuis|pas avant|"
    r"à (?:partir|compter) d[ue]|dès|начиная с|со? времени|dal|desde|a partire? (?:del?|da|dal)|"
    r"no antes (?:de|del)|non prima (?:di|del)|со?|не ранее|не раньше|⟦since⟧"
)
_IN: Final = (
    r"in|on|of|at|during|throughout|within|in the course of|im laufe des|aus|aus dem|pendant|"
    r"courant|en el|в течение|around|about|dated|from|im|am|um|vom|von|an|en|au|à|a|de|du|d['’]|le|"
    r"over|towards?|zu|gegen|dans|vers|au cours de|durante|verso|hacia|sul|около|"
    r"в|во|на|от|за|nel|nell['’]|nella|il|del|el|летом|зимой|весной|осенью|anno|year|jahre?|année|года?|⟦within⟧"
)
_PART_ALONE: Final = compile_on_use(rf"(?<!\w){_PART}(?<=.)\Z", re.IGNORECASE)
_RELATIONS: Final = tuple(
    (name, compile_on_use(rf"(?<!\w)(?:{words})\s*{_ARTICLE}{_PART}\s*\Z", re.IGNORECASE))
    for name, words in (
        ("until", _UNTIL), ("since", _SINCE), ("before", _BEFORE), ("after", _AFTER), ("in", _IN),
    )
)  # fmt: skip
_FROM_ON: Final = compile_on_use(
    r"\s*(?:on|onwards?|or later|and later|an|aufwärts|oder später|et après|ou après|и позже|"
    r"и далее)(?!\w)", re.I
)  # fmt: skip
_FROM: Final = compile_on_use(
    r"(?<!\w)(?:from|von|vom|с|со|de|du|dal|desde)\s*(?:the|dem)?\s*\Z", re.I
)
_BETWEEN: Final = compile_on_use(
    r"(?<!\w)(?P<open>between|from|zwischen|von|vom|entre|du|de|между|со?|tra|fra|dal?|desde|⟦between⟧)\s+"
    r"(?:the\s+|dem\s+|le\s+|el\s+|il\s+)?(?P<first>[^?!;,]{1,30}?)\s+"
    r"(?P<join>and|to|until|till|und|bis(?:\s+zum)?|et|au|à|jusqu['’](?:au?|en)|и|по|до|e|al|y|a|"
    r"hasta|fino (?:a|al)|⟦to⟧)\s+"
    r"(?:the\s+|dem\s+|le\s+|la\s+|el\s+|il\s+)?\Z",
    re.IGNORECASE,
)
_CLOSED: Final = {
    "between": "and", "zwischen": "und", "entre": "et|y", "между": "и", "tra": "e", "fra": "e",
}  # fmt: skip
_OPENING: Final = compile_on_use(
    r"(?<!\w)(?:between|zwischen|entre|между|tra|fra|⟦between⟧)\s+(?:the\s+|dem\s+|le\s+)?\Z",
    re.IGNORECASE,
)
_YEAR: Final = compile_on_use(r"(?<![\w/.,№#-])(?P<year>1[0-9]{3}|20[0-2]\d)(?![\w/-])(?![.,]\d)")
_ALTERNATIVE: Final = compile_on_use(
    r"(?<!\d)(?:1\d{3}|20\d\d)\s+(?:or|oder|ou|или|либо|o|u)\s+(?:in\s+|im\s+|en\s+|в\s+)?\Z",
    re.I,
)
_RANGE: Final = compile_on_use(r"\w\s*(?:\s(?:по|до|bis|al?|au|to|till|until)\s|[–—-])\s*\w")
_OR: Final = compile_on_use(r"\s+(?:or|oder|ou|или|либо|o|u)\s*", re.IGNORECASE)
_DAY_OR_MONTH: Final = compile_on_use(r"(\d{1,2})/(\d{1,2})/(1\d{3}|20\d\d)")
_DAYS_AWAY: Final = compile_on_use(
    r"(?<!\w)(?:on |am |à |le |la |el |il |alla |in |на )?(?:"
    r"(?P<before>(?:the )?(?:day before|eve of)|tage? vor|vorabend d\w+|(?:la )?veille d[eu]|"
    r"(?:día antes|víspera) del?|"
    r"(?:giorno prima|vigilia) d(?:i|el)|за день до|накануне)|"
    r"(?P<after>(?:the )?(?:day after|morrow of)|tage? nach|(?:le )?lendemain d[eu]|"
    r"día después del?|giorno dopo|на (?:следующий|другой) день после)|"
    r"(?P<week>(?:the )?week (?:of|beginning|from)|woche (?:vom|ab dem)|semaine du|semana del|"
    r"settimana del|недел\w+ с))\s+(?:the |le |il |el |dem |den )?\Z",
    re.IGNORECASE,
)
"""What makes of a day the one before, the one after, or the week from it on."""
_YEAR_AWAY: Final = compile_on_use(
    r"(?<!\w)(?:in |during |im |en |in de[mr] |dans |в |во |за |nell['’]|el )?"
    r"(?:the |das |die |der |l['’]|la |le |el )?"
    r"(?:(?P<year>year|jahr|année|an|año|anno|году?)|month|monat|mois|mes|mese|месяце?)\s+"
    r"(?:(?P<before>before|preceding|prior to|vor|(?:d['’])?avant|précédant|antes del?|"
    r"prima d(?:el|i)|до|перед)|"
    r"(?:after|following|nach|(?:d['’])?après|suivant|después del?|dopo(?: il)?|после))\s+"
    r"(?:the |le |il |el |dem |den )?\Z",
    re.IGNORECASE,
)
"""What makes of a time the year, or the month, beside it."""
_EARLY: Final = "early beginning start anfang début начал inizi principios comienzos prim"
_MIDDLE: Final = "mid middle mitte milieu середин metà mediados"


def find_times(question: str, years: Years = any_year) -> tuple[TimeCondition, ...]:
    """Every time that *question* names, in its order, none overlapping another.

    *years* tells the first and the last of the documents, where a decade has no century.
    """
    reduced, place = reduce_dates(question, years)
    kept: list[TimeCondition] = []
    for time in _times(reduced):
        if kept and kept[-1].span.overlaps(time.span):
            kept.pop()  # the later one took the earlier into a range
        elif kept and _OR.fullmatch(reduced[kept[-1].span.end : time.span.start]):
            time = _either(reduced, kept.pop(), time)
        kept.append(time)
    if reduced == question:
        return tuple(kept)
    spans = [Span(place[time.span.start], place[time.span.end - 1] + 1) for time in kept]
    return tuple(
        replace(time, span=span, printed=span.of(question).strip())
        for time, span in zip(kept, spans, strict=True)
    )


def _either(question: str, one: TimeCondition, other: TimeCondition) -> TimeCondition:
    """The time that is either of two: from the first day to the last of both."""
    days = [one.earliest, one.latest, other.earliest, other.latest]
    known = [day for day in days if day is not None]
    span = Span(one.span.start, other.span.end)
    if len(known) < len(days):
        return replace(other, printed=span.of(question).strip(), span=span)
    return TimeCondition(min(known), max(known), span.of(question).strip(), span, limit=False)


def _times(question: str) -> Iterator[TimeCondition]:
    for first, last, span in _days(question):
        made = _condition(question, first, last, span)
        days = _either_way(span.of(question))
        if days and days[0] != days[1] and (made.earliest, made.latest) == days:
            made = replace(made, days=days)
        yield made


def _days(question: str) -> Iterator[tuple[date | None, date | None, Span]]:
    """The days that each date of *question* can mean, and where it stands."""
    found: list[tuple[date | None, date | None, Span]] = []
    found += find_feasts(question) + find_centuries(question)
    named = [span for _, _, span in found]
    for each in find_dates(question):
        if any(each.span.overlaps(other) for other in named):
            continue  # at Christmas 1914 is no whole year
        first, last = _either_way(each.printed) or _bounds(each.edtf)
        if (first or last) is not None and (first or last or date.min).year <= BOUNDS.last_year:
            found.append((first, last, each.span))
    for match in _YEAR.finditer(question):
        span = Span(*match.span())
        if any(span.overlaps(other) for _, _, other in found):
            continue
        before = question[max(0, span.start - BOUNDS.look_back) : span.start]
        after = question[span.end : span.end + BOUNDS.look_ahead]
        governed = any(pattern.search(before) for _, pattern in _RELATIONS)
        governed |= bool(_ALTERNATIVE.search(before)) or _has_part(before)
        ranged = _BETWEEN.search(before) or re.match(
            r"\s*(?:and|to|und|bis|et|и|по|до|e|y|al?)\s+(?:1\d{3}|20\d\d)", after
        )
        if governed or ranged:
            year = int(match["year"])
            found.append((date(year, 1, 1), date(year, 12, 31), span))
    yield from sorted(found, key=lambda item: item[2].start)


def _either_way(printed: str) -> tuple[date, date] | None:
    """The two days, in order, that ``3/5/1920`` may mean; ``None`` of what is not so printed."""
    match = _DAY_OR_MONTH.fullmatch(printed)
    if match is None:
        return None
    one, other, year = (int(number) for number in match.groups())
    if not (0 < one <= 12 and 0 < other <= 12):
        return None
    first, last = sorted((date(year, one, other), date(year, other, one)))
    return first, last


def _has_part(before: str) -> bool:
    """Whether *before* ends with "early", "the end of" and the like."""
    match = _PART_ALONE.search(before)
    return bool(match and match["part"])


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
    start = max(0, span.start - BOUNDS.look_back)
    before = question[start : span.start]
    if first is None or last is None:  # "not later than" was read with the date
        return TimeCondition(first, last, span.of(question), span, limit=True)
    if between := _between(before, start, first, span):
        begin, whole = between
        return TimeCondition(begin, last, whole.of(question).strip(), whole, limit=True)
    if opening := _OPENING.search(before):  # "between June and August 1918" is one date
        whole = Span(start + opening.start(), span.end)
        if re.search(r"\s|[-–—/]", span.of(question)) and (last - first).days > BOUNDS.month:
            return TimeCondition(first, last, whole.of(question), whole, limit=True)
    if (away := _DAYS_AWAY.search(before)) and not (away["week"] and first != last):
        days = timedelta(days=-1 if away["before"] else 1 if away["after"] else 0)
        whole = Span(start + away.start(), span.end)
        first, last = (last if away["after"] else first) + days, first + days
        last = first + timedelta(days=6) if away["week"] else first
        return TimeCondition(first, last, whole.of(question).strip(), whole, limit=False)
    if beside := _YEAR_AWAY.search(before):
        whole = Span(start + beside.start(), span.end)
        said = whole.of(question).strip()
        return TimeCondition(*_beside(beside, first, last), said, whole, limit=False)
    opened, on = _FROM.search(before), _FROM_ON.match(question, span.end)
    if opened and on:
        whole = Span(start + opened.start(), on.end())
        return TimeCondition(first, None, whole.of(question), whole, limit=True)
    for relation, pattern in _RELATIONS:
        match = pattern.search(before)
        if match is None:
            continue
        at, part = match.start(), match["part"]
        alone = _PART_ALONE.search(before)
        if not part and alone and alone["part"]:  # "the end of"
            at, part = alone.start(), alone["part"]
        if part:
            first, last = _part(part.casefold(), first, last)
        whole = Span(start + at, span.end)
        said = whole.of(question).strip()
        match relation:
            case "before":
                return TimeCondition(None, first - timedelta(days=1), said, whole, limit=True)
            case "until":
                return TimeCondition(None, last, said, whole, limit=True)
            case "after":
                return TimeCondition(last + timedelta(days=1), None, said, whole, limit=True)
            case "since" if _RANGE.search(span.of(question)):  # from one year to another
                return TimeCondition(first, last, said, whole, limit=True)
            case "since":
                return TimeCondition(first, None, said, whole, limit=True)
            case _:
                return TimeCondition(first, last, said, whole, limit=False)
    match = _PART_ALONE.search(before)
    if match and match["part"]:
        first, last = _part(match["part"].casefold(), first, last)
        span = Span(start + match.start(), span.end)
    return TimeCondition(first, last, span.of(question), span, limit=False)


def _beside(match: re.Match[str], first: date, last: date) -> tuple[date, date]:
    """The year, or the month, before *first* or after *last*."""
    day = first - timedelta(days=1) if match["before"] else last + timedelta(days=1)
    begin = day.replace(day=1, month=1 if match["year"] else day.month)
    end = day.replace(day=31, month=12) if match["year"] else begin + timedelta(days=BOUNDS.month)
    return begin, end if match["year"] else end.replace(day=1) - timedelta(days=1)


def _between(before: str, start: int, last: date, span: Span) -> tuple[date, Span] | None:
    """The first day of a range that ends at *span*, and the span of it all."""
    match = _BETWEEN.search(before)
    if match is None:
        return None
    join = _CLOSED.get(match["open"].casefold())
    if join and match["join"].casefold() not in join.split("|"):
        return None
    printed = match["first"].strip(" .")
    if printed.isdecimal() and len(printed) < 3:  # "between 1 and 30 April 1916"
        printed = f"{last.year:04d}-{last.month:02d}-{int(printed):02d}"
    for words in (printed, f"{printed} {last.year}"):
        feasts = find_feasts(words)
        found = None if feasts else parse_date(words, day_first=True)
        if feasts or found:
            first = feasts[0][0] if feasts else _bounds(found.edtf)[0] if found else None
            if first is not None and first <= last:
                return first, Span(start + match.start(), span.end)
    return None


def _part(word: str, first: date, last: date) -> tuple[date, date]:
    """The part of a year, or of a month, that "early", "mid" or "the last week of" means."""
    way = 0 if _is(word, _EARLY) else 1 if _is(word, _MIDDLE) else 2
    days = (last - first).days + 1
    if " " in word:
        said, unit = word.rsplit(maxsplit=1)
        said = said.removesuffix(" few")
        number = next((n for n, way in enumerate(_ORDINALS) if re.fullmatch(way, said)), 0)
        kind = next((name for name, way in _UNITS.items() if re.fullmatch(way, unit)), "week")
        each = {"half": days / 2, "third": days / 3, "quarter": days / 4, "months": days / 4}
        length = each.get(kind, 7 if kind == "week" else 10)
        begin = first + timedelta(days=round(number * length))
        end = first + timedelta(days=round((number + 1) * length) - 1)
        if number == len(_ORDINALS) - 1:
            begin, end = last - timedelta(days=round(length) - 1), last
        return min(begin, last), min(end, last)
    third = days // 3
    if way == 0:
        return first, first + timedelta(days=third)
    if way == 1:
        return first + timedelta(days=third), last - timedelta(days=third)
    return last - timedelta(days=third), last


def _is(word: str, words: str) -> bool:
    return any(word.startswith(each) for each in words.split())
