"""Drawing: the pages of a PDF or a scan as PNG, with the lines of a passage marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docproc.formats.images import Box, mark_boxes
from docproc.formats.libraries import library
from docproc.records import DrawnPage, Span
from docproc.stages.parse.pages.pdf.images import bound_scale
from docproc.stages.parse.pages.pdf.layout import PageLines, lay_out
from docproc.stages.parse.pages.pdf.lines import PageText, PdfLine

DPI = 150


def marked_lines(
    pages: Sequence[PageLines], spans: Sequence[Span]
) -> Mapping[int, list[tuple[PdfLine, Span]]]:
    """By the number of the page, the lines that *spans* touch, each with the part touched."""
    found: dict[int, list[tuple[PdfLine, Span]]] = {}
    for place, number, line in lay_out(pages).places:
        for span in spans:
            if span.overlaps(place):
                start, end = max(span.start, place.start), min(span.end, place.end)
                touched = Span(start, end).shift(-place.start)
                found.setdefault(number, []).append((line, touched))
    return found


def draw_page(
    pdfium: Any, pdf: Any, page: PageLines, lines: list[tuple[PdfLine, Span]]
) -> DrawnPage:
    """A page of PDF, with *lines* marked on it."""
    library("PIL.Image", "ocr", "an image of a page")
    opened = pdf[page.number - 1]
    try:
        scale = bound_scale(opened, DPI / 72)
        image = opened.render(scale=scale).to_pil().convert("RGB")
        with PageText(pdfium, opened) as text:
            boxes = [
                box
                for line, touched in lines
                if (box := _box(text, line, touched, (image.width, image.height), scale))
            ]
    finally:
        opened.close()
    return DrawnPage(page.label, mark_boxes(image, boxes))


def _box(
    text: PageText, line: PdfLine, touched: Span, size: tuple[int, int], scale: float
) -> Box | None:
    """What is touched of a line, in pixels; the whole of it where OCR read it."""
    if line.first < 0 and line.confidence is None:  # it was typed onto the page
        return None
    if line.first < 0:
        return line.left * scale, line.top * scale, line.right * scale, line.bottom * scale
    parts = range(line.first + touched.start, line.first + touched.end)
    boxes = [box for index in parts if (box := text.box(index, *size))]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def draw_frames(
    images: Iterator[Any], pages: Sequence[PageLines], spans: Sequence[Span]
) -> Iterator[DrawnPage]:
    """The frames of a scan that *spans* touch, with what they touch marked."""
    touched = marked_lines(pages, spans)
    labels = {page.number: page.label for page in pages}
    for number, image in enumerate(images, 1):
        if number in touched:
            boxes = [(line.left, line.top, line.right, line.bottom) for line, _ in touched[number]]
            yield DrawnPage(labels[number], mark_boxes(image, boxes))
