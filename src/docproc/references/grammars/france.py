"""French references: archive, series, carton or volume, leaf.

``AN, F/7/12948``, ``Arch. nat., 313 AP 45, dossier 3``, ``SHD, 7 N 800``, and the Quai
d'Orsay's ``AMAE, Correspondance politique, URSS, vol. 123, fol. 45``.  The levels:
``series`` (once for each step), ``carton``, ``volume``, ``dossier``, ``item``, ``leaves``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.records import ArchivalReference, Span
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, reference
from docproc.references.grammars.nearby_archives import find_archives
from docproc.references.grammars.walk import read_levels
from docproc.text.patterns import compile_on_use

SCHEME = "series and carton"

_N = r"\d{1,5}(?:\s?(?:bis|ter))?(?:\s?[-–]\s?\d{1,5})?"
_LEAF = r"\d{1,4}(?:\s?(?:r|v|r°|v°|ro|vo|recto|verso)(?!\w)\.?)?"
_LEVELS = Levels(
    (
        Level("carton", 1, r"(?:[Cc]artons?|[Cc]art\.|[Bb]oîte)", _N),
        Level("volume", 2, r"(?:[Vv]olumes?|[Vv]oll?\.|[Tt]ome|[Tt]\.|[Rr]egistre|[Rr]eg\.)", _N),
        Level("dossier", 3, r"(?:[Dd]ossiers?|[Dd]oss\.|[Dd]r?\.|[Ll]iasse|[Cc]hemise)", _N),
        Level("item", 4, r"(?:[Pp]ièces?|[Pp]\.|[Nn]°)", _N),
        Level(
            "leaves",
            5,
            r"(?:[Ff]ol(?:io)?s?\.?|[Ff]{1,2}\.|[Ff]{1,2}°|[Ff]°s?)",
            rf"{_LEAF}(?:(?:\s?[-–]\s?|,\s?){_LEAF}){{0,20}}",
        ),
    ),
    separator=r"\s{0,2}[,;:]?\s{0,2}",
)
_CODE = compile_on_use(
    # F/7/12948, BB/18/2345, F7 12948, F⁷ 12948, 3 AP 5, 7 N 800, GR 7 N 800, 117CPCOM/12
    r"(?:(?:[A-Z]{1,4}|[A-Z]{1,2}\*)/(?:[0-9]{1,3}|[IVX]{1,5})/|[A-Z]{1,3}[0-9⁰¹²³⁴-⁹]{0,3}(?:\s[IVX]{1,5})?[\s/]"
    r"|(?:GR\s)?\d{1,3}\s?[A-Z]{1,5}[\s/]|\d{1,4}[A-Z]{2,6}/)"
    r"\d{1,6}(?:\s?bis)?(?:[/-]\d{1,4}){0,3}(?!\w)"
)


def _find(text: str, start: int, end: int, _whole: bool) -> Iterator[ArchivalReference]:
    for archive, begin, stop in find_archives(text, start, end, SCHEME):
        coded = _read_code(text, begin, stop, end)
        walked = read_levels(text, coded[1] if coded else stop, end, _LEVELS)
        components = ((("carton", coded[0]),) if coded else ()) + walked.components
        if components:
            last = max(walked.end if walked.levels else 0, coded[1] if coded else 0)
            yield reference(text, Span(begin, last), SCHEME, components, archive)


def _read_code(text: str, _begin: int, stop: int, end: int) -> tuple[str, int] | None:
    """The code of a carton (*cote*) that follows an archive's name, and where it ends."""
    comma = re.compile(r"\s?[,:]?\s{1,2}").match(text, stop, end)
    match = _CODE.match(text, comma.end(), end) if comma else None
    return (re.sub(r"\s", " ", match[0]), match.end()) if match else None


GRAMMAR = Grammar(SCHEME, _find, "French: série, carton ou volume, folio")
