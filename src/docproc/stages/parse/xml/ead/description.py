"""What a component of a finding aid says of itself: title, number, dates, containers, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from docproc.dataclass_on_use import dataclass, quick_maker
from docproc.formats.described import make_date
from docproc.formats.xml import Element, flat, local_name, text_of, words_of
from docproc.letters.vocabulary.roles import is_recipient, is_sender
from docproc.records import ArchivalReference, StatedDate
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_COMPONENTS = frozenset(("c", *(f"c{number:02}" for number in range(100))))
_SCHEME = "finding aid"
_APART = ("subarea", "address", "addressline")
_CIRCA = compile_on_use(r"\W*(?:c|ca|circa)(?:\.|\s)", re.IGNORECASE)
_INNER = word_set("folder folders file item items envelope document page pages leaf leaves sheet")
"""Containers that lie in others."""


BLOCKS = word_set(
    """
    p unittitle unitdate unitdatestructured unitid physdesc physdescset physdescstructured abstract
    origination langmaterial physloc materialspec repository note didnote chronlist table
    legalstatus bibref addressline persname corpname famname geogname subject genreform function
    occupation title defitem
    """
)
SKIPPED = word_set("container ptr extptr eadheader control") | {""}

_LEAVES = (BLOCKS - word_set("chronlist table note didnote defitem")) | {"p", "head"}
"""Statements that are one block each where they hold words alone."""
_TELLS = word_set(
    """
    scopecontent bioghist arrangement accessrestrict userestrict acqinfo custodhist processinfo
    prefercite relatedmaterial separatedmaterial otherfindaid altformavail originalsloc phystech
    appraisal accruals odd fileplan
    """
)
"""What a component tells in paragraphs."""
_LISTS = ("dsc", "dscgrp")
"""What holds the components of a collection, or lists of them."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The repository and the collection that components belong to, as far as they are named."""

    collection: str = ""
    levels: tuple[tuple[str, str], ...] = ()
    """Both, and departments of the repository between them, as levels of a reference."""


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
    within: Sequence[tuple[str, str]]
    """The same, with those that it has from the components that it lies in."""
    number: str
    """The first number that is for readers: no address of a record in some program."""
    title: str
    """Its title, or else its date or its number."""
    below: Sequence[Element]
    """The components right below it, some of them in lists, or lists within lists."""
    plain: Sequence[tuple[str, bool]] | None
    """All that it says, each statement's words and whether it is a heading.

    ``None`` where one of them is more than words.
    """
    words: Mapping[Element, str]
    """Of plain statements, their words."""

    def each(self, name: str) -> Sequence[Element]:
        """What is said under *name*."""
        return self.said.get(name, ())

    def first(self, name: str) -> str:
        """The words of what is said first under *name*."""
        found = self.said.get(name)
        return words_of(found[0]) if found else ""


_make_component, _make_reference = quick_maker(Component), quick_maker(ArchivalReference)


def describe_component(element: Element) -> Component:
    """The component that *element* is."""
    said: dict[str, list[Element]] = {}
    below: list[Element] = []
    plain: list[tuple[str, bool]] | None = []
    words: dict[Element, str] = {}
    containers: Sequence[tuple[str, str]] = ()
    for each in element:
        name = local_name(each.tag)
        if name in _COMPONENTS:
            below.append(each)
        elif name == "did" and not said:
            stated = _read_statements(each, said, words)
            plain = None if plain is None or stated is None else plain + stated
            containers = _containers(said.get("container", ()))
            if plain is not None and containers:
                plain.append((containers_in_words(containers), False))
        elif name in _TELLS and plain is not None and not (each.text and each.text.strip()):
            plain = _read_told(each, plain)
        elif name:
            plain = None
            if name in _LISTS:
                below += _list_components(each)
    for title in said.get("unittitle", ()):
        if len(title):
            _part_dates(title)
    number = _number(said.get("unitid", ()), words)
    title = next(
        (
            words.get(found[0]) or words_of(found[0])
            for name in ("unittitle", "unitdate")
            if (found := said.get(name))
        ),
        "",
    )
    if not title and (dates := said.get("unitdate")):  # the one that there is has no words
        title = words_of(dates[0])
    return _make_component(
        element,
        said,
        containers,
        containers,
        number,
        title.rstrip(" ,") or number,
        below,
        plain,
        words,
    )


