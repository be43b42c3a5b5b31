"""The TEI header: who wrote to whom, when and where, and where the original is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docproc.formats.described import mention, referred, stated
from docproc.formats.xml import Element, local, part_words, words_of
from docproc.records import (
    ArchivalReference,
    Collection,
    Metadata,
    StatedDate,
    Witness,
)
from docproc.references import find_witness

_NAMES = ("persName", "orgName", "name", "rs")
_PARTS_OF_NAMES = tuple(f"{{*}}{name}" for name in ("roleName", "forename", "surname", "addName"))
_PLACES = ("placeName", "settlement", "district", "region", "country")
_CODE = re.compile(r"[A-Za-z]{2}(?:-|$)")
_LEVELS = (
    ("country", "country"),
    ("settlement", "settlement"),
    ("institution", "institution"),
    ("repository", "repository"),
    ("collection", "collection"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says of the documents below it."""

    metadata: Metadata = Metadata()
    references: tuple[ArchivalReference, ...] = ()
    witness: Witness | None = None

    def under(self, outer: Header) -> Header:
        """The same, with what only *outer*, the header of the corpus, says."""
        return Header(
            replace(
                self.metadata, collection=self.metadata.collection or outer.metadata.collection
            ),
            self.references or outer.references,
            self.witness or outer.witness,
        )


def read_header(tei: Element) -> Header:
    """The header of one ``TEI`` or ``teiCorpus`` element."""
    header = child(tei, "teiHeader")
    if header is None:
        return Header()
    part_words(header, *_PARTS_OF_NAMES)
    description = next(iter(_below(header, "correspDesc")), None)
    who = corresponded(description) if description is not None else Metadata()
    titles = child(child(header, "fileDesc"), "titleStmt")
    created = child(child(header, "profileDesc"), "creation")
    own = dated(child(created, "date"))
    metadata = replace(
        who,
        title=mention(words_of(child(titles, "title"))),
        place=who.place or mention(words_of(_first(created, _PLACES))),
        dates=who.dates or ((own,) if own else ()),
        collection=_collection(header),
        language=_language(tei, header),
        other=tuple(_others(header, titles, description)),
    )
    return Header(metadata, tuple(_references(header)), _witness(header))


def corresponded(description: Element) -> Metadata:
    """Sender, recipient, place and dates of a ``correspDesc``."""
    sender = recipient = place = None
    dates: list[StatedDate] = []
    for action in _below(description, "correspAction"):
        names = mention("; ".join(words_of(name) for name in action if local(name) in _NAMES))
        kind = action.get("type", "sent")
        if kind == "sent":
            sender = sender or names
            place = place or mention(words_of(_first(action, _PLACES)))
            date = dated(child(action, "date"))
            dates += [date] if date else []
        elif kind == "received":
            recipient = recipient or names
    return Metadata(sender=sender, recipient=recipient, place=place, dates=tuple(dates))


def dated(element: Element | None, place: str = "metadata") -> StatedDate | None:
    """The date that a ``date`` element states."""
    if element is None:
        return None
    get = element.get
    first = get("when") or get("when-iso") or get("from") or get("notBefore")
    return stated(words_of(element), first, get("to") or get("notAfter"), place)


def child(element: Element | None, name: str) -> Element | None:
    """The first child called *name*."""
    if element is None:
        return None
    return next((each for each in element if local(each) == name), None)


def _below(element: Element | None, name: str) -> Iterator[Element]:
    if element is not None:
        yield from element.iter(f"{{*}}{name}")


def _first(element: Element | None, names: tuple[str, ...]) -> Element | None:
    return next((each for name in names if (each := child(element, name)) is not None), None)


def _references(header: Element) -> Iterator[ArchivalReference]:
    """The shelfmarks: each ``msIdentifier``, and the ``altIdentifier`` in it."""
    for identifier in _below(header, "msIdentifier"):
        numbers = [each for each in identifier if local(each) == "idno"]
        shelf = next((n for n in numbers if n.get("type") in ("shelf", "shelfmark")), None)
        levels = [(level, words_of(child(identifier, name))) for name, level in _LEVELS]
        levels += [(number.get("type") or "number", words_of(number)) for number in numbers]
        reference = referred(words_of(shelf), levels)
        if reference:
            yield reference
        for other in _below(identifier, "altIdentifier"):
            alternative = referred(words_of(child(other, "idno")), ())
            if alternative:
                yield alternative


def _witness(header: Element) -> Witness | None:
    for name in ("physDesc", "objectDesc"):
        for element in _below(header, name):
            printed = words_of(element)
            found = find_witness(printed)
            if found:
                return replace(found[0], printed=printed, span=None)
    return None


def _collection(header: Element) -> Collection | None:
    """The edition that printed it, or else the series; never the title of the document itself."""
    source = child(child(header, "fileDesc"), "sourceDesc")
    for level in ("m", "s"):
        for title in _below(source, "title"):
            if title.get("level") == level and words_of(title):
                parent = title.getparent()
                editors = tuple(words_of(e) for e in parent if local(e) == "editor")
                year = next((d.get("when") or words_of(d) for d in _below(parent, "date")), None)
                return Collection(words_of(title), editors, year=year or None)
    return None


def _language(tei: Element, header: Element) -> str | None:
    for language in _below(header, "language"):
        if _CODE.match(language.get("ident", "")):
            return str(language.get("ident"))[:2].lower()
    code = str(tei.get("{http://www.w3.org/XML/1998/namespace}lang", ""))
    return code[:2].lower() if _CODE.match(code) else None


def _others(
    header: Element, titles: Element | None, description: Element | None
) -> Iterator[tuple[str, str]]:
    """What has no field of its own: the author, the editors, the summary of the letter."""
    for name in ("author", "editor"):
        said = (
            "; ".join(words_of(e) for e in titles if local(e) == name) if titles is not None else ""
        )
        if said:
            yield name, said
    summary = words_of(child(description, "note"))
    if summary:
        yield "summary", summary
    for source in _below(header, "biblScope"):
        if words_of(source):
            yield source.get("unit", "extent"), words_of(source)
