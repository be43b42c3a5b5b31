"""What a text is written in: its script (Latin, Greek, that of Chinese) and its language."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import Final

from docproc.text.terms import detect_language

_EASTERN: Final = {"CJK": "Han", "HIRAGANA": "Han", "KATAKANA": "Han"}
"""Japanese mixes all three."""


def writings(text: str) -> tuple[str, ...]:
    """What *text* is written in, the language first where it shows: ``("Latin it", "Latin")``."""
    script = script_of(text)
    if script is None:
        return ()
    language = detect_language(text, 1)
    return (f"{script} {language}", script) if language else (script,)


def script_of(text: str) -> str | None:
    """The script of most letters of *text*, the first of two equal; ``None`` without a letter."""
    found: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if script := _script(letter):
            found[script] += times
    return found.most_common(1)[0][0] if found else None


@cache
def _script(character: str) -> str | None:
    """The first word of a letter's Unicode name: the standard library knows no scripts."""
    if not character.isalpha():
        return None
    name = unicodedata.name(character, "").partition(" ")[0]
    return _EASTERN.get(name, name.capitalize()) or None
