"""The paragraph styles of a DOCX, each parsed when a paragraph is of it.

Word's own template takes four times as many bytes for styles as a letter of ten pages for its
text, and the letter uses four of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.package import parse_part
from docproc.stages.parse.office.docx.numbering import Number
from docproc.stages.parse.office.docx.parts import Parts, W, attribute, first, whole
from docproc.text.patterns import compile_on_use

_NUMBERED = W + "numPr"
_PROPERTIES = W + "pPr"
_QUOTES = compile_on_use(r"\bquot|block ?text|block ?quot|цитат|zitat|^citation", re.IGNORECASE)
_HEADING = compile_on_use(r"heading (\d)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml version=.1\.0.(?: encoding=.UTF-8.)?(?: standalone=.yes.)?\?>\s*")
_OPENED = re.compile(rb"<w:styles\s[^>&]*>")
_NAMESPACE = W[1:-1].encode()
_BOUND = b'xmlns:w="%b"' % _NAMESPACE
_BEGIN, _END = b"<w:style ", b"</w:style>"
_CLOSED = b"</w:styles>"
_SPACE = 40
"""Bytes looked at before the end of the part."""
_FIRST = 3 << 14
"""Bytes that are read at first; Word's template of 350,000 has the styles of tables after them."""
_STYLE = re.compile(rb'</w:style>\s*<w:style [^>]*?w:styleId="[^"]*"[^>]*(?<!/)>')


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says that matters here."""

    level: int | None = None
    """A heading's depth, from 1."""
    number: Number | None = None
    """The list that its paragraphs belong to, and the level in it."""
    quotes: bool = False
    """Whether it is for quotations that stand as paragraphs of their own."""
    numbered_by: str = field(default="", compare=False)
    """The style that names the list: itself, or one that it is based on."""


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a file; each is read when a paragraph is of it."""

    _part: str = ""
    _data: bytes = b""
    """The part as far as it was read, where its styles can be cut out of it."""
    _opened: bytes = b""
    """The tag around its styles."""
    _read_whole: Callable[[], Styles] | None = None
    """Reads the part, of which only the beginning is known."""
    _elements: dict[str, Any] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts) -> Styles:
        """The styles of the document whose *parts* those are.

        The part begins with the styles of paragraphs; what follows is read if it is needed.
        """
        data, name = parts.read_part("styles", _FIRST)
        if data is None or len(data) < _FIRST:
            return cls.read(data, name)
        beginning = data[: data.rfind(_END) + len(_END)] + _CLOSED
        opened = _tag_around(beginning)

        def read_whole() -> Styles:
            return cls.read(*parts.read_part("styles"))

        return cls(name, beginning, opened, read_whole) if opened else read_whole()

    @classmethod
    def read(cls, data: bytes | None, part: str = "") -> Styles:
        """The styles that *data*, the bytes of the *part*, describe; none where there is none.

        Raises ``SourceError`` where it is no XML.
        """
        if data is None:
            return cls()
        if opened := _tag_around(data):
            return cls(part, data, opened)
        styles = parse_part(data, part).iter(W + "style")
        return cls(part, _elements={attribute(each, "styleId"): each for each in styles})

    def find(self, name: str) -> Style:
        """The style *name*, with what it takes from those that it is based on."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._style(name)
        return known

    def _style(self, name: str) -> Style:
        level: int | None = None
        number: Number | None = None
        numbered_by = ""
        quotes = False
        at, seen = name, set[str]()
        while at not in seen and (style := self._element(at)) is not None:
            seen.add(at)
            printed = attribute(style.find(W + "name"), "val")
            quotes = quotes or bool(_QUOTES.search(printed))
            heading = _HEADING.fullmatch(printed)
            outline = whole(style.find(f"{W}pPr/{W}outlineLvl"), "val", 9)
            if level is None and (heading or printed.lower() == "title" or outline < 9):
                level = int(heading[1]) if heading else min(outline, 8) + 1 if outline < 9 else 1
            if (numbered := first(first(style, _PROPERTIES), _NUMBERED)) is not None:
                own = number_of(numbered)
                numbered_by = numbered_by or at
                number = number.over(own) if number else own
            at = attribute(style.find(W + "basedOn"), "val")
        return Style(level, number, quotes, numbered_by)

    def _element(self, name: str) -> Any:
        """The element of the style *name*, if there is one."""
        if name not in self._elements:
            at = self._data.rfind(b'w:styleId="%b"' % name.encode())
            if at >= 0:
                start, end = self._data.rfind(_BEGIN, 0, at), self._data.find(_END, at)
                cut = self._opened, self._data[start:end], _END, _CLOSED
                self._elements[name] = parse_part(b"".join(cut), self._part)[0]
            elif name and self._read_whole:
                whole = self._read_whole()
                self._data, self._elements = whole._data, whole._elements | self._elements
                self._read_whole = None
                return self._element(name)
        return self._elements.get(name)


def number_of(numbered: Any) -> Number:
    """The list and the level in it that *numbered*, a ``w:numPr``, names."""
    list_id, level = first(numbered, W + "numId"), first(numbered, W + "ilvl")
    return Number(
        None if list_id is None else attribute(list_id, "val", "0"),
        None if level is None else whole(level, "val", 0),
    )


def _tag_around(data: bytes) -> bytes | None:
    """The tag that opens *data* and is around all styles, where they can be cut out of its bytes.

    That is as Word and LibreOffice write the part: in UTF-8, its namespaces declared once and at
    its head, without comments, instructions, CDATA or entities, no style empty or within another.
    ``None`` for every other way to write the same, which only a parser can tell.
    """
    declared = _DECLARED.match(data)
    opened = _OPENED.match(data, declared.end() if declared else 0)
    if not opened or opened[0].count(_BOUND) != 1 or opened[0].count(_NAMESPACE) != 1:
        return None
    start, first, end = opened.end(), data.find(_BEGIN), data.rfind(_CLOSED)
    if any(data.find(sign, start) >= 0 for sign in (b"!", b"?", b"&")):
        return None
    own = _STYLE.findall(_END + data[max(first, 0) : end])
    # of each its element and its id, and the end of the part
    plain = (
        data.count(b":style", start) == 3 * len(own) + 1
        and data[max(end - _SPACE, 0) : end].rstrip().endswith(_END)
        and b"xmlns" not in data[start:first] + b"".join(own)
    )
    return opened[0] if plain else None
