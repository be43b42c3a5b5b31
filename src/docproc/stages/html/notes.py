"""Notes of a page: short links to a later place in it, and the blocks that they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docproc.formats.xml import Element

_MARK = re.compile(r"\s*[\[(]?\s*(\d{1,4}|[*†‡§]{1,4}|[a-z])\s*[\])]?\s*")
_CONTAINERS = ("li", "p", "div", "dd", "aside", "td", "section")


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page: each block with its id and label, each link with the id of its note."""

    blocks: dict[Element, tuple[str, str]]
    links: dict[Element, str]


def notes_of(body: Element) -> Notes:
    """Find the notes below *body*.

    A link is a mark if its words are a number or a sign and it leads on to a block that no
    other note stands in; the link by which a note leads back is none.
    """
    places: dict[Element, int] = {}
    targets: dict[str, Element] = {}
    for number, element in enumerate(body.iter("*")):
        places[element] = number
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                targets.setdefault(name, element)
    marks: list[tuple[Element, str, str]] = []
    for link in body.iter("a"):
        key = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
        mark = _MARK.fullmatch("".join(link.itertext())[:20]) if key in targets else None
        if mark and places[targets[key]] > places[link]:
            marks.append((link, key, mark[1]))
    blocks: dict[Element, tuple[str, str]] = {}
    links: dict[Element, str] = {}
    crowded: set[Element] = set()
    for link, key, label in marks:
        block = _block(targets[key], body)
        if block is None or any(above is block for above in link.iterancestors()):
            continue
        if block in blocks and blocks[block][0] != key:
            crowded.add(block)
        blocks.setdefault(block, (key, label))
        links[link] = key
    kept = {block: note for block, note in blocks.items() if block not in crowded}
    kept = {b: n for b, n in kept.items() if not any(above in kept for above in b.iterancestors())}
    keys = {key for key, _ in kept.values()}
    return Notes(kept, {link: key for link, key in links.items() if key in keys})


def _block(target: Element, body: Element) -> Element | None:
    """The block that *target* is or stands in; ``None`` where that is the whole page."""
    for each in (target, *target.iterancestors()):
        if each is body:
            return None
        if each.tag in _CONTAINERS:
            return each
    return None
