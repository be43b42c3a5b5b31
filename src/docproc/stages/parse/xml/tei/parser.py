"""The parser of TEI P5: which documents a file holds, each with its header and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, parse_xml, part_words
from docproc.records import BlockKind, Document, Person, SourceFile, Span, Unread
from docproc.stages.parse.xml.tei.doubts import check_title_roles
from docproc.stages.parse.xml.tei.header import PARTS_OF_NAMES, Header
from docproc.stages.parse.xml.tei.including import (
    INCLUDE,
    find_missing_parts,
    insert_files,
    names_in,
)
from docproc.stages.parse.xml.tei.index import letters_without_text
from docproc.stages.parse.xml.tei.marks import NoteMarks, marks_in
from docproc.stages.parse.xml.tei.names import XML_ID, Keys, offices_in, register_of
from docproc.stages.parse.xml.tei.readings import settle_spans
from docproc.stages.parse.xml.tei.units import ROOTS, Unit, units
from docproc.stages.parse.xml.tei.ways import body_of

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_PARTS = (
    *("text", "front", "body", "back", "group", "div", "div1", "div2", "p", "lg", "list", "table"),
    *("listPerson", "listPlace", "listOrg", "listBibl", "noteGrp", "floatingText"),
    *("surface", "surfaceGrp", "sourceDoc"),
)
"""The outermost elements of files that others include."""
_ENTRIES = ("{*}person", "{*}personGrp", "{*}org", "{*}place")


@dataclass(frozen=True, slots=True)
class TeiParser:
    """Reads TEI P5: a document an edition, or a letter where an edition holds many."""

    limits: Limits

    def confidence(self, _: SourceFile, head: bytes) -> float:
        """By the outermost element, whatever the file is called."""
        root = root_of(head)
        if root is None:
            return 0.0
        return 0.95 if root.name in ROOTS or _is_part(root.name, root.namespaces) else 0.0

    def names_beside(self, data: bytes) -> Sequence[str]:
        """The files that the text includes."""
        return names_in(data)

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the documents of *source*.  Raises ``SourceError``."""
        return self.parse_beside(source, data, {})

    def parse_beside(
        self, source: SourceFile, data: bytes, beside: Mapping[str, bytes]
    ) -> Iterable[Document | Unread]:
        """Yield the documents of *source*, with the files *beside* where it includes them."""
        xml = parse_xml(data, self.limits, damaged=True)
        root = xml.root
        unread = insert_files(root, beside, self.limits) if beside else []
        if local(root) not in ROOTS:
            if not _is_part(local(root), [str(root.tag)[1:].partition("}")[0]]):
                raise SourceError(f"this is XML, but not TEI: its outermost element is {root.tag}")
            root = _as_whole(root)
        if next(root.iter("{*}delSpan"), None) is not None:
            settle_spans(root)
        if next(root.iter("{*}surname"), None) is not None:
            part_words(root, *PARTS_OF_NAMES)
        keys, register = _read_registers(root, source)
        members: dict[str, int] = {}
        for document in _documents(source, root, keys):
            if _has_words(document):
                own = register if not members else ()
                member = _find_unused(document.member, members)
                if own or member != document.member:
                    document = replace(document, member=member, persons=own)
                yield document
        if not members:
            raise SourceError("it is TEI without a text: there is only a header")
        yield from (*xml.unread, *unread)
        if beside or (next(root.iter(INCLUDE), None) is not None and names_in(data)):
            yield from find_missing_parts(root)


def make(settings: Mapping[str, Any]) -> TeiParser:
    """The factory; there are no settings."""
    return TeiParser(settings.get("limits", Limits()))


def _is_part(name: str, namespaces: Sequence[str]) -> bool:
    """Whether a file whose outermost element is called *name* is a part of a TEI text."""
    return name in _PARTS and NAMESPACE in namespaces


