"""What a component of a finding aid says of itself: title, number, dates, containers, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docproc.formats.described import stated
from docproc.formats.xml import Element, local, words_of
from docproc.records import ArchivalReference, StatedDate

_COMPONENT = re.compile(r"c(?:\d\d)?")
_SCHEME = "finding aid"


@dataclass(frozen=True, slots=True)
class Holding:
    """The repository and the collection that components belong to, as far as they are named."""

    repository: str = ""
    collection: str = ""


def is_component(element: Element) -> bool:
    """Whether *element* is a component, numbered (``c01``) or not (``c``)."""
    name = local(element)
    return name.startswith("c") and bool(_COMPONENT.fullmatch(name))


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of *element* that are called one of *names*."""
    for each in element if element is not None else ():
        if local(each) in names:
            yield each


def first(element: Element | None, *names: str) -> str:
    """The words of the first child called one of *names*."""
    return words_of(next(children(element, *names), None))


@dataclass(frozen=True, slots=True)
class Component:
    """A component, or the collection itself, with what its ``did`` says, in order, by name."""

    element: Element
    said: Mapping[str, Sequence[Element]]

    def each(self, *names: str) -> Iterator[Element]:
        """What is said under *names*, one name after another."""
        for name in names:
            yield from self.said.get(name, ())

    def first(self, name: str) -> str:
        """The words of what is said first under *name*."""
        found = self.said.get(name)
        return words_of(found[0]) if found else ""

    @property
    def title(self) -> str:
        """Its title, or else its date or its number."""
        return self.first("unittitle") or self.first("unitdate") or self.first("unitid")


def described(element: Element) -> Component:
    """The component that *element* is."""
    said: dict[str, list[Element]] = {}
    for each in next(children(element, "did"), ()):
        said.setdefault(local(each), []).append(each)
    return Component(element, said)


def dates_of(component: Component) -> tuple[StatedDate, ...]:
    """The dates of *component*; those that the calendar does not know are left out."""
    found: list[StatedDate | None] = []
    for date in component.each("unitdate"):
        start, _, end = (date.get("normal") or "").partition("/")
        found.append(stated(words_of(date), start or None, end or None))
    for structured in component.each("unitdatestructured"):
        for span in structured.iter("{*}daterange", "{*}datesingle"):
            ends = [each.get("standarddate") for each in (span, *span)]
            known = [end for end in ends if end]
            printed = "–".join(words_of(each) for each in span) or words_of(span)
            found.append(stated(printed, *known[:1], *known[-1:]))
    return tuple(dict.fromkeys(date for date in found if date))


def holding_of(archdesc: Component) -> Holding:
    """The repository and the collection that *archdesc* describes."""
    repository = next(archdesc.each("repository"), None)
    name = first(repository, "corpname", "name", "famname", "persname") or words_of(repository)
    return Holding(name, archdesc.first("unitid") or archdesc.first("unittitle"))


def reference_of(component: Component, holding: Holding) -> ArchivalReference | None:
    """The reference that repository, collection, number and containers make."""
    numbers = component.each("unitid")
    number = next((n for n in numbers if n.get("audience") != "internal"), None)
    levels = [("repository", holding.repository), ("collection", holding.collection)]
    own = words_of(number)
    if own and own != holding.collection:
        levels.append(("unit", own))
    containers = containers_of(component)
    levels += containers
    known = [(level, value) for level, value in levels if value]
    if not known:
        return None
    contained = {level for level, _ in containers}
    printed = ", ".join(
        f"{level.capitalize()} {value}" if level in contained else value for level, value in known
    )
    return ArchivalReference(printed, _SCHEME, tuple(known))


def containers_of(component: Component) -> Sequence[tuple[str, str]]:
    """The containers of *component*, outermost first: ``("box", "1")``."""
    found = []
    for container in component.each("container"):
        kind = container.get("type") or container.get("localtype") or container.get("label")
        value = words_of(container)
        if value:
            found.append(((kind or "container").casefold(), value))
    return found
