"""Phrases between quotation marks: found in a question, and looked for in a text.

A text holds a phrase whatever its case, spaces, quotation marks and dashes, and where a hyphen
at the end of a line parts a word of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from docproc.records import Span
from docproc.text.patterns import compile_on_use

_QUOTED: Final = compile_on_use(
    r'"([^"]{2,300})"|“([^“”]{2,300})[”“]|„([^„“”"]{2,300})[“”"]|«([^«»]{2,300})»|»([^«»]{2,300})«'
    r"|‹([^‹›]{2,300})›|「([^「」]{2,300})」|『([^『』]{2,300})』"
    r"|(?<![\w'’‘])['‘](?!(?:tis|twas|em|til|cause|\d)(?!\w))(?=\w)"
    r"((?:[^'’‘]|(?<=\w)['’](?=\w)){2,300})(?<=[\w.,;:!?])['’](?!\w)",
    re.IGNORECASE,
)
"""Between single marks no apostrophe ends a phrase: none stands before a letter, and none opens
one behind a letter (the boys' boat)."""
_OR: Final = compile_on_use(r"\W*(?:or|oder|ou|или|либо|o|u)\W*", re.IGNORECASE)
_CYRILLIC_ENDING: Final = compile_on_use("(?<=[а-яё]{3})[аеийоуыьюя]{0,2}\\Z")
_APOSTROPHES: Final = "'’‘ʼ`´"
_DASHES: Final = "-‐‑–—−"
_MARKS: Final = '"“”„«»'


def phrases_in(question: str) -> tuple[str, ...]:
    """What stands between quotation marks in *question*."""
    found = (_between(match).strip(" .,;:!?") for match in _QUOTED.finditer(question))
    return tuple(dict.fromkeys(phrase for phrase in found if re.search(r"\w", phrase)))


def asks_for_either(question: str) -> bool:
    """Whether one of the phrases of *question* is enough: "cats" or "dogs"."""
    found = list(_QUOTED.finditer(question))
    gaps = [question[one.end() : other.start()] for one, other in pairwise(found)]
    return bool(gaps) and all(map(_OR.fullmatch, gaps))


def is_one_word(phrase: str) -> bool:
    """Whether *phrase* is one word, which a text may inflect."""
    return re.fullmatch(r"\w+(?:[-‐‑]\w+)*", phrase) is not None


def _between(match: re.Match[str]) -> str:
    """What stands between the marks of *match*."""
    return str(next(filter(None, match.groups())))


def phrases_in_words(phrases: Iterable[str], *, either: bool) -> str:
    """*phrases* between marks, all of them or *either*."""
    return (" or " if either else "; ").join(f"“{each}”" for each in phrases)


def without_quotation_marks(question: str) -> str:
    """*question* without the quotation marks of its phrases."""
    return _QUOTED.sub(lambda m: f" {_between(m)} ", question)


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
    whole = r"[\s,;:]*\s+".join(parts)
    if is_one_word(phrase):
        stem = _CYRILLIC_ENDING.sub("", phrase.casefold())
        whole = rf"{stem}[а-яё]{{0,3}}" if stem != phrase.casefold() else rf"{whole}(?:e?[sn])?"
    return re.compile(rf"(?<!\w){whole}(?!\w)")


def _fold_in_place(text: str) -> str:
    """*text* without case, sign by sign, so that places in it stay where they are."""
    return "".join(_fold(sign) for sign in text)


@lru_cache(maxsize=4096)
def _fold(sign: str) -> str:
    bare = unicodedata.normalize("NFKC", sign).casefold()
    return bare if len(bare) == 1 else sign.lower() if len(sign.lower()) == 1 else sign
