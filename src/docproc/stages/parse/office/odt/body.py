"""The body of an ODT: paragraphs, headings, lists, tables, boxes, the marks of notes."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.composer import Composer
from docproc.formats.numerals import parse_whole
from docproc.formats.white_space import collapse
from docproc.formats.xml import local
from docproc.records import BlockKind, Span
from docproc.stages.parse.office.odt.elements import BOXES, GONE, get, hidden, paragraphs
from docproc.stages.parse.office.odt.lists import OUTLINE, Lists
from docproc.stages.parse.office.odt.tables import cells_of, rows_of

_MOST_SPACES = 100
_TOKENS = ("mi", "mn", "mo", "ms", "mtext")
"""What the words and signs of a formula stand in."""
_BOX_TAGS = tuple(f"{{*}}{name}" for name in BOXES)


@dataclass(slots=True)
class OdtBody:
    """Writes the elements of a text."""

    composer: Composer
    lists: Lists
    quoting: frozenset[str] = frozenset()
    """The paragraph styles that are for quotations."""
    _waiting: list[tuple[str, str, Any]] = field(default_factory=list)
    """Kind, label and element of the notes, in the order of their marks."""
    _ranges: dict[str, int] = field(default_factory=dict)
    _comments: int = 0
    _boxes: list[Any] = field(default_factory=list)
    """The text boxes that wait for the end of the paragraph that they are anchored in."""
    _plain: BlockKind | None = None
    """Of a paragraph that is nothing else; ``None`` where the normalizers are to say."""
    _last_lists: dict[str, str] = field(default_factory=dict)
    """Of each list style the list that was written last."""
    _written_lists: int = 0

    def blocks(self, parent: Any) -> None:
        """Write the paragraphs, lists and tables of *parent*."""
        for element in parent:
            name = local(element)
            if name == "h":
                self._heading(element)
            elif name == "p":
                self._paragraph(self._plain, element)
            elif name == "list":
                self._list(element, get(element, "style-name"), 1, "")
            elif name == "table":
                self._table(element)
            elif name not in GONE and name and not hidden(element, name):
                self.blocks(element)

    def inline(self, element: Any) -> None:
        """Write the characters of a paragraph or of a part of it."""
        if element.text:
            self.composer.put(collapse(element.text))
        for child in element:
            name = local(child)
            if name == "s":
                self.composer.write(" " * min(parse_whole(get(child, "c"), 1), _MOST_SPACES))
            elif name == "tab":
                self.composer.write("\t")
            elif name == "line-break":
                self.composer.write("\n")
            elif name == "note":
                self._note(child)
            elif name == "annotation":
                self._annotation(child)
            elif name == "annotation-end":
                self._annotate(get(child, "name"))
            elif name in BOXES:
                self._boxes.append(child)
            elif name == "ruby":
                self._ruby(child)
            elif name == "math":
                words = (each.text or "" for each in child.iter() if local(each) in _TOKENS)
                self.composer.put("".join(map(collapse, words)))
            elif name not in GONE and name and not hidden(child, name):
                self.inline(child)
            if child.tail:
                self.composer.put(collapse(child.tail))

    def notes(self) -> None:
        """Write the notes: footnotes, then endnotes, then comments."""
        for kind in ("footnote", "endnote", "comment"):
            for number, (own, label, element) in enumerate(self._waiting):
                if own != kind:
                    continue
                self.composer.note(number, label, numbered=kind != "comment")
                author = (element.findtext("{*}creator") or "").strip()
                self.composer.write(f"{author}: " if author and kind == "comment" else "")
                for place, paragraph in enumerate(paragraphs(element)):
                    if place:
                        self.composer.break_line()
                    self.inline(paragraph)

    def _heading(self, element: Any) -> None:
        level = parse_whole(get(element, "outline-level"), 1)
        label = (
            "" if get(element, "is-list-header") == "true" else self._number_heading(element, level)
        )
        self._paragraph(BlockKind.HEADING, element, printed=label, level=level)

    def _number_heading(self, element: Any, level: int) -> str:
        """The number of a heading, where headings are numbered."""
        if not self.lists.forms.get((OUTLINE, level)) or not "".join(element.itertext()).strip():
            return ""
        restarts = get(element, "restart-numbering") == "true"
        start = parse_whole(get(element, "start-value"), 1) if restarts else None
        return self.lists.label(OUTLINE, level, OUTLINE, start)

    def _paragraph(
        self,
        kind: BlockKind | None,
        element: Any,
        *,
        label: str | None = None,
        printed: str = "",
        level: int | None = None,
    ) -> None:
        """A paragraph; boxes that stand before its words go before it, others after it."""
        leading = _leading_boxes(element)
        for box in leading:
            self.composer.begin()
            self.blocks(box)
        self.composer.begin(kind, label=label, level=level)
        self.composer.write(f"{printed} " if printed else "")
        start = self.composer.at
        self.inline(element)
        if self.quoting and get(element, "style-name") in self.quoting:
            self.composer.quote(start)
        waiting, self._boxes = [box for box in self._boxes if box not in leading], []
        outer, self._plain = self._plain, BlockKind.PARAGRAPH  # and no signature
        for box in waiting:
            self.blocks(box)
        self._plain = outer

    def _ruby(self, element: Any) -> None:
        """Words, and after them in brackets how they are read, which is printed above them."""
        for child in element:
            if local(child) == "ruby-base":
                self.inline(child)
            elif local(child) == "ruby-text" and "".join(child.itertext()).strip():
                self.composer.write("(")
                self.inline(child)
                self.composer.write(")")

    def _note(self, element: Any) -> None:
        citation, body = element.find("{*}note-citation"), element.find("{*}note-body")
        if body is None:
            return
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        kind = "endnote" if get(element, "note-class") == "endnote" else "footnote"
        self.composer.mark(len(self._waiting), label or "*")
        self._waiting.append((kind, label or "*", body))

    def _annotation(self, element: Any) -> None:
        self._comments += 1
        if get(element, "name"):
            self._ranges[get(element, "name")] = len(self._waiting)
            self._ranges["at " + get(element, "name")] = self.composer.at
        self._waiting.append(("comment", f"comment {self._comments}", element))

    def _annotate(self, name: str) -> None:
        if name in self._ranges:
            span = Span(self._ranges["at " + name], self.composer.at)
            self.composer.anchor(self._ranges[name], span)

    def _list(self, element: Any, style: str, level: int, key: str) -> None:
        """A list, or one within the list *key*; it goes on with an earlier one where it says so."""
        key = key or self._key(element, style)
        for item in element:
            numbered = local(item) == "list-item"
            fresh = numbered
            start = get(item, "start-value")
            for child in item:
                name = local(child)
                if name == "list":
                    self._list(child, get(child, "style-name") or style, level + 1, key)
                    continue
                label = ""
                if name in ("p", "h") and fresh:
                    number = parse_whole(start, 1) if start else None
                    label = self.lists.label(style, level, key, number)
                    fresh = False
                if name == "h":
                    outline = parse_whole(get(child, "outline-level"), 1)
                    self._paragraph(BlockKind.HEADING, child, printed=label, level=outline)
                elif name == "p":
                    plain = re.sub(r"^[\W_]+|[\W_]+$", "", label) or None
                    self._paragraph(BlockKind.LIST_ITEM, child, label=plain, printed=label)
                elif name == "table":
                    self._table(child)

    def _key(self, element: Any, style: str) -> str:
        """What a list counts with: an earlier one that it continues, or none."""
        continued = get(element, "continue-list")
        if not continued and get(element, "continue-numbering") == "true":
            continued = self._last_lists.get(style, "")
        self._written_lists += 1
        own = get(element, "id") or f"list {self._written_lists}"
        key = self._last_lists.get("id " + continued, continued) if continued else own
        self._last_lists["id " + own] = key
        self._last_lists[style] = key
        return key

    def _table(self, table: Any) -> None:
        """A row is a line, its cells parted by tabs; a table of one column is no table."""
        rows = [cells_of(row) for row in rows_of(table)]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for cell in cells:
                    if cell is not None:
                        self.blocks(cell)
            return
        for number, cells in enumerate(rows):
            self.composer.begin(BlockKind.PARAGRAPH, gap="\n" if number else "\n\n")
            for place, cell in enumerate(cells):
                self.composer.cell(bool(place))
                for count, paragraph in enumerate(paragraphs(cell) if cell is not None else ()):
                    if count:
                        self.composer.write(" ")
                    self.inline(paragraph)
        waiting, self._boxes = self._boxes, []
        for box in waiting:
            self.blocks(box)


def _leading_boxes(paragraph: Any) -> list[Any]:
    """The text boxes that are anchored in *paragraph* before its words."""
    if len(paragraph) == 0 or next(paragraph.iter(*_BOX_TAGS), None) is None:
        return []
    found: list[Any] = []

    def words_follow(element: Any) -> bool:
        if (element.text or "").strip():
            return True
        for child in element:
            name = local(child)
            if name in BOXES:
                found.append(child)
            elif name and name not in GONE and name != "note" and words_follow(child):
                return True
            if (child.tail or "").strip():
                return True
        return False

    words_follow(paragraph)
    return found
