"""The parts of a message (RFC 2045 to 2049): what is read as its body, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from email.message import Message, MIMEPart
from enum import Enum
from html import unescape
from mimetypes import MimeTypes

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.calendars import calendar_lines
from docproc.stages.parse.mail.plain import enriched_words, join_flowed, split_uuencoded
from docproc.text.encoding.decoding import decode
from docproc.text.patterns import compile_on_use

_TYPES = MimeTypes()  # without the machine's own tables: the same everywhere
_SUFFIXES = {
    "text/plain": ".txt",
    "text/rtf": ".rtf",
    "application/rtf": ".rtf",
    "text/richtext": ".txt",
    "text/markdown": ".md",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/tei+xml": ".xml",
    "application/x-zip-compressed": ".zip",
    "application/ms-tnef": ".dat",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/pgp-signature": ".sig",
    "application/epub+zip": ".epub",
}
_ENRICHED = ("text/enriched", "text/richtext")
_REPORTS = (
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
)
_SAME_AGAIN = ("text/x-amp-html", "text/watch-html")
"""What programs send beside the HTML of the same words, for themselves."""
_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_TAGS = compile_on_use(r"(?s)<(style|script|head)\b.*?</\1>|<[^>]*>")
_DEEPEST = 50
"""Parts in parts; no message that was written has as many."""
_FEWER = 3
"""A plain text with fewer words than a third of its HTML's says that there is HTML, or less."""

_SEALS = (
    *("application/pgp-signature", "application/pgp-encrypted", "application/pkcs7-signature"),
    "application/x-pkcs7-signature",
)
"""Parts that only vouch for the others, or say how they are encrypted: they hold no words."""


class TextForm(Enum):
    """How the words of a part are written."""

    PLAIN = "plain"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class ShownParts:
    """Words of the body, in the order of the message."""

    form: TextForm
    text: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnshownWords(ShownParts):
    """Words that no other form of the body says."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A part that is a file of its own, or a message."""

    part: MIMEPart


@dataclass(frozen=True, slots=True)
class ExternalPart:
    """A part whose words are not in the message."""

    cause: str


Piece = ShownParts | Attached | ExternalPart


def pieces_of(part: MIMEPart, depth: int = 0) -> list[Piece]:
    """What a message or a *part* of it holds, in its order.

    Each part is in it, or is another form of one that is.
    """
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart" and part.is_multipart() and depth < _DEEPEST:
        within = [pieces_of(each, depth + 1) for each in part.iter_parts()]
        if kind == "multipart/alternative":
            return _best(within)
        return [piece for pieces in within for piece in pieces]
    return list(_leaf(part, kind))


def _leaf(part: MIMEPart, kind: str) -> Iterator[Piece]:
    if kind in _SAME_AGAIN or kind in _SEALS:
        return
    if kind == "message/external-body":
        yield ExternalPart("a part of it is kept outside of the message, and was not fetched")
    elif kind == "message/partial":
        number, of = part.get_param("number", "?"), part.get_param("total", "?")
        yield ExternalPart(f"this is part {number} of {of} of a message that was sent in pieces")
        yield ShownParts(TextForm.PLAIN, decode(bytes_of(part)).text)
    elif kind in _REPORTS:
        yield ShownParts(TextForm.PLAIN, _read_report(part))
    elif (
        kind == "message/rfc822"
        or part.get_content_disposition() == "attachment"
        or (stated_name(part) and kind != "text/calendar")
    ):
        yield Attached(part)
    elif read := _READ.get(kind):
        data = bytes_of(part)
        if not data.strip():
            return
        try:
            yield from _files_apart(read(part, data))
        except SourceError:  # it is called a text, and is none
            if not data.decode("utf-8", "ignore").isspace():
                yield Attached(part)
    elif part.get_content_maintype() == "multipart":  # its parts cannot be told apart
        yield _plain(part, bytes_of(part))
    elif bytes_of(part):
        yield Attached(part)


def _files_apart(piece: Piece) -> Iterator[Piece]:
    """*piece*, and the files that are written into its plain text, each in its place."""
    if not isinstance(piece, ShownParts) or "\nend" not in piece.text:
        yield piece
        return
    told = piece.told
    for each in split_uuencoded(piece.text):
        if isinstance(each, str):
            if each.strip():
                yield ShownParts(piece.form, each, told)
                told = ()
            continue
        part = MIMEPart()
        part.set_content(each[1], "application", "octet-stream", filename=each[0])
        yield Attached(part)


