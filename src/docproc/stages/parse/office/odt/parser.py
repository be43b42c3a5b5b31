"""ODT and flat ODT to a document: text, lists, tables, notes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.package import Package, odf_properties, parse_part
from docproc.formats.sniffing import first_entry, root_of
from docproc.formats.xml import local, parse_xml
from docproc.records import Document, Metadata, SourceFile, Unread
from docproc.stages.parse.office.odt.body import OdtBody
from docproc.stages.parse.office.odt.elements import get, quoting
from docproc.stages.parse.office.odt.lists import Lists
from docproc.stages.parse.office.odt.margins import OdtMargins

_SUFFIXES = (".odt", ".ott", ".odm", ".fodt")
_TYPE = b"application/vnd.oasis.opendocument.text"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The roots of a text document's parts, which in a flat one are all the same."""

    content: Any
    styles: Any = None
    meta: Any = None
    unread: tuple[Unread, ...] = ()


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
        if not head.startswith(b"PK") and _TYPE in head:
            root = root_of(head)
            if root and root.name == "document" and _OFFICE in root.namespaces:
                return 0.95
        if source.suffix in _SUFFIXES:
            return 0.8 if head.startswith(b"PK") or source.suffix == ".fodt" else 0.3
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` where it is damaged."""
        parts = _unpack(data, self._limits) if _is_packed(data) else _flat(data, self._limits)
        root = parts.content
        text = root.find(".//{*}body/{*}text")
        if text is None:
            raise SourceError("it has no text: it may be a table or a presentation")
        body = OdtBody(Composer(), Lists.read(root, parts.styles), quoting(root, parts.styles))
        margins = OdtMargins.read(text, root, parts.styles)
        margins.letterhead(body)
        body.blocks(text)
        body.notes()
        margins.running(body)
        other = [*odf_properties(parts.meta)]
        changes = sum(1 for _ in root.iter("{*}changed-region"))
        other += [("tracked changes", str(changes))] if changes else []
        yield body.composer.document(source, metadata=Metadata(other=tuple(other)))
        yield from parts.unread


def make(settings: Mapping[str, Any]) -> OdtParser:
    """The factory; there are no settings of its own."""
    return OdtParser(settings.get("limits") or Limits())


def _is_packed(data: bytes) -> bool:
    return not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _unpack(data: bytes, limits: Limits) -> _Parts:
    package = Package(data, limits)
    if _encrypted(package):
        raise SourceError("it is encrypted; save it without a password")
    content = package.xml("content.xml")
    return _Parts(
        content,
        package.xml("styles.xml") if "styles.xml" in package else None,
        package.xml("meta.xml") if "meta.xml" in package else None,
        tuple(_take_objects(content, package)),
    )


_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE[^<>\[\]]*>")
"""As OpenOffice wrote it before formulas, which names a file and declares nothing."""


def _take_objects(content: Any, package: Package) -> Iterator[Unread]:
    """Put the formulas that lie in *package* beside *content* into it; tell other objects."""
    for each in content.iter("{*}object"):
        name = get(each, "href").removeprefix("./")
        if f"{name}/content.xml" in package:
            data = _DOCUMENT_TYPE.sub(b"", package.read(f"{name}/content.xml"), 1)
            inner = parse_part(data, f"{name}/content.xml")
            if local(inner) == "math":
                each.append(inner)
            else:
                yield Unread(name, "a table, chart or drawing within it: save it as a file apart")


def _flat(data: bytes, limits: Limits) -> _Parts:
    root = parse_xml(data, limits).root
    return _Parts(root, None, root.find("{*}meta"))


def _encrypted(package: Package) -> bool:
    if "META-INF/manifest.xml" not in package:
        return False
    manifest = package.read("META-INF/manifest.xml")
    return b"encryption-data" in manifest
