"""Dates of a question as they are read: "Herbst des Jahres 1920" as "Herbst of 1920".

A decade without its century ("the twenties") is of a century that the documents are of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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
_DECADES: Final = (
    ("20", "twenties|zwanziger|vingt|двадцатых|veinte|venti"),
    ("30", "thirties|drei(?:ß|ss)iger|trente|тридцатых|treinta|trenta"),
    ("40", "forties|vierziger|quarante|сороковых|cuarenta|quaranta"),
    ("50", "fifties|fünfziger|cinquante|пятидесятых|cincuenta|cinquanta"),
    ("70", "seventies|siebziger|soixante-dix|семидесятых|setenta|settanta"),
    ("60", "sixties|sechziger|soixante|шестидесятых|sesenta|sessanta"),
    ("90", "nineties|neunziger|quatre-vingt-dix|девяностых|noventa|novanta"),
    ("80", "eighties|achtziger|quatre-vingts?|восьмидесятых|ochenta|ottanta"),
)
_CENTURIES: Final = {"nineteen": 19, "eighteen": 18, "seventeen": 17, "sixteen": 16}
_DECADE: Final = compile_on_use(
    rf"(?<!\w)(?<!their )(?<!his )(?<!her )(?:(?P<century>{'|'.join(_CENTURIES)})[\s-])?"
    r"(?:(?:années|años|anni)\s+)?(?:"
    + "|".join(f"(?P<n{number}>{words})" for number, words in _DECADES)
    + r"|(?<=the )['’]?(?P<s>[2-9]0)s|(?P<er>[2-9]0)(?:er(?=n? jahr)|-х))"
    r"(?:\s+(?:jahren?|год(?:ов|ах)))?(?!\w)",
    re.IGNORECASE,
)
_NUMERAL: Final = compile_on_use(
    "(?:vingt|trente|quarante|cinquante|soixante|quatre|veinte|treinta|cuarenta|cincuenta|sesenta|"
    "setenta|ochenta|noventa|venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta)",
    re.IGNORECASE,
)
"""A number of other languages, and a decade only behind "années"."""


Years = Callable[[], tuple[int, int]]


def any_year() -> tuple[int, int]:
    """The years of documents of which nothing is known."""
    return 1900, 1999


def reduce_dates(question: str, years: Years = any_year) -> tuple[str, list[int]]:
    """*question* as its dates are read, and where each sign of that stands in *question*.

    *years* tells the first and the last of the documents.
    """
    place = list(range(len(question)))
    for pattern, read in (*_REDUCED, (_DECADE, "")):
        for match in reversed(list(pattern.finditer(question))):
            new = match.expand(read) if pattern is not _DECADE else _name_decade(match, years)
            start, end = match.span()
            at = [place[min(start + n, end - 1)] for n in range(len(new))]
            if new:
                at[-1] = place[end - 1]
            place[start:end] = at
            question = question[:start] + new + question[end:]
    return question, place


def _name_decade(match: re.Match[str], years: Years) -> str:
    """The decade that *match* names, as a number: ``"1920s"``."""
    if _NUMERAL.match(match[0]):
        return match[0]
    ways = {**match.groupdict(), "century": None}
    ten = next(name.strip("n") if name[0] == "n" else way for name, way in ways.items() if way)
    said = match["century"]
    centuries = [_CENTURIES[said.lower()]] if said else [19, 18, 17, 16, 15, 20]
    first, last = years()
    begins = {century: 100 * century + int(ten) for century in centuries}
    held = (c for c, begin in begins.items() if first < begin + 10 and begin <= last)
    return f"{next(held, centuries[0])}{ten}s"
