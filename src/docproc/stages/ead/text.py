"""The words of one component, without those of the components below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.formats.flow import Flow
from docproc.formats.xml import Element, local_name, words_of
from docproc.records import Block, BlockKind, Document, SourceFile, Span
from docproc.stages.ead.description import Component, names_component
from docproc.text.words import word_set

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

_PLAIN = (BlockKind.PARAGRAPH, None)
_LEAVES = (_BLOCKS - word_set("chronlist table note didnote defitem")) | {"p", "head"}
"""Statements that are one block each where they hold words alone."""
_TELLS = word_set(
    """
    scopecontent bioghist arrangement accessrestrict userestrict acqinfo custodhist processinfo
    prefercite relatedmaterial separatedmaterial otherfindaid altformavail originalsloc phystech
    appraisal accruals odd fileplan
    """
)
"""What a component tells in paragraphs."""


def plain_text(component: Component) -> tuple[str, tuple[Block, ...]] | None:
    """The text of *component* and its blocks, where it says nothing but plain statements.

    Most components are such: what ``Description`` writes, written at once.
    """
    said: list[tuple[str, BlockKind, int | None]] = []
    for each in component.element:
        name = local_name(each.tag)
        if name == "did":
            for statement in each:
                known = local_name(statement.tag)
                if known in _SKIPPED:
                    continue
                if known not in _LEAVES or not _is_plain(statement):
                    return None
                if text := statement.text:
                    said.append((" ".join(text.split()), *_PLAIN))
            if component.containers:
                said.append((in_words(component.containers), *_PLAIN))
        elif name in _TELLS:
            if (text := each.text) and not text.isspace():
                return None
            for part in each:
                known = local_name(part.tag)
                if known not in ("p", "head") or not _is_plain(part):
                    return None
                words = " ".join((part.text or "").split())
                heads = known == "head"
                said.append((words, *((BlockKind.HEADING, 2) if heads else _PLAIN)))
        elif name and not names_component(name):
            return None
    blocks: list[Block] = []
    pieces: list[str] = []
    at = 0
    for words, kind, level in said:
        if words:
            end = at + len(words)
            blocks.append(Block(kind, Span(at, end), None, None, level))
            pieces.append(words)
            at = end + 2
    return "\n\n".join(pieces), tuple(blocks)


def _is_plain(element: Element) -> bool:
    """Whether *element* holds words alone, without a label, and no words follow it."""
    return not (
        len(element) or element.get("label") or ((tail := element.tail) and not tail.isspace())
    )


def in_words(containers: Sequence[tuple[str, str]]) -> str:
    """``"Box 1, Folder 2"``."""
    return ", ".join(f"{kind.capitalize()} {value}" for kind, value in containers)


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
            self.flow.leaf(BlockKind.PARAGRAPH, in_words(found))

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
