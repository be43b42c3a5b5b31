"""The characters of RTF: code pages of fonts, and bytes that mean nothing in them."""

from __future__ import annotations

import codecs
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.formats.symbols import is_known, symbol
from docproc.text.encoding.damage import MARK

CHARSETS = {
    0: "cp1252", 77: "mac-roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "cp950",
    84: "mac-arabic", 85: "mac-greek", 86: "mac-turkish", 88: "mac-latin2", 89: "mac-cyrillic",
    128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
"""The encodings of the charsets of fonts (``\\fcharset``)."""


_OF_MACS = {
    10000: "mac-roman", 10001: "cp932", 10002: "cp950", 10003: "cp949", 10004: "mac-arabic",
    10006: "mac-greek", 10007: "mac-cyrillic", 10008: "gb18030", 10029: "mac-latin2",
    10081: "mac-turkish",
}  # fmt: skip
_SPACE = 32
_IN_PAGE = ("OpenSymbol", "StarSymbol")
"""Fonts in which LibreOffice writes bullets, in the page of the file, whatever their charset."""
_SYMBOLS = 2
"""The charset of fonts whose characters are signs of their own."""


def find_encoding(page: int) -> str | None:
    """Python's name of the encoding of code page *page*; ``None`` where it knows none."""
    try:
        return codecs.lookup(_OF_MACS.get(page, f"cp{page}")).name
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


@dataclass(slots=True)
class Fonts:
    """In which encoding the characters of each font are, and which fonts are of symbols."""

    page: str = "cp1252"
    """The encoding where no font says another."""
    default: int | None = None
    _pages: dict[int, str] = field(default_factory=dict)
    _symbols: dict[int, str] = field(default_factory=dict)
    """The fonts of symbols by name, which is empty until it is read."""

    def set_page(self, number: int) -> None:
        """The code page of the file; one that is not known changes nothing."""
        self.page = find_encoding(number) or self.page

    def set_charset(self, font: int, charset: int) -> None:
        """The charset of *font*: of two statements the first, as for the code page."""
        unicode = not charset and self.page == "utf-8"
        self._pages.setdefault(font, self.page if unicode else CHARSETS.get(charset, self.page))
        if charset == _SYMBOLS:
            self._symbols.setdefault(font, "")

    def set_page_of(self, font: int, number: int) -> None:
        """The code page of *font*, which goes before its charset."""
        self._pages[font] = find_encoding(number) or self.page

    def read(self, data: bytes, font: int | None) -> str:
        """*data* in *font*; U+FFFD for what is not known."""
        font = self.default if font is None else font
        name = None if font is None else self._symbols.get(font)
        if font is None or name is None:
            return decode(data, self.page if font is None else self._pages.get(font, self.page))
        return "".join(chr(code) if code < _SPACE else symbol(name, code) or MARK for code in data)

    def read_unprinted(self, data: bytes, font: int | None) -> str:
        """*data* that is no text, such as the name of *font* where fonts are listed."""
        words = decode(data, self.page if font is None else self._pages.get(font, self.page))
        if font is not None and self._symbols.get(font) == "":
            name = words.strip(" ;")
            self._symbols[font] = name if is_known(name) else ""
        if font is not None and words.startswith(_IN_PAGE):
            self._pages[font] = self.page
            self._symbols.pop(font, None)
        return words

    def sign(self, font: int | None, code: int) -> str | None:
        """What *font* shows for *code*, if it is a font of symbols that is known."""
        return None if font is None else symbol(self._symbols.get(font, ""), code)
