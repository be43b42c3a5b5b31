"""Drop capitals: the letter that stands apart on the page, and the word that it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docproc.records import BlockKind
from docproc.stages.ocr_layout.recognized import Line, Region
from docproc.text.stop_words import STOP_WORDS

_WORDS = frozenset("aioàèéyаивкосуяe")
"""Letters that are words as well, of which the next word tells whether they are here."""
_LONGEST = 3
"""Characters of a drop capital, with a quotation mark before it or a stop behind it."""


def with_capitals(regions: Sequence[Region], capitals: Sequence[tuple[int, Line]]) -> list[Region]:
    """*regions*, each of *capitals* written before the text that it begins.

    A capital comes with the number of regions before it; it begins the next one that is text,
    or else the last.  One that begins none (its letter stands there too) is a line as it is.
    """
    found = list(regions)
    for place, capital in sorted(capitals, key=lambda each: each[0], reverse=True):
        texts = [number for number, each in enumerate(found) if each.kind is None and each.lines]
        after = [number for number in texts if number >= place] or texts[-1:]
        first = found[after[0]] if after else None
        joined = joined_capital(capital, first.lines[0]) if first else None
        if first and joined:
            found[after[0]] = replace(first, lines=(joined, *first.lines[1:]))
        else:
            found.insert(place, Region((capital,), BlockKind.FURNITURE if first else None))
    return found


def joined_capital(capital: Line, line: Line) -> Line | None:
    """*line* with the letter of *capital* before it; ``None`` where it cannot be its first."""
    letter, text = capital.text.strip(), line.text
    if not letter or len(letter) > _LONGEST or not text[:1].isalpha():
        return None
    if text[:1].isupper() and not text[1:2].isupper() and len(text.split()[0]) > 1:
        return None
    space = " " if _is_word(letter, text) else ""
    shift = len(letter) + len(space)
    doubtful = [(start + shift, end + shift) for start, end in line.doubtful]
    return line._replace(text=f"{letter}{space}{text}", doubtful=doubtful)


def _is_word(letter: str, text: str) -> bool:
    """Whether *letter* is a word before *text*, as in ``I was`` and not in ``In the``."""
    if letter.lower() not in _WORDS:
        return False
    first = text.split()[0].strip(".,;:!?").lower()
    joined = letter.lower() + first
    return not any(joined in words for words in STOP_WORDS.values()) and any(
        first in words for words in STOP_WORDS.values()
    )
