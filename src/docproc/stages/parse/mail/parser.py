"""The parser of e-mail (RFC 5322): one message, or an mbox of many; attachments in their turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from typing import Any

from docproc.errors import SourceError
from docproc.formats.attached import AttachedNames
from docproc.formats.composer import Composer
from docproc.formats.markup import Markup, parse_page
from docproc.records import (
    BlockKind,
    Child,
    Document,
    Mention,
    Metadata,
    SourceFile,
    Span,
    StatedDate,
    Unread,
)
from docproc.stages.parse.mail.headers import POLICY, decode_header
from docproc.stages.parse.mail.parts import (
    ExternalPart,
    Piece,
    ShownParts,
    TextForm,
    bytes_of,
    name_of,
    pieces_of,
)
from docproc.text.encoding.decoding import decode, looks_like_text

_SUFFIXES = dict.fromkeys((".eml", ".mbox", ".mbx", ".emlx", ".mht", ".mhtml"), 0.9)
_PAGES = (".mht", ".mhtml")
"""A web page that a browser saved, written as a message: one of HTML and what belongs to it."""
_HTML = ("text/html", "application/xhtml+xml")
_HEADER = re.compile(rb"(?im)^(from|to|subject|date|received|message-id|mime-version|return-path):")
_OTHER = re.compile(rb"(?m)\A(?:[\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_SAVED = re.compile(rb"(?i)MIME-Version:[^\n]*\nContent-Type:\s*multipart/related")
"""How a page begins that Word saved as one file."""
_POSTMARK = re.compile(rb"(?m)^From \S.{0,200}\d\d:\d\d.{0,40}\d{4}.{0,20}\r?\n")
"""The line over each message of an mbox (RFC 4155)."""
_APPLE = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n(?=[\w-]{1,60}:)")
"""The line over a message of Apple Mail (EMLX): how many bytes it has."""
_SHOWN = ("From", "To", "Cc", "Bcc", "Date", "Subject")


class MailParser:
    """Reads EML and mbox.  The headers that a reader sees are the head of the text."""

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix; otherwise by two headers that only messages have, or a postmark."""
        if apple := _APPLE.match(head):
            head = head[apple.end() :]
        messages = _POSTMARK.match(head) or (
            _OTHER.match(head) and (_telling(head) >= 2 or _SAVED.match(head))
        )
        if source.suffix in _SUFFIXES:
            return _SUFFIXES[source.suffix] if messages or looks_like_text(head) else 0.2
        if not messages:
            return 0.0
        return 0.93 if source.suffix not in (".md", ".html", ".xml") else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        """Yield each message, and after it what is attached to it; raises ``SourceError``."""
        if not data.strip():
            raise SourceError("the file is empty")
        if apple := _APPLE.match(data):  # after the message stands what Apple Mail notes of it
            data = data[apple.end() : apple.end() + int(apple[1])]
        if not _POSTMARK.match(data):
            yield from _message(source, data, "")
            return
        letters = list(_letters(data))
        if len(letters) == 1:
            yield from _message(source, letters[0], "", posted=True)
            return
        for number, letter in enumerate(letters, 1):
            try:
                yield from _message(source, letter, f"message {number}", posted=True)
            except SourceError as error:
                yield Unread(f"message {number}", str(error))


def make(_: Mapping[str, Any]) -> MailParser:
    """The factory; there are no settings."""
    return MailParser()


def _telling(head: bytes) -> int:
    return len({match[1].lower() for match in _HEADER.finditer(head)})


def _letters(data: bytes) -> Iterator[bytes]:
    """The messages of an mbox, without the lines that part them and what quotes such lines."""
    marks = [
        match
        for match in _POSTMARK.finditer(data)
        if match.start() == 0
        or data[max(0, match.start() - 4) : match.start()].endswith((b"\n\n", b"\r\n\r\n"))
    ]
    ends = [*(match.start() for match in marks[1:]), len(data)]
    for match, end in zip(marks, ends, strict=True):
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", data[match.end() : end])


def _message(
    source: SourceFile, data: bytes, member: str, *, posted: bool = False
) -> Iterator[Document | Child | Unread]:
    """The message *data*; one of an mbox was *posted*, whatever its headers say."""
    try:
        message = message_from_bytes(data, policy=POLICY)
    except (MessageError, ValueError, LookupError) as error:
        raise SourceError(f"it is not a message that can be read: {error}") from None
    if source.suffix in _PAGES or _is_page(message):
        pages = list(_saved_pages(message, member))
        yield from pages
        if pages:
            return
    headed = any(_header(message, name) for name in (*_SHOWN, "Message-ID"))
    if not (headed or (posted and message.get_payload())):
        raise SourceError("it has none of the headers of a message")
    yield from read_message(source, message, member)


