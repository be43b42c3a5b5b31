"""PDF as fpdf2 writes it: the words come out in reading order, each on its page."""

from __future__ import annotations

import contextlib

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import bare, columns, written

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.hooks import Parser
from docproc.passages.locators import Locators
from docproc.passages.runs import BlockRun
from docproc.records import Block, BlockKind, Child, Document, PassageKind, SourceFile, Unread
from docproc.stages.parse.pages.pdf.parser import make


def parts(
    data: bytes, passwords: tuple[str, ...] = (), max_pages: int = 100, **limits: int
) -> list:
    parser = make(
        {
            "passwords": list(passwords),
            "max_pages": max_pages,
            "languages": ["eng"],
            "confidence": 60,
            "limits": Limits(**limits),
        }
    )
    return list(parser.parse(SourceFile("a.pdf", "x/y", len(data), "0" * 64), data))


def parse(data: bytes, *passwords: str) -> Document:
    (document,) = (p for p in parts(data, passwords) if isinstance(p, Document))
    return document


def test_every_word_stands_on_its_page():
    document = parse(written("First page.", "Second page.\nIts second line."))
    assert document.text == "First page.\n\nSecond page.\nIts second line."
    assert [(p.label, p.number, p.span.of(document.text).strip()) for p in document.pages] == [
        ("1", 1, "First page."),
        ("2", 2, "Second page.\nIts second line."),
    ]


def test_a_page_goes_by_its_printed_label():
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    pdf.add_page(label_style="r", label_start=4)
    pdf.cell(0, 6, "Preface")
    document = parse(bytes(pdf.output()))
    assert [(page.label, page.number) for page in document.pages] == [("iv", 1)]
    block = Block(BlockKind.PARAGRAPH, document.pages[0].span)
    run = BlockRun((block,), PassageKind.BODY, "body")
    assert Locators([block], document.pages).of(run, block.span) == "p. iv, paragraph 1"


def test_a_sentence_runs_on_over_the_page_and_a_new_one_begins_a_paragraph():
    document = parse(written("The rifles were", "sent to Baku.", "Nothing came."))
    assert document.text == "The rifles were\nsent to Baku.\n\nNothing came."


@pytest.mark.parametrize("interleaved", [False, True])
def test_columns_are_read_one_after_the_other_however_they_were_drawn(interleaved):
    left = [f"the left line of prose {n}" for n in range(8)]
    right = [f"the right line of prose {n}" for n in range(8)]
    text = parse(columns(left, right, interleaved=interleaved)).text
    assert text.split("\n\n") == ["\n".join(left), "\n".join(right)]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_turned_reads_the_same(rotation):
    page = "One line of the page.\nAnother line of it."
    assert parse(written(page, rotation=rotation)).text == page


def test_running_heads_and_page_numbers_are_furniture():
    pages = [
        f"Minutes of the Board {n}\n"
        + "\n".join(f"Word {n}{i} of it." for i in range(5))
        + f"\n{n}"
        for n in range(1, 5)
    ]
    document = parse(written(*pages))
    assert [b.span.of(document.text) for b in document.blocks] == [
        words for n in range(1, 5) for words in (f"Minutes of the Board {n}", str(n))
    ]
    assert {block.kind for block in document.blocks} == {BlockKind.FURNITURE}


def test_a_page_that_says_the_same_as_others_is_not_all_furniture():
    assert parse(written("Nothing today.", "Nothing today.", "Nothing today.")).blocks == ()


def test_an_encrypted_file_is_read_with_the_password_that_fits_and_told_without():
    data = written("Secret words.", password="open sesame")
    document = parse(data, "wrong", "open sesame")
    assert document.text == "Secret words."
    assert dict(document.metadata.other)["encrypted"].startswith("yes")
    with pytest.raises(SourceError, match=r"encrypted: put its password .*\[plugins.pdf\]"):
        parse(data)
    with pytest.raises(SourceError, match="none of the 1 given opens it"):
        parse(data, "wrong")


def test_attachments_are_listed_and_handed_on_to_be_read():
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    pdf.add_page()
    pdf.cell(0, 6, "See the list.")
    pdf.embed_file(basename="list.csv", bytes=b"a,b")
    pdf.embed_file(basename="../list.csv", bytes=b"c,d")
    document, *attached = parts(bytes(pdf.output()))
    assert ("attachment", "list.csv") in document.metadata.other
    assert attached == [Child("list.csv", b"a,b"), Child("_list.csv", b"c,d")]


def test_attachments_past_the_limit_are_told_and_the_others_are_read():
    pdf = FPDF()
    pdf.add_page()
    for name in ("a.csv", "b.csv", "c.csv"):
        pdf.embed_file(basename=name, bytes=b"a,b")
    told, *attached = parts(bytes(pdf.output()), attachments=2)
    assert told == Unread("attachments", "only the first 2 of 3 are read (limits.attachments)")
    assert [each.name for each in attached] == ["a.csv", "b.csv"]


def test_a_file_of_attachments_alone_is_read():
    pdf = FPDF()
    pdf.add_page()
    pdf.embed_file(basename="list.csv", bytes=b"a,b")
    assert parts(bytes(pdf.output())) == [Child("list.csv", b"a,b")]


def test_pages_that_are_images_are_told_one_by_one_and_blank_ones_are_not():
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for kind in ["image", "image", "text", "blank", "image"]:
        pdf.add_page()
        if kind == "text":
            pdf.cell(0, 6, "Words.")
        elif kind == "image":
            pdf.rect(10, 10, 50, 50, style="F")
    found = parts(bytes(pdf.output()))
    assert [p.where for p in found if isinstance(p, Unread)] == ["pages 1–2", "page 5"]
    assert [p.text for p in found if isinstance(p, Document)] == ["Words."]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 nothing", "damaged, or not a PDF"),
        (written("A")[:300], "damaged, or not a PDF"),
        (bare(3), "it has no text"),
        (bare(101), "it has 101 pages"),
    ],
    ids=["nothing", "cut", "blank", "many"],
)
def test_what_cannot_be_read_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parts(data)


GOOD = written("Some words on a page.\nAnd some more.", "Another page.")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_document_or_a_source_error(data):
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(SourceError):
        parts(bytes(damaged))


def test_a_page_that_can_be_opened_once_and_not_again_is_told_as_damaged():
    """Somewhere in a file such a page comes of four bytes: pdfium mends what it first reads."""
    causes = set()
    for at in range(len(GOOD) // 2):
        with contextlib.suppress(SourceError):
            found = parts(GOOD[:at] + bytes(4) + GOOD[at + 4 :])
            assert found
            causes |= {each.cause for each in found if isinstance(each, Unread)}
    assert "it is damaged" in causes


def test_it_is_sure_of_its_files_whatever_they_are_called():
    parser = make({"passwords": [], "max_pages": 1, "languages": [], "confidence": 60})
    assert isinstance(parser, Parser)
    assert parser.confidence(SourceFile("a.txt", "", 1, ""), GOOD[:8192]) > 0.9
    assert parser.confidence(SourceFile("a.txt", "", 1, ""), b"Hello") == 0.0
