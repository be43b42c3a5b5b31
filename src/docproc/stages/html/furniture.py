"""Furniture: which parts of a page are navigation and not the document.

Nothing is dropped: what is furniture is shown where it stands, and is in no passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, takewhile

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


def furniture_of(body: Element, told: Sequence[Element]) -> frozenset[Element]:
    """The outermost elements below *body* that are furniture; *told* are those with attributes.

    Where the page marks its main text, all that stands outside it; else what calls itself
    navigation, and lists of hardly anything but links.  If nothing would be left, nothing is.
    """
    found = (_outside_main(body, told) or _called_so(body, told)) | _linked(body)
    if not found:
        return found
    outermost = _outermost(found)
    left = _length(body) - sum(map(_length, outermost))
    return outermost if left > 0 else frozenset()


def _outside_main(body: Element, told: Sequence[Element]) -> frozenset[Element]:
    mains = [each for each in body.iter("main", "article") if _length(each)]
    mains = [each for each in mains if each.tag == "main"] or mains
    if len(mains) != 1 or _length(mains[0]) < _MAIN_SHARE * _length(body):
        return frozenset()
    main = mains[0]
    above = takewhile(lambda each: each is not body.getparent(), main.iterancestors())
    path = {main, *above} if main is not body else {main}
    return frozenset(
        each for parent in path - {main} for each in parent if each not in path
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


def _linked(body: Element) -> frozenset[Element]:
    """Lists of hardly anything but links that lead elsewhere."""
    links: dict[Element, tuple[int, int]] = {}
    for link in body.iter("a"):
        if (link.get("href") or "#").startswith("#"):
            continue
        own = _length(link)
        for each in (link, *link.iterancestors()):
            count, length = links.get(each, (0, 0))
            links[each] = (count + 1, length + own)
            if each is body:
                break
    return frozenset(
        each
        for each, (count, length) in links.items()
        if each is not body
        and each.tag in _LISTS
        and count >= _LINKS
        and length > _MOST_LINKED * _length(each)
    )


def _length(element: Element) -> int:
    """The number of characters in *element*, white space at their ends apart."""
    return sum(map(len, map(str.strip, element.itertext())))


def _outermost(found: frozenset[Element]) -> frozenset[Element]:
    return frozenset(each for each in found if not lies_in(each, found))
