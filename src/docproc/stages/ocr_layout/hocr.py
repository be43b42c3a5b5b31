"""hOCR: recognized pages written as a web page (hOCR 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docproc.errors import SourceError
from docproc.formats.xml import Element
from docproc.records import BlockKind
from docproc.stages.ocr_layout.pages import RecognizedPage, Region

_IMAGE = re.compile(r"""\bimage\s+(?:"([^"]*)"|'([^']*)'|(\S+))""")
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
    return [_page(each, number) for number, each in enumerate(_of(root, "ocr_page"), 1)]


def _page(page: Element, number: int) -> RecognizedPage:
    named = _IMAGE.search(page.get("title") or "")
    image = next((name for name in named.groups() if name), "") if named else ""
    regions: list[Region] = []
    parent: Element | None = None
    for line in _of(page, *_LINES):
        words = " ".join("".join(line.itertext()).split())
        if not words:
            continue
        furniture = BlockKind.FURNITURE if _classes(line) & set(_FURNITURE) else None
        if regions and line.getparent() is parent and regions[-1].kind is furniture:
            regions[-1] = Region((*regions[-1].lines, words), furniture)
        else:
            regions.append(Region((words,), furniture))
        parent = line.getparent()
    return RecognizedPage(image or str(number), "", tuple(regions))


def _of(element: Element, *names: str) -> Iterator[Element]:
    wanted = set(names)
    yield from (each for each in element.iter("*") if _classes(each) & wanted)


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())
