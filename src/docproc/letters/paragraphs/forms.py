"""What single paragraphs look like: is this one a heading, a dateline, a signature, …?

Each predicate looks at one paragraph alone; whether its place in the document allows what
it looks like is for ``sections`` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docproc.letters.vocabulary.offices import SIGNED, office_and_name
from docproc.letters.vocabulary.words import (
    CLOSING,
    DATELINE_WORDS,
    GREETING_START,
    KINDS,
    NO_SIGNERS,
    NOTES_HEADING,
    SENT,
    is_marking,
)
from docproc.references import FoundDate, find_dates
from docproc.references.dates.days_in_words import may_spell_date
from docproc.text.knowledge import on_knowledge_learned
from docproc.text.layout.labels import label_of
from docproc.text.patterns import compile_on_use

_LONGEST_HEADING = 160
_LONGEST_DATELINE = 140
_LONGEST_SALUTATION = 90
_LONGEST_SIGNATURE = 240
_TAIL = 200
"""Characters: what ends a paragraph is no longer."""

NOTE_MARK = compile_on_use(
    r"(?:\s?\[(?:\d{1,3}|[A-Za-z])\]|\s?\(\d{1,3}\)|\{\d{1,3}\}|\^\{?\d{1,3}\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|(?<=[^\s№°])(?<!\b[Nn][or])(?<!\b[Nn][or]\.)\s\d{1,3}|"
    r"\s?\*{1,3})(?=[\s.,;!]*$)"
)
"""A note's mark at the end of a short line; "No. 14" has none."""

LETTERHEAD = 14
"""Paragraphs of a letterhead and of whom a letter is for, down to its salutation."""
ADDRESS = 250
"""Characters of any of them."""
_LARGE = "[^\\W\\d_a-zß-öø-ÿāăąćčďđėēęěğīįłńňőœřśšşťūůűųźżžа-яёіїєґў]"
_INITIALS = rf"(?:{_LARGE}\.-?){{1,5}}"
_SURNAME = rf"{_LARGE}[\w'’-]*"
_TOKEN = compile_on_use(rf"{_INITIALS}(?:{_SURNAME})?\.?|{_SURNAME}\.?|&")
_PARTICLE = compile_on_use(
    r"de|di|da|du|le|la|von|van|der|den|zu|фон|ван|де|bin|ibn|al|el|and|und|et|и", re.IGNORECASE
)
_WITH_INITIALS = compile_on_use(rf"{_INITIALS}(?:{_SURNAME})?\.?")
_SHORTENED = compile_on_use(r"(?:[^\W\d_a-zа-яё][\w]{0,2}\.-?){1,4}")
_SPACED_STOP = compile_on_use(r"\s+([.,])$")
_NUMBER = compile_on_use(
    rf"""(?:№|No\.?|Nr\.?|N°|\#)?\s?\d{{1,4}}[a-zа-я]?\.?
    |(?:{"|".join(words for words, kind in KINDS if kind in SENT)})
      \s(?:№|No\.?|Nr\.?|N°|n°|number|nummer|num[eé]ro)\s?\d{{1,4}}[a-z]?[.,]?(?:\s?bis)?[.:]?-?""",
    re.VERBOSE | re.IGNORECASE,
)
"""``12.``; ``LETTRE N° 498.``"""
_IN_CAPITALS = compile_on_use(r"[^\W\d_a-zа-яё]{4,}\.?")
_CAPITALISED = compile_on_use(r"[\W_]*[^\W_a-zа-яё]")
_YEAR = compile_on_use(r"(?<=\d)\s?гг?\.$")
"""The abbreviated "year" that Russian titles end with: its stop is no sentence's."""
_ENDING = compile_on_use(r"[.!?:;,…–—-]['\"”’»)\]]*$")
_GREETED = compile_on_use(
    r"(?i:dear\s[^,]{1,40}|sir|sirs|madam|gentlemen|monsieur|madame|messieurs|signore?|mein\sherr),\s+"
    r"(?=\S+\s+\S)"
)
"""``Sir, I have the honour.``: what is said to somebody, and signs nothing."""
_NO_NAME = compile_on_use(
    r"(?:ends?|begins?|message ends|stop|over|signed|seen|noted|approved|конец|подписано)\W*",
    re.IGNORECASE,
)
_ROMAN = compile_on_use(r"\W*(?:X{0,3}(?:IX|IV|V?I{1,3})|X{2,3}|XV)\W*")
"""A number that ends a text: nobody's name."""
_PROPER = compile_on_use(r"[^\W\d_a-zа-яё][\w.'’-]*|[\W\d_]+|\w*\d[\w.]*")


