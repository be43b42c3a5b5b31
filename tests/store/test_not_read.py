"""What could not be read: counted in files, pages and other parts."""

from __future__ import annotations

import pytest

from docproc.records import NotRead
from docproc.store.catalog import IN_PART, Failure, not_read


@pytest.mark.parametrize(
    ("cause", "counted"),
    [
        ("the file is empty", NotRead(files=1)),
        (f"{IN_PART}page 3: no text, only an image; it needs OCR: install it", NotRead(pages=1)),
        (f"{IN_PART}pages 3–12: it is damaged; page 14: it is damaged", NotRead(pages=11)),
        (f"{IN_PART}box/3.pdf, page 2: it is damaged", NotRead(pages=1)),
        (f"{IN_PART}scan.xyz: no parser reads it; and 1,200 more", NotRead(parts=1201)),
        (f"{IN_PART}message 3: it has no headers", NotRead(parts=1)),
        (f"{IN_PART}6 chapters: no text, only images", NotRead(parts=6)),
        (f"{IN_PART}1,200 rows (row 3 to row 1203): there is nothing", NotRead(parts=1200)),
        (f"{IN_PART}box.zip, People, row 3: there is nothing", NotRead(parts=1)),
        (f"{IN_PART}its characters: 1 place is no UTF-8 and marked", NotRead()),
    ],
)
def test_failures_are_counted_by_what_is_missing(cause, counted):
    assert not_read([Failure(path="a", cause=cause)]) == counted
    assert bool(counted) == (counted != NotRead())
