"""The parser of ALTO, PAGE XML and hOCR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.composer import Composer
from docproc.formats.sniffing import root_of
from docproc.formats.xml import parse_xml
from docproc.records import Document, SourceFile
from docproc.stages.ocr_layout.hocr import hocr_pages
from docproc.stages.ocr_layout.pages import RecognizedPage, pages_of

_HOCR = re.compile(rb"""class\s*=\s*["'][^"']{0,80}ocr_page|name\s*=\s*["']ocr-system""")


@dataclass(frozen=True, slots=True)
class OcrLayoutParser:
    """Reads recognized pages: a document a file, each page under the name of its image."""

    limits: Limits

    def confidence(self, _: SourceFile, head: bytes) -> float:
        """By the outermost element; hOCR by what only it says."""
        root = root_of(head)
        if root is None:
            return 0.0
        if root.name in ("alto", "PcGts"):
            return 0.95
        return 0.95 if root.name.lower() == "html" and _HOCR.search(head) else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Yield the one document of *source*.  Raises ``SourceError``."""
        root = root_of(data[:8192])
        if root is not None and root.name.lower() == "html":
            pages = hocr_pages(data)
        else:
            pages = pages_of(parse_xml(data, self.limits).root)
        document = _composed(pages).document(source)
        if not document.text.strip():
            raise SourceError("there is no recognized text in it")
        yield document


def make(settings: Mapping[str, Any]) -> OcrLayoutParser:
    """The factory; there are no settings."""
    return OcrLayoutParser(settings.get("limits", Limits()))


def _composed(pages: list[RecognizedPage]) -> Composer:
    """The regions of *pages* as blocks, their lines as lines."""
    composer = Composer()
    for number, page in enumerate(pages, 1):
        image = re.split(r"[/\\]", page.image)[-1]
        begun = False
        for region in page.regions:
            lines = [line for line in region.lines if line.strip()]
            if not lines:
                continue
            composer.begin(region.kind)
            if not begun:
                composer.page(page.printed or f"image {image}", number)
                begun = True
            composer.write("\n".join(lines))
    return composer
