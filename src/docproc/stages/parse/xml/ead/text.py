"""The words of one component, without those of the components below it."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass, quick_maker
from docproc.formats.flow import Flow
from docproc.formats.xml import Element, local_name, words_of
from docproc.records import Block, BlockKind, Document, SourceFile, Span
from docproc.stages.parse.xml.ead.description import (
    BLOCKS,
    SKIPPED,
    Component,
    containers_in_words,
    names_component,
)
from docproc.text.words import word_set

_IN_LINE = word_set("p unittitle bibref abstract note didnote origination item repository")
"""Elements whose names and titles are words of a sentence."""
_PARAGRAPH = BlockKind.PARAGRAPH
_make_block = quick_maker(Block, span=Span)


def plain_text(component: Component) -> tuple[str, tuple[Block, ...]] | None:
    """The text of *component* and its blocks, where it says nothing but plain statements.

    Most components are such: what ``Description`` writes, written at once.
    """
    if component.plain is None:
        return None
    blocks: list[Block] = []
    pieces: list[str] = []
    at = 0
    for words, is_head in component.plain:
        if words:
            end = at + len(words)
            if is_head:
                blocks.append(_make_block(BlockKind.HEADING, at, end, None, None, 2))
            else:
                blocks.append(_make_block(_PARAGRAPH, at, end))
            pieces.append(words)
            at = end + 2
    return "\n\n".join(pieces), tuple(blocks)


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
            self.flow.leaf(BlockKind.PARAGRAPH, containers_in_words(found))

    def _element(self, element: Element, name: str, within: str) -> None:
        """Write *element*, which is called *name* and stands in one called *within*."""
        if name in BLOCKS and within not in _IN_LINE:
            self._block(element, name, BlockKind.PARAGRAPH)
        elif name in SKIPPED or names_component(name):
            return
        elif name == "head":
            self._block(element, name, BlockKind.HEADING, level=self._depth)
        elif name in ("item", "chronitem"):
            self._block(element, name, BlockKind.LIST_ITEM)
        elif name == "daterange":
            self.flow.text("–".join(words_of(each) for each in element))
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
