"""Manuscript shelf marks: ``BL Add. MS 41295, f. 3v``, ``Bodl. MS Rawl. D. 123``.

The levels: ``shelf mark``, ``folio``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.records import ArchivalReference, Archive, Span
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, holds_sign, reference
from docproc.references.grammars.nearby_archives import archive_before, find_archives
from docproc.references.grammars.walk import plain_value
from docproc.text.patterns import compile_on_use

SCHEME = "shelf mark"

_LEAF = r"\d{1,4}(?:\s?(?:r|v|recto|verso|a|b)(?!\w))?"
_LEVELS = Levels(
    (
        Level(
            "folio",
            1,
            r"(?:[Ff]ol(?:io)?s?\.?|[Ff]os?\.|[Ff]{1,2}\.|[Ff]{1,2}(?=\s\d)|pp?\.)",
            rf"{_LEAF}(?:(?:\s?[-–]\s?|,\s?)(?:{_LEAF}|[rv](?!\w))){{0,20}}",
        ),
    ),
    separator=r",?\s{0,2}",
)
# Words of a shelf mark, and its number: "Add. MS 41295", "MS. Eng. lett. c. 123", "Nero A.x".
_WORD = r"(?:[A-Z][\w’']{0,11}\.?|[a-z]{1,5}\.|[a-z]{2,4}|bMS)\s"
_NUMBER = (
    r"(?:[A-Z]?\.?\d{1,6}[a-z*]?(?:[./]\d{1,5}){0,3}|[A-Z]\.?\s?[ivxlIVXL]{1,6}"
    r"|[IVXL]{1,6}\.[A-Z]?\.?\d{1,3})(?!\w)"
)
_MARK = compile_on_use(
    rf"(?:,\s?|\s|:\s)(?P<mark>(?:{_WORD}){{0,5}}?{_NUMBER}(?:\s\([A-Z]?\s?\d{{1,5}}\))?)"
)
_KIND = compile_on_use(
    r"(?<!\w)(?:MSS?|Add|Cod|Ms|bMS|Vat|Pal|Reg|Ott|Barb|Chig|Urb|fr|lat|gr|It|nouv|n\.a\.fr|Mss|F|Harley"
    r"|Cotton|Egerton|Sloane|Stowe|Lansdowne|Royal|Arundel|Burney|Eur|Papers)(?!\w)"
)
# Shelf marks that say by themselves what they are.
_ALONE = compile_on_use(
    r"(?<![\w.])(?P<mark>Add(?:itional|\.)?\s(?:MSS?\.?|Ch\.)\s\d{3,6}[A-Z]?(?!\w)"
    r"|IOR[\s:/]{1,2}[A-Z](?:/[A-Z&]{1,4}|/\d{1,4}){1,6}(?!\w)|[Cc](?:lm|gm|od\.\slat\.)\s\d{2,6}(?!\w)"
    r"|(?:Vat|Ott|Pal|Reg|Barb|Urb)\.\s?(?:lat|gr)\.\s\d{1,5}(?!\w)"
    r"|(?:Cotton|Harley|Egerton|Sloane|Stowe|Lansdowne)\sMSS?\.?\s\d{1,5}(?!\w))"
)
_SIGNS = ("MS", "Ch.", "IOR", "lm", "gm", "lat.", "gr.")
"""Every shelf mark that stands alone holds one of these; most texts hold none."""


def _find(text: str, start: int, end: int, _whole: bool) -> Iterator[ArchivalReference]:
    for archive, begin, stop in find_archives(text, start, end, SCHEME):
        mark = _MARK.match(text, stop, end)
        if mark and _KIND.search(mark["mark"]):
            yield _reference(text, begin, mark, end, archive)
    if not holds_sign(text, start, end, _SIGNS):
        return
    for mark in _ALONE.finditer(text, start, end):
        library, begin = archive_before(text, start, mark.start())
        if library is None or library.scheme == SCHEME:
            yield _reference(text, begin, mark, end, library)


def _reference(
    text: str, begin: int, mark: re.Match[str], end: int, archive: Archive | None
) -> ArchivalReference:
    components = [("shelf mark", re.sub(r"\s+", " ", mark["mark"]))]
    chain = _LEVELS.follow(text, mark.end(), end)
    components += [(link.level.name, plain_value(link.value)) for link in chain]
    stop = chain[-1].end if chain else mark.end()
    return reference(text, Span(begin, stop), SCHEME, components, archive)


GRAMMAR = Grammar(SCHEME, _find, "Manuscripts by shelf mark and folio")
