"""Dates of a question as they are read: "Herbst des Jahres 1920" as "Herbst of 1920"."""

from __future__ import annotations

import re
from typing import Final

from docproc.text.patterns import compile_on_use

_RU: Final = "январ|феврал|апрел|ма|июн|июл|сентябр|октябр|ноябр|декабр"
_DE: Final = (
    "jänner|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
)
_YEAR: Final = r"(?=\s+[12]\d{3})"
_REDUCED: Final = tuple(
    (compile_on_use(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"(?<!\w)(?:of the year|des jahres|de l['’]année|del año|dell['’]anno){_YEAR}", "of"),
        (r"(?<!\w)(?:month of |mois (?:de |d['’])|mes de |mese di |monat )(?=\w)", ""),
        (rf"(?<=[еая])\s+месяц[еа]{_YEAR}", ""),
        (r"(?<=\d)(?:ten|ter|tes)(?=\s)", "."),
        (rf"(?<!\w)({_RU})(?:[её]м|[ею]{_YEAR})(?!\w)", r"\1я"),
        (rf"(?<!\w)(март|август)(?:ом|[еу]{_YEAR})(?!\w)", r"\1а"),
        (rf"(?<!\w)(весн|зим)(?:ою|[еу]{_YEAR})(?!\w)", r"\1ы"),
        (rf"(?<!\w)лету{_YEAR}", "лета"),
        (rf"(?<!\w)({_DE})woche(?!\w)", r"woche \1"),
    )
)


def reduce_dates(question: str) -> tuple[str, list[int]]:
    """*question* as its dates are read, and where each sign of that stands in *question*."""
    place = list(range(len(question)))
    for pattern, read in _REDUCED:
        for match in reversed(list(pattern.finditer(question))):
            new, (start, end) = match.expand(read), match.span()
            at = [place[min(start + n, end - 1)] for n in range(len(new))]
            if new:
                at[-1] = place[end - 1]
            place[start:end] = at
            question = question[:start] + new + question[end:]
    return question, place
