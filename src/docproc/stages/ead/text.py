"""The words of one component, without those of the components below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docproc.formats.flow import Flow
from docproc.formats.xml import Element, local_name
from docproc.records import BlockKind, Document, SourceFile
from docproc.stages.ead.description import Component, names_component
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
_SKIPPED = word_set("container ptr extptr eadheader control") | {""}


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
            name = local_name(each.tag)
            if name == "did":
                self._children(each, name)
                self._containers(component)
            elif not names_component(name):
                self._element(each, name, "")

    def _containers(self, component: Component) -> None:
        found = component.containers
        if found:
            said = ", ".join(f"{kind.capitalize()} {value}" for kind, value in found)
            self.flow.leaf(BlockKind.PARAGRAPH, said)

    def _element(self, element: Element, name: str, within: str) -> None:
        """Write *element*, which is called *name* and stands in one called *within*."""
        if name in _BLOCKS and within not in _IN_LINE:
            self._block(element, name, BlockKind.PARAGRAPH)
        elif name in _SKIPPED or names_component(name):
            return
        elif name == "head":
            self._block(element, name, BlockKind.HEADING, level=self._depth)
        elif name in ("item", "chronitem"):
            self._block(element, name, BlockKind.LIST_ITEM)
        elif name in ("lb", "subarea") or name in ("row", "event"):
            self.flow.line()
            self._content(element, name)
        elif name in ("entry", "date") and within in ("row", "chronitem"):
            self._content(element, name)
            self.flow.cell()
        else:
            self._content(element, name)

    def _block(
        self, element: Element, name: str, kind: BlockKind, level: int | None = None
    ) -> None:
        label = element.get("label") if kind is BlockKind.PARAGRAPH else None
        if not label and not len(element):  # most are leaves
            self.flow.leaf(kind, element.text, level=level)
            return
        self.flow.open(kind, level=level)
        if label:
            self.flow.text(f"{label.rstrip(' :')}: ")
        self._content(element, name)
        self.flow.close()

    def _content(self, element: Element, name: str) -> None:
        if element.text:
            self.flow.text(element.text)
        if len(element):
            self._children(element, name)

    def _children(self, element: Element, name: str) -> None:
        self._depth += 1
        for each in element:
            self._element(each, local_name(each.tag), name)
            if each.tail:
                self.flow.text(each.tail)
        self._depth -= 1
