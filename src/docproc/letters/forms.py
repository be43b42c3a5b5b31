"""What single paragraphs look like: is this one a heading, a dateline, a signature, …?

Each predicate looks at one paragraph alone; whether its place in the document allows what
it looks like is for ``sections`` to say.
"""

from __future__ import annotations

import re

from docproc.letters.words import (
    CLOSING,
    DATELINE_WORDS,
    GREETING_START,
    NOTES_HEADING,
    is_marking,
)
from docproc.references import FoundDate, find_dates
from docproc.text.labels import label_of

_LONGEST_HEADING = 160
_LONGEST_DATELINE = 140
_LONGEST_SALUTATION = 90
_LONGEST_SIGNATURE = 240

NOTE_MARK = re.compile(
    r"(?:\s?\[\d{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|(?<=\S)\s\d{1,3}|\s?\*{1,3})(?=[\s.,;!]*$)"
)
"""A note's mark at the end of a short line."""

_INITIAL = r"[^\W\d_a-zа-яё]\.(?:-[^\W\d_]\.)?"
_SURNAME = r"(?:[^\W\d_a-zа-яё][\w'’]*(?:[-–][^\W\d_]\w+)?)"
_PARTICLE = r"(?:de|di|da|du|le|la|von|van|der|den|zu|фон|ван|де|bin|ibn|al|el|and|und|et|и|&)"
_TOKEN = rf"(?:(?:{_INITIAL}\s?){{1,4}}|{_SURNAME}\.?|{_PARTICLE})"
_NAME = re.compile(rf"(?:{_TOKEN}[\s,]{{0,3}}){{1,6}}")
_STRONG = re.compile(
    rf"(?:[A-Z][a-z]+\s)?(?:{_INITIAL}\s?){{1,4}}{_SURNAME}(?:[-\s]{_SURNAME})?"
    r"|[^\W\d_a-zа-яё]{4,}"
)
_CAPITALISED = re.compile(r"[\W_]*[^\W_a-zа-яё]")
_ENDING = re.compile(r"[.!?:;,…]['\"”’»)\]]*$")
_PROPER = re.compile(r"[^\W\d_a-zа-яё][\w.'’-]*|[\W\d_]+|\w*\d[\w.]*")


def is_heading(text: str) -> bool:
    """Short, begins large, does not end as a sentence does."""
    bare = NOTE_MARK.sub("", text).strip(" _*#")
    if not bare or len(text) > _LONGEST_HEADING or text.count("\n") > 2:
        return False
    if not any(char.isalpha() for char in bare) or not _CAPITALISED.match(bare):
        return False
    return not (_ENDING.search(bare) or (label_of(text) and not text.startswith("#")))


def heading_level(text: str) -> int:
    """The depth of a heading, by the signs that some plain texts put before it; else 2."""
    signs = len(text) - len(text.lstrip("#"))
    return signs or 2


def is_salutation(text: str, *, opening: bool) -> bool:
    """A greeting; with *opening*, where a letter's own words begin, a bare name will do."""
    bare = NOTE_MARK.sub("", text).strip()
    if len(bare) > _LONGEST_SALUTATION or "\n" in bare or len(bare.split()) > 12:
        return False
    if GREETING_START.match(bare):
        return bare[-1:] in "!,:" or (opening and bare[-1:] in ".-–—" and len(bare.split()) < 7)
    return opening and bare.endswith("!") and len(bare.split()) < 6 and bare.count("!") < 2


def dates_in_dateline(text: str) -> tuple[FoundDate, ...]:
    """The dates of a dateline; empty if *text* is none.

    A dateline is a date, with a place, the words that name a document, a time of day or a
    mark of secrecy, and nothing that could be part of a sentence.
    """
    if len(text) > _LONGEST_DATELINE or not any(char.isdigit() for char in text):
        return ()
    dates = find_dates(text, near=_NEAR)
    if not dates:
        return ()
    rest = re.sub(r"\[\d{1,3}\]", " ", text)
    for date in reversed(dates):
        rest = rest[: date.span.start] + " " * len(date.span) + rest[date.span.end :]
    return dates if _names_only(rest) else ()


_NEAR = 1930
"""Only to recognise a date with a year in two figures; what it means is read elsewhere."""


def is_undated(text: str) -> bool:
    """``Canberra, undated``; ``Без даты``; ``n.d.``."""
    return (
        len(text) < 80
        and re.search(r"(?i)(?<!\w)(?:undated|n\.d\.|без даты|б\.\s?д\.|o\.\s?d\.|s\.\s?d\.)", text)
        is not None
        and _names_only(text)
    )


def _names_only(text: str) -> bool:
    """Whether every word is a name, a figure or a dateline's small word; at most fourteen."""
    found = re.findall(r"[^\s,;:()\[\]_*/]+", text)
    return len(found) <= 14 and all(
        _PROPER.fullmatch(word) or DATELINE_WORDS.fullmatch(word.strip(".")) for word in found
    )


def is_signature(text: str) -> bool:
    """A name, with or without a closing formula before it and an office after it."""
    bare = NOTE_MARK.sub("", text.strip()).strip(" _*\t\r\n")
    if not bare or len(bare) > _LONGEST_SIGNATURE or len(bare.split()) > 30:
        return False
    if is_marking(bare) or NOTES_HEADING.fullmatch(bare):
        return False
    closing = CLOSING.match(bare)
    if closing:
        rest = re.split(r"[,\n.!]", bare[closing.end() :])
        return len(bare.split()) < 9 or all(len(piece.split()) < 9 for piece in rest)
    if len(bare.split()) > 12:
        return False
    first, *others = re.split(r"[,\n]", bare)
    first = first.strip(" .")
    if not _NAME.fullmatch(first) or len(first.split()) > 6 or bare.endswith((",", ":", ";", "!")):
        return False
    if is_strong_signature(first):
        return True
    return len(first.split()) < 4 and all(_CAPITALISED.match(piece) for piece in others)


def is_strong_signature(text: str) -> bool:
    """Initials and a surname, or a surname in capitals."""
    return _STRONG.fullmatch(NOTE_MARK.sub("", text.strip()).strip(" ._*")) is not None


def ends_as_sentence(text: str) -> bool:
    """Whether *text* ends with a stop, and so is no heading and no name."""
    return _ENDING.search(text.rstrip(" _*")) is not None
