"""The parser of ODT (OASIS Open Document 1.3): text, lists, tables, notes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.numerals import numeral
from docproc.formats.package import Package
from docproc.formats.sniffing import first_entry
from docproc.formats.white_space import collapsed
from docproc.formats.xml import local
from docproc.records import BlockKind, Document, Metadata, SourceFile, Span

_SUFFIXES = (".odt", ".ott", ".fodt")
_TYPE = b"application/vnd.oasis.opendocument.text"
_META = ("title", "creator", "initial-creator", "date", "creation-date", "subject")
_MOST_SPACES = 100
_NUMBER = re.compile(r"\d{1,6}")
_GONE = ("tracked-changes", "sequence-decls", "forms", "desc", "title", "script", "annotation-end")
"""What is not printed; ``tracked-changes`` holds the deletions."""


class OdtParser:
    """Reads the text documents of LibreOffice and its kin.

    As in DOCX, insertions that are tracked stand in the text and deletions do not.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the type that stands uncompressed at the start of the file, or by suffix."""
        name, content = first_entry(head)
        if name == "mimetype" and content.startswith(_TYPE):
            return 0.95
        if source.suffix in _SUFFIXES:
            return 0.8 if head.startswith(b"PK") else 0.3
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Yield the one document of *source*; raises ``SourceError`` where it is damaged."""
        package = Package(data, self._limits)
        if _encrypted(package):
            raise SourceError("it is encrypted; save it without a password")
        root = package.xml("content.xml")
        text = root.find(".//{*}body/{*}text")
        if text is None:
            raise SourceError("it has no text: it may be a table or a presentation")
        styles = package.xml("styles.xml") if "styles.xml" in package else None
        body = _Body(Composer(), _Lists.read(root, styles))
        body.blocks(text)
        body.notes()
        other = [*_properties(package)]
        changes = sum(1 for _ in root.iter("{*}changed-region"))
        other += [("tracked changes", str(changes))] if changes else []
        yield body.composer.document(source, metadata=Metadata(other=tuple(other)))


def make(settings: Mapping[str, Any]) -> OdtParser:
    """The factory; there are no settings of its own."""
    return OdtParser(settings.get("limits") or Limits())


@dataclass(slots=True)
class _Lists:
    """How each level of each list style is labelled: ``None`` for a bullet."""

    forms: dict[tuple[str, int], tuple[str, str, str, int] | None] = field(default_factory=dict)

    @classmethod
    def read(cls, *roots: Any) -> _Lists:
        found = cls()
        for style in (s for root in roots if root is not None for s in root.iter("{*}list-style")):
            for level in style:
                number = _whole(_get(level, "level"), 1)
                found.forms[_get(style, "name"), number] = (
                    (
                        _get(level, "num-prefix"),
                        _get(level, "num-format"),
                        _get(level, "num-suffix"),
                        _whole(_get(level, "start-value"), 1),
                    )
                    if local(level) == "list-level-style-number"
                    else None
                )
        return found

    def label(self, style: str, level: int, count: int) -> str:
        """What is printed before a point; nothing where the style is not known."""
        if (style, level) not in self.forms:
            return ""
        form = self.forms[style, level]
        if form is None:
            return "•"
        prefix, shape, suffix, start = form
        return f"{prefix}{numeral(start + count, shape)}{suffix}" if shape else ""


