"""The parser of EPUB 2 and 3: the chapters in the order of the spine, notes tied to their marks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.licence import set_licence_apart
from docproc.formats.markup import Markup, find_notes, parse_page
from docproc.formats.package import Package
from docproc.formats.sniffing import first_entry
from docproc.formats.xml import words_of
from docproc.records import BlockKind, Document, Mention, Metadata, SourceFile, Unread

_CONTAINER = "META-INF/container.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_TOLD = ("creator", "publisher", "date", "identifier")
_SVG = "image/svg+xml"
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
        drawn: list[str] = []
        for name, media in _spine(root, opf):
            if media.startswith("image/") and media != _SVG:
                drawn.append(name)
                continue
            try:
                pages.append((name, parse_page(package.read(name))))
            except SourceError as error:
                yield Unread(f"chapter {name}", str(error))
        marks, notes = find_notes(pages)
        composer = Composer()
        markup = Markup(composer, marks, notes)
        for number, (name, page) in enumerate(pages):
            label, at = _title(page), composer.at
            composer.begin()
            if label:
                composer.page(label)
            markup.write(page)
            _drawings(composer, page)
            if (
                number
                and composer.at == at
                and next(page.iter("img", "image", "svg"), None) is not None
            ):
                drawn.append(name)  # the first is the cover
        if not composer.at:
            raise SourceError(
                "its chapters are images without text; recognize them (OCR), and put the result "
                "(PDF, hOCR) into the folder"
            )
        yield set_licence_apart(composer.document(source, metadata=_metadata(root)))
        if drawn:
            where = f"chapter {drawn[0]}" if len(drawn) == 1 else f"{len(drawn)} chapters"
            yield Unread(where, "no text, only images")


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


def _spine(root: Any, opf: str) -> Iterator[tuple[str, str]]:
    """The pages, in the order in which they are read, and what each is.

    For what is no page stands the page that the book names to fall back on, if it does.
    """
    items = {item.get("id"): item for item in root.iter(_OPF + "item")}
    for reference in root.iter(_OPF + "itemref"):
        first = item = items.get(reference.get("idref"))
        for _ in items:
            if item is None or item.get("media-type") in _PAGES:
                break
            item = items.get(item.get("fallback"))
        item = first if item is None else item
        if item is None:
            continue
        if "nav" in (item.get("properties") or "").split():
            continue
        href = unquote(item.get("href") or "")
        where = posixpath.normpath(posixpath.join(posixpath.dirname(opf), href))
        yield where, item.get("media-type") or ""


def _drawings(composer: Composer, page: Any) -> None:
    """Write the words in the drawings of *page*: the text of a page that is one, else apart."""
    drawings = list(page.iter("svg"))
    shown = words_of(next(page.iter("body"), page)) if drawings else ""
    for drawing in drawings:
        whole = shown == words_of(drawing)
        for each in drawing.iter("text"):
            if words := words_of(each):
                composer.begin(BlockKind.PARAGRAPH if whole else BlockKind.FURNITURE)
                composer.write(words)


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
