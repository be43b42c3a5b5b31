"""The parser of calendars (iCalendar, RFC 5545) and address cards (vCard, RFC 6350 and before).

Each event and each card is a document: what, when, where, who, how to reach them.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from docproc.errors import SourceError
from docproc.formats.calendars import calendar_lines, properties
from docproc.formats.composer import Composer
from docproc.formats.described import make_date, mention
from docproc.records import BlockKind, Document, Metadata, SourceFile, Unread
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

_HEAD = re.compile(rb"(?i)\A(?:\xef\xbb\xbf)?\s*BEGIN:(VCALENDAR|VCARD)")
_DAY = compile_on_use(r"(\d{4}-\d\d-\d\d)")
_SUFFIXES = (".ics", ".vcs", ".vcf")
_TOLD = {
    "FN": "Name",
    "NICKNAME": "Nickname",
    "ORG": "Organization",
    "TITLE": "Title",
    "ROLE": "Role",
    "ADR": "Address",
    "LABEL": "Address",
    "TEL": "Telephone",
    "EMAIL": "E-mail",
    "URL": "Web",
    "BDAY": "Born",
    "DEATHDATE": "Died",
    "CATEGORIES": "Categories",
    "RELATED": "Related",
    "NOTE": "Note",
}
_ESCAPED = compile_on_use(r"\\([nN\\,;:])")
_PARTS = compile_on_use(r"(?<!\\);")


class CardsParser:
    """Reads what programs export of calendars and of address books."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the first line, and else by the suffix."""
        if _HEAD.match(head):
            return 0.95
        return 0.3 if source.suffix in _SUFFIXES else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield each event or card of *source*; raises ``SourceError`` where there is none."""
        decoded = decode(data)
        calendar = "BEGIN:VCALENDAR" in decoded.text[:1000].upper()
        found = _events(decoded.text) if calendar else _cards_of(decoded.text)
        written = 0
        for lines in filter(None, found):
            written += 1
            document = _document(source, lines, calendar=calendar)
            about = replace(document.metadata, encoding=decoded.encoding)
            member = f"{'event' if calendar else 'card'} {written}"
            yield replace(document, member=member, metadata=about)
        if not written:
            raise SourceError("it holds no event of a calendar, and no address card")
        yield from decoded.unread


def make(_: Mapping[str, Any]) -> CardsParser:
    """The factory; there are no settings."""
    return CardsParser()


def _events(text: str) -> Iterator[list[str]]:
    """The lines of each event of a calendar."""
    lines: list[str] = []
    for line in calendar_lines(text):
        if line:
            lines.append(line)
        else:
            yield lines
            lines = []
    yield lines


def _document(source: SourceFile, lines: list[str], *, calendar: bool) -> Document:
    """The *lines* as a paragraph; what they name is also its title, its day and its place."""
    said = {name: value for name, _, value in (line.partition(": ") for line in reversed(lines))}
    composer = Composer()
    composer.block(BlockKind.PARAGRAPH, "\n".join(lines))
    day = _DAY.match(said.get("Start", "")) if calendar else None
    stated = make_date(said["Start"], day[1]) if day else None
    return composer.document(
        source,
        metadata=Metadata(
            title=mention(said.get("Summary" if calendar else "Name")),
            place=mention(said.get("Location")) if calendar else None,
            dates=(stated,) if stated else (),
            kind="event" if calendar else "address card",
        ),
    )


def _cards_of(text: str) -> Iterator[list[str]]:
    """Yield what each card of *text* says, one property a line, in the order of the card."""
    lines: list[str] | None = None
    name = ""
    for property_, parameters, value in properties(text):
        if property_ == "BEGIN":
            lines, name = [], ""
        elif property_ == "END" and lines is not None:
            if name and not any(line.startswith("Name: ") for line in lines):
                lines.insert(0, f"Name: {name}")
            yield lines
            lines = None
        elif lines is not None and property_ == "N":
            family, given, *rest = [*_part(_decode(parameters, value)), "", ""]
            name = " ".join(filter(None, (given, *rest[:1], family)))
        elif lines is not None and property_ in _TOLD:
            said = ", ".join(filter(None, _part(_decode(parameters, value))))
            if said:
                lines.append(f"{_TOLD[property_]}: {said}")


def _decode(parameters: str, value: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters.upper():
        return value
    data = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    return data.decode("utf-8", "replace")


def _part(value: str) -> list[str]:
    """The parts of a *value* of several, as they were before they were escaped."""
    return [_unescape(part).strip() for part in _PARTS.split(value)]


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], text)
