"""Outlook's MSG (MS-OXMSG): made into the message of RFC 5322 that it stands for, then read."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from functools import cache
from typing import Any

from docproc.errors import SourceError
from docproc.formats.libraries import library
from docproc.records import Child, Document, SourceFile, Unread
from docproc.stages.parse.mail.parser import read_message
from docproc.text.encoding.damage import replace_surrogates
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

_TWICE = compile_on_use(r'^"?([^\s"<>]+@[^\s"<>]+)"? <\1>$')
"""An address that stands for its own name, as the library gives it."""
_WINDOWS_PAGE = compile_on_use(r"windows[-_](8\d\d|9\d\d|1361)")
_SUBJECT, _SENDER = 0x0037, 0x0C1A
_CODE_PAGES = (0x3FFD, 0x3FDE)
"""Where a message names the code page of its texts, and that of its body."""
_UTF8_PAGE = 65001
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class OutlookParser:
    """Reads MSG; what is attached is read in its turn, a message within it among them."""

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix: by its first bytes it is any file of the older Office."""
        if source.suffix == ".msg":
            return 0.9 if head.startswith(_OLE) else 0.3
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        """Yield the message, and what is attached to it; raises ``SourceError``."""
        outlook = library("oxmsg", "mail", "Outlook's messages")
        if not data.startswith(_OLE):
            raise SourceError("it is not an Outlook message: it does not begin as one")
        _know_windows_pages()
        try:
            message = _message(outlook.Message.load(io.BytesIO(data)), _read_narrow(data))
        except SourceError:
            raise
        except Exception as error:  # the library raises whatever it stumbles over
            raise SourceError(
                f"it is damaged, or not an Outlook message: {type(error).__name__}: {error}"
            ) from None
        yield from read_message(source, message, "")


@cache
def _know_windows_pages() -> None:
    """Register, once, the encodings that Python calls otherwise than Outlook."""
    codecs.register(_find_windows_page)


def _find_windows_page(name: str) -> codecs.CodecInfo | None:
    """The encoding that Outlook calls ``windows-950`` and Python ``cp950``."""
    page = _WINDOWS_PAGE.fullmatch(name)
    return codecs.lookup(f"cp{page[1]}") if page else None


def make(_: Mapping[str, Any]) -> OutlookParser:
    """The factory; there are no settings."""
    return OutlookParser()


def _read_narrow(data: bytes) -> dict[int, bytes]:
    """The texts of the message that are kept as bytes of some code page, by their numbers."""
    olefile = library("olefile", "mail", "Outlook's messages")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            kept = [(n, f"__substg1.0_{n:04X}001E") for n in (_SUBJECT, _SENDER)]
            return {n: file.openstream(name).read() for n, name in kept if file.exists(name)}
    except OSError:
        return {}


def _text_of(found: Any, narrow: Mapping[int, bytes], number: int, read: str) -> str:
    """The text *number*: as the library reads it, or by the code page that the message names.

    The library takes a code page for Latin-9 that only the body is said to be in.
    """
    raw = narrow.get(number, b"")
    if raw.isascii() or not raw.strip():
        return getattr(found, read) or ""
    pages = [found.properties.int_prop_value(each) for each in _CODE_PAGES]
    page = next((each for each in pages if each and each != _UTF8_PAGE), None)
    return decode(raw, f"cp{page}" if page else "").text


def _message(found: Any, narrow: Mapping[int, bytes]) -> EmailMessage:
    message = EmailMessage()
    recipients = [(r.name, r.email_address) for r in found.recipients]
    headers = found.message_headers or {}
    sender = _line(_text_of(found, narrow, _SENDER, "sender") or headers.get("From") or "")
    message["From"] = _TWICE.sub(r"\1", sender)
    message["To"] = _line(headers.get("To") or ", ".join(_address(*each) for each in recipients))
    if headers.get("Cc"):
        message["Cc"] = _line(headers["Cc"])
    if found.sent_date:
        message["Date"] = format_datetime(found.sent_date)
    message["Subject"] = _line(_text_of(found, narrow, _SUBJECT, "subject"))
    if found.body and found.body.strip():
        message.set_content(_text(found.body))
    elif found.html_body:
        message.set_content(_text(found.html_body), subtype="html")
    for attachment in found.attachments:
        message.add_attachment(
            attachment.file_bytes or b"",
            maintype="application",
            subtype="octet-stream",
            filename=_line(attachment.file_name or "attachment"),
        )
    return message


def _address(name: str | None, address: str | None) -> str:
    """A recipient as mail programs print it."""
    if not address:
        return name or ""
    plain = _line(address)
    return formataddr((_line(name or ""), plain)) if plain.isascii() else f"{name} <{plain}>"


def _line(value: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", value).split())


def _text(value: str) -> str:
    clean = replace_surrogates(value).replace("\0", "")
    return clean.replace("\r\n", "\n").replace("\r", "\n")