def _best(within: Sequence[list[Piece]]) -> list[Piece]:
    """Of several forms of the same words one: the plain, unless it says less.

    Where the plain says other words, both are kept.  What no other form says, such as a calendar
    or a file, is kept beside.
    """
    shown = [number for number, pieces in enumerate(within) if _words(pieces)]
    plain = [n for n in shown if all(p.form is TextForm.PLAIN for p in _show(within[n]))]
    other = [n for n in shown if n not in plain]
    most = max((_words(within[n]) for n in other), default=0)
    best = next(iter([*reversed(other), *plain]), None)
    chosen = next((n for n in plain if _words(within[n]) * _FEWER >= most), best)
    taken = {chosen}
    if chosen in plain and other and not _agrees(within[chosen], within[other[-1]]):
        taken.add(other[-1])
    kept: list[Piece] = []
    for number, pieces in enumerate(within):
        kept += [p for p in pieces if number in taken or not _is_form(p)]
    return kept


def _shown_words(pieces: Sequence[Piece]) -> set[str]:
    """The words that are shown, whichever way they are written."""
    texts = (
        unescape(_TAGS.sub(" ", each.text)) if each.form is TextForm.HTML else each.text
        for each in _show(pieces)
    )
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())}


def _agrees(plain: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether *plain* is the words of the *other* form, and not a remark that there is one."""
    words, others = _shown_words(plain), _shown_words(other)
    return 2 * len(words & others) >= len(words) or others <= words


def _is_form(piece: Piece) -> bool:
    """Whether *piece* is one of several forms of the same words."""
    return isinstance(piece, ShownParts) and not isinstance(piece, UnshownWords)


def _show(pieces: Sequence[Piece]) -> list[ShownParts]:
    return [piece for piece in pieces if isinstance(piece, ShownParts) and _is_form(piece)]


def _words(pieces: Sequence[Piece]) -> int:
    """How many words are shown."""
    return sum(
        len((_TAGS.sub(" ", each.text) if each.form is TextForm.HTML else each.text).split())
        for each in _show(pieces)
    )


def _plain(part: MIMEPart, data: bytes) -> ShownParts:
    decoded = decode(data, _declared_charset(part))
    text = decoded.text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = join_flowed(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return ShownParts(TextForm.PLAIN, text, decoded.told)


def _html(part: MIMEPart, data: bytes) -> ShownParts:
    declared = _declared_charset(part)
    if not declared and (found := _CHARSET.search(data[:4096])):
        declared = found[1].decode("ascii")
    decoded = decode(data, declared)
    return ShownParts(TextForm.HTML, decoded.text.replace("\r\n", "\n"), decoded.told)


def _read_enriched(part: MIMEPart, data: bytes) -> ShownParts:
    decoded = decode(data, _declared_charset(part))
    text = enriched_words(decoded.text, rich=part.get_content_type() == "text/richtext")
    return ShownParts(TextForm.PLAIN, text, decoded.told)


def _calendar(part: MIMEPart, data: bytes) -> Piece:
    """A calendar as what it says; it is no other form of the words beside it."""
    lines = calendar_lines(decode(data, _declared_charset(part) or "utf-8").text)
    return UnshownWords(TextForm.PLAIN, "\n".join(lines)) if lines else Attached(part)


_READ: dict[str, Callable[[MIMEPart, bytes], Piece]] = {
    "text/plain": _plain,
    "text/rfc822-headers": _plain,
    "text/html": _html,
    "application/xhtml+xml": _html,
    **dict.fromkeys(_ENRICHED, _read_enriched),
    "text/calendar": _calendar,
}


def _declared_charset(part: MIMEPart) -> str:
    """The charset that a part states; of one that states ASCII its bytes say more."""
    stated = part.get_content_charset() or ""
    return "" if stated in ("us-ascii", "ascii") else stated


def _read_report(part: MIMEPart) -> str:
    """The lines of a report, which the library takes for headers."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        return decode(data).text if (data := bytes_of(part)).strip() else ""
    lines = [
        "\n".join(f"{name}: {' '.join(str(value).split())}" for name, value in each.raw_items())
        for each in payload
        if isinstance(each, Message)
    ]
    return "\n\n".join(line for line in lines if line)


def bytes_of(part: MIMEPart) -> bytes:
    """The bytes of a leaf, or of the message within *part*.

    Raises ``MessageError``, ``ValueError`` or ``LookupError`` for one that is damaged.
    """
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def stated_name(part: MIMEPart) -> str:
    """The name that the message has for an attachment, if any."""
    try:
        return part.get_filename() or ""
    except Exception:  # as for headers
        return ""


def name_of(part: MIMEPart, number: int) -> str:
    """What the attachment of that *number* is called: by the message, or else by its type."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return f"attached message {number}.eml"
    own = stated_name(part)
    if own:
        return own
    suffix = _SUFFIXES.get(kind) or _TYPES.guess_extension(kind, strict=False) or ""
    return f"attachment {number}{suffix}"
