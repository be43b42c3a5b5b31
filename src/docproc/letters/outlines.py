"""Titles whose outline says who writes to whom: ``Envelope from A to B``, ``A: Letter to B``."""

from __future__ import annotations

import re

from docproc.letters.words import KINDS, SENT
from docproc.text.patterns import compile_on_use

_KIN = (
    r"(?:her|his|their|my|our|(?:ihre|seine|meine)[nmrs]?|sa|son|ses|ma|mon|mes|(?:la\s)?sua|(?:al\s)?suo"
    r"|su|sus|hans|hendes|sin|sitt|zijn|haar|сво(?:ей|ему|им)|его|её|ее)\s(?:[^\W\d_]+\s){0,2}?"
    r"(?:sisters?|brothers?|wife|husband|mother|father|parents|sons?|daughters?|friends?|cousins?|uncle"
    r"|aunt|nephew|niece|family|children|schwestern?|br[uü]der|ehe(?:frau|mann)|frau|mann|mutter|vater"
    r"|eltern|s[oö]hne?|t[oö]chter|freund(?:in|e)?|vetter|onkel|tante|familie|kinder"
    r"|s(?:œ|oe)urs?|frères?|femme|mari|mère|père|fils|filles?|amie?s?|oncle|cousine?s?|enfants"
    r"|madre|padre|genitori|sorella|fratello|moglie|marito|figli[oa]|amic[oa]|espos[oa]|hij[oa]|herman[oa]"
    r"|søster|bror|broder|syster|kone|hustru|man|mor|moder|far|fader|zuster|broer|vrouw|moeder|vader"
    r"|сестр[еу]|брату|жене|мужу|матери|отцу|друг[уе]|сыну|дочери|родителям)"
)
KIN = compile_on_use(rf"{_KIN}(?=[\s,.;(\[]|\Z)[\s,]*", re.IGNORECASE)
"""Whom a title calls by what they are to the one who writes: "to her sister Maria"."""
TO = compile_on_use(
    r"(?:(?:(?<=\S),?\s+|^)(?:to|TO|к|an|à|a|⟦recipient⟧)|^(?:To|An(?![^\n]*\s(?:of|the|in|for|on|to)\s)|À|К))"
    r"\s+"
    r"(?=[\"“«(]?(?:(?:the|THE|den|die|das|dem|der|la|le|les)\s)?[^\W\d_a-zа-яё]"
    rf"|(?i:{_KIN})(?!\w))"
)
_OFFICE_TO = compile_on_use(
    r"(?:mission|ambassador|commissioner|commission|delegation|delegate|representative|minister|envoy"
    r"|legation|embassy|observer|adviser|secretary|assistant|consul|apostle|successor|ambassadeur"
    r"|ministre|envoyé|légation|d['’]affaires|ministro|console|ambasciatore|embajador|cónsul)\Z",
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
    rf"""\W*(?:(?:No|Nr|N°|№)\.?\s?\d{{1,5}}[a-z]?[.,:)]?\s*[—–-]?\s*)?(?:[\w’'-]+\s+){{0,3}}?{_PAPER}(?:\(\w+\))?
    (?:[,:]?\s+(?:{_PAPER}|numbers?|num[eé]ro|nummer|no\.?|nr\.?|n°|№|[\w./-]*\d[\w./-]*|postale?|of|an?
        |the|aus|einem|einer|eines|des|der|d’un|d'un|d’une|d'une|di|una?|and|und|et|e|y)(?!\w))
      {{0,5}}[,:]?\s+(?P<from>from|by|von|vom|fra|från|van|du|des|del|dello|della|de|di|da|от|of|⟦sender⟧)\s+""",
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
    "du": r"à|au|aux",
    "des": r"à|au|aux|an|ans",
    "del": r"a|ad|al|alla|ai",
    "dello": r"a|ad|al|alla|ai",
    "della": r"a|ad|al|alla|ai",
}
_LEARNED_TO = compile_on_use(r"\s(?:⟦recipient⟧)\s", re.IGNORECASE)
_BELOW = compile_on_use(
    rf"""\W*(?P<who>(?-i:[^\W\d_a-zа-яё])[^,:()\n\d]{{2,60}}?)(?:['’]s\s|[:,]\s)
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
        found = list(own.finditer(text, start)) or list(TO.finditer(text, start))
        tos = sorted(found, key=lambda match: sureness(text, match))
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
