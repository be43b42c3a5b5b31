"""The parser of reStructuredText: sections, lists, tables, notes, by docutils."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from textwrap import indent
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.libraries import library
from docproc.formats.prose import Prose
from docproc.formats.spliced import Inclusion, included_names, insert_inclusions
from docproc.records import BlockKind, Document, Mention, Metadata, SourceFile, StatedDate, Unread
from docproc.references import parse_date
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use

_SUFFIXES = (".rst", ".rest")
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "_disable_config": True,
    "syntax_highlight": "none",
    "doctitle_xform": True,
    "smart_quotes": False,
    "line_length_limit": 1_000_000,
}
"""Nothing is read but the file, nothing is run, and what is written wrongly stops nothing."""
_NOTHING = (
    "comment", "substitution_definition", "target", "image", "pending", "raw", "meta", "decoration",
)  # fmt: skip


_BESIDE = ("label", "system_message")
"""What stands in a note or a cell beside its words."""
_OPTION = compile_on_use(r"(?m)^[ \t]*:[\w-]+:.*$")
_INCLUDED = compile_on_use(
    r"(?m)^([ \t]*)\.\.[ \t]+include::[ \t]*(\S.*?)[ \t]*((?:\n\1[ \t]+:[\w-]+:[^\n]*)*)$"
)
_OPTIONS = compile_on_use(r":([\w-]+):[ \t]*(.*)")


class RstParser:
    """Reads reStructuredText as it is shown."""

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix: in a plain text nothing else tells it surely."""
        if source.suffix in _SUFFIXES:
            return 0.9 if looks_like_text(head) else 0.1
        return 0.0

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The files that it includes."""
        return included_names(data, _inclusions)

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError``."""
        return self.parse_beside(source, data, {})

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Unread]:
        """Yield the one document of *source*, with the files *beside* where it includes them."""
        core = library("docutils.core", "markup", "reStructuredText")
        decoded = decode(data)
        text, unread = insert_inclusions(decoded.text.replace("\r\n", "\n"), _inclusions, beside)
        try:
            tree = core.publish_doctree(text, settings_overrides=_SETTINGS)
        except Exception as error:  # the library is not sure of what it raises
            raise SourceError(f"its reStructuredText cannot be read: {error}") from None
        writer = _Writer(Prose())
        writer.parts(tree)
        writer.notes()
        if not writer.out.composer.at:
            raise SourceError("it has no text")
        yield writer.out.composer.document(source, metadata=_metadata(tree, decoded.encoding))
        yield from decoded.unread
        yield from unread


def make(_: Mapping[str, Any]) -> RstParser:
    """The factory; there are no settings."""
    return RstParser()


def _inclusions(text: str) -> Iterator[Inclusion]:
    """The directives in *text* that include a file."""
    for found in _INCLUDED.finditer(text):
        options = {name: value.strip() for name, value in _OPTIONS.findall(found[3])}
        shape = partial(_part, options=options, margin=found[1])
        yield Inclusion(found.start(), found.end(), (found[2],), shape)


def _part(text: str, *, options: Mapping[str, str], margin: str) -> str | None:
    """What *options* choose of an included text, set in as far as its directive is."""
    lines = text.split("\n")
    try:
        first, last = (
            int(options[name]) if options.get(name) else None for name in ("start-line", "end-line")
        )
    except ValueError:
        return None
    text = "\n".join(lines[first:last])
    for name in ("start-after", "end-before"):
        mark = options.get(name)
        if mark:
            before, found, after = text.partition(mark)
            if not found:
                return None
            text = after if name == "start-after" else before
    if "literal" in options or "code" in options:
        text, margin = f"{margin}::\n\n" + indent(text.strip("\n"), f"{margin}   "), ""
    return indent(text, margin)


def _metadata(tree: Any, encoding: str) -> Metadata:
    said = {
        each.tagname: " ".join(each.astext().split())
        for info in tree.children
        if info.tagname == "docinfo"
        for each in info.children
    }
    found = parse_date(said["date"]) if said.get("date") else None
    title = tree.get("title")
    return Metadata(
        title=Mention(title) if title else None,
        sender=Mention(said["author"]) if said.get("author") else None,
        dates=(StatedDate(said["date"], found.edtf, "metadata"),) if found else (),
        encoding=encoding,
    )