def _is_page(message: EmailMessage) -> bool:
    """Whether *message* is a page that a browser or Word saved, whatever it is called."""
    if message.get("Snapshot-Content-Location") or _header(message, "From").startswith(
        "<Saved by "
    ):
        return True
    sent = any(message.get(name) for name in ("From", "To", "Date", "Message-ID"))
    return not sent and message.get_content_type() == "multipart/related"


def _saved_pages(message: EmailMessage, member: str) -> Iterator[Child | Unread]:
    """The page that *message* is, and after it those in its frames; to be read as web pages."""
    names = AttachedNames()
    pages = [part for part in message.walk() if part.get_content_type() in _HTML]
    for number, part in enumerate(pages):
        name = names.of(f"frame {number}.html", number) if number else member
        decoded = decode(bytes_of(part), part.get_content_charset() or "")
        page = decoded.text if "<html" in decoded.text[:2000].lower() else f"<html>{decoded.text}"
        yield Child(name, b"\xef\xbb\xbf" + page.encode())
        yield from (Unread(name or "its characters", told) for told in decoded.told)


def read_message(
    source: SourceFile, message: EmailMessage, member: str
) -> Iterator[Document | Child | Unread]:
    """The document of *message*, and after it what is attached; *member* names it among others."""
    pieces = pieces_of(message)
    yield _document(source, message, pieces, member)
    names = AttachedNames()
    number = 0
    for piece in pieces:
        if isinstance(piece, ShownParts):
            yield from (Unread(_within(member, "its characters"), told) for told in piece.told)
        elif isinstance(piece, ExternalPart):
            yield Unread(_within(member, "a part"), piece.cause)
        else:
            number += 1
            name = names.of(name_of(piece.part, number), number)
            path = f"{member}/{name}" if member else name
            try:
                data = bytes_of(piece.part)
            except (MessageError, ValueError, LookupError) as error:  # a message that is damaged
                yield Unread(path, f"it cannot be written out: {error}")
            else:
                yield Child(path, data)


def _within(member: str, where: str) -> str:
    return f"{member}, {where}" if member else where


def _document(
    source: SourceFile, message: EmailMessage, pieces: Sequence[Piece], member: str
) -> Document:
    composer = Composer()
    spans: dict[str, Span] = {}
    for name in _SHOWN:
        value = _header(message, name)
        if value:
            kind = BlockKind.HEADING if name == "Subject" else BlockKind.DATELINE
            composer.begin(kind, level=1 if name == "Subject" else None, gap="\n")
            composer.write(f"{name}: ")
            spans[name] = composer.write(value)
    for piece in pieces:
        if isinstance(piece, ShownParts):
            composer.begin()
            if piece.form is TextForm.HTML:
                Markup(composer).write(parse_page(piece.text))
            else:
                composer.write(piece.text.replace("\0", " "))
    document = composer.document(source, member=member)
    text = document.text

    def mention(name: str) -> Mention | None:
        span = spans.get(name)
        return Mention(span.of(text), span) if span else None

    date = spans.get("Date")
    stated = (
        StatedDate(date.of(text), edtf, "header", date)
        if date and (edtf := _edtf(date.of(text)))
        else None
    )
    metadata = Metadata(
        title=mention("Subject"),
        sender=mention("From"),
        recipient=mention("To"),
        dates=(stated,) if stated else (),
        kind="e-mail",
        other=tuple(
            (name.lower(), value)
            for name in ("Cc", "Bcc", "Message-ID", "In-Reply-To")
            if (value := _header(message, name))
        ),
    )
    return replace(document, metadata=metadata)


def _header(message: EmailMessage, name: str) -> str:
    """The first header called *name*, as a reader sees it; ``""`` where there is none."""
    wanted = name.lower()
    raw = next((str(value) for each, value in message.raw_items() if each.lower() == wanted), "")
    return decode_header(raw) if raw.isascii() else decode_header(raw, _charset(message))


def _charset(message: EmailMessage) -> str:
    """What the first part of *message* that states one is written in, or else its text is."""
    stated = [str(each).lower() for each in message.get_charsets("") if each]
    known = next((each for each in stated if each not in ("us-ascii", "ascii")), "")
    if known:
        return known
    body = next((part for part in message.walk() if part.get_content_maintype() == "text"), None)
    data = bytes_of(body) if isinstance(body, MIMEPart) else b""
    if data.isascii():
        return ""
    try:
        return decode(data).encoding
    except SourceError:
        return ""


def _edtf(decode_header: str) -> str | None:
    try:
        moment = parsedate_to_datetime(decode_header)
    except (ValueError, TypeError, IndexError):
        return None
    return moment.date().isoformat()
