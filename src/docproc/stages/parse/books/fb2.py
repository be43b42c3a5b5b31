"""The parser of FictionBook (FB2): a book's sections, poems and notes, its notes tied to marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import partial
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.described import make_date, mention
from docproc.formats.flow import Flow
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, parse_xml, words_of
from docproc.records import BlockKind, Document, Metadata, SourceFile, Unread

_BLOCKS = ("p", "v", "text-author", "date", "td", "th")
_NOTES = ("notes", "comments", "footnotes")
_XLINK = "{http://www.w3.org/1999/xlink}href"


class FictionBookParser:
    """Reads a book as one document, whose "pages" are its chapters."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the outermost element, and else by the suffix."""
        root = root_of(head)
        if root is not None and root.name == "FictionBook":
            return 0.95
        return 0.3 if source.suffix == ".fb2" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError``."""
        found = parse_xml(data, self._limits, damaged=True)
        root = found.root
        if local(root) != "FictionBook":
            raise SourceError(f"this is XML, but not FictionBook: it begins with {root.tag}")
        book = _Book(Flow(), _notes_in(root))
        book.write(root)
        if not book.flow.out.at:
            raise SourceError("its book has no text")
        yield book.flow.out.document(source, metadata=_metadata(root))
        yield from found.unread


def make(settings: Mapping[str, Any]) -> FictionBookParser:
    """The factory; there are no settings of its own."""
    return FictionBookParser(settings.get("limits") or Limits())


def _notes_in(root: Element) -> dict[str, Element]:
    """The notes of the book by their ids."""
    bodies = (each for each in root.iterchildren("{*}body") if each.get("name") in _NOTES)
    sections = (section for body in bodies for section in body.iter("{*}section"))
    return {each.get("id"): each for each in sections if each.get("id")}


@dataclass(slots=True)
class _Book:
    flow: Flow
    notes: Mapping[str, Element]
    _level: int = 0
    _marked: dict[str, str] = field(default_factory=dict)
    """The notes that were marked, with their labels, in the order of their marks."""

    def write(self, root: Element) -> None:
        """Every body but the notes; then the notes, those without a mark last."""
        for body in root.iterchildren("{*}body"):
            if body.get("name") not in _NOTES:
                self._parts(body)
        for key, note in self.notes.items():
            label = words_of(note.find("{*}title")) or self._marked.get(key, "").strip("[](){} ")
            self.flow.note(key, label or key, partial(self._note, note))
        self.flow.settle()

    def _parts(self, parent: Element) -> None:
        self._level += 1
        for each in parent:
            self._part(each, local(each))
        self._level -= 1

    def _part(self, element: Element, name: str) -> None:
        if name == "title":
            self._title(element, BlockKind.HEADING)
        elif name == "subtitle":
            self._block(element, BlockKind.HEADING, self._level + 1)
        elif name in _BLOCKS:
            self._block(element, BlockKind.PARAGRAPH)
        elif name == "stanza":
            self._lines(element)
        elif name == "tr":
            self._row(element)
        elif name == "cite":
            start = self.flow.out.at
            self._parts(element)
            self.flow.out.quote(start)
        elif name not in ("", "image", "empty-line"):
            self._parts(element)

    def _title(self, title: Element, kind: BlockKind) -> None:
        """The paragraphs of a title are lines of one heading, which a page may be called by."""
        words = " ".join(filter(None, map(words_of, title.iterchildren("{*}p"))))
        if words and self._level > 1:
            self.flow.out.begin()
            self.flow.out.page(f"“{words[:80]}”")
        self._lines(title, kind)

    def _lines(self, element: Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        level = self._level if kind is BlockKind.HEADING else None
        self.flow.open(kind, level=level)
        for each in element.iter("{*}p", "{*}v", "{*}subtitle"):
            self.flow.line()
            self._words(each)
        self.flow.close()

    def _row(self, row: Element) -> None:
        self.flow.open(BlockKind.PARAGRAPH)
        for cell in row.iterchildren("{*}td", "{*}th"):
            self._words(cell)
            self.flow.cell()
        self.flow.end_row()
        self.flow.close()

    def _block(self, element: Element, kind: BlockKind, level: int | None = None) -> None:
        self.flow.open(kind, level=level)
        self._words(element)
        self.flow.close()

    def _words(self, element: Element) -> None:
        self.flow.text(element.text)
        for each in element:
            key = (each.get(_XLINK) or "").removeprefix("#") if local(each) == "a" else ""
            if key in self.notes:
                self._marked.setdefault(key, words_of(each))
                span = self.flow.spanning(partial(self._words, each))
                self.flow.out.anchor(key, span)
            else:
                self._words(each)
            self.flow.text(each.tail)

    def _note(self, note: Element) -> None:
        for each in note:
            if local(each) != "title":
                self.flow.line()
                self._words(each)


def _metadata(root: Element) -> Metadata:
    """What the description says: title, language, when it was written; authors as they are."""
    about = root.find("{*}description/{*}title-info")
    if about is None:
        return Metadata()
    date = about.find("{*}date")
    stated = make_date(words_of(date), date.get("value")) if date is not None else None
    language = words_of(about.find("{*}lang")).casefold()
    return Metadata(
        title=mention(words_of(about.find("{*}book-title"))),
        dates=(stated,) if stated else (),
        language=language[:2] if language[:2].isalpha() and len(language) > 1 else None,
        other=tuple(_others(about)),
    )


def _others(about: Element) -> Iterator[tuple[str, str]]:
    for name in ("author", "translator"):
        for person in about.iterchildren(f"{{*}}{name}"):
            parts = ("first-name", "middle-name", "last-name", "nickname")
            words = " ".join(filter(None, (words_of(person.find(f"{{*}}{p}")) for p in parts)))
            if words:
                yield f"book's {name}", words
    annotation = words_of(about.find("{*}annotation"))
    if annotation:
        yield "summary", annotation
