"""The characters of a web page: by a mark, by its declaration, by detection, in this order."""

from __future__ import annotations

import codecs
import re

from docproc.errors import SourceError
from docproc.text.encoding.damage import decode_damaged_utf8
from docproc.text.encoding.decoding import (
    Decoded,
    decode,
    decode_declared,
    is_plain_utf8,
    note_double_encoding,
)

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})|^\s*<\?xml\b[^>]*?"""
    rb"""encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.I,
)
_LOOKED_AT = 4096
"""Bytes in which a declaration must stand: four times what the HTML standard asks for."""


def decode_page(data: bytes) -> Decoded:
    """Decode *data*.  Raises ``SourceError`` as ``decode`` does.

    A declaration counts unless much of the page cannot be read by it; single bytes that cannot
    be are marked, and told.  Detection looks at the words alone: the markup of a Russian page is
    Latin.
    """
    return note_double_encoding(_decode(data))


def _decode(data: bytes) -> Decoded:
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or data[:3] == codecs.BOM_UTF8:
        return decode(data)
    found = _DECLARED.search(data[:_LOOKED_AT])
    declared = (found[1] or found[2]).decode("ascii") if found else ""
    if declared and not declared.lower().startswith(("utf-16", "utf16", "unicode")):
        decoded = decode_declared(data, declared)  # one in UTF-16 could not have been read this far
        if decoded:
            return decoded
    if b"\0" in data[:_LOOKED_AT]:
        return decode(data)
    if is_plain_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8")
    damaged = decode_damaged_utf8(data)
    if damaged:
        return Decoded(damaged.text, "utf-8", (damaged.told,))
    words = _words(data)
    if not words.strip():
        raise SourceError("it is a web page without words")
    encoding = decode(words).encoding
    return Decoded(data.decode(encoding, "replace"), encoding)


def _words(data: bytes) -> bytes:
    """What stands outside all tags, scripts and styles, in time that grows with *data* only."""
    lower = data.lower()
    kept: list[bytes] = []
    at = 0
    while True:
        start = lower.find(b"<", at)
        kept.append(data[at : start if start >= 0 else len(data)])
        if start < 0:
            return b" ".join(kept)
        name = next((n for n in (b"script", b"style") if lower.startswith(n, start + 1)), None)
        at = lower.find(b"</" + name if name else b">", start + 1) + 1
        if not at:  # it never ends
            return b" ".join(kept)
