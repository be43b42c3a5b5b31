"""Drawing: the images that recognized pages are of, with the lines of a passage marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.images import Box, mark_boxes, read_upright
from docproc.hooks import ImageBeside
from docproc.records import DrawnPage, Span
from docproc.stages.parse.pages.ocr_layout.recognized import OcrLine, RecognizedPage

Place = tuple[Span, int, OcrLine]
"""Where a line stands in the text, the number of its page from 1, and the line."""


def draw_pages(
    pages: Sequence[RecognizedPage],
    places: Sequence[Place],
    spans: Sequence[Span],
    image: ImageBeside,
    limits: Limits,
) -> Iterator[DrawnPage]:
    """The images of the pages that *spans* touch; *image* finds one by its name."""
    touched: dict[int, list[OcrLine]] = {}
    for place, number, line in places:
        if any(span.overlaps(place) for span in spans):
            touched.setdefault(number, []).append(line)
    before: Counter[str] = Counter()
    for number, page in enumerate(pages, 1):
        frame_number = before[page.image]
        before[page.image] += 1
        if number not in touched:
            continue
        frame = _frame(image(page.image), frame_number, limits).convert("RGB")
        across = frame.width / page.width if page.width > 0 else 1.0
        down = frame.height / page.height if page.height > 0 else 1.0
        told = [box for line in touched[number] if (box := line.where())]
        boxes = [_scale(box, across, down) for box in told]
        if not boxes:
            raise SourceError("it does not say where on the page any line of the passage stands")
        yield DrawnPage(page.label, mark_boxes(frame, boxes))


def _scale(box: Box, across: float, down: float) -> Box:
    left, top, right, bottom = box
    return left * across, top * down, right * across, bottom * down


def _frame(data: bytes, number: int, limits: Limits) -> Any:
    """The frame of that *number*, from 0, of an image; the only one where it has one."""
    frames = list(islice(read_upright(data, limits), number, number + 1))
    frames = frames or list(islice(read_upright(data, limits), 1))
    if not frames:
        raise SourceError("the image of its page is empty")
    return frames[0]
