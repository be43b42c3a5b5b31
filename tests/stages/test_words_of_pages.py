"""Whatever pages hold, no word of them is lost or moved to another page: PDF, ALTO, PAGE, hOCR."""

from __future__ import annotations

from collections import Counter
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.config import Limits
from docproc.records import Document, SourceFile
from docproc.stages.parse.pages.ocr_layout.parser import OcrLayoutParser
from docproc.stages.parse.pages.pdf.parser import make

WORDS = st.sampled_from(
    [
        *("the", "mill", "stood", "still", "and", "no", "rye", "was", "ground", "in", "Tver"),
        *("Orlova", "1921", "12", "A", "THE", "Dear", "[1]", "1.", "so-called", "Ver-", "I."),
    ]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=8)
HEADS = st.sampled_from(["", "HISTORY OF THE MILL", "12 HISTORY OF THE MILL", "- {} -", "{}"])
ZONES = st.sampled_from(["", "heading", "header", "page-number", "marginalia", "drop-capital"])
MARGINS = st.sampled_from([["- 12 -"], ["184 HISTORY OF THE MILL"], ["71"]])
REGIONS = st.lists(
    st.tuples(ZONES, LINES) | st.tuples(st.just(""), MARGINS), min_size=1, max_size=4
)
FILES = st.lists(REGIONS, min_size=1, max_size=3)


def is_sound(document: Document) -> None:
    """Blocks and pages lie in the text, in order and apart, and no word stands outside a page."""
    text, end = document.text, 0
    for block in document.blocks:
        assert end <= block.span.start <= block.span.end <= len(text)
        assert block.span.of(text).strip() == block.span.of(text) != ""
        end = block.span.end
    end = 0
    for page in document.pages:
        assert text[end : page.span.start].strip() == ""
        assert page.span.start >= end
        end = page.span.end
    assert text[end:].strip() == ""


def letters(text: str) -> Counter[str]:
    """The letters of *text*: a drop capital, and a word that is cut, is joined to its rest."""
    return Counter("".join(text.split()))


def pdf_of(pages: list[list[str]]) -> bytes:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_font("times", size=12)
    for lines in pages:
        pdf.add_page()
        for number, line in enumerate(lines):
            pdf.text(20, 20 + 6 * number, line)
    return bytes(pdf.output())


@settings(max_examples=60, deadline=None)
@given(pages=st.lists(LINES, min_size=1, max_size=4), head=HEADS)
def test_every_word_of_a_pdf_is_read_once(pages, head):
    heads = [[head.format(number)] if head else [] for number in range(11, 11 + len(pages))]
    written = [[*own, *lines] for own, lines in zip(heads, pages, strict=True)]
    data = pdf_of(written)
    parser = make({"passwords": [], "max_pages": 100, "languages": [], "confidence": 60})
    (document,) = parser.parse(SourceFile("a.pdf", "", len(data), "0" * 64), data)
    is_sound(document)
    assert letters(document.text) == letters(" ".join(" ".join(lines) for lines in written))
    assert len(document.pages) == len(pages)


def page_xml(pages):
    (regions,) = pages
    inside = "".join(
        f'<TextRegion id="r{n}" type="{zone}">'
        + "".join(
            f"<TextLine><TextEquiv><Unicode>{escape(line)}</Unicode></TextEquiv></TextLine>"
            for line in lines
        )
        + "</TextRegion>"
        for n, (zone, lines) in enumerate(regions)
    )
    space = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
    return f'<PcGts xmlns="{space}"><Page imageFilename="1.jpg">{inside}</Page></PcGts>'


def alto(pages):
    def page(number, regions):
        blocks = "".join(
            f'<TextBlock TAGREFS="{zone}">'
            + "".join(
                "<TextLine>"
                + "<SP/>".join(f'<String CONTENT="{escape(word)}"/>' for word in line.split())
                + "</TextLine>"
                for line in lines
            )
            + "</TextBlock>"
            for zone, lines in regions
        )
        return f'<Page ID="p{number}">{blocks}</Page>'

    zones = ("heading", "header", "page-number", "marginalia", "drop-capital")
    tags = "".join(f'<OtherTag ID="{each}" LABEL="{each}"/>' for each in zones)
    inside = "".join(page(number, regions) for number, regions in enumerate(pages))
    space = "http://www.loc.gov/standards/alto/ns-v4#"
    return f'<alto xmlns="{space}"><Tags>{tags}</Tags><Layout>{inside}</Layout></alto>'


def hocr(pages):
    kinds = {"header": "ocr_header", "page-number": "ocr_pageno", "heading": "ocr_caption"}

    def page(number, regions):
        inside = "".join(
            f'<div class="{kinds.get(zone, "ocr_carea")}"><p class="ocr_par">'
            + "".join(f'<span class="ocr_line">{escape(line)}</span>' for line in lines)
            + "</p></div>"
            for zone, lines in regions
        )
        return f'<div class="ocr_page" title="image \'{number}.png\'">{inside}</div>'

    inside = "".join(page(number, regions) for number, regions in enumerate(pages))
    return f"<html><head></head><body>{inside}</body></html>"


@pytest.mark.slow
@pytest.mark.parametrize("write", [page_xml, alto, hocr])
@settings(max_examples=80, deadline=None)
@given(pages=FILES)
def test_every_word_of_recognized_pages_is_read_once(write, pages):
    pages = pages[:1] if write is page_xml else pages
    data = write(pages).encode()
    source = SourceFile("a.xml", "", len(data), "0" * 64)
    (document,) = OcrLayoutParser(Limits()).parse(source, data)
    is_sound(document)
    written = " ".join(line for regions in pages for _, lines in regions for line in lines)
    assert letters(document.text) == letters(written)
