"""Differences that are the editor's or the author's right: brackets, and their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.checking.findings import Change
from docproc.checking.words import words_of
from docproc.records import Span
from docproc.text.patterns import compile_on_use

_DASHED = compile_on_use(r"[,.!?…]?\s[-–—]\s*\Z"), compile_on_use(r"\s*[,.;!?…]?\s[-–—]")
_INVERTED = compile_on_use(
    r"[^\W\d_]+(?:-t)?-(?:il|elle|on|ils|elles|je)\b|(?:dit|écrit|écrivait|note|ajoute|affirme|déclare|"
    r"explique|souligne|précise|conclut|poursuit)\s",
    re.IGNORECASE,
)
_OWN = 12
"""Words at most that an author puts into a quotation to say whose it is."""
_LONGEST = 120
"""Characters at most between a bracket and what differs within."""
BRACKETS = "an alteration in brackets"
INSERTED = "the draft’s own words between dashes or commas"


def split_tolerated(
    text: str, changes: Sequence[Change], span: Span
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """*changes* at *span* of *text* that no editor may make, and the names of the others."""
    kept: list[Change] = []
    named: list[str] = []
    for change in changes:
        if _bracketed(text, change, span):
            named.append(BRACKETS)
        elif is_own(text, change):
            named.append(INSERTED)
        else:
            kept.append(change)
    return tuple(kept), tuple(dict.fromkeys(named))


def count_own_words(text: str, changes: Sequence[Change]) -> int:
    """How many words of the *changes* are the draft's own, set off within the quotation."""
    own = (each for each in changes if is_own(text, each))
    return sum(len(words_of(each.quoted).words) for each in own)


def _bracketed(text: str, change: Change, span: Span) -> bool:
    """Whether all that the draft has there stands in square brackets."""
    if not change.quoted:
        return False
    start = max(span.start, change.at.start - _LONGEST)
    before = text[start : change.at.start]
    after = text[change.at.end : min(span.end, change.at.end + _LONGEST)]
    opens = change.quoted.startswith("[") or before.rfind("[") > before.rfind("]")
    closing = after.find("]")
    closes = change.quoted.endswith("]") or (closing >= 0 and "[" not in after[:closing])
    inner = change.quoted.strip("[]")
    return opens and closes and "[" not in inner and "]" not in inner


def is_own(text: str, change: Change) -> bool:
    """Whether the draft's own words are there: ``«…, — писал он, — …»``, ``, écrit-il,``."""
    if not change.quoted or change.source or len(change.quoted.split()) > _OWN:
        return False
    before = text[max(0, change.at.start - 8) : change.at.start]
    after = text[change.at.end : change.at.end + 8]
    if _DASHED[0].search(before) and _DASHED[1].match(after):
        return True
    commas = before.rstrip().endswith(",") and after.lstrip().startswith(",")
    return commas and bool(_INVERTED.match(change.quoted))
