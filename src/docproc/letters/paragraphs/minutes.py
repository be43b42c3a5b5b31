"""Minutes and decrees: the lines that open a section of them, and the items by their numbers.

``Слушали:`` and ``Постановили:`` are printed each over a list, or before each point, or once
for both (``СЛУШАЛИ — ПОСТАНОВИЛИ``); a decree numbers what follows ``постановляет:``; minutes
say ``Item 3``, ``TOP 3``, ``§ 3``.  What is numbered so is cited by that number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docproc.dataclass_on_use import dataclass
from docproc.text.knowledge import on_knowledge_learned
from docproc.text.layout.labels import label_of
from docproc.text.patterns import compile_on_use

SECTIONS: tuple[str, ...] = (
    # Russian, and as editions in English leave it
    r"(?:за)?слуша(?:ли|но|ла?)", r"постанов(?:или|ил|ила|лено|ление|ляет|ляют)",
    r"реш(?:или|ил|ено|ение)", r"приказыва(?:ю|ем|ет)", r"обсуждали", r"выступ(?:или|ил)",
    r"пов[её]стка(?:\s+дня)?", r"порядок\s+дня", r"определил[аи]?", r"предложено",
    r"slushali", r"postanovili",
    # English
    r"agenda(?:\s+items?)?", r"heard", r"resolve[sd]", r"decide[sd]", r"agreed", r"orders?",
    r"(?:hereby\s+)?decrees?(?:\s+as\s+follows)?", r"recommendations?", r"decisions?",
    r"resolutions?", r"conclusions?", r"business",
    # German
    r"tagesordnung", r"beschl(?:u(?:ss|ß)|üsse|iesst|ießt|ossen)", r"verordnet", r"anwesend",
    r"verfügt",
    # French
    r"ordre\s+du\s+jour", r"décisions?", r"décide(?:nt)?", r"décrète(?:nt)?", r"arrêtent?",
    r"résolutions?", r"décrètent", r"arrête",
)  # fmt: skip
"""The words that open a section, each as it is printed, whatever its case."""

_HEARD = compile_on_use(r"(?:за)?слуша\w+|slushali|heard|обсуждали|выступ\w+", re.IGNORECASE)
_WORD = "|".join(SECTIONS)
_ALONE = compile_on_use(
    rf"\W{{0,4}}(?P<name>(?:{_WORD})(?:\s*[–—|/-]{{1,2}}\s*(?:{_WORD}))?)\s*(?P<colon>:)?\W{{0,4}}",
    re.IGNORECASE,
)
_BEFORE_ITEM = compile_on_use(rf"(?P<name>(?:{_WORD}))\s?(?::|\.?\s?[–—-])\s+", re.IGNORECASE)
_AT_THE_END = compile_on_use(rf"(?<!\w)(?P<name>(?:{_WORD}))\s?:\s*\Z", re.IGNORECASE)
_LONGEST_OPENING = 1_000
_OPENING = 160
"""Characters that are looked at."""
_ROMAN = r"[IVXLC]{1,6}"
_NUMBER = rf"(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,2}}|{_ROMAN}|premier|1er)"
_ITEM = compile_on_use(
    rf"""
    (?P<form> (?:agenda\s)?item | point | article | art\. | clause | section
      | пункт | п\. | статья | ст\. | вопрос | параграф
      | tagesordnungspunkt | top | punkt | artikel | abs\.
      | § )
    \s?(?:№\s?|no\.\s?|nr\.\s?)?{_NUMBER}
    (?= \s*\Z | \s?[.:)](?!\d) | \s?[–—-]\s | (?:\s{{2,}}|\t)\S )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGN = compile_on_use(r"§\s?(?P<number>\d{1,3}[a-zа-я]?)(?=[.\s]|\Z)")


@dataclass(frozen=True, slots=True)
class Opening:
    """How a paragraph of a protocol opens: a section, an item, both, or neither.

    ``section`` is the word that opens a section, as printed; ``label`` the number of the item
    without punctuation, and ``named`` the item as printed (``"Item 3"``, ``"§ 2"``), ``None``
    for a bare number.  ``alone`` says that nothing but the word of the section stands there.
    """

    section: str | None = None
    label: str | None = None
    named: str | None = None
    alone: bool = False


def is_heard_section(section: str) -> bool:
    """Whether *section*, the word that opens one, is of what was heard, before it is decided."""
    return _HEARD.match(section) is not None


def read_opening(text: str) -> Opening:
    """How *text*, one paragraph, opens."""
    return _opening(text[:_OPENING])


@lru_cache(512)
def _opening(head: str) -> Opening:
    """Asked of a paragraph when it is structured, and again when it is cut into passages."""
    alone = _ALONE.fullmatch(head) if len(head) < 60 else None
    if alone and (alone["colon"] or head.strip().isupper() or len(alone["name"].split()) > 1):
        return Opening(section=_one_line(alone["name"]), alone=True)
    before = _BEFORE_ITEM.match(head)
    label, named = _item(head[before.end() :] if before else head)
    return Opening(_one_line(before["name"]) if before else None, label, named)


def opens_list(text: str) -> str | None:
    """The word by which *text*, a sentence (``The Council decrees:``), opens a numbered list."""
    if len(text) > _LONGEST_OPENING:
        return None
    found = _AT_THE_END.search(text[-80:])
    return _one_line(found["name"]) if found else None


def item_label(text: str) -> str | None:
    """The number of the item that *text* opens by a word or a sign of its own, if it does."""
    opening = read_opening(text)
    return opening.label if opening.named or opening.section else None


def is_section(text: str) -> bool:
    """Whether *text* is nothing but the word that opens a section."""
    return read_opening(text).alone


def _item(line: str) -> tuple[str | None, str | None]:
    sign = _SIGN.match(line)
    if sign:
        return sign["number"], f"§ {sign['number']}"
    worded = _ITEM.match(line)
    if worded and (worded["form"][0].isupper() or worded["form"] == "§"):
        number = worded["number"]
        if number.isdigit() or "." in number or number in ("premier", "1er") or number.isupper():
            return number, _one_line(worded[0])
    label = label_of(line[:40])
    return (label.text, None) if label else (None, None)


def _one_line(text: str) -> str:
    return " ".join(text.split())


on_knowledge_learned(lambda _: _opening.cache_clear())
