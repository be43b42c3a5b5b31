"""Markup: the blocks of (X)HTML pages as a reading text, with the notes that they link to.

For pages that are a document's own, those of an EPUB or an HTML message; what a web page has
around its text is no matter here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.html_tables import find_covered, is_table_of_words, own_rows
from docproc.formats.numerals import numeral, parse_whole
from docproc.formats.tables import Covered
from docproc.formats.white_space import collapse
from docproc.formats.xml import local_name, text_of, xpath
from docproc.records import BlockKind
from docproc.text.patterns import compile_on_use

_SKIPPED = frozenset(
    (
        "head",
        "script",
        "style",
        "template",
        "nav",
        "svg",
        "iframe",
        "object",
        "noscript",
        "annotation",
        "annotation-xml",
    )
)
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre",
        "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_QUOTED = frozenset(("blockquote", "q"))
_WHITE = compile_on_use(r"[ \t\r\n\f]+")
_MARK = compile_on_use(r"[\[(]?(\d{1,4}|[a-z]|\*{1,4}|[†‡§¶]{1,3})[\])]?", re.IGNORECASE)
_BACK = compile_on_use(r"\W*(?:[↩↑↵⏎⤴⬆^][\ufe0e\ufe0f]?|back|zurück|retour)\W*", re.IGNORECASE)
"""The words of a link that leads from a note to its mark."""
_LINKED = "descendant-or-self::*[@id or self::a[@name or @href]]"
"""What links, or what a link may lead to."""
EDIT_LINK = "mw-editsection"
"""The class of what a wiki puts beside its headings."""
_TYPE = "{http://www.idpf.org/2007/ops}type"

Key = tuple[str, str]
"""A page's name and an element's id in it."""


def _is_for_the_screen(element: Any, name: str) -> bool:
    """Whether *element* only helps to move about: a link back from a note, a wiki's ``[edit]``."""
    if name == "span":
        return EDIT_LINK in (element.get("class") or "").split()
    if name != "a" or "#" not in (element.get("href") or ""):
        return False
    backlink = "backlink" in f"{element.get('role')} {element.get(_TYPE)} {element.get('class')}"
    words = text_of(element)
    return len(words) < 12 and bool(
        _BACK.fullmatch(words) or (backlink and not words[:1].isalpha())
    )


def parse_page(data: bytes | str) -> Any:
    """The root element of a page, read as forgivingly as browsers read HTML."""
    from lxml import etree

    encoding: str | None = "utf-8"
    if isinstance(data, bytes):
        opening = data[:200].lstrip(b"\xef\xbb\xbf").lstrip()
        if not opening.startswith(b"<?xml") or b"encoding" in opening:
            encoding = None
    else:
        data = data.encode("utf-8", "replace")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding=encoding)
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"its markup cannot be read: {error}") from None
    if root is None:
        raise SourceError("its markup cannot be read: Document is empty")
    return root


