"""Drop capitals: the large letter that opens a text, and the word that it begins."""

from __future__ import annotations

from docproc.text.language.stop_words import STOP_WORDS

_WORDS = frozenset("aioàèéyаивкосуяe")
"""Letters that are words as well; the next word tells whether they are one here."""
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûæœøåаеёиоуыэюя")
_LONGEST = 3
"""Characters of a drop capital, with a quotation mark before it or a stop behind it."""


def gap_after_capital(letter: str, text: str) -> str | None:
    """What parts the drop capital *letter* from the *text* beside it: nothing, or a space.

    A space in ``I was``, and nothing in ``In the``; ``None`` where the one does not begin the
    other.
    """
    if not letter or len(letter) > _LONGEST or not any(map(str.isalpha, letter)):
        return None
    if text[:1] in "'’" and len(letter) == 1:  # L'été
        return ""
    if not text[:1].isalpha():
        return None
    first = text.split()[0]
    if first[0].isupper() and len(first) > 1 and not first[1].isupper():
        return "" if _goes_on(letter.strip("\"'“«„.").lower(), first.lower()) else None
    return " " if _is_word(letter.lower(), first.strip(".,;:!?").lower()) else ""


def _goes_on(letter: str, first: str) -> bool:
    """Whether *first* is the rest of a word as old prints set it: ``ERstlich``, ``WIr``."""
    if letter == first[0]:
        return False
    return letter not in _WORDS or not any(each in _VOWELS for each in first[:3])


def _is_word(letter: str, first: str) -> bool:
    if letter not in _WORDS:
        return False
    joined = letter + first
    return not any(joined in words for words in STOP_WORDS.values()) and any(
        first in words for words in STOP_WORDS.values()
    )
