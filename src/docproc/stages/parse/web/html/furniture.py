"""Furniture: which parts of a page are navigation and not the document.

A name says what a part may be, and what it holds whether it is: ``social-history`` is a chapter,
a form may hold the whole page, and a footer may close a letter.  Nothing is dropped: what is
furniture is shown where it stands, and is in no passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import chain, takewhile

from docproc.formats.white_space import WHITE
from docproc.formats.xml import Element, lies_in, text_of
from docproc.stages.parse.web.html.contents import Contents, contents_of
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set


class _Called(IntEnum):
    """How surely what a part is called makes it furniture."""

    NOT = 0
    PERHAPS = 1
    """A name of which only a piece is furniture's: it is text unless it holds links or the like."""
    LINKS = 2
    """Navigation: there is none without links or buttons, except a word or two."""
    EDGE = 3
    """What stands around a text: it is text only where that is what it holds."""
    SURELY = 4
    """What a web archive, or Project Gutenberg, puts into the pages that it keeps."""


_ELEMENTS = {
    **dict.fromkeys(("nav", "menu", "dialog"), _Called.LINKS),
    **dict.fromkeys(("footer", "aside"), _Called.EDGE),
    "form": _Called.PERHAPS,
}
_ROLES = {
    **dict.fromkeys(("navigation", "search", "menu", "dialog"), _Called.LINKS),
    **dict.fromkeys(("banner", "contentinfo", "complementary"), _Called.EDGE),
}
_NAMES = {
    **dict.fromkeys(
        word_set(
            """
            nav navbar navigation menu breadcrumb breadcrumbs share sharing social skip toolbar
            pagination pager
            """
        ),
        _Called.LINKS,
    ),
    **dict.fromkeys(word_set("header masthead topbar"), _Called.PERHAPS),
    **dict.fromkeys(word_set("sidebar footer cookie cookies ads noprint"), _Called.EDGE),
}
_ANY_NAME = (*_NAMES, "advert", "wayback", "wm-ipp", "pg-boilerplate")
_BESIDE = word_set(
    """
    area bar block bottom box btn button buttons col column container content cookie cookies
    footer global icon icons inner item items left link links list local main media menu
    mobile nav navbar navigation notice outer page primary region right row secondary section
    share sharing sidebar site social sub this top us widget wrap wrapper widgets
    """
)
"""Words that say of furniture where it is or how it is made."""
_ARCHIVED = compile_on_use(
    r"wm-ipp\b|_?wm-ipp-base|wayback|donato-base|google-cache-hdr|pg-boilerplate", re.IGNORECASE
)
_PIECES = compile_on_use(r"[-_:]+|(?<=[a-z])(?=[A-Z])|\d+")
_LISTS = ("ul", "ol", "table", "div", "p", "td")
_MOST_LINKED = 0.7
"""The share of the characters in links above which a list of them is navigation."""
_LINKS = 4
_SOME = 0.3
"""The share of links and the like from which a navigation is taken at its word."""
_HALF = 0.5
_WHITE_BYTES = WHITE.encode()
_SHORT = 64
_FEW = 40
"""So many elements are measured one by one; then all are, at once."""
_TINY = 25
"""Characters: what says no more than that is no text, whatever is around it."""


def furniture_of(
    body: Element, elements: Sequence[Element], told: Sequence[Element]
) -> frozenset[Element]:
    """The outermost elements below *body* that are furniture.

    *elements* are all of them, in their order, and *told* are those with attributes.

    Where the page marks its main text and that is at least half of it, all that stands outside
    it, except a title and a closing that belong to it; else what is called navigation and holds
    no text, and lists of hardly anything but links.  If nothing would be left, nothing is.
    """
    called = _find_called(body, told)
    marked = next(body.iter("main", "article"), None) is not None
    leading = _leading_elsewhere(body)
    if not called and not marked and len(leading) < _LINKS:
        return frozenset()
    page = _Page(body, _Lengths(elements), frozenset(leading))
    outside = page.outside_main()
    found = page.weigh({**called, **dict.fromkeys(outside, _Called.EDGE)}, outside)
    outermost = _outermost(found | page.find_linked())
    lengths = page.lengths
    left = lengths[body] - sum(lengths[each] for each in outermost)
    return outermost if left > 0 else frozenset()


