"""A draft dropped on the page: each quotation with its verdict, and nothing of it kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

OWN = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
DRAFT = """# Chapter 3

Orlov wrote: “Send 40 crates of seed rye before the river freezes” <script>alert(1)</script>.

Lebedeva answered that “the road to Cherepovets is under water”.
"""


def test_a_draft_is_checked_and_its_wrong_quotation_shown_beside_the_source(reader, library):
    before = set(Path(tempfile.gettempdir()).glob("docproc-draft-*"))
    sent = {"draft": ("chapter.md", DRAFT.encode(), "text/markdown")}
    page = reader.post("/check", files=sent, headers=OWN)
    assert page.status_code == 200, page.text
    assert "differs" in page.text
    assert "crates" in page.text
    assert "sacks" in page.text
    assert "exact" in page.text
    assert "<script>alert" not in page.text
    assert set(Path(tempfile.gettempdir()).glob("docproc-draft-*")) == before


def test_text_may_be_pasted_and_what_cannot_be_a_draft_is_named(reader):
    assert reader.get("/check").status_code == 200
    pasted = reader.post("/check", data={"text": DRAFT}, headers=OWN)
    assert "exact" in pasted.text
    binary = {"draft": ("run.exe", b"MZ", "application/octet-stream")}
    wrong = reader.post("/check", files=binary, headers=OWN)
    assert wrong.status_code == 400
    assert ".exe" in wrong.text
    assert reader.post("/check", data={"text": " "}, headers=OWN).status_code == 400
    assert reader.post("/check", data={"text": DRAFT}).status_code == 403
