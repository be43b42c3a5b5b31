"""Days told by another one: the day before, three days later, la veille, накануне."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

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

_THEN: Final = compile_on_use(
    r"\s+(?:then|at that time|that day|damals|da|an dem tag|an diesem tag|alors|ce jour-là|тогда|"
    r"в тот день)\Z",
    re.IGNORECASE,
)
"""What meant the day in view, at the end of a question that is asked of another."""


def days_away(question: str) -> int | None:
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


def on_another_day(question: str, day: date) -> str:
    """*question* asked of *day*, in the place of the date that it names, if it names one."""
    dates = list(find_dates(question))
    if dates:
        span = dates[-1].span
        return question[: span.start] + day.isoformat() + question[span.end :]
    bare = _THEN.sub("", question.rstrip(" ?"))
    return f"{bare} {day.isoformat()}?"


def move_day(day: date, days: int) -> date:
    """*day*, so many *days* later."""
    return day + timedelta(days=days)
