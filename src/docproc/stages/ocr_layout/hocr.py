"""hOCR: recognized pages written as a web page (hOCR 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.errors import SourceError
from docproc.formats.xml import Element
from docproc.records import BlockKind
from docproc.stages.ocr_layout.recognized import (
    Box,
    RecognizedPage,
    Region,
    around,
    number,
    with_words,
)

_IMAGE = re.compile(r"""\bimage\s+(?:"([^"]*)"|'([^']*)'|(\S+))""")
_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_SURE = re.compile(r"\bx_wconf\s+([\d.]+)")
_LINES = ("ocr_line", "ocr_textfloat", "ocr_header", "ocr_footer", "ocr_caption", "ocrx_line")
_FURNITURE = ("ocr_header", "ocr_footer", "ocr_pageno")


def hocr_pages(data: bytes) -> list[RecognizedPage]:
    """The pages of hOCR.  Raises ``SourceError``."""
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
    return [_page(each, index) for index, each in enumerate(_of(root, "ocr_page"), 1)]


def _page(page: Element, index: int) -> RecognizedPage:
    named = _IMAGE.search(page.get("title") or "")
    image = next((name for name in named.groups() if name), "") if named else ""
    _, _, width, height = _box(page) or (0.0, 0.0, 0.0, 0.0)
    regions: list[Region] = []
    parent: Element | None = None
    for each in _of(page, *_LINES):
        text = _text(each)
        if not text:
            continue
        line = with_words(text, list(_words(each)), _box(each))
        furniture = BlockKind.FURNITURE if _classes(each) & set(_FURNITURE) else None
        if regions and each.getparent() is parent and regions[-1].kind is furniture:
            regions[-1] = Region((*regions[-1].lines, line), furniture)
        else:
            regions.append(Region((line,), furniture))
        parent = each.getparent()
    return RecognizedPage(image or str(index), "", tuple(regions), width, height)


def _words(line: Element) -> Iterator[tuple[str, float]]:
    for word in _of(line, "ocrx_word"):
        sure = _SURE.search(word.get("title") or "")
        if sure and (confidence := number(sure[1])) is not None:
            yield _text(word), confidence


def _box(element: Element) -> Box | None:
    found = _BOX.search(element.get("title") or "")
    edges = [number(edge) for edge in found.groups()] if found else []
    known = [edge for edge in edges if edge is not None]
    return around([(known[0], known[1]), (known[2], known[3])]) if len(known) == 4 else None


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _of(element: Element, *names: str) -> Iterator[Element]:
    wanted = set(names)
    yield from (each for each in element.iter("*") if _classes(each) & wanted)


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())
