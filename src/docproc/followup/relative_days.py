"""Times told by another one: the day before, three days later, the year after, "and in August?"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from docproc.followup.lexicon import MONTHS
from docproc.followup.thresholds import THRESHOLDS
from docproc.questions.times import find_times
from docproc.records import Span
from docproc.references import find_dates
from docproc.text.patterns import compile_on_use

_NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        (
            "a an one the ein eine einen einem un une uno una un' один одну одного",
            "two zwei deux dos due два две двух",
            "three drei trois tres tre три трёх трех",
            "four vier quatre cuatro quattro четыре",
            "five fünf cinq cinco cinque пять",
            "six sechs seis sei шесть",
            "seven sieben sept siete sette семь",
            "eight acht huit ocho otto восемь",
            "nine neun neuf nueve nove девять",
            "ten zehn dix diez dieci десять",
        ),
        1,
    )
    for word in words.split()
}
_COUNT: Final = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT: Final = (
    r"(?P<unit>days?|weeks?|tage?n?|wochen?|jours?|semaines?|días?|semanas?|giorn[oi]|"
    r"settiman[ae]|д(?:ень|ня|ней)|недел[яиюь]|недель)"
)
_LATER: Final = (
    r"later|after(?:wards)?|später|danach|plus tard|après|después|más tarde|dopo|più tardi|"
    r"спустя|позже|потом"
)
_EARLIER: Final = (
    r"earlier|before(?:hand)?|ago|früher|davor|zuvor|plus tôt|avant|antes|prima|раньше|назад"
)
_OPENING: Final = r"\W*(?:(?:and|und|et|а|и|y|e|what about)(?!\w))?\s*(?:on|am|le|на|was)?\s*"
_COUNTED: Final = compile_on_use(
    rf"{_OPENING}(?:(?:через|vor|nach)\s+)?{_COUNT}\s+{_UNIT}\s+(?:(?P<later>{_LATER})|{_EARLIER})\W*",
    re.IGNORECASE,
)
_NEXT: Final = compile_on_use(
    rf"{_OPENING}(?:(?:the )?(?:next|following) day|(?:the )?day after|"
    r"(?:am )?(?:nächsten|folgenden) tag|(?:am )?tag(?:e)? (?:danach|darauf)|"
    r"lendemain|(?:le )?jour suivant|(?:el |al )?día siguiente|(?:il )?giorno (?:dopo|seguente)|"
    r"следующий день)\W*",
    re.IGNORECASE,
)
_PREVIOUS: Final = compile_on_use(
    rf"{_OPENING}(?:(?:the )?(?:day before|previous day)|(?:am )?tag(?:e)? (?:davor|zuvor)|"
    r"(?:am )?vortag|(?:la )?veille|(?:le )?jour (?:précédent|d['’]avant)|накануне|"
    r"(?:el )?día (?:anterior|antes)|(?:il )?giorno prima|"
    r"днём раньше|день назад)\W*",
    re.IGNORECASE,
)
_OF_MONTH: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|y|e|what about)(?!\w))?\s*"
    r"(?:(?:on )?the (?P<en>\d{1,2})(?:st|nd|rd|th)|(?:am|den|vom) (?P<de>\d{1,2})\."
    r"|(?:le|du) (?P<fr>\d{1,2})(?:er)?|(?:el|del)(?: día)? (?P<es>\d{1,2})"
    r"|(?:il|del)(?: giorno)? (?P<it>\d{1,2})|(?P<ru>\d{1,2})(?:-?го|(?:-го)? числа))\W*",
    re.IGNORECASE,
)
"""A day of the month in view: ``and on the 17th?``"""

_THEN: Final = compile_on_use(
    r"\s+(?:then|at that time|that day|damals|da|an dem tag|an diesem tag|alors|ce jour-là|тогда|"
    r"в тот день)\Z",
    re.IGNORECASE,
)
"""What meant the day in view, at the end of a question that is asked of another."""


_YEARS: Final = (
    r"(?P<year>year|jahre?|année|an|año|anno|год[ау]?)|month|monate?|mois|mes|mese|месяце?"
)
_FOLLOWING: Final = r"next|following|nächste\w*|folgende\w*|следующ\w+"
_PRECEDING: Final = r"previous|preceding|vorige\w*|vorherige\w*|предыдущ\w+|прошл\w+"
_TURN: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|y|e|what about|how about)(?!\w))?\s*"
    r"(?:(?:in|im|в|на|en|nel(?:l['’])?|durant)\s+)?(?:(?:the|das|den|der|le|l['’]|la|el|il)\s*)?"
    rf"(?:(?P<next>{_FOLLOWING})\s+(?:{_YEARS})|"
    rf"(?:{_PRECEDING})\s+(?:{_YEARS.replace('year>', 'y2>')})|"
    rf"(?:{_YEARS.replace('year>', 'y3>')})\s+(?:(?P<later>after(?: that)?|darauf|danach|später|"
    r"suivante?|d['’]après|siguiente|después|dopo|seguente|successivo|спустя|после)|"
    r"before(?: that)?|davor|zuvor|précédente?|d['’]avant|anterior|antes|prima|precedente|"
    r"раньше))\W*",
    re.IGNORECASE,
)


def years_away(question: str) -> tuple[int, bool] | None:
    """One year or month before (-1) or after (1), and whether it is a year, if *question* asks
    for no more: "What about the year after?".
    """
    match = _TURN.fullmatch(question)
    if match is None:
        return None
    return 1 if match["next"] or match["later"] else -1, bool(
        match["year"] or match["y2"] or match["y3"]
    )


def in_another_turn(question: str, day: date, away: int, *, year: bool) -> str:
    """*question* asked of the year, or the month, that lies *away* of that of *day*."""
    month = day.year * 12 + day.month - 1 + away
    said = str(day.year + away) if year else f"{month // 12}-{month % 12 + 1:02}"
    return _put_time(question, f"in {said}")


def with_year(text: str, year: str | None) -> str:
    """*text* with the *year* that its one month leaves open: "in August", "on 13 October"."""
    if not year or find_times(text):
        return text
    for end in sorted((word.end() for word in re.finditer(r"\w+", text)), reverse=True):
        made = f"{text[:end]} {year}{text[end:]}"
        times = find_times(made)
        if len(times) == 1 and times[0].span.end == end + 1 + len(year):
            first, last = times[0].earliest, times[0].latest
            days = (last - first).days if first and last else 0
            month = (
                days < THRESHOLDS.month and len(times[0].printed.split()) > 2
            )  # "May" may be a name
            if month or THRESHOLDS.month < days < THRESHOLDS.half_year:
                return made
    return text


def at_that_time(new: str, question: str, year: str | None) -> str | None:
    """*question* asked of the time that is all of *new*, for the one that it names, if any.

    *year* is that of a *new* which leaves it open.  ``None`` where *new* is more than a time.
    """
    new = with_year(new.strip(" ?.!"), year)
    times = find_times(new)
    if len(times) != 1 or re.search(
        r"\w{4}", new[: times[0].span.start] + new[times[0].span.end :]
    ):
        return None
    return _put_time(with_year(question, year), new)


def without_times(question: str) -> str:
    """*question* without the times that it names."""
    for time in reversed(find_times(question)):
        question = f"{question[: time.span.start].rstrip()}{question[time.span.end :]}"
    return question


def _put_time(question: str, new: str) -> str:
    """*question* with *new* in the place of the last time that it names, else at its end."""
    times = find_times(question)
    end = len(question.rstrip(" ?.!"))
    span = times[-1].span if times else Span(end, end)
    return f"{question[: span.start].rstrip()} {new}{question[span.end :]}"


def another_day(question: str, day: date) -> date | None:
    """The day that *question* asks for by *day*, the one in view, if it says no more."""
    days = _days_away(question)
    if days is not None:
        return move_day(day, days)
    match = _OF_MONTH.fullmatch(question)
    number = int(next(filter(None, match.groups()))) if match else 0
    return day.replace(day=number) if 0 < number <= monthrange(day.year, day.month)[1] else None


def _days_away(question: str) -> int | None:
    """How many days before (negative) or after a day *question* asks for, if it says no more."""
    if _NEXT.fullmatch(question):
        return 1
    if _PREVIOUS.fullmatch(question):
        return -1
    match = _COUNTED.fullmatch(question)
    if match is None:
        return None
    said = match["n"].lower()
    number = int(said) if said.isdecimal() else _NUMBERS[said]
    days = number * (7 if match["unit"].lower()[0] in "wsн" else 1)
    return days if match["later"] else -days


def day_at_the_end(question: str, day: date) -> tuple[str, date] | None:
    """*question* without "the day before", "on the 17th" at its end, and the day that is meant
    by *day*, the one in view; ``None`` of one that ends otherwise, or says nothing else.
    """
    text = question.rstrip(" ?.!")
    for word in list(re.finditer(r"(?<!\w)\w", text))[2:]:
        if meant := another_day(text[word.start() :], day):
            return text[: word.start()].rstrip(" ,"), meant
    return None


_HAPPENED: Final = (
    r"(?:what (?:happened|came|followed)|was (?:geschah|passierte|kam|war)|"
    r"(?:qu['’]est-ce qui|que) s['’]est(?:-il)? passé|que se passa-t-il|"
    r"что (?:было|случилось|произошло|стало)|qué (?:pasó|sucedió|ocurrió)|"
    r"(?:che|che cosa|cosa) (?:accadde|avvenne|successe|è successo))"
)
_WHO_WAS: Final = (
    r"(?:who (?:was|is|had|held) (?:it|that|there|the post)|who came|wer (?:war|hatte) (?:es|das)|"
    r"wer kam|qui (?:l['’]était|était-ce|c['’]était|est venu)|кто (?:это )?был[аи]?|кто|"
    r"quién (?:lo )?(?:era|fue|vino)|chi (?:lo )?(?:era|fu|venne))"
)
_HIM: Final = (
    r"(?:him|her|them|ihm|ihr|lui|elle|него|не[её]|него|ними?|(?:de |que )?(?:él|ella)|(?:di )?lei)"
)
_BEFORE_HIM: Final = rf"(?:before|vor|avant|до|перед|antes|prima(?: di)?) {_HIM}"
_AFTER_HIM: Final = rf"(?:after|nach|après|после|за|después|dopo(?: di)?) {_HIM}"
HAPPENED: Final = compile_on_use(_HAPPENED, re.IGNORECASE)
"""What asks what happened."""
_SOONER: Final = compile_on_use(
    r"\W*(?:(?:and|und|et|а|и|y|e|what about)(?!\w))?\s*(?:"
    rf"(?P<before>(?:{_WHO_WAS}\s+)?{_BEFORE_HIM}|before(?:hand)?|earlier|previously|vorher|davor|zuvor|früher|avant|auparavant|"
    r"раньше|ранее|прежде|до этого|до того|antes|prima)|"
    rf"(?:{_WHO_WAS}\s+)?{_AFTER_HIM}|(?:{_HAPPENED}\s+)?(?:afterwards?|later|after|then|next|nachher|danach|später|dann|après|"
    r"ensuite|puis|позже|потом|после|дальше|затем|después|luego|dopo|poi|after (?:that|this)))\W*",
    re.IGNORECASE,
)


_BESIDE_HIM: Final = compile_on_use(rf"(?<!\w)(?:{_BEFORE_HIM}|{_AFTER_HIM})\W*\Z", re.IGNORECASE)


def asks_for_earlier(question: str) -> bool | None:
    """Whether *question* asks the last one of before, or of after; ``None`` if it says more."""
    match = _SOONER.fullmatch(question)
    return None if match is None else bool(match["before"])


def means_somebody(question: str) -> bool:
    """Whether *question*, which asks of before or after, means the time of somebody."""
    return _BESIDE_HIM.search(question) is not None


def on_another_day(question: str, day: date) -> str:
    """*question* asked of *day*, in the place of the date that it names, if it names one."""
    dates = list(find_dates(question))
    if dates:
        span = dates[-1].span
        return question[: span.start] + day.isoformat() + question[span.end :]
    bare = _THEN.sub("", question.rstrip(" ?"))
    return f"{bare} {day.isoformat()}?"


def without_then(question: str) -> str | None:
    """*question* without the word at its end that means the time in view; ``None`` without one."""
    text = question.rstrip(" ?")
    bare = _THEN.sub("", text)
    return None if bare == text else bare


def move_day(day: date, days: int) -> date:
    """*day*, so many *days* later."""
    return day + timedelta(days=days)


def says_a_time(text: str) -> bool:
    """Whether *text* names a month or a year, which is another document's."""
    words = (word.lower() for word in re.findall(r"\w+", text))
    return any(word in MONTHS or re.fullmatch(r"\d{4}", word) for word in words)