def _as_whole(part: Element) -> Element:
    """A file of TEI with *part*, which others include, as its text."""
    root: Element = part.makeelement(f"{{{NAMESPACE}}}TEI", nsmap=part.nsmap)
    above = root
    for name in () if local(part) == "text" else ("text", "body"):
        if name == local(part) or (name == "body" and local(part) in ("front", "back", "group")):
            break
        above.append(part.makeelement(f"{{{NAMESPACE}}}{name}"))
        above = above[-1]
    above.append(part)
    return root


def _read_registers(root: Element, source: SourceFile) -> tuple[Keys, tuple[Person, ...]]:
    """What the ids of the file's own registers mean, and the registers."""
    own = [each.get(XML_ID) for each in root.iter(*_ENTRIES)]
    own += [each.get(XML_ID) for item in root.iter("{*}item") for each in item[:1]]
    own = list(filter(None, own))
    if not own:
        return Keys(source.path), ()
    keys = Keys(source.path, frozenset(own))
    keys = replace(keys, offices=offices_in(root, keys))
    return keys, register_of(root, keys)


def _documents(source: SourceFile, root: Element, keys: Keys) -> Iterator[Document]:
    """Those with a text; where there is none, the letters and the register that a header has."""
    marks = marks_in(root)
    written = 0
    for unit in units(root, Header(), keys):
        document = _document(source, unit, marks)
        written += _has_words(document)
        yield document
    if not written:
        yield from letters_without_text(source, root, keys)


def _has_words(document: Document) -> bool:
    return document.text != "" and not document.text.isspace()


def _document(source: SourceFile, unit: Unit, marks: NoteMarks) -> Document:
    body = body_of(marks, unit.without.union(marks.places), unit.pages, unit.element)
    for element in (unit.element, *unit.notes):
        body.element(element)
    about = unit.header.metadata
    document = body.document(
        source,
        member=unit.member,
        metadata=replace(about, kind=body.kind) if body.kind and not about.kind else about,
        references=(*body.references, *unit.header.references)
        if unit.head is not None or not unit.header.references
        else (*unit.header.references, *body.references),
        witness=unit.header.witness,
    )
    document = _place(document)
    # a head that is the title gives the roles as well: there is nothing to differ
    return document if unit.head is not None else check_title_roles(document)


def _place(document: Document) -> Document:
    """*document*, its title and its dates with their places in the text, where they stand in it."""
    about = document.metadata
    title, dates = about.title, about.dates
    if title is not None:
        heads = (b.span for b in document.blocks if b.kind is BlockKind.HEADING)
        if span := _find(document.text, title.text, heads):
            title = replace(title, text=span.of(document.text), span=span)
    if dates and dates[0].place in ("dateline", "heading"):
        kind = BlockKind.DATELINE if dates[0].place == "dateline" else BlockKind.HEADING
        lines = (b.span for b in document.blocks if b.kind is kind)
        if span := _find(document.text, dates[0].printed, lines):
            dates = (replace(dates[0], printed=span.of(document.text), span=span), *dates[1:])
    if title is about.title and dates is about.dates:
        return document
    return replace(document, metadata=replace(about, title=title, dates=dates))


def _find(text: str, words: str, spans: Iterable[Span]) -> Span | None:
    """Where *words* stand in one of *spans*, whatever white space is between them there."""
    for span in spans:
        at = text.find(words, span.start, span.end)
        if at >= 0:
            return Span(at, at + len(words))
        flat = text[span.start : span.end].replace("\n", " ").replace("\t", " ")
        at = flat.find(words)
        if at >= 0:
            return Span(span.start + at, span.start + at + len(words))
    return None


def _find_unused(member: str, taken: dict[str, int]) -> str:
    """*member*, or with a number behind it; *taken* says which number each has come to."""
    name, number = member, taken.get(member, 1)
    while name in taken:
        number += 1
        name = f"{member} ({number})".strip()
    taken[name] = 1
    taken[member] = number
    return name
