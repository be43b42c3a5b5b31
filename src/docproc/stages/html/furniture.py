"""Furniture: which parts of a page are navigation and not the document.

Nothing is dropped: what is furniture is shown where it stands, and is in no passage.
"""

from __future__ import annotations

import re

from docproc.formats.xml import Element

_ELEMENTS = ("nav", "footer", "aside", "menu", "form", "dialog")
_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog")
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


def furniture_of(body: Element) -> frozenset[Element]:
    """The outermost elements below *body* that are furniture.

    Where the page marks its main text, all that stands outside it; else what calls itself
    navigation, and lists of hardly anything but links.  If nothing would be left, nothing is.
    """
    lengths = _lengths(body)
    found = _outside_main(body, lengths) or frozenset(
        element for element in body.iter("*") if element is not body and _is_furniture(element)
    )
    linked = _linked(body, lengths)
    outermost = _outermost(found | linked)
    left = lengths[body] - sum(lengths[each] for each in outermost)
    return outermost if left > 0 else frozenset()


def _outside_main(body: Element, lengths: dict[Element, int]) -> frozenset[Element]:
    mains = [each for each in body.iter("main", "article") if lengths[each]]
    mains = [each for each in mains if each.tag == "main"] or mains
    if len(mains) != 1 or lengths[mains[0]] < _MAIN_SHARE * lengths[body]:
        return frozenset()
    main = mains[0]
    path = {main, *main.iterancestors()}
    inside = {each for each in main.iter("*") if each is not main and _is_furniture(each)}
    return frozenset(
        each for parent in path - {main} if parent in lengths for each in parent if each not in path
    ) | frozenset(inside)


def _is_furniture(element: Element) -> bool:
    if element.tag in _ELEMENTS or element.get("role") in _ROLES:
        return True
    if element.tag == "header":
        return not any(
            each.tag in ("article", "main", "section") for each in element.iterancestors()
        )
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        len(names) > 1
        and element.tag not in ("body", "main", "article")
        and bool(_NAMES.search(names))
    )


def _linked(body: Element, lengths: dict[Element, int]) -> frozenset[Element]:
    """Lists of hardly anything but links that lead elsewhere."""
    links: dict[Element, tuple[int, int]] = {}
    for link in body.iter("a"):
        if (link.get("href") or "#").startswith("#"):
            continue
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


def _lengths(body: Element) -> dict[Element, int]:
    """The number of characters, white space apart, in each element."""
    lengths: dict[Element, int] = {}
    for element in reversed(list(body.iter("*"))):
        own = len((element.text or "").strip())
        for each in element:
            own += lengths.get(each, 0) + len((each.tail or "").strip())
        lengths[element] = own
    return lengths


def _outermost(found: frozenset[Element]) -> frozenset[Element]:
    return frozenset(
        each for each in found if not any(above in found for above in each.iterancestors())
    )
