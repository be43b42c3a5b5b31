"""Highlights: what is quoted is yellow on the page that it stands on, and nothing else is."""

from __future__ import annotations

import io
import sys

import pytest
from pdf_files import written
from PIL import Image
from test_scanned_pages import image

from docproc.hooks import DrawsPages
from docproc.records import Document, SourceFile, Span
from docproc.stages.parse.pages.pdf.parser import make
from docproc.stages.parse.pages.pdf.scan import make as make_scan

SETTINGS = {"passwords": [], "max_pages": 9, "languages": ["eng"], "confidence": 60.0}


def yellow(png: bytes) -> tuple[int, int, int, int] | None:
    """The box of what is yellow: red and green, and not blue."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    red, _, blue = picture.split()
    marked = Image.composite(blue.point(lambda v: 255 * (v < 120)), Image.new("L", red.size), red)
    return marked.getbbox()


def drawn(data: bytes, quote: str, parser=None):
    parser = parser or make(SETTINGS)
    assert isinstance(parser, DrawsPages)
    parsed = parser.parse(SourceFile("a", "x/y", 1, "0" * 64), data)
    (document,) = (part for part in parsed if isinstance(part, Document))
    start = document.text.index(quote)
    return list(parser.draw(data, [Span(start, start + len(quote))]))


def test_the_words_quoted_are_marked_and_no_other_page_is_drawn():
    data = written("One line.\nThe second line of it.\nA third.", "Another page.")
    (page,) = drawn(data, "second")
    whole = yellow(drawn(data, "One line.\nThe second line of it.\nA third.")[0].png)
    box = yellow(page.png)
    assert page.label == "1"
    assert whole is not None
    assert box is not None
    assert whole[0] < box[0] < box[2] < whole[2]
    assert whole[1] < box[1] < box[3] < whole[3]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_on_a_page_that_is_turned_the_mark_turns_with_the_words(rotation):
    page = "Word.\n" + "\n" * 3 + "Quoted."
    upright = yellow(drawn(written(page), "Word.")[0].png)
    (turned,) = drawn(written(page, rotation=rotation), "Word.")
    box = yellow(turned.png)
    width, height = Image.open(io.BytesIO(turned.png)).size
    assert upright is not None
    assert box is not None
    left, top, right, bottom = upright
    expected = {
        90: (width - bottom, left),
        180: (width - right, height - bottom),
        270: (top, height - right),
    }[rotation]
    assert abs(box[0] - expected[0]) < 8
    assert abs(box[1] - expected[1]) < 8


def test_a_passage_over_two_pages_is_marked_on_both():
    pages = drawn(written("The rifles were", "sent to Baku."), "were\nsent")
    assert [page.label for page in pages] == ["1", "2"]
    assert all(yellow(page.png) for page in pages)


@pytest.mark.skipif(sys.platform == "win32", reason="as in test_scan")
def test_the_lines_of_a_scan_are_marked_where_they_were_read(calls):
    (page,) = drawn(image(255, 0, 255), "failed.", make_scan(SETTINGS))
    box = yellow(page.png)
    assert page.label == "1"
    assert box is not None
    # read at 90..120 × 100..112 on the frame enlarged four times
    assert (box[0], box[1]) == (90 // 4 - 2, 100 // 4 - 2)
