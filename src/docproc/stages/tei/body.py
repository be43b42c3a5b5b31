"""The text of a TEI document: what stands in the source, with the editor's words beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from docproc.formats.flow import Flow
from docproc.formats.variants import with_variants
from docproc.formats.xml import Element, local, local_name, text_of, words_of
from docproc.letters.words import kind_of
from docproc.records import ArchivalReference, BlockKind, Document, SourceFile, Span
from docproc.references.source_notes import kind_beside, read_source_note, without_span
from docproc.stages.tei.marks import DIVISIONS, Marks, stands_apart
from docproc.stages.tei.names import XML_ID

_PARAGRAPHS = (
    *("p", "ab", "lg", "sp", "speaker", "stage", "table", "figDesc", "argument", "epigraph"),
    *("postscript", "trailer", "opener", "address", "closer"),
)
_IN_SOURCE = ("orig", "sic", "abbr")
_EDITORS = ("reg", "corr", "expan")
_SKIPPED = ("teiHeader", "rdg", "rdgGrp", "metamark", "index", "facsimile", "standOff", "milestone")
_ENTRIES = (
    *("person", "personGrp", "place", "org", "bibl", "biblStruct", "biblFull", "event", "nym"),
    *("relation", "category"),
)
_IN_WORDS = ("hi", "c", "g", "ex", "am", "lb", "choice", "abbr", "expan", "note")
"""Elements that stand within words, where all others in an entry are values of their own."""
_LISTS = ("listPerson", "listPlace", "listOrg", "listBibl", "listEvent", "listNym", "listRelation")
_MEMBERS = ("p", "ab", "l", "lg", "list", "table", "sp", "div", "floatingText", "item")
_SOURCES = ("source", "sourceNote", "source-note", "provenance")
_OTHER_FORMS = ("corr", "reg", "expan", "sic", "orig", "abbr")
_LETTERED = re.compile(r"[a-z]+(?=\d+$)")
_PRINTED_PAGE = re.compile(r"[^\W_]{1,6}|\[[^\W_]{1,6}\]|\d+\s?[rv]|[rv]\d+")
_FOLIO = re.compile(r"0*(\d+\s?(?:r|v|bis)?[a-d]?)")


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
    pages: Mapping[Element, tuple[Element, int]] = field(default_factory=dict)
    """The page that is in force where a division begins, and its number in the file."""
    flow: Flow = field(default_factory=Flow)
    _variants: list[tuple[Span, str]] = field(default_factory=list)
    references: list[ArchivalReference] = field(default_factory=list)
    """What the source notes say of where the document is kept, in their order."""
    kind: str | None = None
    """The kind of document that a note in the place of its head names."""
    _pages: int = 0
    _depth: int = 0
    _in_cell: bool = False
    _in_head: bool = False
    _on_heads: list[Callable[[], None]] = field(default_factory=list)
    _struck: dict[str, str] = field(default_factory=dict)
    """The signs that end what is struck out from one place to another, by the place's id."""

    def document(self, source: SourceFile, **more: Any) -> Document:
        """The finished document."""
        for write in self._on_heads:
            self.flow.later(write)
        self.flow.settle()
        return with_variants(self.flow.out.document(source, **more), self._variants)

    def element(self, element: Element) -> None:
        """Write *element*, without what follows it."""
        if element not in self.without:
            _way(element.tag)(self, element)
        else:
            self._apart(element)

    def _content(self, element: Element) -> None:
        text = self.flow.text
        if element.text:
            text(element.text)
        if not len(element):  # most are leaves
            return
        without = self.without
        for each in element:
            if without and each in without:
                self._apart(each)
            else:
                _way(each.tag)(self, each)
            if tail := each.tail:
                text(tail)

    def _apart(self, element: Element) -> None:
        """Write an element to which notes belong that stand elsewhere; no document of its own."""
        keys = self.marks.places.get(element)
        if keys is None:
            return
        span = self.flow.written(lambda: _way(element.tag)(self, element))
        for key in keys:
            if len(span):
                self.flow.out.anchor(key, span)
            else:
                self.flow.mark(key, self.marks.labels[key])

    def _nothing(self, _: Element) -> None:
        """What is skipped is not written."""

    def _block(
        self,
        element: Element,
        kind: BlockKind = BlockKind.PARAGRAPH,
        label: str | None = None,
        level: int | None = None,
    ) -> None:
        if self._in_cell:
            self.flow.text(" ")
            self._content(element)
            self.flow.text(" ")
            return
        if not len(element):  # many are leaves
            self.flow.leaf(kind, element.text, label, level)
            return
        self.flow.open(kind, label, level)
        self._content(element)
        self.flow.close()

    def _head(self, element: Element) -> None:
        """Notes on it wait until the end: what stands under a head follows it."""
        outer, self._in_head = self._in_head, True
        self._block(element, BlockKind.HEADING, level=max(1, self._depth))
        self._in_head = outer

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

    def _row(self, element: Element) -> None:
        """A line, its cells between tabs, empty ones too."""
        self.flow.line()
        self._content(element)
        self.flow.end_row()

    def _cell(self, element: Element) -> None:
        """Paragraphs in it are one after another, for a row is one line."""
        outer, self._in_cell = self._in_cell, True
        self._content(element)
        self._in_cell = outer
        self.flow.cell()

    def _space(self, _: Element) -> None:
        self.flow.text(" ")

    # Registers

    def _list_of_entries(self, element: Element) -> None:
        self._div(element)

    def _entry(self, element: Element) -> None:
        """An entry of a register, its parts one below another; in a sentence, only words."""
        above = local(element.getparent())
        if above not in (*_LISTS, "list", "relationGrp") or self._in_cell:
            self._content(element)
            return
        for each in element.iter("*"):
            if each is element or local(each) in _IN_WORDS:
                continue
            each.tail = each.tail or " "
            before = each.getprevious()
            if before is None and each.getparent().text:
                each.getparent().text = f"{each.getparent().text} "
            elif before is not None and before.tail:
                before.tail = f"{before.tail} "
        self.flow.open(BlockKind.REGISTER)
        for each in element:
            self.flow.line()
            if local(each):
                self.element(each) if local(each) not in _PARAGRAPHS else self._content(each)
            self.flow.text(each.tail)
        if not len(element):
            self._content(element)
        self.flow.close()

    def begin_on(self, division: Element) -> None:
        """Begin the page that *division* stands on, though it began before."""
        if division in self.pages:
            page, self._pages = self.pages[division]
            self._begin_page(page)

    def _pb(self, element: Element) -> None:
        self._pages += 1
        if element.get("break") == "no":
            self.flow.line(joined=True)
        self._begin_page(element)

    def _begin_page(self, element: Element) -> None:
        printed = (element.get("n") or "").strip()
        if not printed:
            facs = (element.get("facs") or "").strip()
            printed = facs if _PRINTED_PAGE.fullmatch(facs) else str(self._pages)
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
        readings = list(element.iter("{*}rdg"))
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
        """Of a word that is struck out in part, the rest is searched as a word as well."""
        before = len(self._variants)
        opened = self.flow.parted
        span = self.flow.written(lambda: self._signed(element, "⟦", "⟧"))
        tail = (element.tail or "")[:1]
        if opened is False or (tail and not tail.isspace()) or not tail:
            del self._variants[before:]
            self._variants.append((span, ""))

    def _del_span(self, element: Element) -> None:
        end = element.get("spanTo", "").removeprefix("#")
        if end:
            self.flow.sign("⟦")
            self._struck[end] = "⟧"

    def _as_once_written(self, element: Element) -> None:
        """TEI P4: the other form stands in an attribute."""
        other = next((v for name in _OTHER_FORMS if (v := element.get(name))), None)
        if other:
            self._varied(element, element, " ".join(other.split()))
        else:
            self._content(element)

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
        kind = element.get("type")
        if kind is not None and kind in _SOURCES and self._source(element):
            return
        own = (self.marks.keys and self.marks.keys.get(element)) or element.get(XML_ID, "")
        if stands_apart(element):
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
        if self._in_head:
            self._on_heads.append(lambda: self._write_note(element, key, label))
        else:
            self.flow.later(lambda: self._write_note(element, key, label))

    def _source(self, element: Element) -> bool:
        """Write a note on the source where it is no footnote; whether it is none.

        What it says of where the document is kept is the document's reference.
        """
        words = words_of(element)
        bracketed = words.startswith("[") and words.endswith("]") and len(words) < 60
        beside = kind_beside(words) if ": " in words else None
        kind = _kind_named(words if bracketed else beside) if bracketed or beside else None
        self.kind = self.kind or kind
        footnote = local(element.getparent()) not in DIVISIONS or (
            element.get("n") is not None and element.get("rend") != "inline"
        )
        if footnote or bracketed:
            found = None if bracketed else read_source_note(words)
            self.references += [without_span(found)] if found else []
            if bracketed and not footnote:
                self._block(element, BlockKind.HEADING, level=3)
            return bracketed and not footnote
        self.flow.open(BlockKind.REFERENCE)
        span = self.flow.written(lambda: self._content(element))
        self.flow.close()
        text = self.flow.out.text_at(span)
        found = read_source_note(text)
        if found and found.span:
            self.references.append(replace(found, span=found.span.shift(span.start)))
        return True

    def _note_group(self, element: Element) -> None:
        """Notes of one place: in a sentence they are its notes, elsewhere they stand apart."""
        if local(element.getparent()) in DIVISIONS:
            self._div(element)
        else:
            self._content(element)

    def _write_note(self, element: Element, key: str, label: str) -> None:
        """Its number is written before it, unless it opens with it."""
        numbered = bool(label) and not text_of(element).lstrip().startswith(label)
        self.flow.note(key, label, lambda: self._content(element), numbered=numbered)

    def _ptr(self, element: Element) -> None:
        self._mark(element.get("target", "").removeprefix("#"))

    def _anchor(self, element: Element) -> None:
        if end := self._struck.pop(element.get(XML_ID, ""), ""):
            self.flow.sign(end)

    def _mark(self, key: str) -> None:
        if key in self.marks.labels:
            self.flow.mark(key, self.marks.labels[key])

    def _ref(self, element: Element) -> None:
        key = element.get("target", "").removeprefix("#")
        if key in self.marks.labels and words_of(element):
            self.flow.out.anchor(key, self._written(element))
        else:
            self._content(element)


