"""ODT as odfpy writes it: headings, lists, tables, notes and comments tied to their places."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.draw import Frame, TextBox
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import ListLevelProperties
from odf.table import Table, TableCell, TableRow
from odf.text import (
    H,
    HiddenText,
    LineBreak,
    List,
    ListItem,
    ListLevelStyleNumber,
    ListStyle,
    Note,
    NoteBody,
    NoteCitation,
    P,
    S,
    Section,
)

from docproc.errors import SourceError
from docproc.records import Document, SourceFile
from docproc.stages.parse.office.odt.parser import make


def saved(written) -> bytes:
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def parse(data: bytes) -> Document:
    (document,) = make({}).parse(SourceFile("a.odt", "x/y", len(data), "0" * 64), data)
    return document


def note(kind: str, mark: str, words: str) -> Note:
    made = Note(noteclass=kind)
    made.addElement(NoteCitation(text=mark))
    body = NoteBody()
    body.addElement(P(text=words))
    made.addElement(body)
    return made


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_headings_lists_and_tables_are_what_they_were_written_as():
    written = OpenDocumentText()
    style = ListStyle(name="Numbers")
    level = ListLevelStyleNumber(level=1, numformat="a", numsuffix=")")
    level.addElement(ListLevelProperties())
    style.addElement(level)
    written.automaticstyles.addElement(style)
    written.text.addElement(H(outlinelevel=2, text="Minutes"))
    present = P(text="Present:")
    present.addElement(S(c=2))
    present.addText("Ivanov")
    present.addElement(LineBreak())
    present.addText("Petrov")
    written.text.addElement(present)
    points = List(stylename=style)
    for words in ("grain", "rails"):
        item = ListItem()
        item.addElement(P(text=words))
        points.addElement(item)
    written.text.addElement(points)
    table = Table()
    for row in ("AB", "CD"):
        line = TableRow()
        for letter in row:
            cell = TableCell()
            cell.addElement(P(text=f"cell {letter}"))
            line.addElement(cell)
        table.addElement(line)
    written.text.addElement(table)
    document = parse(saved(written))
    assert document.text == (
        "Minutes\n\nPresent:  Ivanov\nPetrov\n\na) grain\n\nb) rails\n\n"
        "cell A\tcell B\ncell C\tcell D"
    )
    assert blocks(document) == [
        ("heading", "Minutes"),
        ("list item", "a) grain"),
        ("list item", "b) rails"),
        ("paragraph", "cell A\tcell B"),
        ("paragraph", "cell C\tcell D"),
    ]
    assert (document.blocks[0].level, document.blocks[1].label) == (2, "a")


def test_notes_follow_the_text_tied_to_their_marks():
    written = OpenDocumentText()
    wheat = P(text="Wheat")
    wheat.addElement(note("endnote", "i", "On wheat."))
    wheat.addText(" and rye")
    wheat.addElement(note("footnote", "1", "On rye."))
    wheat.addText(".")
    written.text.addElement(wheat)
    document = parse(saved(written))
    assert document.text == "Wheat[i] and rye[1].\n\n[1] On rye.\n\n[i] On wheat."
    assert [(b.label, b.anchor.of(document.text)) for b in document.blocks] == [
        ("1", "[1]"),
        ("i", "[i]"),
    ]


def test_a_comment_is_a_note_of_its_own():
    written = OpenDocumentText()
    paragraph = P(text="The harvest failed")
    comment = Annotation()
    comment.addElement(P(text="Not so."))
    paragraph.addElement(comment)
    written.text.addElement(paragraph)
    document = parse(saved(written))
    assert document.text == "The harvest failed\n\nNot so."
    assert [(b.kind.value, b.label) for b in document.blocks] == [("note", "comment 1")]


def one_paragraph():
    written = OpenDocumentText()
    written.text.addElement(P(text="The harvest failed."))
    return written


GOOD = saved(one_paragraph())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "damaged, or not a zip"),
        (GOOD[: len(GOOD) // 2], "damaged, or not a zip"),
        (saved(OpenDocumentSpreadsheet()), "it has no text"),
    ],
    ids=["none", "cut", "a table"],
)
def test_what_is_no_text_document_is_one_clear_message(data, said):
    with pytest.raises(SourceError, match=said):
        parse(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_document_or_a_source_error(data):
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(SourceError):
        parse(bytes(damaged))


def test_a_table_within_a_cell_is_read_once():
    def row(*cells) -> TableRow:
        made = TableRow()
        for words in cells:
            cell = TableCell()
            cell.addElement(P(text=words) if isinstance(words, str) else words)
            made.addElement(cell)
        return made

    inner, outer = Table(), Table()
    inner.addElement(row("wheat", "rye"))
    outer.addElement(row("grain", inner))
    outer.addElement(row("rails", "none"))
    written = OpenDocumentText()
    written.text.addElement(outer)
    assert parse(saved(written)).text == "grain\twheat rye\nrails\tnone"


def test_notes_comments_and_boxes_in_a_table_are_read_once():
    written, table, row = OpenDocumentText(), Table(), TableRow()
    first, second = P(text="Rye"), P(text="Oats")
    first.addElement(note("footnote", "1", "From Tver."))
    comment = Annotation()
    comment.addElement(P(text="So the draft."))
    second.addElement(comment)
    frame, box = Frame(width="5cm", height="1cm"), TextBox()
    box.addElement(P(text="Seen."))
    frame.addElement(box)
    second.addElement(frame)
    for paragraph in (first, second):
        cell = TableCell()
        cell.addElement(paragraph)
        row.addElement(cell)
    table.addElement(row)
    written.text.addElement(table)
    text = parse(saved(written)).text
    assert text.startswith("Rye[1]\tOats")
    for words in ("From Tver.", "So the draft.", "Seen."):
        assert text.count(words) == 1, text


def test_a_text_box_is_a_block_of_its_own():
    box = TextBox()
    box.addElement(P(text="In the box"))
    frame = Frame()
    frame.addElement(box)
    paragraph = P(text="before")
    paragraph.addElement(frame)
    paragraph.addText("after")
    written = OpenDocumentText()
    written.text.addElement(paragraph)
    assert parse(saved(written)).text == "beforeafter\n\nIn the box"


@pytest.mark.parametrize("hidden", [True, False])
def test_what_is_hidden_is_not_read_as_it_is_not_printed(hidden):
    section = Section(name="a", display="none" if hidden else "true")
    section.addElement(P(text="A section"))
    paragraph = P(text="words")
    words = HiddenText(condition="ooow:1", stringvalue="more", ishidden=str(hidden).lower())
    words.addText(" more")
    paragraph.addElement(words)
    written = OpenDocumentText()
    written.text.addElement(section)
    written.text.addElement(paragraph)
    assert parse(saved(written)).text == ("words" if hidden else "A section\n\nwords more")
