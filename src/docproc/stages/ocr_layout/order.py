"""The reading order that ALTO and PAGE XML state for their regions."""

from __future__ import annotations

from docproc.formats.xml import Element


def ordered(
    within: Element, reference: str, regions: list[Element], identity: str
) -> list[Element]:
    """*regions* in the reading order that the file states, those it does not name after them."""
    order: dict[str, int] = {}
    for each in within.iter("{*}RegionRefIndexed", "{*}RegionRef", "{*}ElementRef"):
        order.setdefault(each.get(reference) or "", len(order))
    indexed = list(within.iter("{*}RegionRefIndexed"))
    if indexed and len({each.getparent() for each in indexed}) == 1:
        indexed.sort(key=lambda each: place(each.get("index")))
        order = {each.get(reference) or "": place for place, each in enumerate(indexed)}
    return sorted(regions, key=lambda each: order.get(each.get(identity) or "", len(order)))


def place(text: str | None) -> int:
    """The number that *text* is; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
