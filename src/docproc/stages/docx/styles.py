"""The paragraph styles of a DOCX, each parsed when a paragraph is of it.

Word's own template takes four times as many bytes for styles as a letter of ten pages for its
text, and the letter uses four of them.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.package import xml_of
from docproc.stages.docx.numbering import Number
from docproc.stages.docx.parts import W, attribute, first, whole
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
_STYLE = re.compile(rb'[^>]*?w:styleId="([^"&]*)"[^>]*(?<!/)>')


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
    _elements: dict[str, Any] = field(default_factory=dict)
    """Of each style its element; or, until it is asked for, its XML and the tag around it."""
    _known: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes | None, part: str = "") -> Styles:
        """The styles that *data*, the bytes of the *part*, describe; none where there is none.

        Raises ``SourceError`` where it is no XML.
        """
        if data is None:
            return cls()
        apart = _apart(data)
        if apart is not None:
            return cls(part, apart)
        root = xml_of(data, part)
        return cls(part, {attribute(each, "styleId"): each for each in root.iter(W + "style")})

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
        while at in self._elements and at not in seen:
            seen.add(at)
            style = self._element(at)
            printed = attribute(style.find(W + "name"), "val")
            quotes = quotes or bool(_QUOTES.search(printed))
            heading = _HEADING.fullmatch(printed)
            outline = whole(style.find(f"{W}pPr/{W}outlineLvl"), "val", 9)
            if level is None and (heading or printed.lower() == "title" or outline < 9):
                level = int(heading[1]) if heading else min(outline, 8) + 1 if outline < 9 else 1
            own = number_of(first(style, _PROPERTIES))
            if own is not None:
                numbered_by = numbered_by or at
                number = number.over(own) if number else own
            at = attribute(style.find(W + "basedOn"), "val")
        return Style(level, number, quotes, numbered_by)

    def _element(self, name: str) -> Any:
        element = self._elements[name]
        if isinstance(element, tuple):
            opened, style = element
            whole_part = b"".join((opened, _BEGIN, style, _CLOSED))
            element = self._elements[name] = xml_of(whole_part, self._part)[0]
        return element


def number_of(properties: Any) -> Number | None:
    """The list and the level in it that paragraph *properties* name."""
    numbered = first(properties, _NUMBERED)
    if numbered is None:
        return None
    list_id, level = first(numbered, W + "numId"), first(numbered, W + "ilvl")
    return Number(
        None if list_id is None else attribute(list_id, "val", "0"),
        None if level is None else whole(level, "val", 0),
    )


def _apart(data: bytes) -> dict[str, tuple[bytes, bytes]] | None:
    """The XML of each style of *data*, by its id, and the tag that opens all of them.

    Only where bytes alone tell it, as Word and LibreOffice write the part: in UTF-8, its
    namespaces declared once and at its head, without comments, instructions or CDATA, no style
    empty or within another.  ``None`` for every other way to write the same, which only a parser
    can tell.
    """
    declared = _DECLARED.match(data)
    start = declared.end() if declared else 0
    opened = _OPENED.match(data, start)
    if (
        not opened
        or opened[0].count(_BOUND) != 1
        or opened[0].count(_NAMESPACE) != 1
        or any(data.find(sign, start) >= 0 for sign in (b"!", b"?"))
    ):
        return None
    before, *styles = data[opened.end() :].split(_BEGIN)
    # of each style its element and its id; and the end of the part: no style lies in another
    if data.count(b":style", opened.end()) != 3 * len(styles) + 1 or b"xmlns" in before:
        return None
    if styles:
        styles[-1] = styles[-1].rpartition(_CLOSED)[0]
    found: dict[str, tuple[bytes, bytes]] = {}
    for style in styles:
        own = _STYLE.match(style)
        if own is None or b"xmlns" in own[0] or not style.rstrip().endswith(_END):
            return None
        found[own[1].decode("utf-8", "replace")] = (opened[0], style)
    return found
