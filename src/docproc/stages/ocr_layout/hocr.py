"""hOCR: recognized pages written as a web page (hOCR 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter

from docproc.errors import SourceError
from docproc.formats.xml import Element, words_of, xpath
from docproc.records import BlockKind
from docproc.stages.ocr_layout.recognized import (
    Box,
    Line,
    RecognizedPage,
    Region,
    around,
    number,
    recognized,
)

_IMAGE = re.compile(r"""\bimage\s+(?:"([^"]*)"|'([^']*)'|(\S+))""")
_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_SURE = re.compile(r"\bx_wconf\s+([\d.]+)")
_LINES = frozenset(
    ("ocr_line", "ocr_textfloat", "ocr_header", "ocr_footer", "ocr_caption", "ocrx_line")
)
_WORD = "ocrx_word"
_FURNITURE = frozenset(("ocr_header", "ocr_footer", "ocr_pageno"))


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
    pages = xpath("descendant-or-self::*[contains(@class, 'ocr_page')]")(root)
    pages = (each for each in pages if "ocr_page" in _classes(each))
    return [_page(each, index, needed) for index, each in enumerate(pages, 1)]


def _page(page: Element, index: int, needed: float) -> RecognizedPage:
    named = _IMAGE.search(page.get("title") or "")
    image = next((name for name in named.groups() if name), "") if named else ""
    _, _, width, height = _box(page) or (0.0, 0.0, 0.0, 0.0)
    lines: list[tuple[Element, BlockKind | None, Line]] = []
    sure = _Confidences()
    for each in page.iter("*"):
        written = each.get("class")
        if not written or written == _WORD:  # most are words
            continue
        called = frozenset(written.split())
        if called & _LINES and (text := words_of(each)):
            words = list(_words(each, sure))
            read = (words_of(word) for word, _ in words)
            told = [known for _, known in words]
            line = recognized(text, read, told, needed, partial(_box, each))
            kind = BlockKind.FURNITURE if called & _FURNITURE else None
            lines.append((each.getparent(), kind, line))
    regions = (
        Region(tuple(line for _, _, line in together), kind)
        for (_, kind), together in groupby(lines, key=itemgetter(0, 1))
    )
    return RecognizedPage(image or str(index), "", tuple(regions), width, height)


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _words(line: Element, sure: _Confidences) -> Iterator[tuple[Element, float | None]]:
    for word in line.iter("*"):
        called = word.get("class")
        if called == _WORD or (called and _WORD in called.split()):
            title = word.get("title", "")
            yield word, sure[title[max(0, title.find("x_wconf") - 1) :]]


class _Confidences(dict[str, float | None]):
    """Confidences from 0 to 100 by the end of the title that says them, which many words share."""

    def __missing__(self, said: str) -> float | None:
        found = _SURE.search(said)
        self[said] = number(found[1]) if found else None
        return self[said]


def _box(element: Element) -> Box | None:
    found = _BOX.search(element.get("title") or "")
    edges = [number(edge) for edge in found.groups()] if found else []
    known = [edge for edge in edges if edge is not None]
    return around([(known[0], known[1]), (known[2], known[3])]) if len(known) == 4 else None
