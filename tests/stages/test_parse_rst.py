"""reStructuredText as it is shown: sections, lists, tables, notes; nothing is fetched or run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import Document, SourceFile, Unread
from docproc.stages.parse.text.rst import make

pytest.importorskip("docutils")


def parts(text: str) -> list:
    data = text.encode()
    return list(make({}).parse(SourceFile("a.rst", "x/y", len(data), "0" * 64), data))


def parse(text: str) -> Document:
    (document,) = parts(text)
    return document


def blocks(text: str) -> list[tuple[str, str]]:
    document = parse(text)
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_sections_lists_and_lines_are_blocks():
    text = (
        "War\n===\n\nOne *two*\n`three <http://a.org>`_.\n\n* a\n* b\n\n3. c\n#. d\n\n"
        "Arms\n----\n\n| one\n| two\n\n::\n\n  a  b\n\n  Quoted.\n\nEnd\n===\n\nTerm\n  Meaning.\n"
    )
    assert blocks(text) == [
        ("heading", "War"),
        ("paragraph", "One two three."),
        ("list item", "• a"),
        ("list item", "• b"),
        ("list item", "3. c"),
        ("list item", "4. d"),
        ("heading", "Arms"),
        ("paragraph", "one\ntwo"),
        ("paragraph", "a  b\n\nQuoted.".replace("\n\n", "\n")),
        ("heading", "End"),
        ("paragraph", "Term"),
        ("paragraph", "Meaning."),
    ]


def test_a_table_keeps_its_empty_cells():
    text = "====  ====\nTown  Guns\n====  ====\nKars  12\n\\     7\n====  ====\n"
    assert parse(text).text == "Town\tGuns\nKars\t12\n\t7"


def test_notes_are_tied_to_their_marks_with_the_labels_that_are_shown():
    document = parse(
        "One [#a]_ two [1]_ three [Hill]_.\n\n.. [#a] Auto.\n.. [1] First.\n.. [Hill] On him."
    )
    assert document.text == (
        "One [2] two [1] three [Hill].\n\n[2] Auto.\n\n[1] First.\n\n[Hill] On him."
    )
    assert [block.anchor.of(document.text) for block in document.blocks[1:]] == [
        "[2]",
        "[1]",
        "[Hill]",
    ]


def test_the_head_is_metadata_and_stands_in_the_text():
    document = parse("On grain\n========\n\n:Author: Ann Hill\n:Date: 3 May 1921\n\nWords.\n")
    metadata = document.metadata
    assert (metadata.title.text, metadata.sender.text) == ("On grain", "Ann Hill")
    assert metadata.date.edtf == "1921-05-03"
    assert document.text == "On grain\n\nAuthor: Ann Hill\n\nDate: 3 May 1921\n\nWords."


def test_what_is_not_known_keeps_its_words_and_nothing_is_fetched(tmp_path):
    other = tmp_path / "secret.txt"
    other.write_text("Not to be read.", "utf-8")
    text = f"One.\n\n.. unknown:: x\n   :option: y\n\n   Kept words.\n\n.. include:: {other}\n"
    document, told = parts(text + f"\n.. raw:: html\n   :file: {other}\n")
    assert document.text == "One.\n\nKept words."
    assert isinstance(told, Unread)
    assert told.where == f"included file {other}"


PIECES = [
    "*",
    "**",
    "`",
    "``",
    "|",
    "_",
    "[1]_",
    ".. ",
    "::\n",
    "\n",
    "\n\n",
    "  ",
    "word ",
    "===\n",
    "---\n",
    "* ",
    "1. ",
    ".. [1] ",
    ".. image:: x\n",
    ".. table::\n",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_whatever_is_written_its_blocks_are_apart(pieces):
    try:
        document = parse("Words.\n\n" + "".join(pieces))
    except SourceError:
        return
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        end = block.span.end
