"""What a component of a finding aid says of itself: title, number, dates, containers, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from docproc.dataclass_on_use import dataclass
from docproc.formats.described import make_date
from docproc.formats.xml import Element, local_name, text_of, words_of
from docproc.letters.roles import receives, sends
from docproc.records import ArchivalReference, StatedDate
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_COMPONENTS = frozenset(("c", *(f"c{number:02}" for number in range(100))))
_SCHEME = "finding aid"
_APART = ("subarea", "address")
_CIRCA = compile_on_use(r"\W*(?:c|ca|circa)(?:\.|\s)", re.IGNORECASE)
_INNER = word_set("folder folders file item items envelope document page pages leaf leaves sheet")
"""Containers that lie in others."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The repository and the collection that components belong to, as far as they are named."""

    repository: str = ""
    collection: str = ""
    departments: tuple[str, ...] = ()
    """Of the repository, the outermost first."""


_ADDRESS = compile_on_use(r"https?://|/\w+/\d+/|urn:|ark:/", re.IGNORECASE)
"""What programs write for a number: ``/repositories/6/archival_objects/594304``."""


def names_component(name: str) -> bool:
    """Whether elements called *name* are components, numbered (``c01``) or not (``c``)."""
    return name in _COMPONENTS


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of *element* that are called one of *names*."""
    for each in element if element is not None else ():
        if local_name(each.tag) in names:
            yield each


def first(element: Element | None, *names: str) -> str:
    """The words of the first child called one of *names*."""
    return words_of(next(children(element, *names), None))


@dataclass(frozen=True, slots=True)
class Component:
    """A component, or the collection itself, with what its ``did`` says, in order, by name."""

    element: Element
    said: Mapping[str, Sequence[Element]]
    containers: Sequence[tuple[str, str]]
    """The containers that its ``did`` names, outermost first: ``("box", "1")``."""
    within: Sequence[tuple[str, str]] = ()
    """The same, with those that it has from the components that it lies in."""
    number: str = ""
    """The first number that is for readers: no address of a record in some program."""
    title: str = ""
    """Its title, or else its date or its number."""

    def each(self, name: str) -> Sequence[Element]:
        """What is said under *name*."""
        return self.said.get(name, ())

    def first(self, name: str) -> str:
        """The words of what is said first under *name*."""
        found = self.said.get(name)
        return words_of(found[0]) if found else ""


def describe_component(element: Element) -> Component:
    """The component that *element* is."""
    said: dict[str, list[Element]] = {}
    for each in next(children(element, "did"), ()):
        said.setdefault(local_name(each.tag), []).append(each)
    for title in said.get("unittitle", ()):
        if len(title):
            _part_dates(title)
    containers = _containers(said.get("container", ()))
    number = _number(said.get("unitid", ()))
    titles = said.get("unittitle") or said.get("unitdate")
    title = words_of(titles[0]) if titles else number
    if not title:  # the one that there is has no words
        dates = said.get("unitdate")
        title = (words_of(dates[0]) if dates else "") or number
    return Component(element, said, containers, containers, number, title)


def _number(elements: Iterable[Element]) -> str:
    for each in elements:
        words = words_of(each)
        if words and each.get("audience") != "internal" and not _ADDRESS.match(words):
            return words
    return ""


def _part_dates(title: Element) -> None:
    """Let the dates within *title* stand apart from its words, as they are shown."""
    for date in title.iterchildren("{*}unitdate"):
        before = date.getprevious()
        text = title.text if before is None else before.tail
        if text and text[-1].isalnum() and text_of(date)[:1].isalnum():
            if before is None:
                title.text = f"{text} "
            else:
                before.tail = f"{text} "
        if date.tail and date.tail[0].isalnum():
            date.tail = f" {date.tail}"


def lying_in(component: Component, above: Component) -> Component:
    """*component* in the containers of what it lies in, as far as it does not name its own.

    A folder that names no box is in that of the components above it; a reel is in none.
    """
    if component.containers == component.within == above.within:
        return component
    own = [kind for kind, _ in component.containers]
    if own and own[0] not in _INNER:
        return component
    outer = takewhile(lambda each: each[0] not in own, above.within)
    return replace(component, within=(*outer, *component.containers))


def dates_of(component: Component) -> tuple[StatedDate, ...]:
    """The dates of *component*; those that the calendar does not know are left out."""
    found: list[StatedDate | None] = []
    dates = list(component.each("unitdate"))
    for title in component.each("unittitle"):
        if len(title):
            dates += title.iter("{*}unitdate")
    for date in dates:
        start, _, end = (date.get("normal") or "").partition("/")
        words = words_of(date).strip(" ,;")
        stated = make_date(words, start or None, end or None)
        found.append(_with_doubt(stated) if stated and ("?" in words or "c" in words) else stated)
    for structured in component.each("unitdatestructured"):
        for span in structured.iter("{*}daterange", "{*}datesingle"):
            ends = [each.get("standarddate") for each in (span, *span)]
            known = [end for end in ends if end]
            printed = "–".join(words_of(each) for each in span) or words_of(span)
            found.append(make_date(printed, *known[:1], *known[-1:]))
    known_dates = tuple(date for date in found if date is not None)
    return known_dates if len(known_dates) < 2 else tuple(dict.fromkeys(known_dates))


def _with_doubt(date: StatedDate) -> StatedDate:
    """*date*, of one day, month or year, with the doubt that what is printed throws on it."""
    printed, edtf = date.printed, date.edtf
    if "/" in edtf or edtf[-1] in "?~%]X":
        return date
    mark = "?" if "?" in printed else "~" if _CIRCA.match(printed) else ""
    return replace(date, edtf=edtf + mark) if mark else date


def correspondents_of(component: Component) -> tuple[str, str]:
    """Who sent and who received it, ``""`` where that is not said.

    That is said by the roles of names; the creator who has none sent it.
    """
    named: dict[bool, list[str]] = {True: [], False: []}
    titles = [title for title in component.each("unittitle") if len(title)]
    access = children(component.element, "controlaccess")
    for place in (*component.each("origination"), *titles, *access):
        for name in place.iter("{*}persname", "{*}corpname", "{*}famname", "{*}name"):
            role = name.get("role") or name.get("relator") or ""
            words = words_of(name)
            if sends(role) or receives(role):
                named[sends(role)].append(words)
    creator = next(filter(None, map(words_of, component.each("origination"))), "")
    sent, received = ("; ".join(dict.fromkeys(named[kind])) for kind in (True, False))
    return sent or ("" if creator == received else creator), received


def holding_of(archdesc: Component) -> Holding:
    """The repository and the collection that *archdesc* describes."""
    repository = next(iter(archdesc.each("repository")), None)
    collection = archdesc.number or archdesc.first("unittitle")
    if repository is None:
        return Holding("", collection)
    named = next(children(repository, "corpname", "name", "famname", "persname"), repository)
    parts = [_own_words(named), *map(words_of, repository.iter("{*}subarea"))]
    name, *departments = [part for part in parts if part] or [""]
    # some name the department in the archive's own name, and again beside it
    departments = [each for each in departments if not name.casefold().endswith(each.casefold())]
    return Holding(name, collection, tuple(departments))


def _own_words(element: Element) -> str:
    """The words of *element* without its departments and its address."""
    words = [element.text or ""]
    for each in element:
        if local_name(each.tag) not in _APART:
            words.append(text_of(each))
        words.append(each.tail or "")
    return " ".join("".join(words).split()).strip(",; ")


def reference_of(component: Component, holding: Holding) -> ArchivalReference | None:
    """The reference that repository, collection, number and containers make."""
    levels = [("repository", holding.repository)]
    levels += [("department", name) for name in holding.departments]
    levels.append(("collection", holding.collection))
    own = component.number
    if own and own != holding.collection:
        levels.append(("unit", own))
    levels += component.within
    known = [(level, value) for level, value in levels if value]
    if not known:
        return None
    contained = {level for level, _ in component.within}
    printed = [
        f"{level.capitalize()} {value}" if level in contained else value for level, value in known
    ]
    return ArchivalReference(", ".join(printed), _SCHEME, tuple(known))


def _containers(elements: Iterable[Element]) -> Sequence[tuple[str, str]]:
    found = []
    for container in elements:
        kind = container.get("type") or container.get("localtype") or container.get("label")
        value = words_of(container)
        if value:
            found.append(((kind or "container").casefold(), value))
    return found
