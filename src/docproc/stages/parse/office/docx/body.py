"""The body of a DOCX: paragraphs, lists, tables, the marks of notes, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer, begin_with, recast
from docproc.formats.drawn import CHART, DIAGRAM
from docproc.formats.numerals import numeral
from docproc.formats.symbols import symbol
from docproc.formats.xml import text_of
from docproc.records import BlockKind, Span
from docproc.stages.parse.office.docx.elements import (
    BOX,
    CHOICE,
    FORMAT,
    GONE,
    MATH,
    PARAGRAPH,
    PROPERTIES,
    RUN,
    TEXT,
    blocks_in,
    columns_before,
    goes_on,
    hides,
    is_deleted,
    leading_boxes,
    name_of,
    paragraphs_in,
    unwrap,
)  # fmt: skip
from docproc.stages.parse.office.docx.numbering import ListNumbering, Number
from docproc.stages.parse.office.docx.parts import W, attribute, first
from docproc.stages.parse.office.docx.styles import Styles, number_of
from docproc.text.encoding.damage import MARK
from docproc.text.patterns import compile_on_use

_STYLE, _NUMBERED, _VALUE = W + "pStyle", W + "numPr", W + "val"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_CHANGES = frozenset(("ins", "moveTo", "del", "moveFrom"))
_SPECIAL = (
    "{*}txbxContent", MATH + "t", CHOICE + "Fallback", DIAGRAM, CHART,
    *(W + each for each in (*_SIGNS, *_CHANGES, "Fallback", "sym", "ruby", "vanish", "framePr")),
    *(W + each for each in ("footnoteReference", "endnoteReference")),
    *(W + each for each in ("commentRangeStart", "commentRangeEnd", "commentReference")),
)  # fmt: skip
"""What stands in a paragraph that is more than its words, or that is not printed."""
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = _ID.removesuffix("id")
_DRAWN = {DIAGRAM: _RELATIONS + "dm", CHART: _ID}
_WITHIN_FORMULAS = {MATH + "den": "/", MATH + "sup": "^"}
_LONGEST_MARK = 6
_AROUND = compile_on_use(r"^[\W_]+|[\W_]+$")
_LONGEST_HEADING = 400
"""Characters.  Whole pages are set in heading styles by people who mean to set them large."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a note or a comment: *numbered* by Word, or printed as characters."""

    kind: str
    key: str
    label: str
    numbered: bool = False