def _read_statements(
    did: Element, said: dict[str, list[Element]], words: dict[Element, str]
) -> list[tuple[str, bool]] | None:
    """Sort the statements of *did* into *said* by name, and note the *words* of plain ones.

    Return them all, as ``Component.plain``.
    """
    plain: list[tuple[str, bool]] | None = []
    for each in did:
        name = local_name(each.tag)
        if name in said:
            said[name].append(each)
        else:
            said[name] = [each]
        if plain is None or name in SKIPPED:
            continue
        if name in _LEAVES and _is_plain(each):
            words[each] = found = flat(each.text)
            plain.append((found, False))
        else:
            plain = None
    return plain


def _read_told(element: Element, plain: list[tuple[str, bool]]) -> list[tuple[str, bool]] | None:
    """*plain*, with the paragraphs of *element*."""
    for part in element:
        name = local_name(part.tag)
        if name not in ("p", "head") or not _is_plain(part):
            return None
        plain.append((flat(part.text), name == "head"))
    return plain


def _is_plain(element: Element) -> bool:
    """Whether *element* holds words alone, without a label, and no words follow it."""
    return not (
        len(element) or element.get("label") or ((tail := element.tail) and not tail.isspace())
    )


def _list_components(components: Element) -> Iterator[Element]:
    """The components in a list, or in lists within it."""
    for each in components:
        name = local_name(each.tag)
        if names_component(name):
            yield each
        elif name in _LISTS:
            yield from _list_components(each)


def containers_in_words(containers: Sequence[tuple[str, str]]) -> str:
    """``"Box 1, Folder 2"``."""
    return ", ".join([f"{kind.capitalize()} {value}" for kind, value in containers])


def _number(elements: Iterable[Element], words: Mapping[Element, str]) -> str:
    for each in elements:
        said = words.get(each) or words_of(each)
        if said and each.get("audience") != "internal" and not _ADDRESS.match(said):
            return said
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


def inherit_containers(component: Component, above: Component) -> Component:
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
    for title in component.each("unittitle") if component.plain is None else ():
        if len(title):
            dates += title.iter("{*}unitdate")
    for date in dates:
        start, _, end = (date.get("normal") or "").partition("/")
        words = (component.words.get(date) or words_of(date)).strip(" ,;")
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
            if is_sender(role) or is_recipient(role):
                named[is_sender(role)].append(words)
    creator = next(filter(None, map(_creator, component.each("origination"))), "")
    sent, received = ("; ".join(dict.fromkeys(named[kind])) for kind in (True, False))
    return sent or ("" if creator == received else creator), received


def _creator(origination: Element) -> str:
    """Those whom *origination* names, without the words around their names; else its words."""
    names = [
        words
        for each in origination.iter("{*}persname", "{*}corpname", "{*}famname", "{*}name")
        if (words := words_of(each))
    ]
    return "; ".join(dict.fromkeys(names)) or words_of(origination)


def holding_of(archdesc: Component) -> Holding:
    """The repository and the collection that *archdesc* describes."""
    repository = next(iter(archdesc.each("repository")), None)
    collection = archdesc.number or archdesc.first("unittitle")
    if repository is None:  # some say it of each component, and not of the whole
        below = {words_of(each): each for each in archdesc.element.iter("{*}repository")}
        repository = next(iter(below.values())) if len(below) == 1 else None
    if repository is None:
        return _hold("", collection)
    named = next(children(repository, "corpname", "name", "famname", "persname"), repository)
    parts = [_own_words(named), *map(words_of, repository.iter("{*}subarea"))]
    name, *departments = [part for part in parts if part] or [""]
    # some name the department in the archive's own name, and again beside it
    departments = [each for each in departments if not name.casefold().endswith(each.casefold())]
    return _hold(name, collection, departments)


def _hold(repository: str, collection: str, departments: Iterable[str] = ()) -> Holding:
    named = [("department", name) for name in departments]
    levels = [("repository", repository), *named, ("collection", collection)]
    return Holding(collection, tuple(level for level in levels if level[1]))


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
    known = holding.levels
    own = component.number
    if own and own != holding.collection:
        known = (*known, ("unit", own))
    if not (known or component.within):
        return None
    printed = [value for _, value in known]
    printed += [f"{level.capitalize()} {value}" for level, value in component.within]
    known = (*known, *component.within)
    return _make_reference(", ".join(printed), _SCHEME, known)


def _containers(elements: Iterable[Element]) -> Sequence[tuple[str, str]]:
    found = []
    for container in elements:
        kind = container.get("type") or container.get("localtype") or container.get("label")
        value = words_of(container)
        if value:
            found.append(((kind or "container").casefold(), value))
    return found