class _Page:
    """What is weighed: the lengths of all elements, and which links lead elsewhere."""

    def __init__(self, body: Element, lengths: _Lengths, leading: frozenset[Element]) -> None:
        self.body, self.lengths, self.leading = body, lengths, leading
        self._links: dict[Element, tuple[int, int]] = {}
        for link in leading:
            for each in (link, *link.iterancestors()):
                count, length = self._links.get(each, (0, 0))
                self._links[each] = (count + 1, length + lengths[link])
                if each is body:
                    break

    def outside_main(self) -> frozenset[Element]:
        """All that stands outside the main text, where that is at least half of the page."""
        mains = [each for each in self.body.iter("main", "article") if self.lengths[each]]
        mains = [each for each in mains if each.tag == "main"] or mains
        if len(mains) != 1 or self._length_unlinked(mains[0]) < _HALF * self._length_unlinked(
            self.body
        ):
            return frozenset()
        above = list(takewhile(lambda each: each is not self.body, mains[0].iterancestors()))
        path = {mains[0], *above, self.body}
        return frozenset(
            each for parent in (*above, self.body) for each in parent if each not in path
        )

    def _length_unlinked(self, element: Element) -> int:
        return self.lengths[element] - self._links.get(element, (0, 0))[1]

    def weigh(
        self, called: dict[Element, _Called], outside: frozenset[Element]
    ) -> frozenset[Element]:
        """Those of *called* whose contents do not speak against it, less so *outside*."""
        if not called:
            return frozenset()
        tops = _outermost(frozenset(called))
        held = contents_of(tops, called, self.leading)
        return frozenset(
            each
            for each, how in called.items()
            if self._is_furniture(each, how, held[each], each in outside)
        )

    def _is_furniture(self, element: Element, how: _Called, held: Contents, outside: bool) -> bool:
        if not held.whole or how is _Called.SURELY:
            return True
        other = held.whole - held.prose - held.linked - held.site
        against = held.linked + held.site + (other if held.controls else 0)
        if how is _Called.EDGE:
            if against < _HALF * held.whole and (
                self._titles(element) or self._closes(element, held)
            ):
                return False
            return outside or held.prose < _HALF * held.whole
        if held.prose >= _HALF * held.whole:
            return False
        if how is _Called.PERHAPS:
            return against >= _HALF * held.whole
        return against >= _SOME * held.whole or held.whole <= _TINY

    def _titles(self, element: Element) -> bool:
        """Whether the title of the page stands in *element*, and no other one beside it."""
        titles = [each for each in self.body.iter("h1") if self.lengths[each]]
        own = [each for each in titles if lies_in(each, (element,)) or each is element]
        return len(own) == 1 == len(titles) and self._length_unlinked(own[0]) > 0

    def _closes(self, element: Element, held: Contents) -> bool:
        """Whether *element* closes what it stands in, or dates it; the page's own foot seldom."""
        if held.closes:
            return True
        within = element.getparent()
        nested = self.lengths[within] < self.lengths[self.body]
        return element.tag == "footer" and nested and not held.linked and not held.controls

    def find_linked(self) -> frozenset[Element]:
        """Lists of hardly anything but links that lead elsewhere."""
        return frozenset(
            each
            for each, (count, length) in self._links.items()
            if each is not self.body
            and each.tag in _LISTS
            and count >= _LINKS
            and length > _MOST_LINKED * self.lengths[each]
        )


def _find_called(body: Element, told: Sequence[Element]) -> dict[Element, _Called]:
    """The elements below *body* whose names or attributes are furniture's, and how surely."""
    named = body.iter("header", *_ELEMENTS)
    names = [name for each in told for name in (each.get("class"), each.get("id")) if name]
    others = told if _may_name(" ".join(names)) else [e for e in told if e.get("role")]
    found = {each: _how_called(each) for each in chain(named, others) if each is not body}
    return {each: how for each, how in found.items() if how}


def _how_called(element: Element) -> _Called:
    tag, get = element.tag, element.get
    if tag == "header":
        inner = next(element.iterancestors("article", "main", "section"), None) is not None
        by_tag = _Called.NOT if inner else _Called.EDGE
    else:
        by_tag = _ELEMENTS.get(tag, _Called.NOT)
    how = max(by_tag, _ROLES.get(get("role", ""), _Called.NOT))
    called, identity = get("class"), get("id")
    if (called or identity) and tag not in ("body", "main", "article"):
        how = max(how, _by_names(called or "", identity or ""))
    return how


@lru_cache(maxsize=1024)
def _by_names(classes: str, identity: str) -> _Called:
    """How surely names make a part furniture: the surest of them counts."""
    names = f"{classes} {identity}"
    if not _may_name(names):
        return _Called.NOT
    if _ARCHIVED.search(names):
        return _Called.SURELY
    return max(map(_by_name, names.split()), default=_Called.NOT)


def _may_name(names: str) -> bool:
    """Whether any name of furniture stands in *names*."""
    small = names.lower()
    return any(each in small for each in _ANY_NAME)


def _by_name(name: str) -> _Called:
    pieces = [each.lower() for each in _PIECES.split(name) if each]
    how = max(map(_by_piece, pieces), default=_Called.NOT)
    known = all(each in _BESIDE or _by_piece(each) or len(each) < 3 for each in pieces)
    return how if known else min(how, _Called.PERHAPS)


def _by_piece(piece: str) -> _Called:
    return _NAMES.get(piece, _Called.EDGE if piece.startswith("advert") else _Called.NOT)


def _leading_elsewhere(body: Element) -> list[Element]:
    return [link for link in body.iter("a") if not (link.get("href") or "#").startswith("#")]


class _Lengths(dict[Element, int]):
    """The number of characters, white space apart, in each element of a page.

    Mostly a few are asked for, and libxml2 says them fast; of many, one pass over the page tells.
    """

    def __init__(self, elements: Sequence[Element]) -> None:
        super().__init__()
        self._elements = elements

    def __missing__(self, element: Element) -> int:
        if len(self) == _FEW:
            self.update(_all_lengths(self._elements))
        if element not in self:
            self[element] = _length(text_of(element))
        return self[element]


def _length(text: str) -> int:
    if len(text) < _SHORT and text.isascii():  # most of a page of links: a third of the time
        return len("".join(text.split()))
    if text.isascii():
        return len(text.encode().translate(None, _WHITE_BYTES))
    return len(text) - sum(map(text.count, WHITE))


def _all_lengths(elements: Sequence[Element]) -> dict[Element, int]:
    lengths = dict.fromkeys(elements, 0)
    for element in reversed(elements):  # what stands in an element comes behind it
        text, tail = element.text, element.tail
        length = lengths[element]
        if text:
            length = lengths[element] = length + _length(text)
        if tail:
            length += _length(tail)
        parent = element.getparent()
        if parent in lengths:
            lengths[parent] += length
    return lengths


def _outermost(found: Iterable[Element]) -> frozenset[Element]:
    found = frozenset(found)
    return frozenset(each for each in found if not lies_in(each, found))
