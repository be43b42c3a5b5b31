"""Furniture: which parts of a page are navigation and not the document.

Nothing is dropped: what is furniture is shown where it stands, and is in no passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from docproc.formats.xml import Element, lies_in

_ELEMENTS = frozenset(("nav", "footer", "aside", "menu", "form", "dialog"))
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog")
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|cookies?|share|"
    r"sharing|social|advert\w*|ads|skip|toolbar|pagination|pager|noprint)(?:$|[\s_-])",
    re.I,
)
_LISTS = ("ul", "ol", "table", "div", "p", "td")
_MOST_LINKED = 0.7
"""The share of the characters in links above which a list of them is navigation."""
_LINKS = 4
_MAIN_SHARE = 0.2
"""Of a page's characters; less than that in ``main`` is not its main text."""


def furniture_of(
    body: Element, elements: Sequence[Element], told: Sequence[Element]
) -> frozenset[Element]:
    """The outermost elements below *body* that are furniture.

    *elements* are all of them, in their order, and *told* are those with attributes.

    Where the page marks its main text, all that stands outside it; else what calls itself
    navigation, and lists of hardly anything but links.  If nothing would be left, nothing is.
    """
    called = _called_so(body, told)
    marked = next(body.iter("main", "article"), None) is not None
    if not called and not marked and len(_leading_elsewhere(body)) < _LINKS:
        return frozenset()
    lengths = _lengths(elements)
    found = _outside_main(body, lengths, told) or called
    linked = _linked(body, lengths)
    outermost = _outermost(found | linked)
    left = lengths[body] - sum(lengths[each] for each in outermost)
    return outermost if left > 0 else frozenset()


def _outside_main(
    body: Element, lengths: dict[Element, int], told: Sequence[Element]
) -> frozenset[Element]:
    mains = [each for each in body.iter("main", "article") if lengths[each]]
    mains = [each for each in mains if each.tag == "main"] or mains
    if len(mains) != 1 or lengths[mains[0]] < _MAIN_SHARE * lengths[body]:
        return frozenset()
    main = mains[0]
    path = {main, *main.iterancestors()}
    return frozenset(
        each for parent in path - {main} if parent in lengths for each in parent if each not in path
    ) | _called_so(main, told)


def _called_so(within: Element, told: Sequence[Element]) -> frozenset[Element]:
    """The elements below *within* that are called furniture, by their names or attributes."""
    named = within.iter("header", *_ELEMENTS)
    return frozenset(
        each
        for each in chain(named, told)
        if _is_furniture(each) and each is not within and lies_in(each, (within,))
    )


def _is_furniture(element: Element) -> bool:
    tag, get = element.tag, element.get
    if tag in _ELEMENTS or get("role") in _ROLES:
        return True
    if tag == "header":
        return next(element.iterancestors("article", "main", "section"), None) is None
    called, identity = get("class"), get("id")
    return (
        bool(called or identity)
        and tag not in ("body", "main", "article")
        and bool(_NAMES.search(f"{called or ''} {identity or ''}"))
    )


def _linked(body: Element, lengths: dict[Element, int]) -> frozenset[Element]:
    """Lists of hardly anything but links that lead elsewhere."""
    links: dict[Element, tuple[int, int]] = {}
    for link in _leading_elsewhere(body):
        for each in (link, *link.iterancestors()):
            count, length = links.get(each, (0, 0))
            links[each] = (count + 1, length + lengths.get(link, 0))
            if each is body:
                break
    return frozenset(
        each
        for each, (count, length) in links.items()
        if each is not body
        and each.tag in _LISTS
        and count >= _LINKS
        and length > _MOST_LINKED * lengths.get(each, 1)
    )


def _leading_elsewhere(body: Element) -> list[Element]:
    return [link for link in body.iter("a") if not (link.get("href") or "#").startswith("#")]


def _lengths(elements: Sequence[Element]) -> dict[Element, int]:
    """The number of characters, white space apart, in each of *elements*, the first around all."""
    lengths = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        text, tail = element.text, element.tail
        length = lengths[element]
        if text:
            length = lengths[element] = length + len(text.strip())
        if tail:
            length += len(tail.strip())
        parent = element.getparent()
        if parent in lengths:
            lengths[parent] += length
    return lengths


def _outermost(found: frozenset[Element]) -> frozenset[Element]:
    return frozenset(each for each in found if not lies_in(each, found))