_kind_named = lru_cache(maxsize=256)(kind_of)


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
    "space": Body._space,
    **dict.fromkeys(_LISTS, Body._list_of_entries),
    **dict.fromkeys(_ENTRIES, Body._entry),
    "item": Body._item,
    "cit": Body._cit,
    **dict.fromkeys(
        ("div", "div1", "div2", "div3", "div4", "body", "front", "back", "floatingText", "zone"),
        Body._div,
    ),
    **dict.fromkeys(("l", "addrLine", "line"), Body._l),
    "row": Body._row,
    **dict.fromkeys(("quote", "q", "said"), Body._quote),
    "lb": Body._lb,
    "cell": Body._cell,
    "pb": Body._pb,
    "surface": Body._surface,
    "choice": Body._choice,
    "app": Body._app,
    "del": Body._del,
    "delSpan": Body._del_span,
    **dict.fromkeys(("sic", "orig", "abbr", "corr", "reg", "expan"), Body._as_once_written),
    "supplied": Body._supplied,
    "unclear": Body._unclear,
    "gap": Body._gap,
    "note": Body._note,
    "noteGrp": Body._note_group,
    "ptr": Body._ptr,
    "anchor": Body._anchor,
    "ref": Body._ref,
}
"""How an element is written by its name; all others stand in a line."""


@lru_cache(maxsize=512)
def _way(tag: Any) -> Way:
    return _WAYS.get(local_name(tag), Body._content)
