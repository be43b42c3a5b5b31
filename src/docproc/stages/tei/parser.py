"""The parser of TEI P5: which documents a file holds, each with its header and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.described import mention
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, lies_in, local, parse_xml, words_of
from docproc.records import Document, Metadata, SourceFile, Unread
from docproc.stages.tei.body import XML_ID, Body, Marks, marks_in
from docproc.stages.tei.header import Header, corresponded, dated, read_header

NAMESPACE = "http://www.tei-c.org/ns/1.0"

_ROOTS = ("TEI", "teiCorpus", "TEI.2")
_MAIN = ("letter", "brief", "lettre", "lettera", "dispatch", "despatch", "письмо")
_LETTERS = (
    *("letter", "document", "telegram", "dispatch", "decree", "minutes", "memorandum", "protocol"),
    *("brief", "dokument", "lettre", "lettera", "dispaccio", "carta", "письмо", "документ"),
    *("enclosure", "attachment", "diaryEntry", "entry", "charter", "despatch", "note_verbale"),
)
"""Values of ``@type`` that make a division a document of its own, where there are several."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One document: its element, its header, and the documents within it that are their own."""

    element: Element
    header: Header
    member: str = ""
    without: frozenset[Element] = frozenset()
    notes: tuple[Element, ...] = ()
    """Notes to it that stand elsewhere."""


