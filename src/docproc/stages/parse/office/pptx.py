"""The parser of PPTX: the slides in their order, titles, lists, tables, and the speaker's notes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.attached import OBJECT
from docproc.formats.composer import Composer
from docproc.formats.drawn import write_drawn
from docproc.formats.package import Package
from docproc.formats.sniffing import first_entry
from docproc.formats.tables import write_row
from docproc.formats.xml import local
from docproc.records import BlockKind, Child, Document, Metadata, SourceFile, Unread

_SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx")
_OWN = ("[Content_Types].xml", "_rels/", "ppt/", "docProps/")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = ("title", "ctrTitle")
_MARGINS = ("sldNum", "ftr", "dt", "hdr")
"""Placeholders of what stands on every slide."""
_IN_LINE = {f"{_A}br": "\n", f"{_A}tab": "\t"}


class PptxParser:
    """Reads PowerPoint's files since 2007; a slide is a page."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix and the signature of a zip file, or by the name of its main part."""
        if source.suffix in _SUFFIXES:
            return 0.9 if head.startswith(b"PK") else 0.3
        own = first_entry(head)[0].startswith(_OWN)
        return 0.85 if own and b"ppt/presentation.xml" in head else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` where it is damaged."""
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise SourceError(
                "it is encrypted, or an older .ppt; save it as PPTX without a password"
            )
        package = Package(data, self._limits)
        main = next((target for kind, _, target in _relations(package, "") if _is(kind)), "")
        if main not in package:
            raise SourceError("it holds no presentation")
        composer = Composer()
        told: dict[str, Child | Unread] = {}
        slides = {key: target for _, key, target in _relations(package, main)}
        order = [each.get(f"{_R}id") or "" for each in package.xml(main).iter(f"{_P}sldId")]
        for number, key in enumerate(order, 1):
            if slides.get(key, "") in package:
                composer.begin()
                composer.page(f"slide {number}", number)
                before = composer.at
                _slide(composer, package, slides[key], told)
                if composer.at == before and b"<p:pic" in package.read(slides[key]):
                    told[key] = Unread(f"slide {number}", "it has pictures and no text")
        if not composer.at and not any(isinstance(each, Child) for each in told.values()):
            raise SourceError("its slides have no text")
        if composer.at:
            yield composer.document(source, metadata=Metadata(other=tuple(_properties(package))))
        yield from told.values()


def make(settings: Mapping[str, Any]) -> PptxParser:
    """The factory; there are no settings of its own."""
    return PptxParser(settings.get("limits") or Limits())


def _is(kind: str) -> bool:
    return kind.endswith("/officeDocument")


def _relations(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Kind, id and target of each relation of *part* to another part."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", name + ".rels")
    if path not in package:
        return
    for each in package.xml(path):
        if each.get("TargetMode") != "External":
            target = posixpath.join("/", folder, each.get("Target") or "")
            yield each.get("Type") or "", each.get("Id") or "", posixpath.normpath(target)[1:]


def _slide(
    composer: Composer, package: Package, name: str, told: dict[str, Child | Unread]
) -> None:
    """A slide: its title, its other words, diagrams and charts, the notes under it, remarks.

    What is embedded in it is *told*: files to be read in their turn, and objects.
    """
    shapes = list(_shapes(package.xml(name)))
    for shape, kind in sorted(shapes, key=lambda each: each[1] not in _TITLES):
        _shape(composer, shape, kind)
    for relation, _, target in _relations(package, name):
        if target not in package:
            continue
        if relation.endswith(("/diagramData", "/chart")):
            write_drawn(composer, package.xml(target))
        elif relation.endswith("/package"):
            told[target] = Child(posixpath.basename(target), package.read(target))
        elif relation.endswith("/oleObject"):
            told[target] = Unread(posixpath.basename(target), OBJECT)
        elif relation.endswith("/comments"):
            for each in package.xml(target).iter("{*}text", f"{_A}p"):
                words = each.text or _words(each)
                composer.begin(BlockKind.PARAGRAPH)
                composer.write(words)
        elif relation.endswith("/notesSlide"):
            for shape, kind in _shapes(package.xml(target)):
                if kind == "body":
                    _shape(composer, shape, kind)


def _shapes(root: Any) -> Iterator[tuple[Any, str]]:
    """The shapes and tables of a slide, in their order, out of groups; with their placeholders."""
    for element in root.iter(f"{_P}sp", f"{_P}graphicFrame"):
        if next(element.iterancestors(_FALLBACK), None) is not None:
            continue
        holder = next(element.iter(f"{_P}ph"), None)
        yield element, (holder.get("type") or "obj") if holder is not None else ""


def _shape(composer: Composer, shape: Any, kind: str) -> None:
    table = next(shape.iter(f"{_A}tbl"), None)
    if table is not None:
        _table(composer, table)
        return
    for paragraph in shape.iter(f"{_A}p"):
        if kind in _TITLES:
            _paragraph(composer, paragraph, BlockKind.HEADING, level=1)
        elif kind in _MARGINS:
            if any(map(str.isalpha, _words(paragraph))):
                _paragraph(composer, paragraph, BlockKind.FURNITURE)
        else:
            _paragraph(composer, paragraph, BlockKind.PARAGRAPH)


def _paragraph(
    composer: Composer, paragraph: Any, kind: BlockKind | None, *, level: int | None = None
) -> None:
    words = _words(paragraph)
    if words.strip():
        composer.begin(kind, level=level)
        composer.write(words)


def _table(composer: Composer, table: Any) -> None:
    """A row is a line, its cells parted by tabs; what a wide or tall cell covers is empty."""
    gap = "\n\n"
    for row in table.iter(f"{_A}tr"):
        cells = [cell for cell in row.iterchildren(f"{_A}tc") if cell.get("hMerge") != "1"]
        gap = write_row(composer, [" ".join(_words(cell).split()) for cell in cells], gap)


def _words(element: Any) -> str:
    found: list[str] = []
    for each in element.iter():
        if each.tag == f"{_A}p" and found:
            found.append(" ")
        if each.tag in _IN_LINE:
            found.append(_IN_LINE[each.tag])
        elif local(each) == "t":
            found.append(each.text or "")
    return "".join(found)


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    if "docProps/core.xml" in package:
        for element in package.xml("docProps/core.xml"):
            value = " ".join((element.text or "").split())
            if value and local(element) in ("title", "creator", "subject", "created", "modified"):
                yield f"file's {local(element)}", value
