"""Phrases between quotation marks: found in a question, and looked for in a text.

A text holds a phrase whatever its case, spaces, quotation marks and dashes, and where a hyphen
at the end of a line parts a word of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from docproc.records import Span
from docproc.text.patterns import compile_on_use

_QUOTED: Final = compile_on_use(
    r'"([^"]{2,300})"|“([^“”]{2,300})[”“]|„([^„“”"]{2,300})[“”"]|«([^«»]{2,300})»|»([^«»]{2,300})«'
    r"|(?<!\w)‘([^‘’]{2,300})’(?!\w)"
)
_APOSTROPHES: Final = "'’‘ʼ`´"
_DASHES: Final = "-‐‑–—−"
_MARKS: Final = '"“”„«»'


def phrases_in(question: str) -> tuple[str, ...]:
    """What stands between quotation marks in *question*, of two words or more, or all of it.

    One word between marks is as often a name, which a text may inflect: it is no phrase.
    """
    found = [
        next(filter(None, match.groups())).strip(" .,;:!?") for match in _QUOTED.finditer(question)
    ]
    whole = bool(_QUOTED.fullmatch(question.strip(" .?!")))
    kept = (phrase for phrase in found if whole or len(re.findall(r"\w+", phrase)) > 1)
    return tuple(dict.fromkeys(phrase for phrase in kept if re.search(r"\w", phrase)))


def without_marks(question: str) -> str:
    """*question* without the quotation marks of its phrases."""
    return _QUOTED.sub(lambda m: f" {next(filter(None, m.groups()))} ", question)


def find_phrase(text: str, phrase: str) -> Span | None:
    """Where *text* first holds *phrase*; ``None`` where it does not."""
    match = _pattern(phrase).search(_fold_in_place(text))
    return Span(*match.span()) if match else None


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str]:
    """*phrase* as a pattern over folded text."""
    parts: list[str] = []
    for word in _fold_in_place(phrase).split():
        signs = []
        for sign in word:
            if sign in _APOSTROPHES:
                signs.append(f"[{_APOSTROPHES}]")
            elif sign in _DASHES:
                signs.append(rf"\s*[{_DASHES}]\s*")
            elif sign in _MARKS:
                signs.append(f"[{_MARKS}]?")
            else:
                signs.append(re.escape(sign))
        broken = rf"(?:\u00ad|[{_DASHES}]\s*\n\s*)?"
        parts.append(broken.join(signs))
    return re.compile(r"(?<!\w)" + r"[\s,;:]*\s+".join(parts) + r"(?!\w)")


def _fold_in_place(text: str) -> str:
    """*text* without case, sign by sign, so that places in it stay where they are."""
    return "".join(_fold(sign) for sign in text)


@lru_cache(maxsize=4096)
def _fold(sign: str) -> str:
    bare = unicodedata.normalize("NFKC", sign).casefold()
    return bare if len(bare) == 1 else sign.lower() if len(sign.lower()) == 1 else sign
