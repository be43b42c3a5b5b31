"""Scans, read by a Tesseract of the tests' own: lines, doubts, places; and without any."""

from __future__ import annotations

import io
import sys

import pytest
from fpdf import FPDF
from PIL import Image

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.formats.images import read_upright
from docproc.records import Document, SourceFile, Unread
from docproc.stages.parse.pages.pdf.parser import make as make_pdf
from docproc.stages.parse.pages.pdf.scan import make

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the tests' own Tesseract is a script with a first line"
)


def image(*shades: int, form: str = "TIFF", last: int | None = None) -> bytes:
    """A file of frames, each of one shade of grey, the last pixel of another."""
    frames = []
    for shade in shades:
        frame = Image.new("L", (200, 300), shade)
        if last is not None:
            frame.paste(last, (100, 150, 200, 300))
        frames.append(frame)
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    frames[0].save(stream, form, **more)
    return stream.getvalue()


def parts(data: bytes, languages: tuple[str, ...] = ("rus", "eng")) -> list:
    parser = make({"languages": list(languages), "confidence": 60.0})
    return list(parser.parse(SourceFile("a.tif", "x/y", len(data), "0" * 64), data))


READ = "The harvcst\nfailed.\n\nNothing"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_what_is_read_is_shown_as_read_and_doubts_are_marked_for_the_search_alone(calls, form):
    (document,) = parts(image(255, form=form))
    assert document.text == READ
    assert document.search.apply(document.text) == READ.replace("harvcst", "harvcst [?]")
    assert ("OCR confidence", "84 of 100") in document.metadata.other
    assert "-l rus+eng" in calls.read_text()


def test_each_frame_is_a_page_and_one_without_text_is_told(calls):
    first, document = parts(image(255, 0, 255))
    assert first == Unread("page 2", "OCR finds no text on it")
    assert [(p.label, p.span.of(document.text).strip()) for p in document.pages] == [
        ("1", READ),
        ("3", READ),
    ]


def test_a_page_that_stands_on_its_head_is_turned(calls):
    (document,) = parts(image(0, last=255))
    assert document.text == READ


def test_what_was_read_once_is_not_read_again(calls):
    assert parts(image(255)) == parts(image(255))
    assert len(calls.read_text().splitlines()) == 1


def test_a_language_that_is_not_installed_is_named(calls):
    with pytest.raises(SourceError, match="lacks one of the languages xxx"):
        parts(image(255), ("xxx",))


def test_without_tesseract_a_scan_is_told_with_what_to_install():
    with pytest.raises(SourceError, match="install Tesseract"):
        parts(image(255))


def test_a_damaged_image_is_one_clear_message(calls):
    with pytest.raises(SourceError, match="damaged, or not an image"):
        parts(image(255, form="PNG")[:60])


def test_a_frame_of_too_many_pixels_is_refused():
    with pytest.raises(SourceError, match=r"200 × 300 pixels.*limits\.megapixels"):
        list(read_upright(image(255), Limits(megapixels=0.05)))


def test_an_image_of_too_many_frames_is_refused():
    with pytest.raises(SourceError, match=r"more than 0 frames \(limits\.frames\)"):
        list(read_upright(image(255), Limits(frames=0)))


def test_pages_of_a_pdf_without_text_are_read_among_those_with_text(calls):
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    pdf.add_page()
    pdf.cell(0, 6, "Words.")
    pdf.add_page()
    pdf.rect(50, 50, 50, 50, style="F")
    data = bytes(pdf.output())
    settings = {"passwords": [], "max_pages": 9, "languages": ["eng"], "confidence": 60.0}
    (document,) = make_pdf(settings).parse(SourceFile("a.pdf", "x/y", 1, "0" * 64), data)
    assert isinstance(document, Document)
    assert document.text == f"Words.\n\n{READ}"
    assert [page.number for page in document.pages] == [1, 2]
