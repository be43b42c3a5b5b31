"""Locators: the way to a passage from its file on, through whatever lies between."""

from __future__ import annotations

import pytest

from docproc.records import Document, Page, SourceFile, Span
from docproc.stages.segment_structure import StructureSegmenter

SOURCE = SourceFile("seeds/a.zip", "application/zip", 1, "0" * 64)
TEXT = "The harvest failed in the whole of the district that year."


@pytest.mark.parametrize(
    ("member", "label", "locator"),
    [
        ("", "", "paragraph 1"),
        ("", "iv", "p. iv, paragraph 1"),
        ("letters/3.txt", "", "letters/3.txt, paragraph 1"),
        ("papers/report.pdf", "7", "papers/report.pdf, p. 7, paragraph 1"),
        ("message 3", "", "message 3, paragraph 1"),
        ("1.2.3", "", "part 1.2.3, paragraph 1"),
    ],
)
def test_a_passage_is_found_by_what_tells_its_document_apart_then_page_then_paragraph(
    member, label, locator
):
    pages = (Page(label, Span(0, len(TEXT)), 1),) if label else ()
    document = Document(SOURCE, TEXT, member=member, pages=pages)
    (passage,) = StructureSegmenter().segment(document)
    assert passage.locator == locator
