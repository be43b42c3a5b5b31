"""The parser of EPUB 2 and 3: the chapters in the order of the spine, notes tied to their marks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.markup import Markup, find_notes, page_of
from docproc.formats.package import Package
from docproc.formats.sniffing import first_entry
from docproc.records import Document, Mention, Metadata, SourceFile, Unread

_CONTAINER = "META-INF/container.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_TOLD = ("creator", "publisher", "date", "identifier")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


class EpubParser:
    """Reads a book as one document, whose "pages" are its chapters."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By the type that stands uncompressed at the start of the file, or by suffix."""
        name, content = first_entry(head)
        if name == "mimetype" and content.startswith(b"application/epub+zip"):
            return 0.95
        if source.suffix == ".epub":
            return 0.8 if head.startswith(b"PK") else 0.3
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the book, and the chapters that are missing; raises ``SourceError``."""
        package = Package(data, self._limits)
        opf = _opf(package)
        root = package.xml(opf)
        pages: list[tuple[str, Any]] = []
        for name in _spine(root, opf):
            try:
                pages.append((name, page_of(package.read(name))))
            except SourceError as error:
                yield Unread(f"chapter {name}", str(error))
        marks, notes = find_notes(pages)
        composer = Composer()
        markup = Markup(composer, marks, notes)
        for _, page in pages:
            label = _title(page)
            composer.begin()
            if label:
                composer.page(label)
            markup.write(page)
        if composer.at:
            yield composer.document(source, metadata=_metadata(root))


def make(settings: Mapping[str, Any]) -> EpubParser:
    """The factory; there are no settings of its own."""
    return EpubParser(settings.get("limits") or Limits())


def _opf(package: Package) -> str:
    """The name of the part that describes the book."""
    for element in package.xml(_CONTAINER).iter("{*}rootfile"):
        name = element.get("full-path")
        if name and name in package:
            return str(name)
    raise SourceError("it does not say where its contents are described")


def _spine(root: Any, opf: str) -> Iterator[str]:
    """The pages, in the order in which they are read."""
    items = {item.get("id"): item for item in root.iter(_OPF + "item")}
    for reference in root.iter(_OPF + "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        href = unquote(item.get("href") or "")
        yield posixpath.normpath(posixpath.join(posixpath.dirname(opf), href))


def _title(page: Any) -> str:
    """What a reader calls the chapter: its first heading."""
    for element in page.iter("h1", "h2", "h3"):
        words = " ".join("".join(element.itertext()).split())
        if words:
            return f"“{words[:80]}”"
    return ""


def _metadata(root: Any) -> Metadata:
    title = " ".join((root.findtext(f".//{_DC}title") or "").split())
    language = (root.findtext(f".//{_DC}language") or "").strip().lower()
    other = []
    for name in _TOLD:
        for element in root.iter(_DC + name):
            value = " ".join((element.text or "").split())
            if value:
                other.append((f"book's {name}", value))
    return Metadata(
        title=Mention(title) if title else None,
        language=language[:2] if language[:2].isalpha() and len(language) > 1 else None,
        other=tuple(other),
    )
