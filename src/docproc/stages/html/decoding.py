"""The characters of a web page: by a mark, by its declaration, by detection, in this order."""

from __future__ import annotations

import codecs
import re

from docproc.errors import SourceError
from docproc.text.decoding import Decoded, decode, is_plain_utf8

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})|^\s*<\?xml\b[^>]*?"""
    rb"""encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.I,
)
_LOOKED_AT = 4096
"""Bytes in which a declaration must stand: four times what the HTML standard asks for."""

_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""WHATWG Encoding Standard, 4.2: what pages mean that declare these."""


def decode_page(data: bytes) -> Decoded:
    """Decode *data*.  Raises ``SourceError`` as ``decode`` does.

    A declaration counts only if all of the page can be read by it.  Detection looks at the
    words alone: the markup of a Russian page is Latin.
    """
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or data[:3] == codecs.BOM_UTF8:
        return decode(data)
    declared = _DECLARED.search(data[:_LOOKED_AT])
    if declared:
        try:
            name = codecs.lookup((declared[1] or declared[2]).decode("ascii")).name
            name = _AS_BROWSERS_DO.get(name, name)
            if not name.startswith("utf-16"):  # it could not have been read this far
                return Decoded(data.decode(name), name)
        except (LookupError, UnicodeError):
            pass
    if b"\0" in data[:_LOOKED_AT]:
        return decode(data)
    if is_plain_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8")
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
