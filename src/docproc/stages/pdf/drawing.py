"""Drawing: the pages of a PDF or a scan as PNG, with the lines of a passage marked."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docproc.formats.libraries import library
from docproc.records import DrawnPage, Span
from docproc.stages.pdf.layout import PageLines, laid
from docproc.stages.pdf.lines import Line, PageText

DPI = 150
_YELLOW = (255, 240, 90)
_MARGIN = 2
"""Pixels around what is marked."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


def marked_lines(
    pages: Sequence[PageLines], spans: Sequence[Span]
) -> Mapping[int, list[tuple[Line, Span]]]:
    """By the number of the page, the lines that *spans* touch, each with the part touched."""
    found: dict[int, list[tuple[Line, Span]]] = {}
    for place, number, line in laid(pages).places:
        for span in spans:
            if span.overlaps(place):
                start, end = max(span.start, place.start), min(span.end, place.end)
                touched = Span(start, end).shift(-place.start)
                found.setdefault(number, []).append((line, touched))
    return found


def drawn_page(pdfium: Any, pdf: Any, page: PageLines, lines: list[tuple[Line, Span]]) -> DrawnPage:
    """A page of PDF, with *lines* marked on it."""
    library("PIL.Image", "ocr", "an image of a page")
    opened = pdf[page.number - 1]
    try:
        image = opened.render(scale=DPI / 72).to_pil().convert("RGB")
        with PageText(pdfium, opened) as text:
            boxes = [
                box
                for line, touched in lines
                if (box := _box(text, line, touched, image.width, image.height))
            ]
    finally:
        opened.close()
    return DrawnPage(page.label, png(image, boxes))


def _box(text: PageText, line: Line, touched: Span, width: int, height: int) -> Box | None:
    """What is touched of a line, in pixels; the whole of it where OCR read it."""
    if line.first < 0:
        scale = DPI / 72
        return line.left * scale, line.top * scale, line.right * scale, line.bottom * scale
    parts = range(line.first + touched.start, line.first + touched.end)
    boxes = [box for index in parts if (box := text.box(index, width, height))]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def png(image: Any, boxes: Sequence[Box]) -> bytes:
    """*image* as PNG, with *boxes* as if gone over with a yellow marker."""
    chops = library("PIL.ImageChops", "ocr", "an image of a page")
    module = library("PIL.Image", "ocr", "an image of a page")
    for left, top, right, bottom in boxes:
        corner = (max(0, int(left) - _MARGIN), max(0, int(top) - _MARGIN))
        other = (
            min(image.width, int(right) + 1 + _MARGIN),
            min(image.height, int(bottom) + 1 + _MARGIN),
        )
        if corner[0] < other[0] and corner[1] < other[1]:
            part = image.crop((*corner, *other))
            image.paste(chops.multiply(part, module.new("RGB", part.size, _YELLOW)), corner)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def drawn_frames(
    images: Iterator[Any], pages: Sequence[PageLines], spans: Sequence[Span]
) -> Iterator[DrawnPage]:
    """The frames of a scan that *spans* touch, with what they touch marked."""
    marked = marked_lines(pages, spans)
    labels = {page.number: page.label for page in pages}
    for number, image in enumerate(images, 1):
        if number in marked:
            boxes = [(line.left, line.top, line.right, line.bottom) for line, _ in marked[number]]
            yield DrawnPage(labels[number], png(image, boxes))
