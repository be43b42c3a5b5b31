"""The text of a TEI document: what stands in the source, with the editor's words beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from docproc.formats.flow import Flow
from docproc.formats.variants import with_variants
from docproc.formats.xml import Element, local, local_name, text_of, words_of
from docproc.records import BlockKind, Document, SourceFile, Span

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_PARAGRAPHS = (
    *("p", "ab", "lg", "sp", "speaker", "stage", "table", "figDesc", "argument", "epigraph"),
    *("postscript", "trailer", "opener", "address", "closer"),
)
_IN_SOURCE = ("orig", "sic", "abbr")
_EDITORS = ("reg", "corr", "expan")
_DIVISIONS = (
    *("div", "div1", "div2", "div3", "div4", "body", "front", "back", "text", "group", "noteGrp"),
    *("list", "floatingText", "standOff", "annotationBlock"),
)
_SKIPPED = ("teiHeader", "rdg", "metamark", "index", "facsimile", "standOff", "milestone")
_MEMBERS = ("p", "ab", "l", "lg", "list", "table", "sp", "div", "floatingText", "item")
_LETTERED = re.compile(r"[a-z]+(?=\d+$)")
_FOLIO = re.compile(r"0*(\d+\s?(?:r|v|bis)?[a-d]?)")


@dataclass(frozen=True, slots=True)
class Marks:
    """Which notes stand apart from their marks, and what points to them.

    ``labels`` are their labels by id, as the marks print them; ``anchors`` are the ids of notes
    by the ids of the places that they point to themselves; ``numbers`` count all notes.
    """

    labels: dict[str, str]
    anchors: dict[str, str]
    numbers: dict[Element, int]


def marks_in(root: Element) -> Marks:
    """The marks of the notes below *root*."""
    within = (note for text in root.iter("{*}text") for note in text.iter("{*}note"))
    numbers = {note: number for number, note in enumerate(dict.fromkeys(within), 1)}
    notes = {
        each.get(XML_ID): each.get("n", "")
        for each in numbers
        if each.get(XML_ID) and local(each.getparent()) in _DIVISIONS
    }
    if not notes:
        return Marks({}, {}, numbers)
    labels, anchors = dict(notes), {}
    for each in root.iter("{*}ptr", "{*}ref"):
        key = each.get("target", "").removeprefix("#")
        if key in notes and not labels[key]:
            labels[key] = each.get("n") or words_of(each)
    for each, number in numbers.items():
        target = each.get("target", "").removeprefix("#")
        if target and each.get(XML_ID) in notes:
            anchors[target] = each.get(XML_ID)
        if each.get(XML_ID) in notes:
            labels[each.get(XML_ID)] = labels[each.get(XML_ID)] or str(number)
    return Marks(labels, anchors, numbers)


Way = Callable[["Body", Element], None]


@dataclass(slots=True)
class Body:
    """Writes TEI elements into a reading text.

    A page or folio is a locator; ``choice`` shows what stands in the source and lets the
    editor's form be searched as well; what is deleted stands in ⟦⟧, what is supplied in [],
    what is missing is […], what is unclear is followed by [?]: signs that are shown and not
    searched.
    """

    marks: Marks
    without: frozenset[Element] = frozenset()
    """Elements that are documents of their own."""
    flow: Flow = field(default_factory=Flow)
    _variants: list[tuple[Span, str]] = field(default_factory=list)
    _pages: int = 0
    _depth: int = 0

    def document(self, source: SourceFile, **more: Any) -> Document:
        """The finished document."""
        self.flow.settle()
        return with_variants(self.flow.out.document(source, **more), self._variants)

    def element(self, element: Element) -> None:
        """Write *element*, without what follows it."""
        if element not in self.without:
            _way(element.tag)(self, element)

    def _content(self, element: Element) -> None:
        text = self.flow.text
        if element.text:
            text(element.text)
        if not len(element):  # most are leaves
            return
        for each in element:
            if each not in self.without:
                _way(each.tag)(self, each)
            if each.tail:
                text(each.tail)

    def _nothing(self, _: Element) -> None:
        """What is skipped is not written."""

    def _block(
        self,
        element: Element,
        kind: BlockKind = BlockKind.PARAGRAPH,
        label: str | None = None,
        level: int | None = None,
    ) -> None:
        if not len(element):  # many are leaves
            self.flow.leaf(kind, element.text, label, level)
            return
        self.flow.open(kind, label, level)
        self._content(element)
        self.flow.close()

    def _head(self, element: Element) -> None:
        self._block(element, BlockKind.HEADING, level=max(1, self._depth))

    def _item(self, element: Element) -> None:
        if self._holds_blocks(element):
            self._content(element)
        else:
            self._block(element, BlockKind.LIST_ITEM, element.get("n"))

    def _cit(self, element: Element) -> None:
        if self._holds_blocks(element):
            self._content(element)
        else:
            self._block(element)

    def _holds_blocks(self, element: Element) -> bool:
        return any(local(each) in _MEMBERS for each in element)

    # Divisions

    def _div(self, element: Element) -> None:
        self._depth += 1
        self.flow.open(BlockKind.PARAGRAPH, division=True)
        self._content(element)
        self.flow.close()
        self._depth -= 1

    def _quote(self, element: Element) -> None:
        if self._holds_blocks(element):
            self._div(element)
        else:
            self._content(element)

    # Lines and pages

    def _lb(self, element: Element) -> None:
        self.flow.line(joined=element.get("break") == "no")

    def _l(self, element: Element) -> None:
        self.flow.line()
        self._content(element)
        self.flow.line()

    def _cell(self, element: Element) -> None:
        self._content(element)
        self.flow.cell()

    def _pb(self, element: Element) -> None:
        self._pages += 1
        printed = (element.get("n") or element.get("facs") or str(self._pages)).strip()
        folio = _FOLIO.fullmatch(printed)
        label = folio[1] if folio else printed
        self.flow.page(f"fol. {label}" if label[-1:] in "rv" and folio else label, self._pages)

    def _surface(self, element: Element) -> None:
        self._pb(element)
        self._div(element)

    # What stands in the source, and what the editor has for it

    def _choice(self, element: Element) -> None:
        given = {local(each): each for each in reversed(element) if local(each)}
        for source, editors in zip(_IN_SOURCE, _EDITORS, strict=True):
            if source in given:
                if editors in given:
                    self._varied(element, given[source], words_of(given[editors]))
                else:
                    self._content(given[source])
                return
        first = next(iter(given.values()), None)
        if first is not None:
            self._content(first)

    def _app(self, element: Element) -> None:
        lemma = next((each for each in element if local(each) == "lem"), None)
        readings = [each for each in element if local(each) == "rdg"]
        if lemma is None:
            if readings:
                self._content(readings[0])
            return
        self._varied(element, lemma, " ".join(words_of(each) for each in readings))

    def _varied(self, element: Element, source: Element, others: str) -> None:
        """Write *source*, beside which *others* are searched: those of *element*, about to end."""
        parted = self.flow.parted
        shown = self._written(source)
        if others and not len(shown):  # it has none of them
            at = self.flow.place()
            shown = Span(at, at)
            if parted is None:
                others += " " if (element.tail or " ")[0].isspace() else ""
            elif parted:
                others = f" {others}"
        if others:
            self._variants.append((shown, others))

    def _written(self, element: Element) -> Span:
        """Write what is in *element*; return where its characters stand."""
        before = len(self._variants)
        span = self.flow.written(lambda: self._content(element))
        del self._variants[before:]  # a choice within a choice: the outer one tells all
        return span

    def _del(self, element: Element) -> None:
        self._signed(element, "⟦", "⟧")

    def _supplied(self, element: Element) -> None:
        self._signed(element, "[", "]")

    def _unclear(self, element: Element) -> None:
        self._content(element)
        self.flow.sign("[?]")

    def _gap(self, _: Element) -> None:
        self.flow.sign("[…]")

    def _signed(self, element: Element, before: str, after: str) -> None:
        self.flow.sign(before)
        self._content(element)
        self.flow.sign(after)

    # Notes

    def _note(self, element: Element) -> None:
        own = element.get(XML_ID, "")
        if local(element.getparent()) in _DIVISIONS:
            self.flow.settle()
            label = self.marks.labels.get(own) or element.get("n", "")
            self._write_note(element, own or f"note at {self.flow.out.at}", label)
            return
        number = self.marks.numbers.get(element, 0)
        label = element.get("n") or str(number)
        if not label.isdigit():
            label = _LETTERED.sub("", label, count=1)
        key = own or f"note {number}"
        self.flow.mark(key, label)
        self.flow.later(lambda: self._write_note(element, key, label))

    def _write_note(self, element: Element, key: str, label: str) -> None:
        """Its number is written before it, unless it opens with it."""
        numbered = bool(label) and not text_of(element).lstrip().startswith(label)
        self.flow.note(key, label, lambda: self._content(element), numbered=numbered)

    def _ptr(self, element: Element) -> None:
        self._mark(element.get("target", "").removeprefix("#"))

    def _anchor(self, element: Element) -> None:
        self._mark(self.marks.anchors.get(element.get(XML_ID, ""), ""))

    def _mark(self, key: str) -> None:
        if key in self.marks.labels:
            self.flow.mark(key, self.marks.labels[key])

    def _ref(self, element: Element) -> None:
        key = element.get("target", "").removeprefix("#")
        if key in self.marks.labels and words_of(element):
            self.flow.out.anchor(key, self._written(element))
        else:
            self._content(element)


def _written_as(kind: BlockKind) -> Way:
    return lambda body, element: body._block(element, kind)


_WAYS: dict[str, Way] = {
    "": Body._nothing,
    **dict.fromkeys(_SKIPPED, Body._nothing),
    **dict.fromkeys(_PARAGRAPHS, Body._block),
    **dict.fromkeys(("head", "titlePart"), Body._head),
    "dateline": _written_as(BlockKind.DATELINE),
    "salute": _written_as(BlockKind.SALUTATION),
    "signed": _written_as(BlockKind.SIGNATURE),
    "fw": _written_as(BlockKind.FURNITURE),
    "item": Body._item,
    "cit": Body._cit,
    **dict.fromkeys(
        ("div", "div1", "div2", "div3", "div4", "body", "front", "back", "floatingText", "zone"),
        Body._div,
    ),
    **dict.fromkeys(("l", "addrLine", "row", "line"), Body._l),
    **dict.fromkeys(("quote", "q", "said"), Body._quote),
    "lb": Body._lb,
    "cell": Body._cell,
    "pb": Body._pb,
    "surface": Body._surface,
    "choice": Body._choice,
    "app": Body._app,
    "del": Body._del,
    "supplied": Body._supplied,
    "unclear": Body._unclear,
    "gap": Body._gap,
    "note": Body._note,
    "ptr": Body._ptr,
    "anchor": Body._anchor,
    "ref": Body._ref,
}
"""How an element is written by its name; all others stand in a line."""


@lru_cache(maxsize=512)
def _way(tag: Any) -> Way:
    return _WAYS.get(local_name(tag), Body._content)
