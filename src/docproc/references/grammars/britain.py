"""References to the UK National Archives: class, piece, folio.

``TNA, FO 371/12345, fol. 12``, older ``PRO: CAB 23/45``, and, for departments whose letters
are unmistakable, the class and piece alone (``FO 371/12345``).  The levels: ``class``,
``piece``, ``item`` (a second slash, or a docket), ``folio``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docproc.records import ArchivalReference, Span
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, reference
from docproc.references.grammars.nearby_archives import archive_before
from docproc.references.grammars.walk import plain_value
from docproc.text.patterns import compile_on_use

SCHEME = "class and piece"
_TNA = "TNA"

# Department letters that mean nothing else before a number and a slash.
_DEPARTMENTS = (
    "ADM|AIR|AVIA|BT|CAB|CAOG|CHAR|CO|COAL|CRIM|CUST|DEFE|DO|DT|FCO|FD|FO|GFM|HCA|HD|HO|HS|HW|INF"
    "|KB|KV|LAB|LCO|MAF|MEPO|MH|MT|MUN|OS|POWE|PREM|PROB|RAIL|SP|STAC|SUPP|TS|WO"
)
_CLASS = compile_on_use(
    rf"(?<![\w/-])(?:(?P<known>{_DEPARTMENTS}|F\.\s?O\.|W\.\s?O\.|C\.\s?O\.|PRO(?=\s\d))"
    r"|(?P<named>[A-Z]{1,5}))\s?(?P<number>\d{1,4})\s?/\s?(?P<piece>\d{1,6}[A-Z]?)"
    r"(?:/(?P<item>[A-Z]?\d{1,6}(?:/\d{1,5}){0,3}))?(?![\w/]|\.\d)"
)
_SLASH = compile_on_use(r"\d\s?/\s?\d")
"""What every class and piece holds; most texts hold none."""
_LEVELS = Levels(
    (
        Level(
            "item",
            1,
            r"(?:[Ii]tem|no\.|[Dd]oc(?:ument|\.)?|[Ff]ile)",
            r"[A-Z]?\d{1,5}(?:/\d{1,5}){0,3}",
        ),
        Level(
            "folio",
            2,
            r"(?:[Ff]ol(?:io)?s?\.?|[Ff]os?\.|[Ff]{1,2}\.|[Ff]{2}|pp?\.)",
            r"\d{1,4}[rv]?(?:\s?[-–]\s?\d{1,4}[rv]?)?(?!\w)",
        ),
    ),
    separator=r",?\s{0,2}",
)


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    if not _SLASH.search(text, start, end):
        return
    for match in _CLASS.finditer(text, start, end):
        archive, begin = archive_before(text, start, match.start(), any_case=whole)
        if archive and archive.scheme != SCHEME:
            archive, begin = None, match.start()
            if match["named"]:
                continue
        if archive is None and match["named"] and not whole:
            continue
        letters = (match["known"] or match["named"]).replace(".", "").replace(" ", "")
        components = [("class", f"{letters} {match['number']}"), ("piece", match["piece"])]
        if match["item"]:
            components.append(("item", match["item"]))
        stop = match.end()
        chain = _LEVELS.follow(text, stop, end)
        if chain:
            components += [(link.level.name, plain_value(link.value)) for link in chain]
            stop = chain[-1].end
        found = reference(text, Span(begin, stop), SCHEME, components, archive)
        # The letters alone say where the class is kept now, but not what it was called then.
        yield found if archive or not match["known"] else replace(found, archive_now=_TNA)


GRAMMAR = Grammar(SCHEME, _find, "UK National Archives: class, piece, folio")
