"""The parser of plain text: what it claims, and that it changes nothing."""

from __future__ import annotations

import pytest

from docproc.errors import SourceError
from docproc.hooks import Parser
from docproc.records import SourceFile
from docproc.stages.parse.text.plain import make

TEXT = "\ufeffDear Sir,\r\n\r\nThe\xa0matter is urgent.\r\n"


def source(path: str) -> SourceFile:
    return SourceFile(path, "text/plain", 1, "0" * 64)


def parsed(text: str):
    (document,) = make({}).parse(source("a.txt"), text.encode())
    return document


def test_the_reading_text_is_the_decoded_file_without_its_mark():
    (document,) = make({}).parse(source("seeds/letter.txt"), TEXT.encode())
    assert document.text == TEXT[1:]
    assert document.metadata.encoding == "utf-8"
    assert document.blocks == ()


def test_the_same_bytes_give_the_same_document():
    data = "Прошу прислать инструкторов".encode("koi8-r")
    assert list(make({}).parse(source("a.txt"), data)) == list(
        make({}).parse(source("a.txt"), data)
    )


@pytest.mark.parametrize(
    ("path", "head", "least", "most"),
    [
        ("a.txt", b"Dear Sir,", 0.8, 1),
        ("a.TEXT", b"Dear Sir,", 0.8, 1),
        ("letter", b"Dear Sir,", 0.4, 0.6),
        ("Letter no. 12", b"Dear Sir,", 0.4, 0.6),
        ("a.md", b"Dear Sir,", 0.1, 0.5),
        ("letter", b"\x89PNG\r\n\x1a\n", 0, 0),
        ("a.html", b"<html>", 0, 0),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>", 0, 0),
        ("a.rtf", b"rtf1\\ansi Dear Sir,\\par", 0, 0),  # cut off at the front
        ("a.pdf", b"Dear Sir, come at once", 0.35, 0.5),  # not what it is called
        ("a.docx", "Прошу прислать двух инструкторов".encode("cp1251"), 0.35, 0.5),
        ("a.docx", b"Dear", 0, 0),  # too little to tell
        ("a.zip", b"PK\x03", 0, 0),
        ("a.txt", b"\x89PNG\r\n\x1a\n", 0.1, 0.3),  # claimed, so that its fault is named
        ("a.txt", b"", 0.1, 0.3),
    ],
)
def test_confidence_is_by_suffix_and_by_sight(path, head, least, most):
    parser = make({})
    assert isinstance(parser, Parser)
    assert least <= parser.confidence(source(path), head) <= most


def test_what_is_no_text_is_refused_with_its_cause():
    with pytest.raises(SourceError, match="a PNG image"):
        list(make({}).parse(source("a.txt"), b"\x89PNG\r\n\x1a\n"))


def test_the_terms_of_project_gutenberg_stand_apart_from_the_text_and_name_it():
    terms = "Project Gutenberg's A\n\nTitle: A Tale of\n       Two Mills\n\nAuthor: Ann Orr\n\n"
    start = "*** START OF THE PROJECT GUTENBERG EBOOK A ***\n\n"
    end = "*** END OF THE PROJECT GUTENBERG EBOOK A ***\n\nThe licence follows."
    text = f"{terms}{start}A TALE\n\nThe end of Project Gutenberg is not near.\n\n{end}"
    document = parsed(text)
    assert document.text == text
    before, after = [block.span.of(text) for block in document.blocks]
    assert (before, after) == ((terms + start).strip(), end)
    assert document.metadata.title.text == "A Tale of Two Mills"
    assert ("author", "Ann Orr") in document.metadata.other


def test_a_text_that_only_names_project_gutenberg_is_read_as_it_is():
    assert parsed("It is from Project Gutenberg.\n\nEnd of it.").blocks == ()


FIRST = "HISTORY OF THE MILL   {}\n\nThe mill was built by Orlov.\n\nThe governor"
SECOND = "HISTORY OF THE MILL   {}\n\ncame to Tver by night.\n\nHe left at dawn."
THIRD = "HISTORY OF THE MILL   {}\n\nThen it rained.\n\nNobody came."


def test_form_feeds_part_pages_whose_heads_stand_apart_and_sentences_stay_whole():
    document = parsed("\f".join(p.format(n) for n, p in enumerate((FIRST, SECOND, THIRD), 11)))
    text = document.text
    assert "The governor\ncame to Tver by night." in text
    assert [b.span.of(text) for b in document.blocks] == [
        f"HISTORY OF THE MILL   {n}" for n in (11, 12, 13)
    ]
    assert {b.kind.value for b in document.blocks} == {"furniture"}
    assert [(page.label, page.number) for page in document.pages] == [
        ("11", 1),
        ("12", 2),
        ("13", 3),
    ]
    assert document.pages[1].span.of(text).startswith("came to Tver")


def test_page_numbers_are_furniture_and_what_closes_or_opens_letters_is_not():
    pages = [f"Dear Sir,\n\nThe mill of {name} burned.\n\nI. Orlov\n\n- {n} -" for n, name in
             enumerate(("Tver", "Kars", "Riga"), 1)]  # fmt: skip
    document = parsed("\f".join(pages))
    assert [b.span.of(document.text) for b in document.blocks] == ["- 1 -", "- 2 -", "- 3 -"]
    assert document.text.count("Dear Sir,") == document.text.count("I. Orlov") == 3
    bare = parsed("\f".join(page.partition("\n\n- ")[0] for page in pages))
    assert bare.blocks == ()


def test_a_short_last_page_has_its_head_apart_as_well():
    pages = [
        "A page\n\nthat ends with the wor-",
        "THE MILL 12\n\nds of the miller.",
        "THE MILL 13\n\nSo.",
    ]
    document = parsed("\f".join(pages))
    assert "the wor-\nds of the miller." in document.text
    assert [b.span.of(document.text) for b in document.blocks] == ["THE MILL 12", "THE MILL 13"]


def test_a_form_feed_at_the_end_parts_nothing():
    assert parsed("The mill burned.\n\f").pages == ()


def test_a_head_whose_number_changes_sides_is_one_and_pages_count_on_from_printed_numbers():
    pages = ["OF MILLS    xi\n\nOne.\n", "OF MILLS    12\n\nTwo.\n", "13    OF MILLS\n\nThree.\n"]
    document = parsed("\f".join([*pages, "Four."]))
    assert [page.label for page in document.pages] == ["xi", "12", "13", "14"]
    assert [block.span.of(document.text)[-2:] for block in document.blocks] == ["xi", "12", "LS"]
