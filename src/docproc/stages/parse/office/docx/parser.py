"""DOCX to a document: body, then footnotes, endnotes and comments, each tied to its mark."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.attached import OBJECT, AttachedNames
from docproc.formats.composer import Composer
from docproc.formats.drawn import write_drawn
from docproc.formats.markup import Markup, parse_page
from docproc.formats.package import Package
from docproc.formats.sniffing import first_entry
from docproc.records import Child, Document, Metadata, SourceFile, Unread
from docproc.stages.parse.office.docx.body import DocxBody, Mark
from docproc.stages.parse.office.docx.elements import goes_on
from docproc.stages.parse.office.docx.margins import DocxMargins
from docproc.stages.parse.office.docx.numbering import ListNumbering
from docproc.stages.parse.office.docx.parts import Parts, W, attribute
from docproc.stages.parse.office.docx.styles import Styles
from docproc.text.encoding.damage import MARK
from docproc.text.encoding.decoding import decode

_SUFFIXES = (".docx", ".docm", ".dotx")
_OWN = ("[Content_Types].xml", "_rels/", "word/", "docProps/", "customXml/")
"""What a file of Word begins with, and an archive that holds one does not."""
_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NUMBERED = {f"{W}{kind}Pr": kind for kind in ("footnote", "endnote")}
"""The properties that say how notes of a kind are numbered."""


class DocxParser:
    """Reads Word's files since 2007.

    Insertions that are tracked stand in the text, deletions do not: it is what the document
    says as it stands.  How many there are is in the metadata.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix and the signature of a zip file, or by the name of its main part."""
        if source.suffix in _SUFFIXES:
            return 0.9 if head.startswith(b"PK") else 0.3
        own = first_entry(head)[0].startswith(_OWN)
        return 0.85 if own and b"word/document.xml" in head else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Child | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` where it is damaged."""
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise SourceError("it is encrypted, or an older .doc; save it without a password")
        parts = Parts(Package(data, self._limits))
        root = parts.open()
        body = root.find(W + "body")
        if body is None:
            raise SourceError("its main part has no body")
        composer = Composer()
        others: list[tuple[str, bytes]] = []
        written = DocxBody(
            composer,
            Styles.of(parts),
            cache(lambda: ListNumbering.read(parts.read_related("numbering"))),
            cache(lambda: _forms(root, parts.read_related("settings", holding=b"numFmt"))),
            lambda key: _chunk(composer, parts.part(key), others),
            lambda key: _draw(composer, parts, key),
            boxed=next(root.iter(W + "txbxContent"), None) is not None,
        )
        margins = DocxMargins.read(body, parts)
        margins.letterhead(written)
        written.blocks(body)
        for kind in ("footnote", "endnote"):
            _notes(written, kind, parts.read_related(kind + "s"))
        _comments(written, parts.read_related("comments"))
        changed = tuple(
            (f"tracked {name}", str(count))
            for name, kinds in (
                ("insertions", ("ins", "moveTo")),
                ("deletions", ("del", "moveFrom")),
            )
            if (count := sum(written.changes.get(kind, 0) for kind in kinds))
        )
        margins.running(written)
        yield composer.document(source, metadata=Metadata(other=(*parts.properties(), *changed)))
        if written.unknown:
            count = written.unknown
            yield Unread(
                "its characters", f"marked with {MARK} where a symbol font is not known ({count})"
            )
        names = AttachedNames()
        others += [
            part
            for each in root.iter(_EMBEDDED)
            if (part := parts.part(each.get(_ID) or "")) is not None
        ]
        for number, (name, content) in enumerate(others, 1):
            if name.endswith(".bin"):
                yield Unread(posixpath.basename(name), OBJECT)
                continue
            yield Child(names.of(posixpath.basename(name), number), content)


def make(settings: Mapping[str, Any]) -> DocxParser:
    """The factory; there are no settings of its own."""
    return DocxParser(settings.get("limits") or Limits())


def _chunk(
    composer: Composer, part: tuple[str, bytes] | None, others: list[tuple[str, bytes]]
) -> None:
    """A document of another format that Word shows in this place (``w:altChunk``).

    Web pages and plain text are read there; any other is one of *others*, a file of its own.
    """
    if part is None:
        return
    name, data = part
    suffix = posixpath.splitext(name)[1].lower()
    composer.begin()
    if suffix in (".html", ".htm", ".xhtml"):
        Markup(composer).write(parse_page(data))
    elif suffix == ".txt" and data.strip():
        composer.write(decode(data).text.replace("\r\n", "\n"))
    else:
        others.append(part)
    composer.begin()


def _draw(composer: Composer, parts: Parts, key: str) -> None:
    part = parts.part(key)
    if part is not None:
        write_drawn(composer, parts.package.xml(part[0]))


def _forms(root: Any, settings: Any) -> dict[str, str]:
    """How footnotes and endnotes are numbered: Word's own way, unless something says other."""
    forms = {"footnote": "decimal", "endnote": "lowerRoman"}
    for place in (settings, root):
        if place is not None:
            for properties in place.iter(*_NUMBERED):
                kind = _NUMBERED[properties.tag]
                for found in properties.iterchildren(W + "numFmt"):
                    forms[kind] = attribute(found, "val", forms[kind])
    return forms


def _notes(body: DocxBody, kind: str, root: Any) -> None:
    """Write the notes of *kind*, in the order of their marks; unmarked ones after them."""
    if root is None:
        return
    notes = {
        attribute(note, "id"): note
        for note in root
        if attribute(note, "type", "normal") == "normal"
    }
    order = [mark for mark in body.marked if mark.kind == kind]
    marked = {mark.key for mark in order}
    order += [Mark(kind, key, "") for key in notes if key not in marked]
    written: set[str] = set()
    for mark in order:
        note = notes.get(mark.key)
        if note is None or mark.key in written:
            continue
        written.add(mark.key)
        body.composer.note((kind, mark.key), mark.label, numbered=mark.numbered)
        _paragraphs(body, note)


def _comments(body: DocxBody, root: Any) -> None:
    """Write the comments, each with its author's name before it, as Word shows them."""
    if root is None:
        return
    for number, comment in enumerate(root.iter(W + "comment"), 1):
        body.composer.note(
            ("comment", attribute(comment, "id")), f"comment {number}", numbered=False
        )
        author = attribute(comment, "author").strip()
        body.composer.write(f"{author}: " if author else "")
        _paragraphs(body, comment)


def _paragraphs(body: DocxBody, parent: Any) -> None:
    """The paragraphs of a note, line by line within one block."""
    joined = True
    for paragraph in parent.iter(W + "p"):
        if not joined:
            body.composer.write("\n")
        body.inline(paragraph)
        joined = goes_on(paragraph)
    body.boxes()