@dataclass(slots=True)
class _Writer:
    out: Prose
    _notes: list[tuple[str, Any]] = field(default_factory=list)
    """Id and element of the notes, in the order in which they stand."""
    _level: int = 1

    def parts(self, parent: Any) -> None:
        """Write the blocks of *parent*."""
        for child in parent.children:
            self._part(child, child.tagname)

    def notes(self) -> None:
        """Write the notes, each with the label that it is shown with."""
        for key, note in self._notes:
            label = next((c.astext() for c in note.children if c.tagname == "label"), "")
            self.out.note(key, label)
            paragraphs = [c for c in note.children if c.tagname not in _BESIDE]
            for number, paragraph in enumerate(paragraphs):
                if number:
                    self.out.line()
                self._inline(paragraph)

    def _part(self, element: Any, name: str) -> None:
        if name in _NOTHING:
            return
        if name == "section":
            self._level += 1
            self.parts(element)
            self._level -= 1
        elif name in ("title", "subtitle", "rubric"):
            deeper = name != "title" or element.parent.tagname != "document"
            level = self._level if name == "title" else self._level + 1
            self._block(element, BlockKind.HEADING, level=level if deeper else 1)
        elif name in ("footnote", "citation"):
            self._notes.append((element["ids"][0], element))
        elif name == "docinfo":
            for each in element.children:
                self._write_field(each)
        elif name == "system_message":
            self._unknown(element)
        elif name in _BLOCKS:
            self._block(element, BlockKind.PARAGRAPH)
        elif name in ("bullet_list", "enumerated_list"):
            self._list(element, name)
        elif name in ("literal_block", "doctest_block", "math_block"):
            self.out.open()
            self.out.verbatim(element.astext())
            self.out.end()
        elif name == "line_block":
            self.out.open()
            self._lines(element)
            self.out.end()
        elif name == "definition_list_item":
            self.parts(element)
        elif name == "row":
            self._row(element)
        elif hasattr(element, "children"):
            self.parts(element)

    def _write_field(self, element: Any) -> None:
        """A field at the head of the document, such as its author."""
        name, words = element.tagname.capitalize(), element.astext()
        if element.tagname == "field":
            name, words = (each.astext() for each in element.children[:2])
        self.out.open()
        self.out.words(f"{name}: {words}")
        self.out.end()

    def _unknown(self, message: Any) -> None:
        """What stands in a directive that is not known; the library's own words are none."""
        for block in message.children:
            if block.tagname == "literal_block":
                _, _, written = block.astext().partition("\n")
                for paragraph in re.split(r"\n[ \t]*\n", _OPTION.sub("", written)):
                    if paragraph.strip():
                        self.out.open()
                        self.out.words(paragraph)
                        self.out.end()

    def _block(self, element: Any, kind: BlockKind, *, level: int | None = None) -> None:
        self.out.open(kind, level=level)
        self._inline(element)
        self.out.end()

    def _list(self, element: Any, name: str) -> None:
        start = int(element.get("start", 1))
        for number, item in enumerate(element.children, start):
            label = f"{number}" if name == "enumerated_list" else ""
            fresh = True
            for child in item.children:
                if child.tagname == "paragraph":
                    sign = (f"{label}. " if label else "• ") if fresh else ""
                    kind = BlockKind.LIST_ITEM
                    self.out.open(kind, label=label if fresh and label else None, sign=sign)
                    self._inline(child)
                    self.out.end()
                    fresh = False
                else:
                    self._part(child, child.tagname)

    def _lines(self, element: Any) -> None:
        for child in element.children:
            if child.tagname == "line_block":
                self._lines(child)
            else:
                self._inline(child)
                self.out.line()

    def _row(self, row: Any) -> None:
        rows = list(row.parent.parent.findall(lambda each: each.tagname == "row"))
        self.out.open(gap="\n\n" if row is rows[0] else "\n")
        for place, entry in enumerate(row.children):
            self.out.cell(1 if place else 0)
            words = [each for each in entry.children if each.tagname not in _BESIDE]
            for number, paragraph in enumerate(words):
                self.out.words(" " if number else "")
                self._inline(paragraph)
        self.out.end()

    def _inline(self, element: Any) -> None:
        for child in element.children:
            name = child.tagname
            if name == "#text":
                self.out.words(child.astext())
            elif name in ("footnote_reference", "citation_reference") and child.get("refid"):
                self.out.mark(child["refid"], child.astext())
            elif name not in _NOTHING and name != "system_message":
                self._inline(child)


_BLOCKS: frozenset[str] = frozenset(
    ("paragraph", "term", "attribution", "caption", "field_name", "classifier", "compound")
)
