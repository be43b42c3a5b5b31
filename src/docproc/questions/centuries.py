"""Centuries that a question names: the nineteenth century, im 19. Jahrhundert, XIX века."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from docproc.records import Span
from docproc.text.patterns import compile_on_use

_ORDINALS: Final = {
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_ROMAN: Final = {
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18,
    "XIX": 19, "XX": 20,
}  # fmt: skip
_NUMBER: Final = r"(?P<n>\d{2}|[XV][XVI]{0,4})"
_PATTERNS: Final = tuple(
    compile_on_use(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w)(?P<n>\d{{2}}(?=th|st)|{'|'.join(_ORDINALS)})(?:th|st)?[\s-]centur(?:y|ies)(?!\w)",
        rf"(?<!\w){_NUMBER}\.\s?(?:jahrhunderts?|jh\.?)(?!\w)",
        rf"(?<!\w){_NUMBER}(?:e|ème|ᵉ)\s+siècle(?!\w)",
        rf"(?<!\w){_NUMBER}(?:-?(?:го|м|й|ом))?\s+(?:век\w*|столети\w+|в\.)(?!\w)",
        rf"(?<!\w)(?:siglo|secolo)\s+{_NUMBER}(?!\w)",
    )
)
_DECADE: Final = compile_on_use(
    r"(?<!\w)(?:années|années de|años|años de|anni)\s+(?P<n>1\d\d0)(?!\w)", re.IGNORECASE
)


def find_centuries(text: str) -> list[tuple[date | None, date | None, Span]]:
    """The centuries and decades that *text* names: first day, last day, and where each stands."""
    found: list[tuple[date | None, date | None, Span]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            said = match["n"]
            known = _ORDINALS.get(said.lower()) or _ROMAN.get(said.upper())
            number = known or (int(said) if said.isdecimal() else 0)
            if 10 < number <= 20:
                first, last = date(100 * number - 99, 1, 1), date(100 * number, 12, 31)
                found.append((first, last, Span(*match.span())))
    for match in _DECADE.finditer(text):
        year = int(match["n"])
        found.append((date(year, 1, 1), date(year + 9, 12, 31), Span(*match.span())))
    return found
