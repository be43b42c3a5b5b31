"""Titles that tell of a talk, which nobody sends: who talked, where the title names them."""

from __future__ import annotations

import re

from docproc.text.patterns import compile_on_use

_TALKS = (
    r"conversations?|meetings?|discussions?|talks?|interviews?|conversaci(?:ón|ones)|entrevistas?"
    r"|reunión|entretiens?|entrevues?|réunions?|gespräch(?:e?s)?|unterredung(?:en)?|besprechung(?:en)?"
    r"|unterhaltung|colloqui[oi]?|conversazion[ei]|incontr[oi]|бесед[аыу]?|разговора?|встреч[аи]"
)
_RECORDS = (
    r"memorand(?:um|a)|notes?|record|minutes?|summary|report|transcript|account|acta|nota|informe"
    r"|memor[aá]ndum|resumen|compte[- ]rendu|procès-verbal|aufzeichnung|niederschrift|protokoll"
    r"|vermerk|notiz|bericht|verbale|appunto|resoconto|запись|протокол"
)
_OF = (
    r"(?:\s+of|\s+de|\s+sobre|\s+sur|\s+über|\s+von|\s+di|\s+su|(?=\s+(?:eine[sr]?|des|der|du|del|della"
    r"|d['’]|бесед|разговора|встречи)))"
)
_ARTICLE = (
    r"(?:\s+(?:an?|the|la|una?|le|un|une|das|die|den|ein|eine[nsr]?|der|des|du|il|lo)"
    r"|\s+(?:l['’]|d['’](?:un\s+|une\s+)?|del(?:la)?\s))?\s*"
)
_BETWEEN = r"(?:between|with|among|entre|con|avec|zwischen|mit|tra|fra|между|со?)"
_TALK = compile_on_use(
    rf"""\W*(?:(?:draft|extracts?\s(?:from|of)|partial|summary)\s+)*
    (?:(?:{_RECORDS}){_OF}{_ARTICLE}(?:\w+\s){{0,2}}?(?:{_TALKS})(?!\w)
       (?:\s+{_BETWEEN}\s+(?P<who>.+))?
     |(?:{_TALKS})\s+{_BETWEEN}\s+(?P<other>.+))""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def find_talk(title: str) -> tuple[int, int] | None:
    """Where *title* names those whose talk it tells of, ``(0, 0)`` if it names nobody.

    ``None`` where it tells of none: ``Memorandum of Conversation Between A and B`` does.
    """
    talk = _TALK.match(title)
    if talk is None:
        return None
    group = "who" if talk["who"] else "other"
    return talk.span(group) if talk[group] else (0, 0)
