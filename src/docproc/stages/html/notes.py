"""Notes of a page: short links to a later place in it, and the blocks that they lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from docproc.formats.xml import Element, lies_in, text_of

_MARK = re.compile(r"\s*[\[(]?\s*(\d{1,4}|[*†‡§]{1,4}|[a-z])\s*[\])]?\s*")
_CONTAINERS = frozenset(("li", "p", "div", "dd", "aside", "td", "section"))


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page: each block with its id and label, each link with the id of its note."""

    blocks: dict[Element, tuple[str, str]]
    links: dict[Element, str]


def notes_of(body: Element, elements: Sequence[Element], told: Sequence[Element]) -> Notes:
    """Find the notes below *body*.

    *elements* are all that is there, in its order, and *told* those that have attributes.

    A link is a mark if its words are a number or a sign and it leads on to a block that no
    other note stands in; the link by which a note leads back is none.
    """
    local = [link for link in body.iter("a") if (link.get("href") or "").startswith("#")]
    if not local:
        return Notes({}, {})
    places = dict(zip(elements, count()))
    targets: dict[str, Element] = {}
    for element in told:
        if key := element.get("id"):
            targets.setdefault(key, element)
        if element.tag == "a" and (key := element.get("name")):
            targets.setdefault(key, element)
    blocks: dict[Element, tuple[str, str]] = {}
    links: dict[Element, str] = {}
    crowded: set[Element] = set()
    for link in local:
        key = link.get("href")[1:]
        target = targets.get(key)
        if target is None or places[target] <= places[link]:
            continue
        mark = _MARK.fullmatch(text_of(link)[:20])
        block = _block(target, body) if mark else None
        if (
            mark is None
            or block is None
            or (places[block] < places[link] and lies_in(link, (block,)))
        ):
            continue
        if block in blocks and blocks[block][0] != key:
            crowded.add(block)
        blocks.setdefault(block, (key, mark[1]))
        links[link] = key
    kept = {block: note for block, note in blocks.items() if block not in crowded}
    kept = {block: note for block, note in kept.items() if not lies_in(block, kept)}
    keys = {key for key, _ in kept.values()}
    return Notes(kept, {link: key for link, key in links.items() if key in keys})


def _block(target: Element | None, body: Element) -> Element | None:
    """The block that *target* is or stands in; ``None`` where that is the whole page."""
    while target is not None and target is not body:
        if target.tag in _CONTAINERS:
            return target
        target = target.getparent()
    return None
