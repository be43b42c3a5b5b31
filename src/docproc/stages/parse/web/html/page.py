"""A page written into a reading text: headings, paragraphs, lists, tables, notes, furniture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from docproc.dataclass_on_use import dataclass
from docproc.formats.flow import Flow
from docproc.formats.html_tables import FLAT, find_covered, is_table_of_words
from docproc.formats.numerals import numeral, parse_whole
from docproc.formats.tables import Covered
from docproc.formats.xml import Element, text_of, words_of
from docproc.records import BlockKind
from docproc.stages.parse.web.html.notes import HtmlNotes
from docproc.text.words import word_set

_SKIPPED = word_set(
    """
    script style template iframe object embed head select option button input
    canvas audio video map datalist link meta annotation annotation-xml
    """
)
_DIVISIONS = word_set(
    """
    div section article main header footer nav aside blockquote center address figure figcaption
    caption dl dt dd fieldset legend details summary hgroup form menu body
    dir textarea
    """
)

Way = Callable[["HtmlPage", Element], None]


@dataclass(slots=True)
class HtmlPage:
    """Writes elements; paragraphs are left to the normalizers, who know letters."""

    notes: HtmlNotes
    furniture: frozenset[Element]
    hidden: frozenset[Element] = frozenset()
    pages: Mapping[Element, str] = field(default_factory=dict)
    """Where pages of print begin, with what is printed on each."""
    flow: Flow = field(default_factory=Flow)
    _aside: bool = False
    _numbers: list[int | None] = field(default_factory=list)
    _covered: Covered | None = None
    """Of the table of words that is being written; its cells are no blocks."""
    _own: dict[Element, Way] = field(init=False)
    """The elements that are written otherwise than others of their name."""

    def __post_init__(self) -> None:
        self._own = {
            each: HtmlPage._furniture for each in self.furniture if each.tag not in _SKIPPED
        }
        self._own.update(dict.fromkeys(self.notes.blocks, HtmlPage._note))
        self._own.update(dict.fromkeys(self.notes.within, HtmlPage._note_within))
        self._own.update(dict.fromkeys(self.pages, HtmlPage._page))
        self._own.update(dict.fromkeys(self.hidden, HtmlPage._nothing))

    def element(self, element: Element) -> None:
        """Write *element*, without what follows it."""
        way = self._own.get(element) or _WAYS.get(element.tag, HtmlPage._content)
        way(self, element)

    def _content(self, element: Element) -> None:
        text = self.flow.text
        if opening := element.text:
            text(opening)
        if not len(element):  # most are leaves
            return
        own, ways, inline = self._own, _WAYS, HtmlPage._content
        for each in element:
            way = own.get(each) or ways.get(each.tag, inline)
            if way is inline and not len(each):
                text(each.text)
            else:
                way(self, each)
            if tail := each.tail:
                text(tail)

    def _nothing(self, _: Element) -> None:
        """What is hidden is not written, nor what is no text."""

    def _furniture(self, element: Element) -> None:
        outer, self._aside = self._aside, True
        self._block(element)
        self._aside = outer

    def _drawing(self, element: Element) -> None:
        """The words in a drawing, which stand nowhere in the text, as furniture."""
        words = [bare for each in element.iter("text") if (bare := words_of(each))]
        if words:

            def write() -> None:
                for each in words:
                    self.flow.leaf(BlockKind.FURNITURE, each)

            self.flow.later(write)

    def _drop_scripts(self, element: Element) -> None:
        """What a page shows where scripts do not run."""
        if words_of(element):
            self.flow.later(lambda: self._furniture(element))

    def _heading(self, element: Element) -> None:
        self._block(element, BlockKind.HEADING, level=int(element.tag[1]))

    def _division(self, element: Element) -> None:
        self._block(element, division=True)

    def _quote(self, element: Element) -> None:
        start = self.flow.out.at
        (self._content if element.tag == "q" else self._division)(element)
        self.flow.out.quote(start)

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
        if not write and not len(element):  # most are leaves
            self.flow.leaf(kind, element.text, label, level)
            return
        self.flow.open(kind, label, level, division=division)
        (write or self._content)(element)
        self.flow.close()

    def _note(self, element: Element) -> None:
        key, label = self.notes.blocks[element]
        numbered = not words_of(element).lstrip("[(^↑ ").startswith(label)
        self.flow.note(key, label, lambda: self._content(element), numbered=numbered)

    def _page(self, element: Element) -> None:
        self.flow.page(self.pages[element])

    def _note_within(self, element: Element) -> None:
        label = self.notes.within[element]
        self.flow.mark(element, label)
        self.flow.later(lambda: self.flow.note(element, label, lambda: self._content(element)))

    def _link(self, element: Element) -> None:
        key = self.notes.links.get(element)
        if key is None:
            self._content(element)
        else:
            self.flow.out.anchor(key, self.flow.spanning(lambda: self._content(element)))

    def _line(self, _: Element) -> None:
        self.flow.line()

    def _list(self, element: Element) -> None:
        self._numbers.append(parse_whole(element.get("start"), 1) if element.tag == "ol" else None)
        self._division(element)
        self._numbers.pop()

    def _item(self, element: Element) -> None:
        number = self._numbers[-1] if self._numbers else None
        label = None
        if number is not None:
            number = parse_whole(element.get("value"), number)
            label = numeral(number, element.getparent().get("type") or "1")
            self._numbers[-1] = number + 1

        def write(item: Element) -> None:
            if label is not None:
                self.flow.sign(f"{label}.")
                self.flow.text(" ")
            self._point(item)

        plain = label is None and not len(element)
        self._block(element, BlockKind.LIST_ITEM, label, write=None if plain else write)

    def _point(self, item: Element) -> None:
        """What a list's *item* holds; a paragraph that it begins with is the item's own words."""
        first = next(iter(item), None)
        if first is None or first.tag != "p" or first in self._own or (item.text or "").strip():
            self._content(item)
            return
        self._content(first)
        self.flow.line()
        self.flow.text(first.tail)
        for each in first.itersiblings():
            self.element(each)
            self.flow.text(each.tail)

    def _table(self, element: Element) -> None:
        """A table of words is one block, a row a line, its cells parted by tabs; one that lays
        out the page is none.
        """
        if not is_table_of_words(element):
            self._division(element)
            return
        outer, self._covered = self._covered, find_covered(element)
        self._block(element, BlockKind.PARAGRAPH)
        self._covered = outer

    def _rows(self, element: Element) -> None:
        (self._division if self._covered is None else self._content)(element)

    def _row(self, element: Element) -> None:
        self.flow.line()
        self._content(element)
        if self._covered is None:
            self.flow.line()
            return
        self.flow.cell(self._covered.at_end.get(element, 0))
        self.flow.end_row()

    def _cell(self, element: Element) -> None:
        if self._covered is None:
            self._division(element)
            return
        self.flow.cell(self._covered.before.get(element, 0))
        if text_of(element).strip():  # a space that does not break stands for nothing
            self._flat(element)
        self.flow.cell()

    def _flat(self, element: Element) -> None:
        """What a cell holds, on its line: a space stands where a paragraph or a line ends."""
        self.flow.text(element.text)
        for each in element:
            if each.tag == "br":
                self.flow.text(" ")
            elif each.tag in FLAT and each not in self._own:
                self.flow.text(" ")
                self._flat(each)
                self.flow.text(" ")
            else:
                self.element(each)
            self.flow.text(each.tail)

    def _reading(self, element: Element) -> None:
        """How a word is read, which is printed above it: in brackets, if the page has none."""
        own = next(element.getparent().iterchildren("rp"), None) is not None
        self.flow.text("" if own else "(")
        self._content(element)
        self.flow.text("" if own else ")")

    def _verbatim(self, element: Element) -> None:
        def write(pre: Element) -> None:
            for number, line in enumerate("".join(pre.itertext()).split("\n")):
                if number:
                    self.flow.line()
                self.flow.text(line)

        self._block(element, write=write)


_WAYS: dict[str, Way] = {
    **dict.fromkeys(_DIVISIONS, HtmlPage._division),
    **dict.fromkeys(("blockquote", "q"), HtmlPage._quote),
    **dict.fromkeys(_SKIPPED, HtmlPage._nothing),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HtmlPage._heading),
    "p": HtmlPage._block,
    "hr": HtmlPage._block,
    "svg": HtmlPage._drawing,
    "noscript": HtmlPage._drop_scripts,
    "a": HtmlPage._link,
    "br": HtmlPage._line,
    "ul": HtmlPage._list,
    "ol": HtmlPage._list,
    "li": HtmlPage._item,
    "table": HtmlPage._table,
    **dict.fromkeys(("tbody", "thead", "tfoot"), HtmlPage._rows),
    "tr": HtmlPage._row,
    "td": HtmlPage._cell,
    "th": HtmlPage._cell,
    "pre": HtmlPage._verbatim,
    "rt": HtmlPage._reading,
}
"""How an element is written by its name; all others stand in a line."""
