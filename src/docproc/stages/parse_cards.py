"""The parser of calendars (iCalendar) and address cards (vCard): a document an event, a card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from docproc.errors import SourceError
from docproc.formats.calendars import calendar_lines
from docproc.formats.cards import cards_of
from docproc.formats.composer import Composer
from docproc.formats.described import make_date, mention
from docproc.records import BlockKind, Document, Metadata, SourceFile, Unread
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

_HEAD = re.compile(rb"(?i)\A(?:\xef\xbb\xbf)?\s*BEGIN:(VCALENDAR|VCARD)")
_DAY = compile_on_use(r"(\d{4}-\d\d-\d\d)")
_SUFFIXES = (".ics", ".vcs", ".vcf")


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
        found = _events(decoded.text) if calendar else cards_of(decoded.text)
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
