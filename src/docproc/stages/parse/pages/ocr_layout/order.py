"""The reading order of regions: as groups within groups, as a number of each, as a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf

from docproc.formats.xml import Element, local_name
from docproc.stages.parse.pages.ocr_layout.recognized import Box, OcrLine

_MOST_LINES = 200


def order_regions(
    within: Element, reference: str, regions: Sequence[Element], identity: str
) -> list[Element]:
    """*regions* in the reading order that the file states, those it does not name after them.

    *reference* is the attribute by which the order names a region, *identity* the region's own.
    """
    stated = next(within.iter("{*}ReadingOrder"), None)
    order: dict[str, int] = {}
    for name in _regions_of(stated, reference) if stated is not None else ():
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


def _regions_of(group: Element, reference: str) -> Iterator[str]:
    """The regions that *group* names, in its order; those with an index come by that."""
    members = sorted(group, key=lambda each: parse_place(each.get("index")))
    for each in members:
        if name := each.get(reference):
            yield name
        if "Group" in local_name(each.tag):
            yield from _regions_of(each, reference)


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


def chain_blocks(blocks: Sequence[Element]) -> list[Element]:
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


def out_of_place(lines: Sequence[Element], top: Callable[[Element], float | None]) -> bool:
    """Whether one of *lines*, of which each begins at its *top*, lies above the one before it.

    What has more lines than a column of a page can have is not looked through.
    """
    if not 2 < len(lines) < _MOST_LINES:
        return False
    above = -inf
    for each in lines:
        at = top(each)
        if at is not None:
            if at < above:
                return True
            above = at
    return False


def by_place(lines: Sequence[OcrLine]) -> list[int]:
    """The order of *lines* from top to bottom, by their numbers, where they are of one column.

    A file has now and then a line out of its place.  Columns, lines beside one another, lines
    that run downwards and lines without a place stay in the file's order.
    """
    boxes = [box for line in lines if (box := line.where())]
    order = list(range(len(lines)))
    if len(boxes) < len(lines) or not _are_one_column(boxes):
        return order
    middles = [(box[1] + box[3]) / 2 for box in boxes]
    least = min(box[3] - box[1] for box in boxes) / 2
    if all(below > above - least for above, below in pairwise(middles)):
        return order
    order.sort(key=lambda number: middles[number])
    beside = any(middles[lower] - middles[upper] < least for upper, lower in pairwise(order))
    return list(range(len(lines))) if beside else order


def _are_one_column(boxes: Sequence[Box]) -> bool:
    """Whether each lies by half of its width above or below the widest."""
    if any(box[2] - box[0] < box[3] - box[1] for box in boxes):
        return False
    widest = max(boxes, key=lambda box: box[2] - box[0])
    shared = (min(box[2], widest[2]) - max(box[0], widest[0]) for box in boxes)
    return all(2 * both > box[2] - box[0] for both, box in zip(shared, boxes, strict=True))


def parse_place(text: str | None) -> int:
    """The number that *text* is; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
