"""The parser of scans, PNG, JPEG and TIFF of many frames: what Tesseract reads on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError
from docproc.formats.images import read_upright
from docproc.formats.ocr import NEEDED, Ocr
from docproc.records import Document, DrawnPage, Metadata, SourceFile, Span, Unread
from docproc.stages.parse.pages.pdf.drawing import draw_frames
from docproc.stages.parse.pages.pdf.images import frames, mean_confidence, read
from docproc.stages.parse.pages.pdf.layout import PageLines, lay_out

_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class ScanParser:
    """Reads images of pages; words of less than ``confidence`` are marked for the search."""

    ocr: Ocr
    confidence_needed: float
    limits: Limits = Limits()

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By signature, or else by suffix."""
        if head.startswith(_SIGNATURES):
            return 0.9
        return 0.3 if source.suffix in _SUFFIXES else 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*, and the frames on which nothing could be read."""
        read_pages = self._read(data)
        pages = [page for page in read_pages if page.lines]
        for page in read_pages:
            if not page.lines:
                yield Unread(f"page {page.label}", "OCR finds no text on it")
        if pages:
            sure = mean_confidence([line for page in pages for line in page.lines])
            other = (("OCR", self.ocr.version()), ("OCR confidence", f"{sure} of 100"))
            yield lay_out(pages).composer.document(source, metadata=Metadata(other=other))

    def draw(self, data: bytes, spans: Sequence[Span]) -> Iterable[DrawnPage]:
        """Yield the frames that *spans* touch, the lines that they touch marked on them."""
        images = (frame.convert("RGB") for frame in read_upright(data, self.limits))
        pages = [page for page in self._read(data) if page.lines]
        return draw_frames(images, pages, spans)

    def _read(self, data: bytes) -> list[PageLines]:
        if not self.ocr.available():
            raise SourceError(NEEDED)
        return [
            PageLines(number, str(number), read(self.ocr, frame, self.confidence_needed))
            for number, frame in enumerate(frames(data, self.limits), 1)
        ]


def make(settings: Mapping[str, Any]) -> ScanParser:
    """The factory; settings ``languages`` and ``confidence``."""
    limits = settings.get("limits") or Limits()
    return ScanParser(Ocr(tuple(settings["languages"])), settings["confidence"], limits)
