"""The parser of EAD 2002 and EAD3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.described import PATH
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, local_name, parse_xml, part_words, words_of, xpath
from docproc.records import Collection, Document, Mention, Metadata, SourceFile, Unread
from docproc.stages.ead.description import (
    Component,
    Holding,
    children,
    correspondents_of,
    dates_of,
    describe_component,
    first,
    holding_of,
    lying_in,
    names_component,
    reference_of,
)
from docproc.stages.ead.text import Description, plain_text
from docproc.text.words import count_phrase

_FAMILY = ("surname", "family", "last", "nachname", "nom", "cognome", "apellido")
"""How the part of a name that is the family's is called."""
_LISTS = ("dsc", "dscgrp")
"""What holds the components of a collection, or lists of them."""
_WHOLE = ("archdesc", "eadheader", "control", "filedesc", "titlestmt", "did")
"""What there would be no finding aid without."""
_EXTENTS = ("physdesc", "physdescset", "physdescstructured")
_VALUES = tuple(
    f"{{*}}{name}"
    for name in (
        *("part", "quantity", "unittype", "physdescstructured", "extent", "dimensions"),
        *("physfacet", "fromdate", "todate", "datesingle", "daterange"),
    )
)
"""Elements that hold a value of its own, in a list of such."""


@dataclass(frozen=True, slots=True)
class EadParser:
    """Reads finding aids: the collection is a document, and so is each component of it."""

    limits: Limits

    def confidence(self, _: SourceFile, head: bytes) -> float:
        """By the outermost element, whatever the file is called."""
        root = root_of(head)
        return 0.95 if root and root.name == "ead" else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the documents of *source*.  Raises ``SourceError``."""
        xml = parse_xml(data, self.limits, damaged=True)
        _part_names(xml.root)
        part_words(xml.root, *_VALUES)
        internal = _without_internal(xml.root) if b"internal" in data else 0
        archdesc = next(children(xml.root, "archdesc"), None)
        if local(xml.root) != "ead" or archdesc is None:
            raise SourceError("this is XML, but not a finding aid: it describes nothing (archdesc)")
        aid = _finding_aid(xml.root)
        holding = holding_of(describe_component(archdesc))
        marked = b"role=" in data or b"relator=" in data
        members: set[str] = set()
        found = False
        for component, path, member in _components(archdesc, (), ""):
            name = member if member not in members else f"{member} at {len(members)}"
            document = _document(source, name, component, path, holding, aid, marked)
            if document.text.strip():
                found = True
                members.add(name)
                yield document
        if not found:
            raise SourceError("it is a finding aid that describes nothing")
        if internal:
            yield Unread(
                count_phrase(internal, "part"), "left out: for the archive's own staff (audience)"
            )
        yield from xml.unread


def make(settings: Mapping[str, Any]) -> EadParser:
    """The factory; there are no settings."""
    return EadParser(settings.get("limits", Limits()))


def _components(
    element: Element, above: tuple[str, ...], member: str, lies_in: Component | None = None
) -> Iterator[tuple[Component, tuple[str, ...], str]]:
    """*element* and all components below it, in order, with the titles down to each."""
    component = describe_component(element)
    if lies_in:
        component = lying_in(component, lies_in)
    path = (*above, component.title)
    yield component, path, member
    for number, each in enumerate(_below(element), 1):
        place = f"{member}.{number}" if member else str(number)
        yield from _components(each, path, place, component)


def _below(element: Element) -> Iterator[Element]:
    """The components right below *element*, some of them in lists, or lists within lists."""
    for each in element:
        name = local_name(each.tag)
        if names_component(name):
            yield each
        elif name in _LISTS:
            yield from _below(each)


def _part_names(root: Element) -> None:
    """Let a comma stand behind the family name that opens a name of EAD3, as catalogues set it."""
    for name in root.iter("{*}persname"):
        parts = list(name.iterchildren("{*}part"))
        kind = (parts[0].get("localtype") or "").casefold() if len(parts) > 1 else ""
        if kind.startswith(_FAMILY) and parts[0].text:
            parts[0].text = parts[0].text.rstrip(" ,") + ","


def _without_internal(root: Element) -> int:
    """Take out of *root* what is for the archive's own staff; how many parts with words."""
    count = 0
    for each in xpath("//*[@audience='internal']")(root):
        above = each.getparent()
        if above is None or local_name(each.tag) in _WHOLE:
            continue
        count += bool(words_of(each))
        if each.tail:
            before = each.getprevious()
            if before is None:
                above.text = (above.text or "") + each.tail
            else:
                before.tail = (before.tail or "") + each.tail
        above.remove(each)
    return count


def _document(
    source: SourceFile,
    member: str,
    component: Component,
    path: tuple[str, ...],
    holding: Holding,
    aid: Collection | None,
    marked: bool,
) -> Document:
    plain = plain_text(component)
    reference = reference_of(component, holding)
    element = component.element
    sender, recipient = "", ""
    if marked or "origination" in component.said:
        sender, recipient = correspondents_of(component)
    other = (
        ("level", element.get("otherlevel") or element.get("level")),
        ("unit", component.number),
        ("extent", _extent(component)),
        ("id", element.get("id")),
    )
    metadata = Metadata(
        title=_mention_of(PATH.join(filter(None, path))),
        sender=_mention_of(sender),
        recipient=_mention_of(recipient),
        dates=dates_of(component),
        collection=aid,
        other=tuple([(name, value) for name, value in other if value]),
    )
    references = (reference,) if reference else ()
    if plain is not None:
        return Document(source, plain[0], member, plain[1], metadata, references)
    text = Description()
    text.component(component)
    return text.document(source, member=member, metadata=metadata, references=references)


def _mention_of(words: str) -> Mention | None:
    return Mention(words) if words else None


def _extent(component: Component) -> str:
    said = component.said
    return "; ".join(words_of(each) for name in _EXTENTS if name in said for each in said[name])


def _finding_aid(root: Element) -> Collection | None:
    """The finding aid itself: its title and its authors."""
    for header in children(root, "eadheader", "control"):
        for file in children(header, "filedesc"):
            for statement in children(file, "titlestmt"):
                title = first(statement, "titleproper")
                authors = tuple(filter(None, map(words_of, children(statement, "author"))))
                if title:
                    return Collection(title, authors)
    return None