def is_heading(text: str) -> bool:
    """Short, begins large, does not end as a sentence does; no row, no time of a recording."""
    if len(text) > _LONGEST_HEADING:
        return False
    bare = _YEAR.sub("", NOTE_MARK.sub("", text).strip(" _*#"))
    if not bare or text.count("\n") > 2 or bare.count("\t") > 1 or "-->" in bare:
        return False
    if not any(map(str.isalpha, bare)) or not _CAPITALISED.match(bare):
        return False
    return not (_ENDING.search(bare) or (label_of(text) and not text.startswith("#")))


def is_inner_heading(text: str) -> bool:
    """A heading where a short sentence would be as likely: of few words, or of large ones."""
    if not is_heading(text):
        return False
    return _is_terse(text, 6)


def is_title(text: str) -> bool:
    """A heading at the very beginning, where titles of many small words stand too."""
    return is_heading(text) and _is_terse(text, 12)


def _is_terse(text: str, few: int) -> bool:
    """Fewer than *few* words of weight, or most of them large."""
    weighty = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    large = sum(not word[0].islower() for word in weighty)
    return len(weighty) < few or 2 * large > len(weighty)


def heading_level(text: str) -> int:
    """The depth of a heading, by the signs that some plain texts put before it; else 2."""
    signs = len(text) - len(text.lstrip("#"))
    return signs or 2


def is_salutation(text: str, *, opening: bool) -> bool:
    """A greeting; with *opening*, where a letter's own words begin, a bare name will do."""
    if len(text) > _LONGEST_SALUTATION:
        return False
    bare = NOTE_MARK.sub("", text).strip()
    if "\n" in bare or len(bare.split()) > 12:
        return False
    if GREETING_START.match(bare):
        return bare[-1:] in "!,:" or (opening and bare[-1:] in ".-–—" and len(bare.split()) < 7)
    return opening and bare.endswith("!") and len(bare.split()) < 6 and bare.count("!") < 2


@lru_cache(256)
def dates_in_dateline(text: str) -> tuple[FoundDate, ...]:
    """The dates of a dateline; empty if *text* is none.

    A dateline is a date, with a place, the words that name a document, a time of day or a
    mark of secrecy, and nothing that could be part of a sentence.  Several modules ask it of
    the same paragraphs.
    """
    if len(text) > _LONGEST_DATELINE or not (any(map(str.isdigit, text)) or may_spell_date(text)):
        return ()
    dates = find_dates(text, near=_NEAR)
    if not dates or _YEAR_OF_A_SENTENCE.search(text):
        return ()
    if all(len(date.edtf) == _YEAR_ALONE for date in dates) and _YEAR_OF_A_THING.search(text):
        return ()
    rest = re.sub(r"\[\d{1,3}\]", " ", text)
    for date in reversed(dates):
        rest = rest[: date.span.start] + " " * len(date.span) + rest[date.span.end :]
    return dates if _names_only(rest) else ()


_YEAR_OF_A_SENTENCE = compile_on_use(r"[a-z] in \d{4}\.?\s*\Z")
"""``Burnt in 1903.``: no place is set before a year so."""
_YEAR_OF_A_THING = compile_on_use(r"\w (?:of|de|del|von|des Jahres) \d{4}\W*\Z", re.IGNORECASE)
"""``The Strike of 1912``: a title, which may be in a place where dates stand."""
_YEAR_ALONE = 4
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
    found = re.findall(r"[^\s,;:()\[\]_*/«»“”„\"]+", text)
    return len(found) <= 14 and all(
        _PROPER.fullmatch(word) or DATELINE_WORDS.fullmatch(word.strip(".")) for word in found
    )


_IMPRINT = compile_on_use(
    r"(?:printed|published|reprinted|imprimé|imprimerie|gedruckt|verlag|druck\s|stampato|tipografia"
    r"|impreso|imprenta|trykt|tryckt|gedrukt|напечатано|типография)\b",
    re.IGNORECASE,
)
"""How the line of a printer or a publisher begins, which signs nothing."""


