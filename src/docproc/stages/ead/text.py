"""The words of one component, without those of the components below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docproc.formats.flow import Flow
from docproc.formats.xml import Element, local
from docproc.records import BlockKind, Document, SourceFile
from docproc.stages.ead.description import Component, containers_of, is_component
from docproc.text.wordlist import word_set

_BLOCKS = word_set(
    """
    p unittitle unitdate unitdatestructured unitid physdesc physdescset physdescstructured abstract
    origination langmaterial physloc materialspec repository note didnote chronlist table
    legalstatus bibref addressline persname corpname famname geogname subject genreform function
    occupation title defitem
    """
)
_IN_LINE = word_set("p unittitle bibref abstract note didnote origination item repository")
"""Elements whose names and titles are words of a sentence."""
_SKIPPED = ("dsc", "container", "ptr", "extptr", "daogrp", "daoset", "eadheader", "control")


@dataclass(slots=True)
class Description:
    """Writes the description of a component: each statement of it is a block."""

    flow: Flow = field(default_factory=Flow)
    _depth: int = 1

    def document(self, source: SourceFile, **more: Any) -> Document:
        """The finished document."""
        self.flow.settle()
        return self.flow.out.document(source, **more)

    def component(self, component: Component) -> None:
        """Write what *component* says of itself."""
        for each in component.element:
            if local(each) == "did":
                self._children(each)
                self._containers(component)
            elif not is_component(each):
                self._element(each)

    def _containers(self, component: Component) -> None:
        found = containers_of(component)
        if found:
            self.flow.open(BlockKind.PARAGRAPH)
            self.flow.text(", ".join(f"{kind.capitalize()} {value}" for kind, value in found))
            self.flow.close()

    def _element(self, element: Element) -> None:
        name = local(element)
        if not name or name in _SKIPPED or is_component(element):
            return
        if name == "head":
            self._block(element, BlockKind.HEADING, level=self._depth)
        elif name in ("item", "chronitem"):
            self._block(element, BlockKind.LIST_ITEM)
        elif name == "lb":
            self.flow.line()
        elif name in ("row", "event"):
            self.flow.line()
            self._content(element)
        elif name in ("entry", "date") and local(element.getparent()) in ("row", "chronitem"):
            self._content(element)
            self.flow.cell()
        elif name in _BLOCKS and local(element.getparent()) not in _IN_LINE:
            self._block(element, BlockKind.PARAGRAPH)
        else:
            self._content(element)

    def _block(self, element: Element, kind: BlockKind, level: int | None = None) -> None:
        self.flow.open(kind, level=level)
        label = element.get("label")
        if label and kind is BlockKind.PARAGRAPH:
            self.flow.text(f"{label.rstrip(' :')}: ")
        self._content(element)
        self.flow.close()

    def _content(self, element: Element) -> None:
        self.flow.text(element.text)
        self._children(element)

    def _children(self, element: Element) -> None:
        self._depth += 1
        for each in element:
            self._element(each)
            self.flow.text(each.tail)
        self._depth -= 1
