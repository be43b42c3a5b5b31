"""Italian references: archive, series in words, filza, busta or register, leaves.

``ASVe, Senato, Dispacci, Signori Stati, filza 2, cc. 71r-74v``.  The levels: ``series``
(once for each step), ``filza``, ``busta``, ``register``, ``volume``, ``mazzo``,
``fascicle``, ``leaves`` (*carte*).
"""

from __future__ import annotations

from collections.abc import Iterator

from docproc.records import ArchivalReference, Span
from docproc.references.grammars.chain import Level, Levels
from docproc.references.grammars.grammar import Grammar, holds_sign, reference
from docproc.references.grammars.nearby_archives import find_archives
from docproc.references.grammars.walk import plain_value, read_levels
from docproc.text.patterns import compile_on_use

SCHEME = "filza"

_N = r"\d{1,5}(?:\s?(?:bis|ter|[a-zA-Z](?![\w])))?(?:\s?[-–]\s?\d{1,5})?"
_LEAF = r"\d{1,4}(?:\s?(?:[rvab]|recto|verso)(?!\w)\.?)?"
_LEAVES = rf"{_LEAF}(?:(?:\s?[-–]\s?|,\s?)(?:{_LEAF}|[rv](?!\w))){{0,20}}"
# Leaves that their sides alone show to be leaves: 75r-77v, 80r-v.
_SIDES = r"\d{1,4}[rv](?!\w)(?:\s?[-–]\s?(?:\d{1,4})?[rv](?!\w))?"

_LEVELS = Levels(
    (
        Level("filza", 1, r"(?:[Ff]ilz[ae]|[Ff]ilza|[Ff]z\.|[Ff]il\.)", _N),
        Level("busta", 1, r"(?:[Bb]ust[ae]|[Bb]b?\.)", _N),
        Level("register", 1, r"(?:[Rr]egistr[oi]|[Rr]eg\.|[Rr]\.)", _N),
        Level("volume", 1, r"(?:[Vv]olum[ei]|[Vv]oll?\.)", _N),
        Level("mazzo", 1, r"(?:[Mm]azzo|[Mm]z\.)", _N),
        Level("fascicle", 2, r"(?:[Ff]ascicolo|[Ff]asc\.|[Ii]nserto|[Ii]ns\.)", _N),
        Level("document", 3, r"(?:[Dd]ispaccio|[Dd]isp\.|[Ll]ettera|[Nn]\.|[Nn]o\.|[Dd]oc\.)", _N),
        Level("leaves", 4, r"(?:[Cc]arte|[Cc]arta|[Cc]{1,2}\.|[Ff]{1,2}\.|[Ff]oll?\.?)", _LEAVES),
        Level("leaves", 4, r"", rf"{_SIDES}(?:,\s?{_SIDES}){{0,20}}"),
    ),
    separator=r"\s{0,2}[,.;:]?\s{0,2}(?:\([^()\n]{1,40}\),?\s{0,2})?",
)
# Without an archive's name, only the word filza is plain enough.
_FILZA = compile_on_use(r"(?<!\w)[Ff]ilz[ae]\s")
_SIGNS = ("ilza", "ilze")
_HOLDERS = {"filza", "busta", "register", "volume", "mazzo"}


def _find(text: str, start: int, end: int, whole: bool) -> Iterator[ArchivalReference]:
    for archive, begin, stop in find_archives(text, start, end, SCHEME):
        walked = read_levels(text, stop, end, _LEVELS)
        if walked.levels:
            span = Span(begin, walked.end)
            yield reference(text, span, SCHEME, walked.components, archive)
    if not whole and not (holds_sign(text, start, end, _SIGNS) and _FILZA.search(text, start, end)):
        return
    for chain in _LEVELS.chains(text, start, end):
        names = {link.level.name for link in chain}
        plainly = "filza" in names or whole
        if plainly and names & _HOLDERS and (names & {"leaves", "document", "fascicle"}):
            components = [(link.level.name, plain_value(link.value)) for link in chain]
            yield reference(text, Span(chain[0].start, chain[-1].end), SCHEME, components)


GRAMMAR = Grammar(SCHEME, _find, "Italian: series, filza or busta, carte")
