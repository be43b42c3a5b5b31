"""The body of a DOCX: paragraphs, lists, tables, the marks of notes, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import lru_cache
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer, begin_with, recast
from docproc.formats.numerals import numeral
from docproc.formats.symbols import symbol
from docproc.formats.xml import text_of
from docproc.records import BlockKind, Span
from docproc.stages.docx.numbering import ListNumbering, Number
from docproc.stages.docx.parts import W, attribute, first, whole
from docproc.stages.docx.styles import Styles, number_of
from docproc.text.damage import MARK
from docproc.text.patterns import compile_on_use

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PROPERTIES = W + "pPr"
_STYLE, _VALUE = W + "pStyle", W + "val"
_RUN, _TEXT, _FRAME = W + "r", W + "t", W + "framePr"
_FORMAT, _HIDDEN = W + "rPr", W + "vanish"
_BOX = W + "txbxContent"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_CHANGES = frozenset(("ins", "moveTo", "del", "moveFrom"))
_GONE = frozenset(("del", "moveFrom", "pPr", "instrText", "delText", "delInstrText", "Fallback"))
"""What Word does not print: deletions that are tracked, properties, the codes of fields."""
_PARAGRAPH = W + "p"
_NUMBERED = W + "numPr"
_SPECIAL = (
    "{*}txbxContent", _MATH + "t", _CHOICE + "Fallback",
    *(W + each for each in (*_SIGNS, *_CHANGES, "Fallback", "sym", "ruby", "vanish", "framePr")),
    *(W + each for each in ("footnoteReference", "endnoteReference")),
    *(W + each for each in ("commentRangeStart", "commentRangeEnd", "commentReference")),
)  # fmt: skip
"""What stands in a paragraph that is more than its words, or that is not printed."""
_MOST_SKIPPED = 63
"""Columns that a table of Word has at most."""
_ENDS_DELETED = (W + "del", W + "moveFrom")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
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
        for each in root.iter(_TEXT, _PARAGRAPH, _STYLE, _NUMBERED, *_SPECIAL):
            tag = each.tag
            if tag == _TEXT:
                texts.append(each.text or "")
            elif tag == _PARAGRAPH:
                texts = self._texts[each] = []
            elif tag == _STYLE:
                self._styled[each.getparent().getparent()] = each.get(_VALUE) or ""
            elif tag == _NUMBERED:
                self._numbers[each.getparent().getparent()] = number_of(each)
            else:
                self._special.update(each.iterancestors(_PARAGRAPH))
                self._special.update(each.iter(_PARAGRAPH))
        self._within(root)

    def _within(self, parent: Any) -> None:
        """Write the paragraphs and tables of *parent*, which lies in what ``blocks`` writes."""
        joined: list[Any] = []
        for element in _blocks(parent):
            if element.tag == _PARAGRAPH:
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
            if tag == _TEXT:
                if self._own:
                    self._own_mark(child.text or "")
                elif text := child.text:
                    put(text)
                continue
            if tag == _RUN:
                self.inline(child)
                continue
            if tag == _FORMAT:  # it stands before the characters of its run
                if _hides(child):
                    return
                continue
            if tag == _PROPERTIES:
                continue
            name = _name(tag)
            if name in _CHANGES:
                self.changes[name] = self.changes.get(name, 0) + 1
            if name in _GONE:
                continue
            if name in _SIGNS:
                self.composer.write(_SIGNS[name])
            elif name == "t":  # of a formula
                self.composer.put(child.text or "")
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
        rows = [row for row in _unwrap(table, "tr") if not _deleted(row)]
        if all(len(list(_unwrap(row, "tc"))) <= 1 for row in rows):
            for row in rows:
                for cell in _unwrap(row, "tc"):
                    self._within(cell)
            return
        boxes = next(table.iter(_BOX), None) is not None
        for number, row in enumerate(rows):
            self.composer.begin(BlockKind.PARAGRAPH, gap="\n" if number else "\n\n")
            self.composer.cell(_columns_before(row))
            for place, cell in enumerate(_unwrap(row, "tc")):
                self.composer.cell(bool(place))
                parted = False
                for paragraph in _paragraphs(cell, boxes):
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


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of *parent*, out of whatever wraps them."""
    for child in parent:
        tag = child.tag
        if tag == _PARAGRAPH:
            yield child
            continue
        name = _name(tag)
        if name in ("p", "tbl", "altChunk"):
            yield child
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(child)


def _unwrap(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, out of whatever wraps them."""
    for child in parent:
        own = _name(child.tag)
        if own == name:
            yield child
        elif own in ("sdt", "sdtContent", "customXml"):
            yield from _unwrap(child, name)


def goes_on(paragraph: Any) -> bool:
    """Whether the next paragraph goes on in the line of this one.

    Its end is deleted (tracked), or it is the drop capital of the next one in a frame.
    """
    for each in _properties(paragraph):
        if each.tag == _FORMAT and any(change.tag in _ENDS_DELETED for change in each):
            return True
        if each.tag == _FRAME and attribute(each, "dropCap") in ("drop", "margin"):
            return True
    return False


def _properties(paragraph: Any) -> Any:
    """The properties of *paragraph*: they stand first, so that behind a run there are none."""
    for child in paragraph:
        if child.tag == _PROPERTIES:
            return child
        if child.tag == _RUN:
            break
    return ()


def leading_boxes(paragraph: Any) -> list[Any]:
    """The text boxes that are anchored in *paragraph* before its words."""
    found: list[Any] = []

    def words_follow(element: Any) -> bool:
        for child in element:
            name = _name(child.tag)
            if name in _GONE:
                continue
            if name == "txbxContent":
                found.append(child)
            elif (child.tag == _TEXT and (child.text or "").strip()) or words_follow(child):
                return True
        return False

    words_follow(paragraph)
    return found


def _hides(form: Any) -> bool:
    """Whether what is formatted so is hidden: Word neither shows nor prints it."""
    hidden = first(form, _HIDDEN)
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")


def _paragraphs(cell: Any, boxes: bool) -> Iterator[Any]:
    """The paragraphs of *cell*, without those of text *boxes*, which their own paragraphs write."""
    for paragraph in cell.iter(W + "p"):
        if not boxes or _BOX not in (each.tag for each in _up_to(cell, paragraph)):
            yield paragraph


def _up_to(outer: Any, element: Any) -> Iterator[Any]:
    """What *element* stands in, from the innermost, below *outer*."""
    for each in element.iterancestors():
        if each is outer:
            return
        yield each


def _deleted(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _columns_before(row: Any) -> int:
    """How many columns of the table *row* begins behind."""
    before = first(first(row, W + "trPr"), W + "gridBefore")
    return 0 if before is None else min(whole(before, "val", 0), _MOST_SKIPPED)


@lru_cache(maxsize=512)
def _name(tag: Any) -> str:
    if not isinstance(tag, str):
        return ""
    if tag.startswith(W):
        return tag[len(W) :]
    namespace, _, name = tag.rpartition("}")
    known = namespace + "}" in (_MATH, _CHOICE)
    return name if known or name == "txbxContent" else f"other {name}"
