"""hOCR: recognized pages written as a web page (hOCR 1.2)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

from docproc.errors import SourceError
from docproc.formats.xml import Element, text_of, words_of, xpath
from docproc.records import BlockKind
from docproc.stages.parse.pages.ocr_layout.recognized import (
    Box,
    OcrLine,
    RecognizedPage,
    Region,
    bounding_box,
    make_line,
    number,
)
from docproc.text.patterns import compile_on_use
from docproc.text.words import word_set

_IMAGE = compile_on_use(r"""\bimage\s+(?:"([^"]*)"|'([^']*)'|([^\s;]+))""")
_BOX = compile_on_use(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_SURE = compile_on_use(r"\s+([\d.]+)")
_LINES = word_set(
    """
    ocr_line ocrx_line ocr_linear ocr_textfloat ocr_header ocr_footer ocr_pageno ocr_caption
    ocr_title ocr_author ocr_display ocr_footnote
    """
)
_CALLED = "ocrx_word"
_KINDS = {
    **dict.fromkeys(("ocr_header", "ocr_footer", "ocr_pageno"), BlockKind.FURNITURE),
    "ocr_title": BlockKind.HEADING,
    "ocr_footnote": BlockKind.NOTE,
}
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_BLOCKS = _HEADINGS | word_set(
    "div p br table tbody tr td th ul ol li section article blockquote pre body hr"
)
_SPACES = (" ", "\n", "\t", "\r", "\xa0")
_UNPARTED = "descendant::*[@class='ocrx_word'][following-sibling::node()[1][self::*]]"
"""Words that no space parts from the next one, as some programs write them."""


def hocr_pages(data: bytes, needed: float) -> list[RecognizedPage]:
    """The pages of hOCR; words of which less than *needed* is sure are doubtful.

    Raises ``SourceError``.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"it cannot be read as hOCR: {error}") from None
    if root is None:
        raise SourceError("it cannot be read as hOCR: there is no element in it")
    if b"</span><span" in data:
        for each in xpath(_UNPARTED)(root):
            each.tail = " "
    usual = (each for each in root.iter("div") if "ocr_page" in _classes(each))
    pages = list(usual) or [each for each in root.iter("*") if "ocr_page" in _classes(each)]
    return [_page(each, index, needed) for index, each in enumerate(pages, 1)]


def _page(page: Element, index: int, needed: float) -> RecognizedPage:
    named = _IMAGE.search(page.get("title") or "")
    image = next((name for name in named.groups() if name), "") if named else ""
    _, _, width, height = _box(page) or (0.0, 0.0, 0.0, 0.0)
    found = _Lines(page, needed)
    regions = (
        Region(tuple(line for _, _, line in together), kind)
        for (_, kind), together in groupby(found.all(), key=itemgetter(0, 1))
    )
    return RecognizedPage(image or str(index), "", tuple(regions), width, height)


_Word = tuple[Element, float | None]
"""A word, and how sure recognition is of it."""
_Found = tuple[Element, BlockKind | None, OcrLine]
"""What a line stands in, its kind, and the line."""


class _Lines:
    """The lines of one page; words that stand in no line are lines of their own."""

    def __init__(self, page: Element, needed: float) -> None:
        self._page, self._needed = page, needed
        self._sure = _Confidences()
        self._kinds: dict[Element, BlockKind | None] = {}

    def all(self) -> list[_Found]:
        """The lines in the order of the page."""
        elements = self._elements()
        lines = [self._line(each) for each in elements]
        read = sum(len(line.text) - line.text.count(" ") for _, _, line in lines)
        text = text_of(self._page)
        if read < len(text) - sum(map(text.count, _SPACES)):
            above = {each for line in elements for each in line.iterancestors()}
            lines = list(self._with_loose(self._page, frozenset(elements), above))
        return [line for line in lines if line[2].text]

    def _elements(self) -> list[Element]:
        """The lines, of lines within lines the inner ones."""
        found: list[Element] = []
        beside: Element | None = None
        for each in self._page.iter("*"):
            written = each.get("class")
            if not written or written == _CALLED:  # most are words
                continue
            if not _LINES.isdisjoint(written.split()):
                if (parent := each.getparent()) is not beside:  # else they are siblings
                    beside = parent
                    while found and found[-1] in each.iterancestors():
                        found.pop()
                found.append(each)
        return found

    def _line(self, element: Element) -> _Found:
        """The line that *element* is."""
        words = list(_words(element, self._sure))
        where = partial(_box, element)
        line = self._read_line(words_of(element), words, where)
        return element.getparent(), self._kind(element), line

    def _read_line(
        self, text: str, words: Sequence[_Word], where: Callable[[], Box | None]
    ) -> OcrLine:
        read = (words_of(word) for word, _ in words)
        return make_line(text, read, [known for _, known in words], self._needed, where)

    def _kind(self, element: Element) -> BlockKind | None:
        """What the classes of *element*, or of what it stands in, make it."""
        if element is None or element is self._page:
            return None
        called = element.get("class") or ""
        own = _KINDS.get(called)
        if own is None and " " in called:
            own = next(filter(None, map(_KINDS.get, called.split())), None)
        if own is None and element.tag in _HEADINGS:
            own = BlockKind.HEADING
        return own or self._kind_within(element.getparent())

    def _kind_within(self, element: Element) -> BlockKind | None:
        """The kind of what stands in *element*, of which many lines do."""
        if element not in self._kinds:
            self._kinds[element] = self._kind(element)
        return self._kinds[element]

    def _with_loose(
        self, element: Element, lines: Container[Element], above: Container[Element]
    ) -> Iterator[_Found]:
        """The lines below *element*, and between them the words that stand in none."""
        run: list[Element] = []
        said: list[str] = [element.text or ""]

        def loose() -> Iterator[_Found]:
            words = " ".join("".join(said).split())
            if words:
                known = [word for each in run for word in _words(each, self._sure)]
                line = self._read_line(words, known, partial(_box, element))
                yield element, self._kind(element), line
            run.clear()
            said.clear()

        for each in element:
            if each in lines:
                yield from loose()
                yield self._line(each)
            elif each in above or each.tag in _BLOCKS:
                yield from loose()
                yield from self._with_loose(each, lines, above)
            elif each.tag not in ("script", "style"):
                run.append(each)
                said.append(text_of(each))
            said.append(each.tail or "")
        yield from loose()


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _words(line: Element, sure: _Confidences) -> Iterator[_Word]:
    for word in line.iter("*"):
        called = word.get("class")
        if called == _CALLED or (called and _CALLED in called.split()):
            yield word, sure[word.get("title", "").rpartition("x_wconf")[2]]


class _Confidences(dict[str, float | None]):
    """Confidences from 0 to 100 by the end of the title that says them, which many words share."""

    def __missing__(self, said: str) -> float | None:
        found = _SURE.match(said)
        self[said] = number(found[1]) if found else None
        return self[said]


def _box(element: Element) -> Box | None:
    found = _BOX.search(element.get("title") or "")
    edges = [number(edge) for edge in found.groups()] if found else []
    known = [edge for edge in edges if edge is not None]
    return bounding_box([(known[0], known[1]), (known[2], known[3])]) if len(known) == 4 else None
