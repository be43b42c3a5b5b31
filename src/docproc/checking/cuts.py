"""Quotations that leave out what limits or denies: told as cautions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.checking.findings import AlignedPart, Change
from docproc.checking.words import words_of
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_LIMITING = compile_on_use(
    r"[\s,;:()—–-]*(?:and\s+)?(but|yet|unless|except|excepting|however"
    r"|save (?:for|that|when|where|in)"
    r"|only (?:if|when|after)|provided|on condition|albeit|although|though|nevertheless|so long as"
    r"|as long as"
    r"|однако|кроме|если не|если только|но|за исключением|хотя|хоть|разве|при условии|впрочем"
    r"|только (?:если|когда)|лишь (?:если|когда)|а не"
    r"|mais|sauf|à moins|excepté|cependant|toutefois|pourtant|néanmoins|quoique|bien que"
    r"|à condition|hormis"
    r"|aber|außer|ausser|ausgenommen|es sei denn|jedoch|allerdings|doch|sondern|obwohl|obgleich"
    r"|wenn nicht|vorausgesetzt|sofern)\b",
    re.IGNORECASE,
)
_CONDITION = compile_on_use(r"\s*[,;(—–]\s*(?:if|unless|если|коли|si|wenn|falls)\b", re.IGNORECASE)
_ENDED = compile_on_use(r"[.!?…]['\"”’»)\]]*\s*\Z")
_ABBREVIATED = compile_on_use(r"\b[^\W\d_]{1,3}\.\Z")
_NEGATIONS = word_set(
    """
    not no never none nothing nobody neither nor without cannot
    не ни нет никогда никто ничего нельзя без
    ne pas jamais rien aucun aucune sans
    nicht nie niemals kein keine keinen keiner keinem nichts niemand ohne
    """
)


def find_cut_short(parts: Sequence[AlignedPart]) -> tuple[str, ...]:
    """A caution for each part after which the source goes on with a limiting clause."""
    found = []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        text = part.document.text
        after = text[part.span.end : part.span.end + 90]
        if following and following.span.start < part.span.end + 3:
            continue
        if _ENDED.search(text[part.span.start : part.span.end]) or _ends(text, part.span.end):
            continue
        if _LIMITING.match(after) or _CONDITION.match(after):
            sentence = re.split(r"(?<=[^\W\d_]{3}[.!?])\s|\n\s*\n", after.lstrip(), maxsplit=1)[0]
            going = " ".join(sentence.split()).lstrip(",;:—–- ")
            found.append(f"the source goes on: “{_shorten(going)}”")
    return tuple(found)


def _ends(text: str, at: int) -> bool:
    """Whether a sentence ends at *at*, by a stop that is not an abbreviation's."""
    after = text[at : at + 3].lstrip(")]»”’\"'")[:1]
    if after == ".":
        return not _ABBREVIATED.search(text[max(0, at - 3) : at + 1])
    return after in ("!", "?", "…")


def _shorten(text: str, most: int = 56) -> str:
    """*text* to a word's end within *most* characters, and that it goes on."""
    if len(text) <= most:
        return text if _ENDED.search(text) else f"{text}…"
    cut = text[:most].rpartition(" ")[0]
    return f"{cut.rstrip(' ,;:')}…"


def find_lost_negation(changes: Sequence[Change]) -> str:
    """That a word such as *not* is left out or put in; ``""`` where none is."""
    for change in changes:
        mine = _NEGATIONS.intersection(words_of(change.quoted).words)
        theirs = _NEGATIONS.intersection(words_of(change.source).words)
        if theirs and not mine:
            return f"the draft leaves out “{' '.join(sorted(theirs))}”, which turns the sense"
        if mine and not theirs:
            return f"the draft puts in “{' '.join(sorted(mine))}”, which turns the sense"
    return ""
