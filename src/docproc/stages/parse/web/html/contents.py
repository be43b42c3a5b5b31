"""Contents: how much of what a part of a page holds is prose, links, or the words of a site."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from docproc.dataclass_on_use import dataclass
from docproc.formats.xml import Element
from docproc.letters.paragraphs.forms import dates_in_dateline
from docproc.letters.vocabulary.words import CLOSING
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_INLINE = word_set(
    """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark q rp rt ruby
    s samp small span strike strong sub sup time tt u var wbr
    """
)
_UNWRITTEN = word_set("script style noscript template svg annotation iframe object select option")
_CONTROLS = word_set("input select textarea button")
_OF_A_SITE = compile_on_use(
    r"""(?<!\w)(?:
      © | \(c\)\s*\d{4} | copyright | all\s+rights\s+reserved | powered\s+by | hosted\s+by
      | designed\s+by | privacy\s+(?:policy|notice) | terms\s+(?:of\s+(?:use|service)|and\s+cond)
      | (?:uses?|using|accept|about|set)\s+(?:all\s+)?cookies
      | cookie\s+(?:policy|settings|notice) | share\s+(?:this|on|via)(?!\w) | follow\s+us
      | subscribe | newsletter | sign\s+(?:in|up)(?!\w) | log\s?in(?!\w) | skip\s+to
      | back\s+to\s+(?:the\s+)?top | top\s+of\s+(?:the\s+)?page
      | print\s+this\s+page | contact\s+us | site\s?map | webmaster | last\s+(?:updated|modified)
      | page\s+last | javascript | your\s+e-?mail\s+address | leave\s+a\s+(?:reply|comment)
      | search\s+(?:this|the)\s+(?:site|collection|archive) | creative\s+commons | advertisement
      | wayback\s+machine | alle\s+rechte\s+vorbehalten | impressum | datenschutz
      | seitenanfang | tous\s+droits\s+réservés | mentions\s+légales | haut\s+de\s+(?:la\s+)?page
      | tutti\s+i\s+diritti | todos\s+los\s+derechos | aviso\s+legal
      | все\s+права\s+защищены | политика\s+конфиденциальности | карта\s+сайта | наверх
      | подписаться | поделиться | обратная\s+связь
    )""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
"""What a site says of itself, in a run of words of its own."""
_WORD = compile_on_use(r"[^\W\d_]+")
_ENDED = compile_on_use(r"""[.!?…:;。][\s\d"'”’»)\]]*$""")


@dataclass(slots=True)
class Contents:
    """Characters of each sort in one part of a page, the white space between words apart.

    ``whole`` are all; ``linked`` those in links that lead elsewhere, ``site`` those of runs in
    which a site speaks of itself, ``prose`` those of sentences.
    """

    whole: int = 0
    linked: int = 0
    site: int = 0
    prose: int = 0
    controls: int = 0
    """How many fields and buttons there are to fill in or press."""
    closes: bool = False
    """Whether it holds the closing of a letter or a date as a dateline gives it."""

    def add(self, plain: str, linked: str) -> None:
        """Count one run: the words outside its links and those in them."""
        length = len(plain) + len(linked)
        self.whole += length
        self.linked += len(linked)
        if not plain:
            return
        if _OF_A_SITE.search(plain) or (linked and _OF_A_SITE.search(linked)):
            self.site += len(plain)
        elif len(plain) >= len(linked):
            if is_prose(plain):
                self.prose += length
            if CLOSING.match(plain) or dates_in_dateline(plain):
                self.closes = True


def is_prose(words: str) -> bool:
    """Whether *words* are a sentence, or go on as one does; scripts without case by length."""
    found = _WORD.findall(words)
    if len(found) < 3:
        return not words.isascii() and len(words) > 12 and _ENDED.search(words) is not None
    small = sum(not each[0].isupper() for each in found)
    return (len(found) > 7 or _ENDED.search(words) is not None) and 3 * small > len(found)


def contents_of(
    tops: Iterable[Element], parts: Container[Element], links: Container[Element]
) -> dict[Element, Contents]:
    """What each of *parts* holds; they are *tops* or lie in them.

    *links* are the links that lead elsewhere.
    """
    found: dict[Element, Contents] = {}
    for top in tops:
        _Count(parts, links, found).within(top)
    return found


class _Count:
    """One walk through a part, run by run: what no block parts is one run."""

    def __init__(
        self,
        parts: Container[Element],
        links: Container[Element],
        found: dict[Element, Contents],
    ) -> None:
        self._parts, self._links, self._found = parts, links, found
        self._open: list[Contents] = []
        self._plain: list[str] = []
        self._linked: list[str] = []
        self._in_links = 0
        self._unwritten = 0

    def within(self, top: Element) -> None:
        from lxml import etree

        for event, element in etree.iterwalk(top, events=("start", "end")):
            tag = element.tag
            if event == "start":
                self._begin(element, tag)
            else:
                self._end(element, tag)
                if element is not top:
                    self._say(element.tail)

    def _begin(self, element: Element, tag: str) -> None:
        part = element in self._parts
        if part or tag not in _INLINE:
            self._run()
        if part:
            self._open.append(self._found.setdefault(element, Contents()))
        if tag in _CONTROLS and element.get("type") != "hidden":
            for each in self._open:
                each.controls += 1
        self._in_links += element in self._links
        self._unwritten += tag in _UNWRITTEN
        self._say(element.text)

    def _end(self, element: Element, tag: str) -> None:
        part = element in self._parts
        if part or tag not in _INLINE:
            self._run()
        self._in_links -= element in self._links
        self._unwritten -= tag in _UNWRITTEN
        if part:
            self._open.pop()

    def _say(self, text: str | None) -> None:
        if text and not self._unwritten:
            (self._linked if self._in_links else self._plain).append(text)

    def _run(self) -> None:
        if not self._plain and not self._linked:
            return
        plain = " ".join("".join(self._plain).split())
        linked = " ".join("".join(self._linked).split())
        self._plain, self._linked = [], []
        if plain or linked:
            for each in self._open:
                each.add(plain, linked)