@dataclass(slots=True)
class Markup:
    """Writes pages to ``composer``; the notes are those that ``find_notes`` found."""

    composer: Composer
    marks: Mapping[Any, tuple[Key, str]] = field(default_factory=dict)
    """The links that are marks of notes, with the label that each prints."""
    notes: Mapping[Any, tuple[Key, str]] = field(default_factory=dict)
    """The elements that are notes."""
    _space: bool = False
    _in_note: bool = False
    _in_cell: bool = False
    _labelled: bool = False
    """Whether of the point that is open only the number or bullet is written."""
    _numbers: dict[Any, int] = field(default_factory=dict)
    """Of the points of numbered lists."""

    def write(self, root: Any) -> None:
        """Write one page."""
        self.composer.begin()
        self._space = False
        self._element(root)

    def _element(self, element: Any) -> None:
        name = _name(element)
        if name in _SKIPPED or not name or _is_for_the_screen(element, name):
            return
        if element in self.notes and not self._in_note:
            self._note(element)
        elif element in self.marks:
            key, label = self.marks[element]
            self._pending()
            self.composer.mark(key, label)
        elif name == "br" and self._in_cell:
            self._space = True
        elif name == "br":
            self.composer.write("\n")
            self._space = False
        elif name in _QUOTED:
            self._quote(element, name)
        elif name in _BLOCKS:
            self._block(element, name)
        elif name == "rt" and not _has_brackets(element):
            self._text("(")
            self._inside(element)
            self._text(")")
        else:
            self._inside(element)

    def _inside(self, element: Any) -> None:
        self._text(element.text)
        for child in element:
            self._element(child)
            self._text(child.tail)

    def _quote(self, element: Any, name: str) -> None:
        start = self.composer.at
        if name in _BLOCKS:
            self._block(element, name)
        else:
            self._inside(element)
        self.composer.quote(start)

    def _block(self, element: Any, name: str) -> None:
        if name == "table" and not self._in_cell and is_table_of_words(element):
            self._table(element)
            return
        self._part()
        if self._in_note or self._in_cell:
            pass
        elif name[0] == "h" and name[1:].isdigit():
            self.composer.begin(BlockKind.HEADING, level=int(name[1]))
        elif name == "li":
            label = self._label(element)
            plain = re.sub(r"\W", "", label) or None
            self.composer.begin(BlockKind.LIST_ITEM, label=plain)
            self.composer.write(f"{label} ")
            self._labelled = True
        self._inside(element)
        self._labelled = False
        self._part()

    def _table(self, table: Any) -> None:
        """A table of words: a row is a line, its cells parted by tabs, the empty ones too."""
        covered = find_covered(table)
        for caption in table.iterchildren("caption"):
            self._block(caption, "caption")
        gap = "\n\n"
        for row in own_rows(table):
            if not text_of(row).strip():
                continue
            if self._in_note:
                self.composer.break_line()
            else:
                self.composer.begin(BlockKind.PARAGRAPH, gap=gap)
            gap = "\n"
            self._row(row, covered)
        self._part()

    def _row(self, row: Any, covered: Covered) -> None:
        for place, cell in enumerate(row.iterchildren("td", "th")):
            if cell in self.notes and not self._in_note:
                self._element(cell)
                continue
            self.composer.cell(covered.before.get(cell, 0) + bool(place))
            self._space, self._in_cell = False, True
            if text_of(cell).strip():  # a space that does not break stands for nothing
                self._inside(cell)
            self._in_cell = False
        self.composer.cell(covered.at_end.get(row, 0))

    def _label(self, item: Any) -> str:
        """What a list prints before *item*: a bullet, or its number and a stop."""
        parent = item.getparent()
        if parent is None or _name(parent) != "ol":
            return "•"
        if item not in self._numbers:
            number = parse_whole(parent.get("start"), 1)
            for each in parent.iterchildren("li"):
                number = self._numbers[each] = parse_whole(each.get("value"), number)
                number += 1
        return numeral(self._numbers[item], parent.get("type") or "1") + "."

    def _note(self, element: Any) -> None:
        key, label = self.notes[element]
        words = _WHITE.sub(" ", "".join(element.itertext())).strip()
        own = _MARK.match(words)
        printed = own is not None and own[1] == label
        self.composer.note(key, label, numbered=not printed)
        outer, self._in_cell = self._in_cell, False
        self._in_note, self._space = True, False
        self._inside(element)
        self._in_note, self._in_cell = False, outer
        self._part()

    def _part(self) -> None:
        """What follows begins a block; within a note or a cell, a line or a word."""
        self._space = False
        if self._labelled:  # a point's first paragraph stands behind its number
            return
        if self._in_cell:
            self._space = True
        elif self._in_note:
            self.composer.break_line()
        else:
            self.composer.begin()

    def _pending(self) -> None:
        if self._space:
            self.composer.put(" ")
            self._space = False

    def _text(self, text: str | None) -> None:
        if not text:
            return
        words = collapse(text)
        if words != " ":
            self._space = self._space or words[0] == " "
            self._pending()
            self._labelled = False
            self.composer.put(words.strip(" "))
            self._space = words[-1] == " "
        else:
            self._space = True


def find_notes(
    pages: Sequence[tuple[str, Any]],
) -> tuple[dict[Any, tuple[Key, str]], dict[Any, tuple[Key, str]]]:
    """The marks and the notes of *pages*, each a name and a root.

    A mark is a link that says so (EPUB's ``noteref``), or one of a number or a sign alone to
    a place further on; a link back from a note is none.
    """
    places: dict[Key, tuple[int, Any]] = {}
    links: list[tuple[int, Any, Key]] = []
    linked = ((name, element) for name, root in pages for element in xpath(_LINKED)(root))
    for order, (name, element) in enumerate(linked):
        for given in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if given:
                places.setdefault((name, given), (order, element))
        href = element.get("href") if element.tag == "a" else None
        if href and "#" in href and "://" not in href:
            path, _, fragment = href.partition("#")
            base = posixpath.dirname(name)
            target = posixpath.normpath(posixpath.join(base, unquote(path))) if path else name
            links.append((order, element, (target, unquote(fragment))))
    marks: dict[Any, tuple[Key, str]] = {}
    notes: dict[Any, tuple[Key, str]] = {}
    for order, link, key in links:
        words = text_of(link).strip()
        label = _MARK.fullmatch(words)
        says = "noteref" in (link.get(_TYPE) or link.get("epub:type") or link.get("role") or "")
        if key not in places or not (label or (says and 0 < len(words) < 12)):
            continue
        at, target = places[key]
        note = _enclosing(target)
        if (at < order and not says) or note is None or any(e in notes for e in _up(link)):
            continue
        marks[link] = (key, label[1] if label else words)
        notes.setdefault(note, marks[link])
    return marks, notes


def _has_brackets(reading: Any) -> bool:
    """Whether brackets stand around how a word is read, for readers that cannot print it above."""
    return any(_name(each) == "rp" for each in reading.itersiblings(preceding=True))


def _enclosing(element: Any) -> Any:
    """The block that *element* is or stands in."""
    return next((e for e in _up(element) if _name(e) in _BLOCKS - {"body", "html", "tr"}), None)


def _up(element: Any) -> Iterator[Any]:
    while element is not None:
        yield element
        element = element.getparent()


def _name(element: Any) -> str:
    return _lower(element.tag)


@lru_cache(maxsize=512)
def _lower(tag: Any) -> str:
    return local_name(tag).lower()
