"""The parser of ODP and flat ODP: the slides in their order, titles first, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.numerals import parse_whole
from docproc.formats.package import Package, odf_properties
from docproc.formats.sniffing import first_entry, root_of
from docproc.formats.tables import write_row
from docproc.formats.white_space import collapse
from docproc.formats.xml import Element, local, parse_xml
from docproc.records import BlockKind, Document, Metadata, SourceFile

_TYPE = b"application/vnd.oasis.opendocument.presentation"
_SUFFIXES = (".odp", ".otp", ".fodp")
_CLASS = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}class"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_COUNT = f"{_TEXT}c"
_REPEATED = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}number-columns-repeated"
_MARGINS = ("header", "footer", "date-time", "page-number")
_MOST = 1_000
"""Cells that one repeats; a row that goes on to the edge of the sheet is empty there."""


class OdpParser:
    """Reads the presentations of LibreOffice and its kin; a slide is a page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the type that stands uncompressed at the start of the file, or by suffix."""
        name, content = first_entry(head)
        if name == "mimetype" and content.startswith(_TYPE):
            return 0.95
        if not head.startswith(b"PK") and _TYPE in head:
            root = root_of(head)
            return 0.95 if root and root.name == "document" else 0.0
        if source.suffix in _SUFFIXES:
            return 0.8 if head.startswith(b"PK") or source.suffix == ".fodp" else 0.3
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Yield the one document of *source*; raises ``SourceError`` where it is damaged."""
        content, meta = self._unpack(data)
        show = content.find(".//{*}body/{*}presentation")
        if show is None:
            raise SourceError("it is not a presentation: it may be a text or a table")
        composer = Composer()
        for number, page in enumerate(show.iterchildren("{*}page"), 1):
            composer.begin()
            composer.page(f"slide {number}", number)
            _slide(composer, page)
        if not composer.at:
            raise SourceError("its slides have no text")
        yield composer.document(source, metadata=Metadata(other=tuple(odf_properties(meta))))

    def _unpack(self, data: bytes) -> tuple[Element, Element | None]:
        """The roots of the contents and of what describes them."""
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            root = parse_xml(data, self._limits).root
            return root, root.find("{*}meta")
        package = Package(data, self._limits)
        manifest = "META-INF/manifest.xml"
        if manifest in package and b"encryption-data" in package.read(manifest):
            raise SourceError("it is encrypted; save it without a password")
        meta = package.xml("meta.xml") if "meta.xml" in package else None
        return package.xml("content.xml"), meta


def make(settings: Mapping[str, Any]) -> OdpParser:
    """The factory; there are no settings of its own."""
    return OdpParser(settings.get("limits") or Limits())


def _slide(composer: Composer, page: Element) -> None:
    """A slide: its title, its other words and tables in their order, the notes under it."""
    frames = list(_frames(page))
    for frame in sorted(frames, key=lambda each: each.get(_CLASS) not in ("title", "subtitle")):
        kind = frame.get(_CLASS) or ""
        title = kind == "title"
        block = BlockKind.FURNITURE if kind in _MARGINS else BlockKind.PARAGRAPH
        _words_of(composer, frame, BlockKind.HEADING if title else block, 1 if title else None)
    for notes in page.iterchildren("{*}notes"):
        for frame in _frames(notes):
            if frame.get(_CLASS) not in _MARGINS:
                _words_of(composer, frame, BlockKind.PARAGRAPH)


def _frames(element: Element) -> Iterator[Element]:
    """The shapes with words that lie in *element*, out of groups, without those of its notes."""
    for each in element:
        name = local(each)
        if name in ("g", "a"):
            yield from _frames(each)
        elif name not in ("notes", "forms", "par", ""):
            yield each


def _words_of(
    composer: Composer, frame: Element, kind: BlockKind, level: int | None = None
) -> None:
    """The paragraphs of *frame*, its points and its tables, in their order."""
    for each in frame:
        name = local(each)
        if name == "table":
            _table(composer, each)
        elif name in ("p", "h"):
            words = _line(each).strip()
            if words:
                composer.begin(kind, level=level)
                composer.write(words)
        elif name not in ("annotation", "desc", "title", ""):
            inner = BlockKind.LIST_ITEM if name == "list-item" else kind
            _words_of(composer, each, inner, level)


def _table(composer: Composer, table: Element) -> None:
    """A row is a line, its cells parted by tabs; what a wide or tall cell covers is empty."""
    gap = "\n\n"
    for row in table.iter("{*}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            words = " ".join(" ".join(_line(p) for p in cell.iter(f"{_TEXT}p")).split())
            cells += [words] * min(parse_whole(cell.get(_REPEATED), 1), _MOST)
        gap = write_row(composer, cells, gap)


def _line(paragraph: Element) -> str:
    found = [collapse(paragraph.text or "")]
    for each in paragraph:
        name = local(each)
        if name == "s":
            found.append(" " * min(parse_whole(each.get(_COUNT), 1), 100))
        elif name in ("tab", "line-break"):
            found.append("\t" if name == "tab" else "\n")
        elif name != "annotation":
            found.append(_line(each))
        found.append(collapse(each.tail or ""))
    return "".join(found)
