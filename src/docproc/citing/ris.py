"""RIS, as reference managers import it (Research Information Systems, 2001; Zotero's fields).

``PCOMM`` is a letter, ``UNPB`` another unpublished document, ``BOOK`` a print by itself, ``JOUR``
an article, ``CHAP`` what an edition prints, whose year and place are the edition's; the archive
and the place in it are ``DB`` and ``AV``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docproc.citing.accessed import address
from docproc.citing.chapters import chapter_title
from docproc.citing.days import days_of
from docproc.citing.entries import Entry, entries
from docproc.citing.names import read_name
from docproc.citing.shelf import archive_phrase, location
from docproc.citing.wording import witness_phrase
from docproc.citing.written import one_line
from docproc.records import Citation


class Ris:
    """A record for each document, an empty line between."""

    def render(self, citations: Sequence[Citation]) -> str:
        return "\n\n".join(_record(entry) for entry in entries(citations))


def _record(entry: Entry) -> str:
    lines = [f"{tag}  - {one_line(value)}" for tag, value in _fields(entry) if one_line(value)]
    return "\n".join([*lines, "ER  - "])


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    own = not entry.second_hand
    host = entry.host if entry.host and entry.host.is_published else None
    printed = host if own else None
    alone = entry.book or entry.journal
    unprinted = "PCOMM" if own and entry.is_letter else "UNPB"
    yield "TY", "CHAP" if printed else "BOOK" if entry.book else "JOUR" if alone else unprinted
    yield "ID", entry.key
    if own:
        yield from (("AU", name.inverted) for name in entry.senders)
    if own and not printed:  # of a chapter, ``A2`` are the editors
        yield from (("A2", name.inverted) for name in entry.recipients)
    yield "TI", chapter_title(entry) if printed else entry.whole_title
    if printed and (printed.collection.year or "").isdigit():
        yield "PY", printed.collection.year or ""
    if own and entry.date:
        first, last = (None, None) if printed else days_of(entry.date)
        if first is not None and first.year > 0:  # RIS knows no years before Christ
            yield "PY", f"{first.year:04d}"
        if first is not None and first == last and first.year > 0:
            month = f"{first.month:02d}" if first.month else ""
            yield "DA", f"{first.year:04d}/{month}/{f'{first.day:02d}' if first.day else ''}/"
        old = f", Old Style {entry.date.julian}" if entry.date.julian else ""
        yield "N1", f"Date as printed: {entry.date.printed} (EDTF {entry.date.edtf}{old})"
    if printed:
        yield "CY", printed.collection.place or ""
    elif own and entry.metadata.place:
        yield "CY", entry.metadata.place.text
    if alone and not printed:
        begin, _, end = alone.pages.partition("–")
        yield "VL", alone.volume
        yield "IS", alone.number
        yield from (("SP", begin), ("EP", end)) if entry.journal else ()
        yield "PB", alone.collection.publisher or ""
        yield "CY", alone.collection.place or ""
        yield "DO", dict(entry.metadata.other).get("doi", "") if entry.journal else ""
    if entry.book:
        yield from (("ED", read_name(name).inverted) for name in entry.book.collection.editors)
    if entry.collection:
        yield "T2", entry.collection.title.rstrip(".")
        for name in entry.collection.editors:
            yield "ED", read_name(name).inverted
    if host:
        begin, _, end = host.pages.partition("–")
        yield "T3", host.collection.series or ""
        yield "VL", host.volume
        yield "M1", f"doc. {host.number}" if host.number else ""
        yield "SP", begin
        yield "EP", end
        yield "PB", host.collection.publisher or ""
        yield "N1", f"Published: {host.publication}" if host.publication else ""
    if entry.reference:
        yield "DB", archive_phrase(entry.reference)
        yield "AV", location(entry.reference)
        yield "N1", f"Reference as printed: {entry.reference.printed}"
    if entry.first.witness:
        yield "M3", witness_phrase(entry.first.witness)
    if entry.origin:
        yield "UR", address(entry.origin)
        yield "Y2", f"{entry.origin.day.replace('-', '/')}/"
    yield "LA", entry.metadata.language or ""
    for citation in entry.citations:
        yield "N1", f"{citation.locator}: “{citation.quote}” {citation.identifier}"
