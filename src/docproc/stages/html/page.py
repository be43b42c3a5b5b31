"""A page written into a reading text: headings, paragraphs, lists, tables, notes, furniture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docproc.formats.flow import Flow
from docproc.formats.numerals import numeral
from docproc.formats.xml import Element
from docproc.records import BlockKind
from docproc.stages.html.notes import Notes
from docproc.text.wordlist import word_set

_SKIPPED = word_set(
    """
    script style noscript template svg math iframe object embed head select option button input
    textarea canvas audio video map datalist link meta
    """
)
_BLOCKS = word_set(
    """
    p div section article main header footer nav aside blockquote center address figure figcaption
    caption dl dt dd ul ol fieldset legend details summary hgroup form menu body tbody thead tfoot
    dir
    """
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_IN_CELLS = word_set("p div ul ol table blockquote h1 h2 h3 h4 h5 h6 pre dl")


@dataclass(slots=True)
class Page:
    """Writes elements; paragraphs are left to the normalizers, who know letters."""

    notes: Notes
    furniture: frozenset[Element]
    flow: Flow = field(default_factory=Flow)
    _aside: bool = False
    _numbers: list[int | None] = field(default_factory=list)

    def element(self, element: Element) -> None:
        """Write *element*, without what follows it."""
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str) or element.get("hidden") is not None:
            return
        if element in self.notes.blocks:
            self._note(element)
        elif element in self.furniture and not self._aside:
            self._aside = True
            self._block(element)
            self._aside = False
        elif tag in _HEADINGS:
            self._block(element, BlockKind.HEADING, level=_HEADINGS[tag])
        elif tag in _SPECIAL:
            _SPECIAL[tag](self, element)
        elif tag in _BLOCKS:
            self._block(element, division=tag != "p")
        else:
            self._content(element)

    def _content(self, element: Element) -> None:
        self.flow.text(element.text)
        for each in element:
            self.element(each)
            self.flow.text(each.tail)

    def _block(
        self,
        element: Element,
        kind: BlockKind | None = None,
        label: str | None = None,
        level: int | None = None,
        *,
        division: bool = False,
        write: Callable[[Element], None] | None = None,
    ) -> None:
        if self._aside:
            kind, label, level = BlockKind.FURNITURE, None, None
        self.flow.open(kind, label, level, division=division)
        (write or self._content)(element)
        self.flow.close()

    def _note(self, element: Element) -> None:
        key, label = self.notes.blocks[element]
        words = " ".join("".join(element.itertext()).split())
        numbered = not words.lstrip("[(^↑ ").startswith(label)
        self.flow.note(key, label, lambda: self._content(element), numbered=numbered)

    def _link(self, element: Element) -> None:
        key = self.notes.links.get(element)
        span = self.flow.written(lambda: self._content(element))
        if key is not None:
            self.flow.out.anchor(key, span)

    def _line(self, _: Element) -> None:
        self.flow.line()

    def _list(self, element: Element) -> None:
        self._numbers.append(_start(element) if element.tag == "ol" else None)
        self._block(element, division=True)
        self._numbers.pop()

    def _item(self, element: Element) -> None:
        number = self._numbers[-1] if self._numbers else None
        label = None
        if number is not None:
            label = numeral(number, element.getparent().get("type") or "1")
            self._numbers[-1] = number + 1

        def write(item: Element) -> None:
            if label is not None:
                self.flow.sign(f"{label}.")
                self.flow.text(" ")
            self._content(item)

        self._block(element, BlockKind.LIST_ITEM, label, write=write)

    def _table(self, element: Element) -> None:
        """A table of words is one block, a row a line, its cells parted by tabs; one that lays
        out the page is none.
        """
        cells = list(element.iter("td", "th"))
        if any(each.tag in _NOT_IN_CELLS for cell in cells for each in cell.iter("*")):
            self._block(element, division=True)
        else:
            self._block(element, BlockKind.PARAGRAPH)

    def _row(self, element: Element) -> None:
        self.flow.line()
        self._content(element)
        self.flow.line()

    def _cell(self, element: Element) -> None:
        if any(each.tag in _NOT_IN_CELLS for each in element):
            self._block(element, division=True)
        else:
            self._content(element)
            self.flow.cell()

    def _verbatim(self, element: Element) -> None:
        def write(pre: Element) -> None:
            for number, line in enumerate("".join(pre.itertext()).split("\n")):
                if number:
                    self.flow.line()
                self.flow.text(line)

        self._block(element, write=write)


def _start(element: Element) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1


_SPECIAL: dict[str, Callable[[Page, Element], None]] = {
    "a": Page._link,
    "br": Page._line,
    "ul": Page._list,
    "ol": Page._list,
    "li": Page._item,
    "table": Page._table,
    "tr": Page._row,
    "td": Page._cell,
    "th": Page._cell,
    "pre": Page._verbatim,
}