@dataclass(slots=True)
class _Body:
    composer: Composer
    lists: _Lists
    _waiting: list[tuple[str, str, Any]] = field(default_factory=list)
    """Kind, label and element of the notes, in the order of their marks."""
    _ranges: dict[str, int] = field(default_factory=dict)
    _comments: int = 0

    def blocks(self, parent: Any) -> None:
        for element in parent:
            name = local(element)
            if name == "h":
                level = _whole(_get(element, "outline-level"), 1)
                self.composer.begin(BlockKind.HEADING, level=level)
                self.inline(element)
            elif name == "p":
                self.composer.begin()
                self.inline(element)
            elif name == "list":
                self._list(element, _get(element, "style-name"), 1)
            elif name == "table":
                self._table(element)
            elif name not in _GONE and name and not _hidden(element, name):
                self.blocks(element)

    def inline(self, element: Any) -> None:
        if element.text:
            self.composer.put(collapsed(element.text))
        for child in element:
            name = local(child)
            if name == "s":
                self.composer.write(" " * min(_whole(_get(child, "c"), 1), _MOST_SPACES))
            elif name == "tab":
                self.composer.write("\t")
            elif name == "line-break":
                self.composer.write("\n")
            elif name == "note":
                self._note(child)
            elif name == "annotation":
                self._annotation(child)
            elif name == "annotation-end":
                self._annotated(_get(child, "name"))
            elif name == "text-box":
                self.composer.begin()
                self.blocks(child)
                self.composer.begin()
            elif name not in _GONE and name and not _hidden(child, name):
                self.inline(child)
            if child.tail:
                self.composer.put(collapsed(child.tail))

    def notes(self) -> None:
        """Write the notes: footnotes, then endnotes, then comments."""
        for kind in ("footnote", "endnote", "comment"):
            for number, (own, label, element) in enumerate(self._waiting):
                if own != kind:
                    continue
                self.composer.note(number, label, numbered=kind != "comment")
                author = (element.findtext("{*}creator") or "").strip()
                self.composer.write(f"{author}: " if author and kind == "comment" else "")
                for place, paragraph in enumerate(_paragraphs(element)):
                    if place:
                        self.composer.break_line()
                    self.inline(paragraph)

    def _note(self, element: Any) -> None:
        citation, body = element.find("{*}note-citation"), element.find("{*}note-body")
        if body is None:
            return
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        kind = "endnote" if _get(element, "note-class") == "endnote" else "footnote"
        self.composer.mark(len(self._waiting), label or "*")
        self._waiting.append((kind, label or "*", body))

    def _annotation(self, element: Any) -> None:
        self._comments += 1
        if _get(element, "name"):
            self._ranges[_get(element, "name")] = len(self._waiting)
            self._ranges["at " + _get(element, "name")] = self.composer.at
        self._waiting.append(("comment", f"comment {self._comments}", element))

    def _annotated(self, name: str) -> None:
        if name in self._ranges:
            span = Span(self._ranges["at " + name], self.composer.at)
            self.composer.anchor(self._ranges[name], span)

    def _list(self, element: Any, style: str, level: int) -> None:
        count = 0
        for item in element:
            fresh = local(item) == "list-item"
            for child in item:
                name = local(child)
                if name == "list":
                    self._list(child, _get(child, "style-name") or style, level + 1)
                elif name == "h":
                    self.blocks([child])
                elif name == "p" and fresh:
                    label = self.lists.label(style, level, count)
                    plain = re.sub(r"\W", "", label) or None
                    self.composer.begin(BlockKind.LIST_ITEM, label=plain)
                    self.composer.write(f"{label} " if label else "")
                    self.inline(child)
                    fresh = False
                elif name == "p":
                    self.composer.begin(BlockKind.LIST_ITEM)
                    self.inline(child)
            count += local(item) == "list-item"

    def _table(self, table: Any) -> None:
        """A row is a line, its cells parted by tabs; a table of one column is no table."""
        rows = [[c for c in row if local(c) == "table-cell"] for row in _rows(table)]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for cell in cells:
                    self.blocks(cell)
            return
        for number, cells in enumerate(rows):
            self.composer.begin(BlockKind.PARAGRAPH, gap="\n" if number else "\n\n")
            for place, cell in enumerate(cells):
                if place:
                    self.composer.write("\t")
                for count, paragraph in enumerate(_paragraphs(cell)):
                    if count:
                        self.composer.write(" ")
                    self.inline(paragraph)


def _rows(parent: Any) -> Iterator[Any]:
    """The rows of a table, out of what groups them; not those of tables within its cells."""
    for child in parent:
        name = local(child)
        if name == "table-row":
            yield child
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _paragraphs(parent: Any) -> Iterator[Any]:
    """The paragraphs of a cell or a note; what stands within one is left to it."""
    for child in parent:
        name = local(child)
        if name in ("p", "h"):
            yield child
        elif name and not _hidden(child, name):
            yield from _paragraphs(child)


def _hidden(element: Any, name: str) -> bool:
    """Whether *element* is a section or words that are hidden, as it was when it was saved."""
    if name == "section":
        return _get(element, "display") == "none"
    return name.startswith("hidden-") and _get(element, "is-hidden") == "true"


def _encrypted(package: Package) -> bool:
    if "META-INF/manifest.xml" not in package:
        return False
    manifest = package.read("META-INF/manifest.xml")
    return b"encryption-data" in manifest


def _properties(package: Package) -> Iterable[tuple[str, str]]:
    if "meta.xml" in package:
        for element in package.xml("meta.xml").iter():
            value = " ".join((element.text or "").split())
            if value and local(element) in _META:
                yield f"file's {local(element).replace('-', ' ')}", value


def _get(element: Any, name: str) -> str:
    """The attribute *name*, of whichever of the format's namespaces."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _whole(value: str, default: int) -> int:
    return int(value) if _NUMBER.fullmatch(value) else default
