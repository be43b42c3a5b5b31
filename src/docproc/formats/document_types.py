"""Document types of XML: taken out of a file before libxml2 sees it.

What is kept outside a file is never opened.  libxml2 opens the document type that a file names
if it is told not to collect ids, and refuses an id that is used twice unless it is told so; so
it is given no document type, and told so only where there is surely none.
"""

from __future__ import annotations

import codecs
import re

from docproc.text.patterns import compile_on_use

_TYPE = compile_on_use(
    rb"<!DOCTYPE\s+[^\s\[>]+(?P<outside>\s+(?:SYSTEM|PUBLIC)\b(?:\s*(?:\"[^\"<]*\"|'[^'<]*'))*)?\s*"
    rb"(?:\[(?P<inside>.*?)\]\s*)?>",
    re.S,
)
_DECLARATION = compile_on_use(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*?encoding\s*=\s*[\"'](?P<name>[\w.:-]{1,40})[\"'][^>]*\?>"
)
_BEGINNING = compile_on_use(rb"(?:\xef\xbb\xbf)?\s*")
_SPACE = compile_on_use(rb"\s*")
_BETWEEN = ((b"<?", b"?>"), (b"<!--", b"-->"))
"""What may stand before the document type and the first element: instructions and comments."""
_PLAIN = compile_on_use(
    rb"(?:utf-?8|(?:us-)?ascii|iso-?8859-?\d+|latin-?\d+|windows-?\d+|cp-?125\d|koi8-?\w+|mac\w*"
    rb"|x-mac-?\w+|euc-?\w+|gbk?|gb2312|gb18030|big5|shift[_-]jis)\Z",
    re.I,
)
"""Encodings in which the signs of markup are ASCII's, and nothing else is."""
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0!\0", "utf-16-le"),
    (b"\0<\0!", "utf-16-be"),
)  # fmt: skip
_TEXT_DECLARATION = compile_on_use(r"\ufeff?\s*<\?xml\b[^>]*\?>")


def as_utf8(data: bytes) -> bytes:
    """*data*, if it is UTF-16 or UTF-32, in UTF-8; any other, and what is damaged, as it is."""
    name = next((name for sign, name in _WIDE if data.startswith(sign)), None)
    if name is None:
        return data
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return data
    return (
        _TEXT_DECLARATION.sub("", text, count=1).removeprefix("\ufeff").encode("utf-8", "replace")
    )


def find_doctype(data: bytes) -> re.Match[bytes] | None:
    """The document type of *data*: its groups are what it names ``outside``, and has ``inside``."""
    return _TYPE.search(data) if _may_have_one(data) else None


def _may_have_one(data: bytes) -> bool:
    """Whether a document type stands before the first element; after it there can be none."""
    return data.find(b"<!DOCTYPE", 0, _first_element(data)) >= 0


def _first_element(data: bytes) -> int:
    """Where the first element begins; the end of *data* where something else comes before it."""
    at = _skip(_BEGINNING, data, 0)
    while mark := next((each for each in _BETWEEN if data.startswith(each[0], at)), None):
        end = data.find(mark[1], at + len(mark[0]))
        if end < 0:
            return len(data)
        at = _skip(_SPACE, data, end + len(mark[1]))
    begins = data[at : at + 1] == b"<" and data[at + 1 : at + 2] not in (b"!", b"?", b"")
    return at if begins else len(data)


def _skip(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return found.end() if found else at


def remove_doctype(data: bytes, found: re.Match[bytes] | None) -> bytes:
    """*data* without the document type *found*, its lines where they were."""
    if found is None:
        return data
    return data[: found.start()] + b"\n" * found[0].count(b"\n") + data[found.end() :]


def has_no_doctype(data: bytes) -> bool:
    """Whether *data*, as its encoding is read, has no document type."""
    if _may_have_one(data) or not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    if b"\0" in data[:4]:
        return False
    declared = _DECLARATION.match(data)
    if declared:
        return _PLAIN.match(declared["name"]) is not None
    return b"encoding" not in data[:200].partition(b"?>")[0]