def is_signature(text: str) -> bool:
    """A name, with or without a closing formula before it and an office after it."""
    if len(text) > _LONGEST_SIGNATURE:
        return False
    bare = _bare(text)
    if not bare or len(bare.split()) > 30:
        return False
    bare = SIGNED.sub("", bare, count=1)
    bare = bare.replace("[", "").replace("]", "")  # "J. K. W[ALLER]"
    closing = CLOSING.match(bare)
    if not closing and len(bare.split()) > 12:
        return False
    if is_marking(bare) or NOTES_HEADING.fullmatch(bare) or _NO_NAME.fullmatch(bare):
        return False
    if (greeted := _GREETED.match(bare)) and not CLOSING.match(bare, greeted.end()):
        return False
    if bare.rstrip(".!… ").casefold() in NO_SIGNERS or _ROMAN.fullmatch(bare):
        return False
    if _IMPRINT.match(bare):
        return False
    if closing:
        rest = re.split(r"[,\n.!]", bare[closing.end() :])
        return len(bare.split()) < 9 or all(len(piece.split()) < 9 for piece in rest)
    first, *others = [p for p in re.split(r"[,\n]", bare) if p.strip()] or [""]
    if bare.endswith((",", ":", ";", "!")):
        return False
    if not is_name(first):
        return not others and (_is_office_and_name(bare) or office_and_name(bare) is not None)
    if is_strong_signature(first):
        return True
    return len(first.split()) < 4 and all(_CAPITALISED.match(piece) for piece in others)


def _bare(text: str) -> str:
    """*text* without a note's mark and the space that it leaves before a stop."""
    return _SPACED_STOP.sub(r"\1", NOTE_MARK.sub("", text.strip())).strip(" _*\t\r\n")


def is_strong_signature(text: str) -> bool:
    """Initials and a surname, or a surname in capitals."""
    if len(text) > _LONGEST_DATELINE:
        return False
    bare = _bare(text)
    if not is_name(bare) or is_marking(bare) or _NO_NAME.fullmatch(bare):
        return False
    tokens = bare.split()
    capitals = len(tokens) == 1 and _IN_CAPITALS.fullmatch(bare)
    return bool(capitals) or any(_WITH_INITIALS.fullmatch(token) for token in tokens)


def is_telegraphic_end(text: str) -> bool:
    """``Ends.``, ``Message ends``: what a telegram says behind its signature."""
    return len(text) < 20 and _NO_NAME.fullmatch(text.strip(" _*")) is not None


def is_name(text: str) -> bool:
    """At most six words, each an initial, a capitalised word or a particle between them."""
    tokens = text.split()
    return (
        0 < len(tokens) < 7
        and any(map(str.isalpha, text))
        and _PARTICLE.fullmatch(tokens[-1]) is None
        and all(_TOKEN.fullmatch(token) or _PARTICLE.fullmatch(token) for token in tokens)
    )


def _is_office_and_name(text: str) -> bool:
    """``Председатель Совета Народных Комиссаров В. Ульянов (Ленин)``."""
    tokens = re.sub(r"\s\([^()]{2,30}\)$", "", text).split()
    if len(tokens) < 2:
        return False
    number = len(tokens) - 1
    while number > 0 and _SHORTENED.fullmatch(tokens[number - 1]):
        number -= 1
    named = number < len(tokens) - 1 or _WITH_INITIALS.fullmatch(tokens[-1])
    return bool(
        named
        and number > 0
        and tokens[0][0].isupper()
        and _TOKEN.fullmatch(tokens[-1])
        and not text.endswith(".")
    )


def is_number(text: str) -> bool:
    """The number of a document in its edition: ``№ 35``, ``12.``, ``Letter No. 12``"""
    return len(text) < 32 and _NUMBER.fullmatch(text.strip()) is not None


def is_name_of_place(text: str) -> bool:
    """At most four words, all of them large, and no figure: what may stand over a date."""
    words = text.split()
    return 0 < len(words) < 5 and all(
        word[0].isupper() and word.strip(",.()-").isalpha() for word in words
    )


def ends_as_sentence(text: str) -> bool:
    """Whether *text* ends with a stop, and so is no heading and no name."""
    tail = text.rstrip(" _*")[-_TAIL:]
    return _ENDING.search(NOTE_MARK.sub("", tail)) is not None


on_knowledge_learned(lambda _: dates_in_dateline.cache_clear())