@dataclass(frozen=True, slots=True)
class TeiParser:
    """Reads TEI P5: a document an edition, or a letter where an edition holds many."""

    limits: Limits

    def confidence(self, _: SourceFile, head: bytes) -> float:
        """By the outermost element, whatever the file is called."""
        root = root_of(head)
        return 0.95 if root and root.name in _ROOTS else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the documents of *source*.  Raises ``SourceError``."""
        xml = parse_xml(data, self.limits)
        if local(xml.root) not in _ROOTS:
            raise SourceError(f"this is XML, but no TEI: its outermost element is {xml.root.tag}")
        marks = marks_in(xml.root)
        members: dict[str, int] = {}
        for unit in _units(xml.root, Header()):
            document = _document(source, unit, marks)
            if document.text.strip():
                yield replace(document, member=_unused(unit.member, members))
        if not members:
            raise SourceError("it is TEI without a text: there is only a header")
        for name in xml.outside:
            yield Unread(f"entity {name}", "it is kept outside the file, and is not fetched")


def make(settings: Mapping[str, Any]) -> TeiParser:
    """The factory; there are no settings."""
    return TeiParser(settings.get("limits", Limits()))


def _units(tei: Element, outer: Header) -> Iterator[_Unit]:
    header = read_header(tei).under(outer)
    inner = [each for each in tei if local(each) in _ROOTS]
    for number, each in enumerate(inner, 1):
        for unit in _units(each, header):
            name = each.get(XML_ID) or each.get("n") or f"TEI {number}"
            yield replace(unit, member=f"{name}/{unit.member}" if unit.member else name)
    for text in (each for each in tei if local(each) in ("text", "sourceDoc")):
        yield from _texts(text, header, tei)


def _texts(text: Element, header: Header, tei: Element) -> Iterator[_Unit]:
    """The documents of a ``text``: those of its group, its letters, or itself."""
    grouped = [
        each
        for each in text.iter("{*}text")
        if each is not text and local(each.getparent()) == "group"
    ]
    if grouped:
        yield from _several(text, grouped, header, tei)
        return
    letters = _letters(text)
    if len(letters) > 1:
        yield from _several(text, letters, header, tei)
    else:
        own = letters[0] if letters else text
        yield _Unit(text, _with_own_date(header, own))


def _several(text: Element, parts: list[Element], header: Header, tei: Element) -> Iterator[_Unit]:
    """What stands outside *parts*, if anything, and each of *parts*.

    What a part's own ``correspDesc`` does not say it does not take from the header's, unless
    it is the only letter, with others enclosed.
    """
    outermost = _outermost(parts)
    notes = _notes_of(text, outermost)
    described = {
        target.removeprefix("#"): each
        for each in tei.iter("{*}correspDesc")
        for target in (each.get("corresp") or each.get("target") or "").split()
    }
    elsewhere = frozenset(outermost).union(*notes.values())
    yield _Unit(text, header, "", elsewhere)
    letters = [part for part in outermost if _type(part) in _MAIN]
    for number, part in enumerate(outermost, 1):
        own = part.get(XML_ID, "")
        member = own or part.get("n") or f"{part.get('type') or 'text'} {number}"
        description = described.get(own) if own else None
        if description is None:
            description = next(iter(part.iter("{*}correspDesc")), None)
        about = header if [part] == letters and not described else _shared(header)
        if description is not None:
            about = replace(about, metadata=_told(about.metadata, corresponded(description)))
        if about is not header:
            head = next((words_of(e) for e in part.iter("{*}head", "{*}titlePart")), None)
            title = mention(head) or about.metadata.title
            about = replace(about, metadata=replace(about.metadata, title=title))
        yield _Unit(part, _with_own_date(about, part), member, notes=tuple(notes.get(part, ())))


def _shared(header: Header) -> Header:
    """What *header* says of all documents below it."""
    metadata = replace(header.metadata, sender=None, recipient=None, dates=(), place=None)
    return replace(header, metadata=metadata)


def _told(metadata: Metadata, said: Metadata) -> Metadata:
    return replace(
        metadata,
        sender=said.sender,
        recipient=said.recipient,
        place=said.place,
        dates=said.dates,
    )


def _notes_of(text: Element, parts: list[Element]) -> dict[Element, list[Element]]:
    """The notes that stand outside all *parts*, under the first that points to each."""
    within = {each for part in parts for each in part.iter("{*}note")}
    apart = {
        each.get(XML_ID): each
        for each in text.iter("{*}note")
        if each.get(XML_ID) and each not in within
    }
    found: dict[Element, list[Element]] = {}
    for part in parts:
        for mark in part.iter("{*}ptr", "{*}ref"):
            note = apart.pop(mark.get("target", "").removeprefix("#"), None)
            if note is not None:
                found.setdefault(part, []).append(note)
    return found


def _letters(text: Element) -> list[Element]:
    """The outermost divisions that are documents by their type."""
    found = [each for each in text.iter("{*}div", "{*}div1", "{*}div2") if _is_letter(each)]
    return _outermost(found)


def _outermost(elements: list[Element]) -> list[Element]:
    """Those of *elements* that lie in none of the others."""
    known = set(elements)
    return [each for each in elements if not lies_in(each, known)]


def _is_letter(division: Element) -> bool:
    return _type(division) in _LETTERS


def _type(division: Element) -> str:
    return str(division.get("type", "")).casefold()


def _with_own_date(header: Header, element: Element) -> Header:
    """*header*, with the date of the text's own dateline where it states none."""
    if header.metadata.dates:
        return header
    for place in element.iter("{*}dateline", "{*}opener"):
        for date in place.iter("{*}date"):
            stated = dated(date, "dateline")
            if stated:
                return replace(header, metadata=replace(header.metadata, dates=(stated,)))
    return header


def _document(source: SourceFile, unit: _Unit, marks: Marks) -> Document:
    body = Body(marks, without=unit.without)
    for element in (unit.element, *unit.notes):
        body.element(element)
    return body.document(
        source,
        metadata=unit.header.metadata,
        references=unit.header.references,
        witness=unit.header.witness,
    )


def _unused(member: str, taken: dict[str, int]) -> str:
    """*member*, or with a number behind it; *taken* says which number each has come to."""
    name, number = member, taken.get(member, 1)
    while name in taken:
        number += 1
        name = f"{member} ({number})".strip()
    taken[name] = 1
    taken[member] = number
    return name
