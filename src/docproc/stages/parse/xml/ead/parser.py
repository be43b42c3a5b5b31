"""The parser of EAD 2002 and EAD3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass, quick_maker
from docproc.errors import SourceError
from docproc.formats.described import PATH
from docproc.formats.sniffing import root_of
from docproc.formats.xml import Element, local, local_name, parse_xml, part_words, words_of, xpath
from docproc.records import Collection, Document, Mention, Metadata, SourceFile, Unread
from docproc.stages.parse.xml.ead.description import (
    Component,
    Holding,
    children,
    correspondents_of,
    dates_of,
    describe_component,
    first,
    holding_of,
    inherit_containers,
    reference_of,
)
from docproc.stages.parse.xml.ead.text import Description, plain_text
from docproc.text.words import count_phrase

_FAMILY = ("surname", "family", "last", "nachname", "nom", "cognome", "apellido")
"""How the part of a name that is the family's is called."""
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
        whole = describe_component(archdesc)
        holding = holding_of(whole)
        members: set[str] = set()
        found = False
        for component, path, member in _components(whole):
            name = member if member not in members else f"{member} at {len(members)}"
            document = _document(source, name, component, path, holding, aid)
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


def _components(whole: Component) -> Iterator[tuple[Component, tuple[str, ...], str]]:
    """*whole* and all components below it, in order, with the titles down to each."""
    path: tuple[str, ...] = (whole.title,)
    yield whole, path, ""
    waiting = _below(whole, path, "")
    while waiting:
        element, above, member, outer = waiting.pop()
        component = inherit_containers(describe_component(element), outer)
        path = (*above, component.title)
        yield component, path, member
        if component.below:
            waiting += _below(component, path, f"{member}.")


def _below(
    component: Component, path: tuple[str, ...], before: str
) -> list[tuple[Element, tuple[str, ...], str, Component]]:
    """The components right below *component*, the last first."""
    numbered = enumerate(component.below, 1)
    return [(each, path, f"{before}{number}", component) for number, each in numbered][::-1]


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
) -> Document:
    plain = plain_text(component)
    reference = reference_of(component, holding)
    element = component.element
    sender, recipient = "", ""
    if plain is None or "origination" in component.said:
        sender, recipient = correspondents_of(component)
    other = (
        ("level", element.get("otherlevel") or element.get("level")),
        ("unit", component.number),
        ("extent", _extent(component)),
        ("id", element.get("id")),
    )
    metadata = _make_metadata(
        _mention_of(PATH.join(filter(None, path))),
        _mention_of(sender),
        _mention_of(recipient),
        dates=dates_of(component),
        collection=aid,
        other=tuple([each for each in other if each[1]]),
    )
    references = (reference,) if reference else ()
    if plain is not None:
        return _make_document(source, plain[0], member, plain[1], metadata, references)
    text = Description()
    text.component(component)
    return text.document(source, member=member, metadata=metadata, references=references)


_make_document, _make_metadata = quick_maker(Document), quick_maker(Metadata)


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
