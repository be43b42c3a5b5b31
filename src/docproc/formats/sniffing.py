"""Sniffing: what the first bytes of a file say it is, whatever it is called."""

from __future__ import annotations

import codecs
import re

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MISC = compile_on_use(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)
_START = compile_on_use(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)/?>", re.S)
_DOCTYPE = compile_on_use(r"<!DOCTYPE\s+([A-Za-z_][\w.-]*)", re.I)
_NAMESPACE = compile_on_use(r"""\bxmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)["']""")
HEAD_BYTES = 8192
BEGINNING_BYTES = 1 << 18
"""How much of a file ``head_of`` needs to see at most."""
_LONGEST_COMMENT = BEGINNING_BYTES - 2 * HEAD_BYTES
_LOOKED_AT = 2 * HEAD_BYTES
_LOCAL = 30
"""Bytes of a zip's local header before the name (APPNOTE.TXT, 4.3.7)."""


@dataclass(frozen=True, slots=True)
class Root:
    """The outermost element of XML or HTML.

    ``name`` without its prefix, as written; ``namespaces`` are those that it declares.
    """

    name: str
    namespaces: tuple[str, ...]
    declared: bool
    """Whether the file opens with an XML declaration."""


def head_of(data: bytes) -> bytes:
    """The first bytes of *data*, by which parsers know it, past a comment that opens it."""
    head = data[:HEAD_BYTES]
    at = head.rfind(b"<!--")
    if (
        at < 0
        or head.find(b"-->", at) >= 0
        or not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    ):
        return head
    end = data.find(b"-->", at, at + _LONGEST_COMMENT)
    return head[:at] + head_of(data[end + 3 : end + 3 + HEAD_BYTES]) if end >= 0 else head


def root_of(head: bytes) -> Root | None:
    """The outermost element of markup that opens with *head*; ``None`` for anything else."""
    text = _characters(head[:_LOOKED_AT]).lstrip()
    if not text.startswith("<"):
        return None
    declared = text.startswith("<?xml")
    at = 0
    while misc := _MISC.match(text, at):
        at = misc.end()
    start = _START.match(text, at)
    if start is None:
        named = _DOCTYPE.match(text, at)  # one too long to be seen to its end
        return Root(named[1], (), declared) if named else None
    return Root(start[1], tuple(_NAMESPACE.findall(start[2])), declared)


def first_entry(head: bytes) -> tuple[str, bytes]:
    """The name of a zip's first file, and what *head* shows of it; later ones may be zips."""
    if not head.startswith(b"PK\x03\x04") or len(head) < _LOCAL:
        return "", b""
    start = _LOCAL + int.from_bytes(head[26:28], "little")
    after = start + int.from_bytes(head[28:30], "little")
    return head[_LOCAL:start].decode("utf-8", "replace"), head[after:]


def _characters(head: bytes) -> str:
    """*head* as far as markup is concerned: its signs are those of ASCII in any encoding."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if head[:4] == b"<\0?\0":
        return head.decode("utf-16-le", "replace")
    if head[:4] == b"\0<\0?":
        return head.decode("utf-16-be", "replace")
    return head.decode("latin-1")
