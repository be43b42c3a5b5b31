"""The characters of RTF: code pages of fonts, and bytes that mean nothing in them."""

from __future__ import annotations

import codecs

from docproc.text.damage import MARK

CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
"""The encodings of the charsets of fonts (``\\fcharset``)."""


def find_encoding(encoding: str) -> str | None:
    """Python's name of *encoding*; ``None`` where it knows none."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None


def decode(data: bytes, encoding: str) -> str:
    """*data* in *encoding*, a byte that means nothing in it marked with U+FFFD.

    Windows reads the few bytes that its single-byte code pages leave undefined as the control
    characters of that number, and so does this.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if not encoding.startswith("cp125"):
            return data.decode(encoding, "replace")
    return "".join(
        text if (text := data[at : at + 1].decode(encoding, "ignore")) else chr(data[at])
        for at in range(len(data))
    )


def marks(text: str) -> int:
    """How many characters of *text* could not be read."""
    return text.count(MARK)
