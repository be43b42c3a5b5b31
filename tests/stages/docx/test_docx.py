"""DOCX written by python-docx and by hand: what was written in comes out, tied and labelled."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.hooks import Parser
from docproc.records import Document, SourceFile
from docproc.stages.parse.office.docx.parser import make

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parse(data: bytes, path: str = "a.docx") -> Document:
    (document,) = make({}).parse(SourceFile(path, "x/y", len(data), "0" * 64), data)
    return document


def saved(written) -> bytes:
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def package(body: str, **parts: str) -> bytes:
    """A DOCX of *body*, with *parts* such as ``footnotes``; python-docx writes no notes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{RELS}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join(f'<Relationship Id="{n}" Type="{RELS}/{n}" Target="{n}.xml"/>' for n in parts)
            + "</Relationships>",
        )
        archive.writestr(
            "word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_the_words_of_a_text_box_in_a_table_are_read_once():
    box = f"<w:txbxContent>{p(r('In the box.'))}</w:txbxContent>"
    both = f"<Choice>{box}</Choice><Fallback>{box}</Fallback>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<AlternateContent xmlns="{compatible}">{both}</AlternateContent>'
    cell = f"<w:tc>{p(r('One') + f'<w:r>{both}</w:r>')}</w:tc>"
    table = f"<w:tbl><w:tr>{cell}<w:tc>{p(r('Two'))}</w:tc></w:tr></w:tbl>"
    document = parse(package(table + p(r("After."))))
    assert document.text == "One\tTwo\n\nIn the box.\n\nAfter."


def test_headings_lists_and_tables_are_what_they_were_written_as():
    written = docx.Document()
    written.add_heading("Minutes of the Board", 1)
    written.add_paragraph("Present: Ivanov, Petrov.")
    written.add_paragraph("to send grain;", style="List Number")
    written.add_paragraph("to send rails.", style="List Number")
    table = written.add_table(2, 2)
    for cell, words in zip((c for row in table.rows for c in row.cells), "ABCD", strict=True):
        cell.text = f"cell {words}"
    document = parse(saved(written))
    assert document.text == (
        "Minutes of the Board\n\nPresent: Ivanov, Petrov.\n\n1. to send grain;\n\n"
        "2. to send rails.\n\ncell A\tcell B\ncell C\tcell D"
    )
    assert blocks(document) == [
        ("heading", "Minutes of the Board"),
        ("list item", "1. to send grain;"),
        ("list item", "2. to send rails."),
        ("paragraph", "cell A\tcell B"),
        ("paragraph", "cell C\tcell D"),
    ]
    assert [block.label for block in document.blocks[1:3]] == ["1", "2"]


def test_comments_are_notes_anchored_at_the_words_that_they_are_on():
    written = docx.Document()
    paragraph = written.add_paragraph("The harvest ")
    run = paragraph.add_run("failed")
    paragraph.add_run(" in May.")
    written.add_comment(run, text="Not so.", author="A. Reader", initials="AR")
    document = parse(saved(written))
    assert document.text == "The harvest failed in May.\n\nA. Reader: Not so."
    (note,) = document.blocks
    assert (note.label, note.anchor.of(document.text)) == ("comment 1", "failed")


def test_footnotes_and_endnotes_are_tied_to_their_marks_and_numbered_as_word_does():
    document = parse(
        package(
            p(r("Wheat") + '<w:r><w:footnoteReference w:id="7"/></w:r>' + r(" and rye"))
            + p(r("Oats") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
            + p(r("Barley") + '<w:r><w:footnoteReference w:id="5"/></w:r>'),
            footnotes=f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0">{p(r("x"))}'
            f'</w:footnote><w:footnote w:id="5">{p(r("On barley."))}</w:footnote>'
            f'<w:footnote w:id="7">{p(r("On wheat."))}</w:footnote></w:footnotes>',
            endnotes=f'<w:endnotes {NS}><w:endnote w:id="2">{p(r("On oats."))}</w:endnote>'
            "</w:endnotes>",
        )
    )
    assert document.text == (
        "Wheat[1] and rye\n\nOats[i]\n\nBarley[2]\n\n"
        "[1] On wheat.\n\n[2] On barley.\n\n[i] On oats."
    )
    assert [(b.label, b.anchor.of(document.text)) for b in document.blocks] == [
        ("1", "[1]"),
        ("2", "[2]"),
        ("i", "[i]"),
    ]


def test_tracked_insertions_stand_and_deletions_do_not_and_both_are_counted():
    document = parse(
        package(
            p(
                r("to send ")
                + f'<w:del w:id="1">{r("50")}</w:del><w:ins w:id="2">{r("100")}</w:ins>'
                + r(" rifles")
            )
        )
    )
    assert document.text == "to send 100 rifles"
    assert document.metadata.other == (("tracked insertions", "1"), ("tracked deletions", "1"))


def test_a_page_that_is_set_in_a_heading_style_is_no_heading():
    written = docx.Document()
    written.add_heading("word " * 100, 1)
    assert parse(saved(written)).blocks == ()


GOOD = package(p(r("Hello")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 nothing", "damaged, or not a zip"),
        (GOOD[: len(GOOD) // 2], "damaged, or not a zip"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "encrypted, or an older .doc"),
        (package("<w:p>"), "not XML"),
        (package("<w:p/></w:body></w:document><!--"), "not XML"),
    ],
    ids=["not zip", "cut", "ole", "bad xml", "open comment"],
)
def test_what_cannot_be_read_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parse(data)


def test_a_part_that_unpacks_to_too_much_is_never_unpacked():
    data = package(p(r("x" * 1_100_000)))
    parser = make({"limits": Limits(unpacked_megabytes=1)})
    with pytest.raises(SourceError, match="unpacks to more than 1 MB"):
        list(parser.parse(SourceFile("a.docx", "", 1, ""), data))


def test_an_entity_of_its_own_is_refused():
    data = package(p(r("a")), styles='<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    with pytest.raises(SourceError, match="document type"):
        parse(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_document_or_a_source_error(data):
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(SourceError):
        parse(bytes(damaged))


def test_it_is_sure_of_its_files_whatever_they_are_called():
    parser = make({})
    assert isinstance(parser, Parser)
    assert parser.confidence(SourceFile("a.docx", "", 1, ""), GOOD[:8192]) == 0.9
    assert parser.confidence(SourceFile("a.bin", "", 1, ""), GOOD[:8192]) > 0.5
    assert parser.confidence(SourceFile("a.txt", "", 1, ""), b"Hello") == 0.0


def test_what_is_formatted_as_hidden_is_not_read_as_word_does_not_print_it():
    def formatted(value: str) -> str:
        return f"<w:r><w:rPr><w:b/><w:vanish{value}/></w:rPr><w:t>secret </w:t></w:r>"

    shown = formatted(' w:val="0"').replace("secret", "shown")
    document = parse(package(p(r("a ") + formatted("") + formatted(' w:val="1"') + shown + r("b"))))
    assert document.text == "a shown b"


def test_a_text_box_is_a_block_of_its_own_and_a_formula_is_read():
    box = "<w:drawing><w:txbxContent>" + p(r("In the box")) + "</w:txbxContent></w:drawing>"
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{math}"><m:r><m:t>E=mc</m:t></m:r></m:oMath>'
    written = p(r("before ") + f"<w:r>{box}</w:r>" + r("after ") + formula)
    assert parse(package(written)).text == "before after E=mc\n\nIn the box"
