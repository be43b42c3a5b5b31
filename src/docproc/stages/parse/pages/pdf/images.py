"""Images of pages: frames of scans, pages of PDF drawn, and what OCR reads on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.formats.images import read_upright
from docproc.formats.ocr import Ocr
from docproc.records import Span
from docproc.stages.parse.pages.pdf.lines import PdfLine

DPI = 300
"""At which pages of PDF are drawn for OCR; Tesseract is trained on that size of letters."""

_POINTS = 72.0
_MOST_DRAWN = 60_000_000
"""Pixels of a page that is drawn, twice A3 at 400 dots an inch: a larger page is drawn smaller."""
_LOW = 1_600
"""Pixels of the longer side, A4 at 140 dots an inch; a smaller image is enlarged, up to four times.

A larger one Tesseract reads no better for that, and longer (``benchmarks.enlarging``).
"""
_UNSURE, _SURER = 60, 15


def draw_bitmap(page: Any) -> Any:
    """A page of PDF as pdfium's bitmap, smaller where it would have too many pixels."""
    return page.render(scale=bound_scale(page, DPI / _POINTS), grayscale=True)


def bound_scale(page: Any, scale: float) -> float:
    """*scale*, or what of it keeps the drawn *page* from having too many pixels."""
    width, height = page.get_size()
    pixels = float(width * height * scale * scale)
    return scale * (_MOST_DRAWN / pixels) ** 0.5 if pixels > _MOST_DRAWN else scale


@dataclass(frozen=True, slots=True)
class Grey:
    """A grey image of one page; ``dpi`` is how many of its pixels are an inch of the result."""

    width: int
    height: int
    pixels: bytes
    dpi: float

    def portable(self) -> bytes:
        """As a Portable GrayMap, which needs no library to write."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.pixels

    def turn(self) -> Grey:
        """Upside down."""
        return replace(self, pixels=self.pixels[::-1])


def grey(bitmap: Any, dpi: float) -> Grey:
    """What pdfium drew."""
    pixels = bitmap.to_numpy()
    height, width = pixels.shape[:2]
    return Grey(width, height, pixels.tobytes(), dpi)


def frames(data: bytes, limits: Limits) -> Iterator[Grey]:
    """Each frame of an image in grey, enlarged where it is small.

    The lines that are read on it have the frame's own pixels as their points.
    """
    for frame in read_upright(data, limits):
        image = frame.convert("L")
        times = max(1, min(4, -(-_LOW // max(image.size))))
        if times > 1:
            image = image.resize([side * times for side in image.size])
        width, height = image.size
        yield Grey(width, height, image.tobytes(), _POINTS * times)


def read(ocr: Ocr, image: Grey, confidence: float) -> tuple[PdfLine, ...]:
    """The lines that *ocr* reads on *image*; words under *confidence* are marked in them.

    A page of which OCR makes little is tried upside down as well: Tesseract itself sees that
    only where there is much text.
    """
    lines = _read(ocr, image, confidence)
    sure = mean_confidence(lines)
    if sure is not None and sure < _UNSURE:
        turned = _read(ocr, image.turn(), confidence)
        if (mean_confidence(turned) or 0) > sure + _SURER:
            width, height = (side * _POINTS / image.dpi for side in (image.width, image.height))
            return tuple(
                replace(
                    line,
                    left=width - line.right,
                    right=width - line.left,
                    top=height - line.bottom,
                    bottom=height - line.top,
                )
                for line in turned
            )
    return lines


def _read(ocr: Ocr, image: Grey, confidence: float) -> tuple[PdfLine, ...]:
    found = []
    scale = _POINTS / image.dpi
    for line in ocr.lines(image.portable()):
        text, doubtful = "", []
        for word in line.words:
            text += " " if text else ""
            span = Span(len(text), len(text) + len(word.text))
            text += word.text
            if word.confidence < confidence:
                doubtful.append(span)
        found.append(
            PdfLine(
                text,
                -1,
                min(word.left for word in line.words) * scale,
                min(word.top for word in line.words) * scale,
                max(word.right for word in line.words) * scale,
                max(word.bottom for word in line.words) * scale,
                tuple(doubtful),
                sum(word.confidence for word in line.words) / len(line.words),
                line.begins,
            )
        )
    return tuple(found)


def mean_confidence(lines: Sequence[PdfLine]) -> int | None:
    """How sure OCR is of *lines*, from 0 to 100; ``None`` where none was read by it."""
    sure = [line.confidence for line in lines if line.confidence is not None]
    return round(sum(sure) / len(sure)) if sure else None
