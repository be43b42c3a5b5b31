"""The text of a TEI document as it grows: what its elements are written into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.flow import Flow
from docproc.formats.tables import Covered
from docproc.formats.xml import Element
from docproc.records import ArchivalReference, BlockKind, Document, SourceFile, Span
from docproc.stages.parse.xml.tei.marks import NoteMarks
from docproc.stages.parse.xml.tei.variants import with_variants

Way = Callable[["TeiBody", Element], None]
"""How an element is written, without what follows it."""


@dataclass(slots=True)
class TeiBody:
    """Writes TEI elements into a reading text, each in the way that ``ways`` has for its tag.

    A page or folio is a locator; ``choice`` shows what stands in the source and lets the
    editor's form be searched as well; what is deleted stands in ⟦⟧, what is supplied in [],
    what is missing is […], what is unclear is followed by [?]: signs that are shown and not
    searched.
    """

    ways: Mapping[Any, Way]
    marks: NoteMarks
    without: frozenset[Element] = frozenset()
    """Elements that are documents of their own."""
    pages: Mapping[Element, tuple[Element, int]] = field(default_factory=dict)
    """The page that is in force where a division begins, and its number in the file."""
    flow: Flow = field(default_factory=Flow)
    references: list[ArchivalReference] = field(default_factory=list)
    """What the source notes say of where the document is kept, in their order."""
    kind: str | None = None
    """The kind of document that a note in the place of its head names."""
    variants: list[tuple[Span, str]] = field(default_factory=list)
    """What is searched beside what is shown."""
    page: int = 0
    """How many pages have begun."""
    depth: int = 0
    surfaces: dict[str, str] = field(default_factory=dict)
    """The images that the edition's facsimile names, by id, once a page points at one."""
    in_cell: bool = False
    in_head: bool = False
    in_other: bool = False
    """Whether in a text that this one quotes."""
    on_heads: list[Callable[[], None]] = field(default_factory=list)
    """The notes on heads, which wait until the end."""
    covered: Covered = field(default_factory=Covered)
    """The places of the table that is being written that cells above reach into."""
    struck: dict[str, str] = field(default_factory=dict)
    """The signs that end what is struck out from one place to another, by the place's id."""

    def document(self, source: SourceFile, **more: Any) -> Document:
        """The finished document."""
        for write in self.on_heads:
            self.flow.later(write)
        self.flow.settle()
        return with_variants(self.flow.out.document(source, **more), self.variants)

    def element(self, element: Element) -> None:
        """Write *element*, without what follows it."""
        if element not in self.without:
            self.ways[element.tag](self, element)
        else:
            self._apart(element)

    def content(self, element: Element) -> None:
        """Write what is in *element*."""
        text, said = self.flow.text, element.text or ""
        if len(element):  # most are leaves
            without, ways, in_line = self.without, self.ways, TeiBody.content
            for each in element:
                if without and each in without:
                    text(said)
                    self._apart(each)
                elif (way := ways[each.tag]) is in_line and not len(each):
                    said = f"{said}{each.text or ''}{each.tail or ''}"
                    continue
                else:
                    if said:
                        text(said)
                    way(self, each)
                said = each.tail or ""
        if said:
            text(said)

    def _apart(self, element: Element) -> None:
        """Write an element to which notes belong that stand elsewhere; no document of its own."""
        keys = self.marks.places.get(element)
        if keys is None:
            return
        span = self.flow.spanning(lambda: self.ways[element.tag](self, element))
        for key in keys:
            if len(span):
                self.flow.out.anchor(key, span)
            else:
                self.flow.mark(key, self.marks.labels[key])

    def block(
        self,
        element: Element,
        kind: BlockKind = BlockKind.PARAGRAPH,
        label: str | None = None,
        level: int | None = None,
    ) -> None:
        """Write *element* as a block of *kind*; in a cell of a table, as words of its line."""
        if self.in_cell:
            self.flow.text(" ")
            self.content(element)
            self.flow.text(" ")
            return
        if not len(element):  # many are leaves
            self.flow.leaf(kind, element.text, label, level)
            return
        self.flow.open(kind, label, level)
        self.content(element)
        self.flow.close()

    def division(self, element: Element) -> None:
        """Write *element*, whose parts are blocks of their own."""
        self.depth += 1
        self.flow.open(BlockKind.PARAGRAPH, division=True)
        self.content(element)
        self.flow.close()
        self.depth -= 1

    def line(self, *, joined: bool = False) -> None:
        """Begin a line; in a cell of a table, whose row is one line, leave a space for it."""
        if not self.in_cell:
            self.flow.line(joined=joined)
        elif not joined:
            self.flow.text(" ")

    def spanning(self, element: Element) -> Span:
        """Write what is in *element*; return where its characters stand."""
        before = len(self.variants)
        span = self.flow.spanning(lambda: self.content(element))
        del self.variants[before:]  # a choice within a choice: the outer one tells all
        return span

    def write_between(self, element: Element, before: str, after: str) -> None:
        """Write what is in *element* between two signs."""
        self.flow.sign(before)
        self.content(element)
        self.flow.sign(after)
