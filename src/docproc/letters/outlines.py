"""Titles whose outline says who writes to whom: ``Envelope from A to B``, ``A: Letter to B``."""

from __future__ import annotations

import re

from docproc.letters.words import KINDS, SENT
from docproc.text.patterns import compile_on_use

TO = compile_on_use(
    r"(?:(?:(?<=\S),?\s+|^)(?:to|TO|к|an|à|a|⟦recipient⟧)|^(?:To|An(?![^\n]*\s(?:of|the|in|for|on|to)\s)|À|К))"
    r"\s+"
    r"(?=[\"“«(]?(?:(?:the|THE|den|die|das|dem|der|la|le|les)\s)?[^\W\d_a-zа-яё])"
)
_OFFICE_TO = compile_on_use(
    r"(?:mission|ambassador|commissioner|commission|delegation|delegate|representative|minister|envoy"
    r"|legation|embassy|observer|adviser|secretary|assistant|consul|apostle|successor)\Z",
    re.IGNORECASE,
)
"""Before "to": an office, as in "Mission to the United Nations"; so another "to" is surer."""
_PAPER = (
    "(?:" + "|".join(words for words, kind in KINDS if kind in SENT) + "|cards?|envelopes?|covers?"
    r"|cop(?:y|ies)|drafts?|fragments?|transcripts?|enclosures?"
    r"|\w*karten?|kartenbrief\w*|umschl[aä]ge?|kuverts?|entw[uü]rfe?|konzepte?|abschrift(?:en)?"
    r"|\w*briefe?s?|kopien?|brouillons?|enveloppes?|copies?|cartes?|billets?|bozz[ae]|cop(?:ia|ie)"
    r"|bigliett[oi]|busta|sobre|tarjetas?|borrador|brev\w*|kort|konvolutt|копи[яи]|черновик\w*"
    r"|конверт\w*|карточк\w*)"
)
"""What is sent, or what was kept of it."""
_PAPER_FROM = compile_on_use(
    rf"""\W*(?:[\w’'-]+\s+){{0,3}}?{_PAPER}(?:\(\w+\))?
    (?:[,:]?\s+(?:{_PAPER}|numbers?|num[eé]ro|nummer|no\.?|nr\.?|n°|№|[\w./-]*\d[\w./-]*|postale?|of|an?
        |the|aus|einem|einer|eines|des|der|d’un|d'un|d’une|d'une|di|una?|and|und|et|e|y)(?!\w))
      {{0,5}}[,:]?\s+(?P<from>from|by|von|vom|fra|från|van|de|di|da|от|of|⟦sender⟧)\s+""",
    re.VERBOSE | re.IGNORECASE,
)
"""``Envelope from``, ``Abschrift eines Briefes von``: an outline of *from* whom *to* whom."""
_TO_BEHIND = {
    "fra": r"til",
    "från": r"till",
    "van": r"aan",
    "di": r"a|ad|al|alla|ai",
    "da": r"a|ad|al|alla|ai",
    "de": r"à|a|au|aux|al",
}
_LEARNED_TO = compile_on_use(r"\s(?:⟦recipient⟧)\s", re.IGNORECASE)
_BELOW = compile_on_use(
    rf"""\W*(?P<who>(?-i:[^\W\d_a-zа-яё])[^,:()\n]{{2,60}}?)(?:['’]s\s|[:,]\s)
    (?:(?:(?:an?|the)\s)?{_PAPER}\s(?:to|an|à|til|till|aan|a|к)
      |(?<=:\s)(?-i:To|TO|An|À))\s""",
    re.VERBOSE | re.IGNORECASE,
)
"""``Ida Holm: Letter to``, ``Ida Holm's letter to``, ``Ida Holm: To``."""
_ENGLISH = compile_on_use(r"(?<!\w)(?:of|the|on|for|and)(?!\w)|['’]s(?!\w)", re.IGNORECASE)
"""In these titles "An" is no German preposition: ``Love's Mind: An Essay``."""
_TO_FROM = compile_on_use(
    r"\W*(?:[Tt]o|TO|[Aa]n|К)[:\s]\s*(?P<to>[^\n]{3,120}?)\s(?:[Ff]rom|FROM|[Vv]on|от):?\s(?P<from>.+)"
)
"""``To Ida Holm from Per Ek``."""


def outlines(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where sender and recipient may stand in *text*, the surest first; none if no outline fits."""
    if lead := _PAPER_FROM.match(text):
        start = lead.end()
        behind = _TO_BEHIND.get(lead["from"].lower())
        own = re.compile(rf"\s(?:{behind})\s", re.IGNORECASE) if behind else _LEARNED_TO
        if to := own.search(text, start):
            tos = [to]
        else:
            tos = sorted(TO.finditer(text, start), key=lambda match: sureness(text, match))
        return [((start, match.start()), (match.end(), len(text))) for match in tos]
    below = _BELOW.match(text)
    if below and not (below[0].endswith("An ") and _ENGLISH.search(text)):
        return [(below.span("who"), (below.end(), len(text)))]
    if turned := _TO_FROM.match(text):
        return [(turned.span("from"), turned.span("to"))]
    return []


def sureness(text: str, to: re.Match[str]) -> tuple[bool, bool, int]:
    """How sure it is that *to* parts sender and recipient in *text*: the least first."""
    office = _OFFICE_TO.search(text, max(0, to.start() - 20), to.start())
    named = text[max(0, to.start() - 1) : to.start()] == ")"  # "Chairman to X (Hill) to the Board"
    return "," not in to[0] and not named, office is not None, to.start()
