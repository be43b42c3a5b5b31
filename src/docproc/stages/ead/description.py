"""What a component of a finding aid says of itself: title, number, dates, containers, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docproc.formats.described import stated
from docproc.formats.xml import Element, local
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
    return bool(_COMPONENT.fullmatch(local(element)))


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of *element* that are called one of *names*."""
    if element is not None:
        yield from (each for each in element if local(each) in names)


def words_of(element: Element | None) -> str:
    """All words of *element*, its white space collapsed."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first(element: Element | None, *names: str) -> str:
    """The words of the first child called one of *names*."""
    return words_of(next(children(element, *names), None))


def description_of(component: Element) -> Element | None:
    """The ``did`` of *component*."""
    return next(children(component, "did"), None)


def title_of(component: Element) -> str:
    """The title of *component*, or else its date or its number."""
    did = description_of(component)
    return first(did, "unittitle") or first(did, "unitdate") or first(did, "unitid")


def dates_of(component: Element) -> tuple[StatedDate, ...]:
    """The dates of *component*; those that the calendar does not know are left out."""
    did = description_of(component)
    found: list[StatedDate | None] = []
    for date in children(did, "unitdate"):
        start, _, end = (date.get("normal") or "").partition("/")
        found.append(stated(words_of(date), start or None, end or None))
    for structured in children(did, "unitdatestructured"):
        for span in structured.iter("{*}daterange", "{*}datesingle"):
            ends = [each.get("standarddate") for each in (span, *span)]
            known = [end for end in ends if end]
            printed = "–".join(words_of(each) for each in span) or words_of(span)
            found.append(stated(printed, *known[:1], *known[-1:]))
    return tuple(dict.fromkeys(date for date in found if date))


def holding_of(archdesc: Element) -> Holding:
    """The repository and the collection that *archdesc* describes."""
    did = description_of(archdesc)
    repository = next(children(did, "repository"), None)
    name = first(repository, "corpname", "name", "famname", "persname") or words_of(repository)
    return Holding(name, first(did, "unitid") or first(did, "unittitle"))


def reference_of(component: Element, holding: Holding) -> ArchivalReference | None:
    """The reference that repository, collection, number and containers make."""
    did = description_of(component)
    number = next((n for n in children(did, "unitid") if n.get("audience") != "internal"), None)
    levels = [("repository", holding.repository), ("collection", holding.collection)]
    own = words_of(number)
    if own and own != holding.collection:
        levels.append(("unit", own))
    levels += containers_of(component)
    known = [(level, value) for level, value in levels if value]
    if not known:
        return None
    contained = {level for level, _ in containers_of(component)}
    printed = ", ".join(
        f"{level.capitalize()} {value}" if level in contained else value for level, value in known
    )
    return ArchivalReference(printed, _SCHEME, tuple(known))


def containers_of(component: Element) -> Sequence[tuple[str, str]]:
    """The containers of *component*, outermost first: ``("box", "1")``."""
    found = []
    for container in children(description_of(component), "container"):
        kind = container.get("type") or container.get("localtype") or container.get("label")
        value = words_of(container)
        if value:
            found.append(((kind or "container").casefold(), value))
    return found
