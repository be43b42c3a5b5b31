"""What a component of a finding aid says of itself: title, number, dates, containers, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docproc.formats.described import stated
from docproc.formats.xml import Element, local_name, words_of
from docproc.records import ArchivalReference, StatedDate

_COMPONENT = re.compile(r"c(?:\d\d)?")
_SCHEME = "finding aid"


@dataclass(frozen=True, slots=True)
class Holding:
    """The repository and the collection that components belong to, as far as they are named."""

    repository: str = ""
    collection: str = ""


def names_component(name: str) -> bool:
    """Whether elements called *name* are components, numbered (``c01``) or not (``c``)."""
    return name[:1] == "c" and _COMPONENT.fullmatch(name) is not None


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
    """The containers, outermost first: ``("box", "1")``."""

    def each(self, *names: str) -> Sequence[Element]:
        """What is said under *names*, one name after another."""
        return [element for name in names for element in self.said.get(name, ())]

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
        said.setdefault(local_name(each.tag), []).append(each)
    return Component(element, said, _containers(said.get("container", ())))


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
    repository = next(iter(archdesc.each("repository")), None)
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
    levels += component.containers
    known = [(level, value) for level, value in levels if value]
    if not known:
        return None
    contained = {level for level, _ in component.containers}
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
