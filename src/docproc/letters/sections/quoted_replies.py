"""What a message answers and repeats, below its own words or amid them: no part of its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docproc.letters.paragraphs.part import Part
from docproc.records import BlockKind
from docproc.text.patterns import compile_on_use

_LONGEST = 600
_SEPARATOR = compile_on_use(
    r"-{3,}\s*(?:original(?:\s+message|nachricht)?|ursprüngliche\s+nachricht|forwarded\s+message"
    r"|weitergeleitete\s+nachricht|message\s+(?:d['’]origine|original|transféré)"
    r"|mensaje\s+original|messaggio\s+originale|исходное\s+сообщение)\b[^\n]{0,80}",
    re.IGNORECASE,
)
_SAID = compile_on_use(
    r"\S[^\n]{0,200}?(?:\n[^\n]{0,100})?\b(?:wrote|schrieb|a écrit|ha scritto|escribió|schreef"
    r"|skrev|пиш(?:ет|ете)|написала?)\b[^\n]{0,80}:"
)
_FIELD = compile_on_use(
    r"(?:from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|à|objet|da|inviato|a"
    r"|oggetto|от|отправлено|дата|кому|тема)\s*:",
    re.IGNORECASE,
)
_FIELDS = 3
"""So many lines of a header in one paragraph are that of a message."""


def count_own_parts(text: str, parts: Sequence[Part]) -> int:
    """How many of *parts* stand before the message that a message repeats below its own words."""
    for number, part in enumerate(parts[1:], 1):
        if part.kind is None and len(part.span) <= _LONGEST and _introduces(part.span.of(text)):
            return number
    end = len(parts)
    while end and is_quoted(text, parts[end - 1]):
        end -= 1
    return end or len(parts)


def is_quoted(text: str, part: Part) -> bool:
    """Whether *part* is marked as the words of another message, as mail programs do: ``> …``."""
    return part.kind in (None, BlockKind.PARAGRAPH) and text.startswith(">", part.span.start)


def _introduces(words: str) -> bool:
    if words.startswith("---"):
        return _SEPARATOR.match(words) is not None
    if words.endswith(":") and _SAID.fullmatch(words):
        return True
    lines = words.split("\n")
    return len(lines) >= _FIELDS <= sum(_FIELD.match(line) is not None for line in lines)
