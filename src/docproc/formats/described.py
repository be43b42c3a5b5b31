"""What an edition or a finding aid says of a document, as the records hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from docproc.formats.xml import Element, local
from docproc.records import ArchivalReference, Mention, StatedDate
from docproc.references import UNPARSED, parse_date, parse_reference
from docproc.references.edtf import is_edtf
from docproc.references.statements import parse_statement
from docproc.text.patterns import compile_on_use

_ISO = compile_on_use(r"-?\d{4}(?:-\d{2}(?:-\d{2})?)?")
PATH = " › "
"""Stands between the titles of what a document lies in and its own."""
_STOP = compile_on_use(r"(?<=\d)\.$")
_BASIC = compile_on_use(r"(\d{4})(\d{2})(\d{2})?")


def mention(text: str | None) -> Mention | None:
    """*text* as a name from outside the reading text; ``None`` if there is none."""
    words = " ".join((text or "").split())
    return Mention(words) if words else None


_ODF = ("title", "creator", "initial-creator", "date", "creation-date", "subject")


def odf_properties(meta: Element | None) -> Iterator[tuple[str, str]]:
    """What *meta*, the ``meta.xml`` of OpenDocument, says of the file."""
    for element in meta.iter() if meta is not None else ():
        value = " ".join((element.text or "").split())
        if value and local(element) in _ODF:
            yield f"file's {local(element).replace('-', ' ')}", value


def make_date(
    printed: str, first: str | None = None, last: str | None = None, place: str = "metadata"
) -> StatedDate | None:
    """A date as *printed* with its normal form, an ISO date or the two ends of a span.

    Where there is no normal form that the calendar knows, *printed* is read; ``None`` if it is
    no date ("fill date later").
    """
    words = " ".join(printed.split())
    ends = [iso_of(end) for end in (first, last)]
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
def iso_of(date: str | None) -> str | None:
    """*date*, of an attribute, as EDTF without a time of day; ``None`` for what is no date."""
    value = date.strip() if date else ""
    if not value:
        return None
    if value.isdigit() and (basic := _BASIC.fullmatch(value)):
        value = "-".join(part for part in basic.groups() if part)
    value = value.partition("T")[0]
    return value if _ISO.fullmatch(value) and is_edtf(value) else None


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
        (level, words) for level, value in components if (words := " ".join((value or "").split()))
    ]
    line = " ".join((printed or "").split()) or _join_values([value for _, value in named])
    if not line:
        return None
    parsed = parse_reference(line)
    return parsed or ArchivalReference(line, UNPARSED, tuple(named))
