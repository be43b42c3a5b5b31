"""German references: archive, holding (*Bestand*), file, leaf (*Blatt*).

``BArch, R 901/25431, Bl. 7``, ``PA AA, R 9208``, ``GStA PK, I. HA Rep. 84a, Nr. 1234``.
The levels: ``holding``, ``file``, ``volume``, ``leaves``.
"""

from __future__ import annotations

from collections.abc import Iterator

from docproc.records import ArchivalReference, Span
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, holds_sign, reference
from docproc.references.grammars.nearby_archives import find_archives
from docproc.references.grammars.walk import plain_value, read_levels
from docproc.text.patterns import compile_on_use

SCHEME = "holding"

_LEAVES = (
    r"\d{1,4}[rv]?(?:\s?(?:[-–]|,|und|u\.)\s?\d{1,4}[rv]?|\s?ff?\.)?(?:\s?(?:RS|R|Rs\.)(?!\w))?"
)
_FILE = r"\d{1,6}[a-z]?(?!\d)"
_LEVELS = Levels(
    (
        Level("file", 1, r"(?:Nr\.|Nr|Akte|Akten|Az\.|Paket|Karton|Kt\.)", _FILE),
        Level("volume", 2, r"(?:Bd\.|Bde\.|Band|Heft|H\.)", r"(?:\d{1,4}|[IVX]{1,5}(?!\w))"),
        Level("leaves", 3, r"(?:Bl{1,2}\.|Blatt|[Ff]ol\.?|S\.|p\.|f\.)", _LEAVES),
    ),
    separator=r"\s{0,2}[,;:]?\s{0,2}",
)
_HOLDING = (
    r"(?:[A-Z]{1,3}[a-z]{0,2}|MSg|ZSg)\.?\s?\d{1,5}(?:[-–][IVX]{1,4})?(?:\s[IVX]{1,4}(?![\w]))?"
)
_CODE = compile_on_use(
    r"(?:(?P<section>[IVX]{1,4}\.\s?HA),?\s)?(?:Rep\.\s?(?P<repertory>\d{1,4}[a-zA-Z]?)"
    rf"|(?P<holding>{_HOLDING})(?:\s?/\s?(?P<file>(?:[IVX]{{1,4}}\s)?\d[\w./]{{0,24}}(?<![./])))?)"
    r"(?!\w)"
)
# Without an archive's name, only a holding of the Bundesarchiv with its file and its leaf.
_ALONE = compile_on_use(
    rf"(?<![\w/])(?P<holding>(?:R|NS|RH|RM|RW|RL|DY|RY|DR|NY)\s\d{{1,4}}(?:\s[IVX]{{1,4}})?)/(?P<file>{_FILE})"
    r"(?=,\s?(?:Bl|fol)\.)"
)
_SIGNS = ("Bl.", "fol.")
"""Every form that does without an archive holds one of these; most texts hold none."""


def _find(text: str, start: int, end: int, _whole: bool) -> Iterator[ArchivalReference]:
    for archive, begin, stop in find_archives(text, start, end, SCHEME):
        walked = read_levels(text, stop, end, _LEVELS, _CODE)
        if walked.levels and any(name != "series" for name, _ in walked.components):
            yield reference(text, Span(begin, walked.end), SCHEME, walked.components, archive)
    if not holds_sign(text, start, end, _SIGNS):
        return
    for match in _ALONE.finditer(text, start, end):
        chain = _LEVELS.follow(text, match.end(), end)
        if chain:
            components = [("holding", match["holding"]), ("file", match["file"])]
            components += [(link.level.name, plain_value(link.value)) for link in chain]
            yield reference(text, Span(match.start(), chain[-1].end), SCHEME, components)


GRAMMAR = Grammar(SCHEME, _find, "German: Bestand, Akte, Blatt")