@dataclass(slots=True)
class DocxBody:
    """Writes the body, and remembers which notes it marks, in their order."""

    composer: Composer
    styles: Styles
    numbering: Callable[[], ListNumbering]
    """Reads the part that numbers lists, when a paragraph is first of one."""
    forms: Callable[[], dict[str, str]]
    """Reads how footnotes and endnotes are numbered, when one is marked."""
    attach: Callable[[str], None]
    """Hands on the part of a relation's id, which holds a document of another format."""
    draw: Callable[[str], None]
    """Writes what the diagram or chart of a relation's id says."""
    boxed: bool = True
    """Whether there are text boxes at all."""
    marked: list[Mark] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    unknown: int = 0
    """How many characters are of symbol fonts that are not known."""
    _ranges: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    """How many notes of each kind have been marked."""
    _own: tuple[str, str] | None = None
    """The note whose mark is printed next, as characters."""
    _boxes: list[Any] = field(default_factory=list)
    """The text boxes that wait for the end of the paragraph that they are anchored in."""
    _leading: set[Any] = field(default_factory=set)
    _texts: dict[Any, list[str]] = field(default_factory=dict)
    """Of each paragraph the words, which are all of it if nothing special stands in it."""
    _styled: dict[Any, str] = field(default_factory=dict)
    _numbers: dict[Any, Number] = field(default_factory=dict)
    """The style of a paragraph, and its place in a list, where it has such of its own."""
    _special: set[Any] = field(default_factory=set)
    """The paragraphs in which something of ``_SPECIAL`` stands."""
    _plain: BlockKind | None = None
    """Of a paragraph that is nothing else; ``None`` where the normalizers are to say."""

    def blocks(self, root: Any) -> None:
        """Write the paragraphs and tables of *root*: a part, or its body."""
        texts: list[str] = []
        for each in root.iter(TEXT, PARAGRAPH, _STYLE, _NUMBERED, *_SPECIAL):
            tag = each.tag
            if tag == TEXT:
                texts.append(each.text or "")
            elif tag == PARAGRAPH:
                texts = self._texts[each] = []
            elif tag == _STYLE:
                self._styled[each.getparent().getparent()] = each.get(_VALUE) or ""
            elif tag == _NUMBERED:
                self._numbers[each.getparent().getparent()] = number_of(each)
            else:
                self._special.update(each.iterancestors(PARAGRAPH))
                self._special.update(each.iter(PARAGRAPH))
        self._within(root)

    def _within(self, parent: Any) -> None:
        """Write the paragraphs and tables of *parent*, which lies in what ``blocks`` writes."""
        joined: list[Any] = []
        for element in blocks_in(parent):
            if element.tag == PARAGRAPH:
                joined.append(element)
                if element in self._special and goes_on(element):
                    continue
                self._paragraph(joined)
            else:
                if joined:
                    self._paragraph(joined)
                if element.tag == W + "tbl":
                    self._table(element)
                else:
                    self.attach(element.get(_ID) or "")
            joined = []
        if joined:
            self._paragraph(joined)

    def boxes(self) -> None:
        """Write the text boxes that wait."""
        waiting, self._boxes = self._boxes, []
        outer, self._plain = self._plain, BlockKind.PARAGRAPH  # and no signature
        for box in waiting:
            if box.tag in _DRAWN:
                self.draw(box.get(_DRAWN[box.tag]) or "")
            else:
                self._within(box)
        self._plain = outer

    def drop_boxes(self) -> None:
        """Write no text box that waits: its paragraphs were written otherwise."""
        self._boxes = []

    def inline(self, element: Any) -> None:
        """Write the characters of a paragraph or of a part of it."""
        put = self.composer.put
        for child in element:
            tag = child.tag
            if tag == TEXT:
                if self._own:
                    self._own_mark(child.text or "")
                elif text := child.text:
                    put(text)
                continue
            if tag == RUN:
                self.inline(child)
                continue
            if tag == FORMAT:  # it stands before the characters of its run
                if hides(child):
                    return
                continue
            if tag == PROPERTIES:
                continue
            name = name_of(tag)
            if name in _CHANGES:
                self.changes[name] = self.changes.get(name, 0) + 1
            if name in GONE:
                continue
            if name in _SIGNS:
                self.composer.write(_SIGNS[name])
            elif name == "t":  # of a formula
                self.composer.put(child.text or "")
            elif tag in _WITHIN_FORMULAS:
                self.composer.write(_WITHIN_FORMULAS[tag])
                self.inline(child)
            elif name == "sym":
                self._symbol(child)
            elif name in ("footnoteReference", "endnoteReference"):
                self._mark(name.removesuffix("Reference"), child)
            elif name == "commentRangeStart":
                self._ranges[attribute(child, "id")] = self.composer.at
            elif name == "commentRangeEnd":
                self._comment(attribute(child, "id"))
            elif name == "commentReference":
                self.marked.append(Mark("comment", attribute(child, "id"), ""))
            elif name == "txbxContent":
                if child not in self._leading:
                    self._boxes.append(child)
            elif name == "ruby":
                self._ruby(child)
            elif tag in _DRAWN:
                self._boxes.append(child)
            else:
                self.inline(child)

    def _words(self, paragraph: Any) -> None:
        """Write the characters of *paragraph*."""
        if self._own or paragraph in self._special:
            self.inline(paragraph)
        else:
            self.composer.put("".join(self._texts[paragraph]))

    def _paragraph(self, joined: list[Any]) -> None:
        """A paragraph: the last of *joined*, and those that it ends.

        A text box that is anchored before its words stands before it, any other after it.
        """
        if self.boxed:
            for box in [box for element in joined for box in leading_boxes(element)]:
                self._leading.add(box)
                self.composer.begin()
                self._within(box)
        composer = self.composer
        style = self.styles.find(self._styled.get(joined[-1], ""))
        number = self._numbers.get(joined[-1])
        number = number.over(style.number) if number else style.number
        label = self.numbering().next(number, style.numbered_by) if number else None
        kind: tuple[BlockKind | None, str | None, int | None] = (self._plain, None, None)
        if number and number.list_id not in (None, "0"):
            kind = BlockKind.LIST_ITEM, _AROUND.sub("", label or "") or None, None
        own = kind if style.level is None else (BlockKind.HEADING, None, style.level)
        if label or len(joined) > 1 or self._own or joined[0] in self._special:
            composer.begin(*own)
            if label:
                composer.put(f"{label} ")
            start = composer.next
            for each in joined:
                self._words(each)
        else:
            start = begin_with(composer, "".join(self._texts[joined[0]]), *own)
        if own is not kind and composer.at - start > _LONGEST_HEADING:
            recast(composer, *kind)
        if style.quotes:
            composer.quote(start)
        if self._boxes:
            self.boxes()

    def _table(self, table: Any) -> None:
        """A row is a line, its cells parted by tabs; a table of one column is no table."""
        rows = [row for row in unwrap(table, "tr") if not is_deleted(row)]
        if all(len(list(unwrap(row, "tc"))) <= 1 for row in rows):
            for row in rows:
                for cell in unwrap(row, "tc"):
                    self._within(cell)
            return
        boxes = next(table.iter(BOX), None) is not None
        for number, row in enumerate(rows):
            self.composer.begin(BlockKind.PARAGRAPH, gap="\n" if number else "\n\n")
            self.composer.cell(columns_before(row))
            for place, cell in enumerate(unwrap(row, "tc")):
                self.composer.cell(bool(place))
                parted = False
                for paragraph in paragraphs_in(cell, boxes):
                    if parted:
                        self.composer.write(" ")
                    self._words(paragraph)
                    parted = not goes_on(paragraph)
        self.boxes()

    def _ruby(self, element: Any) -> None:
        """Words, and after them in brackets how they are read, which is printed above them."""
        base, reading = first(element, W + "rubyBase"), first(element, W + "rt")
        if base is not None:
            self.inline(base)
        if reading is not None and text_of(reading).strip():
            self.composer.write("(")
            self.inline(reading)
            self.composer.write(")")

    def _mark(self, kind: str, element: Any) -> None:
        """The mark of a note; one that is printed as characters of its own is not counted."""
        key = attribute(element, "id")
        if attribute(element, "customMarkFollows") in ("1", "true", "on"):
            self._own = (kind, key)
            return
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        label = numeral(count, self.forms()[kind])
        self.marked.append(Mark(kind, key, label, numbered=True))
        self.composer.mark((kind, key), label)

    def _own_mark(self, text: str) -> None:
        """Write *text*, which is the mark of a note if it is short enough for one."""
        start = self.composer.put(text)
        label = text.strip()
        if self._own and label:
            kind, key = self._own
            known = len(label) <= _LONGEST_MARK
            if known:
                self.composer.anchor((kind, key), Span(start, self.composer.at))
            self.marked.append(Mark(kind, key, label if known else ""))
            self._own = None

    def _comment(self, key: str) -> None:
        start = self._ranges.pop(key, None)
        if start is not None and start <= self.composer.at:
            self.composer.anchor(("comment", key), Span(start, self.composer.at))

    def _symbol(self, element: Any) -> None:
        """A character of a symbol font; one that is not known is marked and counted."""
        code = attribute(element, "char")
        value = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
        sign = symbol(attribute(element, "font"), value)
        if sign is None:
            sign = chr(value) if 0x20 <= value < 0xD800 else MARK
            self.unknown += sign == MARK
        if self._own:
            self._own_mark(sign)
        else:
            self.composer.write(sign)
