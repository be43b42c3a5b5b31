"""What an edition or a finding aid says of a document, as the records hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from docproc.records import ArchivalReference, Mention, StatedDate
from docproc.references import UNPARSED, parse_date, parse_reference
from docproc.references.dates.edtf import is_edtf
from docproc.references.dates.finding_aid_dates import parse_statement
from docproc.text.knowledge import on_knowledge_learned
from docproc.text.patterns import compile_on_use

_ISO = compile_on_use(r"-?\d{4}(?:-\d{2}(?:-\d{2})?)?")
PATH = " › "
"""Stands between the titles of what a document lies in and its own."""
_NOTHING = (
    "nan", "null", "none", "n/a", "-", "–", "—", "?", "unknown", "not known", "onbekend",
    "unbekannt", "inconnu", "inconnue", "sconosciuto", "sconosciuta", "ignoto", "ignota",
    "desconocido", "desconocida", "desconhecido", "неизвестно", "неизвестен", "nieznany",
    "nieznane", "neznámo", "neznámý", "okänd", "okänt", "ukendt", "ukjent", "[unknown]",
    "[unbekannt]", "[inconnu]",
)  # fmt: skip
"""What stands in a field where nothing is known."""
_STOP = compile_on_use(r"(?<=\d)\.$")
_WRITTEN = compile_on_use(
    r"(-?\d{4})(?:-?(\d{2})(?:-?(\d{2}))?|-(\d{1,2})(?:-(\d{1,2}))?)?-?(?:Z|[+-]\d{2}:\d{2})?"
)
"""A date of an attribute: ``1841-09-15``, ``18410915``, ``1841-9-5``, ``1841-09-00``; a zone."""


def mention(text: str | None) -> Mention | None:
    """*text* as a name from outside the reading text; ``None`` if there is none."""
    words = " ".join((text or "").split())
    return Mention(words) if words else None


@lru_cache(maxsize=4096)
def make_date(
    printed: str, first: str | None = None, last: str | None = None, place: str = "metadata"
) -> StatedDate | None:
    """A date as *printed* with its normal form, or as read from it; ``None`` if it is no date."""
    words = " ".join(printed.split())
    ends = [edtf_of(end) for end in (first, last)]
    if all(ends) and ends[0] != ends[1]:
        edtf: str | None = "/".join(end for end in ends if end)
    elif last is not None and first is None:
        edtf = f"../{ends[1]}" if ends[1] else None
    else:
        edtf = ends[0]
    if edtf and (edtf in ends or is_edtf(edtf)):
        return StatedDate(words or edtf, edtf, place)
    if not words:
        return None
    if edtf := parse_statement(words):
        return StatedDate(words, edtf, place)
    found = parse_date(words)
    return StatedDate(words, found.edtf, place, None, found.julian) if found else None


@lru_cache(maxsize=4096)
def edtf_of(date: str | None) -> str | None:
    """*date*, of an attribute, as EDTF without a time of day; ``None`` for what is no date."""
    value = date.strip().partition("T")[0] if date else ""
    if not value:
        return None
    if not _ISO.fullmatch(value) or "-00" in value:
        written = _WRITTEN.fullmatch(value)
        if written is None:
            return None
        parts = [written[1], written[2] or written[4] or "", written[3] or written[5] or ""]
        # zeros are what is not known: "1841-09-00" is a month
        known = takewhile(lambda part: part.strip("0"), parts[1:])
        value = "-".join([parts[0], *(part.zfill(2) for part in known)])
    return value if value.strip("-0") and is_edtf(value) else None


def _join_values(values: Sequence[str]) -> str:
    """*values* parted by commas; the stop of a sentence stands before none: ``1894-1974.``"""
    return ", ".join([*(_STOP.sub("", each) for each in values[:-1]), *values[-1:]])


def make_reference(
    printed: str | None, components: Iterable[tuple[str, str | None]]
) -> ArchivalReference | None:
    """A reference made of what the metadata names, outermost first.

    *printed* is the line that the edition gives, where it gives one; a grammar reads it if one
    can, and otherwise *components* are what is known.
    """
    named: Sequence[tuple[str, str]] = [
        (level, words)
        for level, value in components
        if (words := " ".join((value or "").split())) and words.casefold() not in _NOTHING
    ]
    line = " ".join((printed or "").split()) or _join_values([value for _, value in named])
    if not line:
        return None
    return parse_line(line) or ArchivalReference(line, UNPARSED, tuple(named))


parse_line = lru_cache(maxsize=1024)(parse_reference)
"""The documents of an edition are kept in few places."""
on_knowledge_learned(lambda _: parse_line.cache_clear())
on_knowledge_learned(lambda _: make_date.cache_clear())  # a plugin may know more months
