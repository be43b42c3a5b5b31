"""The reading order of regions: as groups within groups, as a number of each, as a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from docproc.formats.xml import Element, local_name


def ordered(
    within: Element, reference: str, regions: Sequence[Element], identity: str
) -> list[Element]:
    """*regions* in the reading order that the file states, those it does not name after them.

    *reference* is the attribute by which the order names a region, *identity* the region's own.
    """
    stated = next(within.iter("{*}ReadingOrder"), None)
    order: dict[str, int] = {}
    for name in _named(stated, reference) if stated is not None else ():
        order.setdefault(name, len(order))
    if not order:
        return list(regions)
    last = len(order)
    return sorted(regions, key=lambda each: _place_in(order, each, identity, last))


def _place_in(order: Mapping[str, int], region: Element, identity: str, last: int) -> int:
    """Where *region* comes, by its own name or that of a region that it stands in."""
    above = region
    while above is not None:
        place_ = order.get(above.get(identity) or "")
        if place_ is not None:
            return place_
        above = above.getparent()
    return last


def _named(group: Element, reference: str) -> Iterator[str]:
    """The regions that *group* names, in its order; those with an index come by that."""
    members = sorted(group, key=lambda each: place(each.get("index")))
    for each in members:
        if name := each.get(reference):
            yield name
        if "Group" in local_name(each.tag):
            yield from _named(each, reference)


def by_number(
    elements: Sequence[Element], number: Callable[[Element], int | None]
) -> list[Element]:
    """*elements* by the *number* of each; one without stays behind the one before it."""
    numbers = [number(each) for each in elements]
    if all(each is None for each in numbers):
        return list(elements)
    last = -1
    places = [last := (last if each is None else each) for each in numbers]
    return [each for _, each in sorted(zip(places, elements, strict=True), key=lambda p: p[0])]


def chained(blocks: Sequence[Element]) -> list[Element]:
    """ALTO's *blocks*, each followed by the one that it says comes next (``IDNEXT``)."""
    named = {name: each for each in blocks if (name := each.get("ID"))}
    following = {each: named[name] for each in blocks if (name := each.get("IDNEXT")) in named}
    if not following:
        return list(blocks)
    found: dict[Element, None] = {}
    later = set(following.values())
    firsts = [each for each in blocks if each not in later]
    for each in (*firsts, *blocks):
        block: Element | None = each
        while block is not None and block not in found:
            found[block] = None
            block = following.get(block)
    return list(found)


def place(text: str | None) -> int:
    """The number that *text* is; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
