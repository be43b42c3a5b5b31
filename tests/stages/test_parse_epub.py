"""EPUB: chapters in the order of the spine, notes tied to their marks wherever they stand."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import Document, SourceFile, Unread
from docproc.stages.parse.books.epub import make

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>No matter</title></head>'
        f"<body>{body}</body></html>"
    )


def book(*bodies: str, leave_out: int | None = None) -> bytes:
    """A book of chapters; the manifest names them in the opposite order of the spine."""
    names = [f"text/{number}.xhtml" for number in range(len(bodies))]
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in reversed(list(enumerate(names)))
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr(
            "EPUB/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Harvest</dc:title>'
            "<dc:creator>A. Writer</dc:creator><dc:language>en-GB</dc:language></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, (name, body) in enumerate(zip(names, bodies, strict=True)):
            if number != leave_out:
                archive.writestr(f"EPUB/{name}", page(body))
    return stream.getvalue()


def parts(data: bytes) -> list:
    return list(make({}).parse(SourceFile("a.epub", "x/y", len(data), "0" * 64), data))


def parse(data: bytes) -> Document:
    (document,) = parts(data)
    return document


def test_chapters_come_in_the_order_of_the_spine_and_name_the_place():
    document = parse(
        book(
            "<h1>I. <em>Sowing</em></h1><p>It\n rained.</p>",
            "<h1>II. Reaping</h1><ol start='3'><li>Wheat</li><li>Rye</li></ol>"
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        )
    )
    assert document.text == (
        "I. Sowing\n\nIt rained.\n\nII. Reaping\n\n3. Wheat\n\n4. Rye\n\na\tb\nc\td"
    )
    assert [(p.label, p.span.of(document.text).strip()[:6]) for p in document.pages] == [
        ("“I. Sowing”", "I. Sow"),
        ("“II. Reaping”", "II. Re"),
    ]
    assert document.metadata.title.text == "The Harvest"
    assert document.metadata.language == "en"
    assert ("book's creator", "A. Writer") in document.metadata.other


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a epub:type="noteref" href="1.xhtml#n1" id="r1">1</a>',
            '<aside epub:type="footnote" id="n1"><p>Of that year.</p></aside>',
        ),
        (
            '<sup><a href="1.xhtml#n1" id="r1">[1]</a></sup>',
            '<p><a id="n1" href="0.xhtml#r1">1</a> Of that year.</p>',
        ),
    ],
    ids=["said", "linked to and fro"],
)
def test_a_note_is_tied_to_its_mark_in_another_chapter(mark, note):
    document = parse(book(f"<p>The harvest{mark} failed.</p>", note))
    (block,) = (b for b in document.blocks if b.kind.value == "note")
    assert document.text.startswith("The harvest[1] failed.")
    assert block.anchor.of(document.text) == "[1]"
    assert block.label == "1"
    assert block.span.of(document.text).endswith("Of that year.")


def test_a_chapter_that_is_missing_is_told_and_the_others_are_read():
    unread, document = parts(book("<p>One</p>", "<p>Two</p>", leave_out=0))
    assert isinstance(unread, Unread)
    assert unread.where == "chapter EPUB/text/0.xhtml"
    assert document.text == "Two"


GOOD = book("<h1>I</h1><p>Some words.</p>", "<p>More.</p>")


@pytest.mark.parametrize("data", [b"PK\x03\x04", GOOD[:200], b""], ids=["none", "cut", "empty"])
def test_what_is_no_book_is_one_clear_message(data):
    with pytest.raises(SourceError, match="damaged, or not a zip"):
        parts(data)


@settings(max_examples=60, deadline=None)
@given(st.text("<>/=\"' abip&;#1", max_size=60))
def test_whatever_a_chapter_holds_its_blocks_are_apart(body):
    with contextlib.suppress(SourceError):
        for document in parts(book(body + "<p>x</p>")):
            at = 0
            for block in document.blocks:
                assert at <= block.span.start < block.span.end <= len(document.text)
                at = block.span.end


def test_the_points_of_a_list_have_the_numbers_that_they_are_given():
    points = "<li>three</li><li value='9'>nine</li><li>ten</li>"
    assert parse(book(f"<ol start='3'>{points}</ol>")).text == "3. three\n\n9. nine\n\n10. ten"


def test_the_paragraph_that_a_point_begins_with_stands_behind_its_number():
    points = (
        "<li><p>wheat</p></li><li> <p>rye</p><p>and oats</p></li><li><ol><li>barley</li></ol></li>"
    )
    document = parse(book(f"<ol>{points}</ol>"))
    assert document.text == "1. wheat\n\n2. rye\n\nand oats\n\n3. \n\n1. barley"


PICTURE = "<img src='p.png' alt=''/>"


def test_chapters_without_text_are_told_except_the_cover():
    document, told = parts(book(PICTURE, "<p>Words.</p>", PICTURE, PICTURE))
    assert document.text == "Words."
    assert told == Unread("2 chapters", "no text, only images")
    with pytest.raises(SourceError, match="images without text; recognize them"):
        parts(book(PICTURE, PICTURE))


def test_the_words_in_drawings_are_set_apart_and_a_chapter_that_is_one_is_read():
    drawn = "<svg xmlns='http://www.w3.org/2000/svg'><text>Of the pier</text></svg>"
    document = parse(book(f"<p>One {drawn} two.</p>"))
    words = [(block.kind.value, block.span.of(document.text)) for block in document.blocks]
    assert ("furniture", "Of the pier") in words
    document = parse(book(drawn))
    assert [block.kind.value for block in document.blocks] == ["paragraph"]


def test_what_a_book_falls_back_on_stands_for_an_image_in_its_spine():
    stream = io.BytesIO(book("<p>Words.</p>", "<p>Told.</p>"))
    with zipfile.ZipFile(stream) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    opf = members["EPUB/book.opf"].replace(b"<manifest>", b"<manifest>" + (
        b'<item id="p" href="p.png" media-type="image/png" fallback="i1"/>'
        b'<item id="q" href="q.png" media-type="image/png" fallback="q"/>'
    )).replace(b'<itemref idref="i1"/>', b'<itemref idref="p"/><itemref idref="q"/>')  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in (members | {"EPUB/book.opf": opf}).items():
            archive.writestr(name, data)
    document, told = parts(stream.getvalue())
    assert document.text == "Words.\n\nTold."
    assert told.where == "chapter EPUB/q.png"


def test_the_terms_of_project_gutenberg_are_no_text_of_the_book():
    document = parse(
        book(
            "<p>The Project Gutenberg eBook of Ice</p><p>This ebook is for anyone.</p>"
            "<p>*** START OF THE PROJECT GUTENBERG EBOOK ICE ***</p><p>The ice left.</p>",
            "<p>The pier burned.</p><p>*** END OF THE PROJECT GUTENBERG EBOOK ICE ***</p>"
            "<p>Updated editions will replace it.</p>",
        )
    )
    before, after = (block.span for block in document.blocks)
    assert document.text[before.end : after.start].split("\n\n") == [
        "", "The ice left.", "The pier burned.", "",
    ]  # fmt: skip
