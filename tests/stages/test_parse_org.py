"""Org as its exports show it: headings, lists, tables, blocks, and notes tied to their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import Document, SourceFile
from docproc.stages.parse.text.org import make


def parse(text: str) -> Document:
    data = text.encode()
    (document,) = make({}).parse(SourceFile("a.org", "x/y", len(data), "0" * 64), data)
    return document


def blocks(text: str) -> list[tuple[str, str]]:
    document = parse(text)
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_headings_lists_and_paragraphs_are_blocks_and_drawers_are_no_text():
    text = (
        "#+TITLE: On grain\n#+AUTHOR: Ann Hill\n#+DATE: 3 May 1921\n#+OPTIONS: toc:nil\n\n"
        "* TODO [#A] War :war:arms:\nSCHEDULED: <1921-05-03>\n:PROPERTIES:\n:ID: x\n:END:\n"
        "One *bold* and /slanted/ =code=\ngoes on. See [[http://a.org][there]] or [[b]].\n# gone\n"
        "Two.\n- first\n- [X] second\n  goes on\n1. third\n\n** Arms\n"
    )
    assert blocks(text) == [
        ("heading", "On grain"),
        ("paragraph", "Ann Hill"),
        ("paragraph", "3 May 1921"),
        ("heading", "War"),
        ("paragraph", "One bold and slanted code goes on. See there or b."),
        ("paragraph", "Two."),
        ("list item", "• first"),
        ("list item", "• second goes on"),
        ("list item", "1. third"),
        ("heading", "Arms"),
    ]
    metadata = parse(text).metadata
    assert (metadata.title.text, metadata.sender.text) == ("On grain", "Ann Hill")
    assert metadata.date.edtf == "1921-05-03"


def test_tables_keep_empty_cells_and_blocks_their_lines():
    table = "| Town | Guns |\n|------+------|\n|      | 7    |\n| Kars |      |\n"
    assert parse(f"{table}After.").text == "Town\tGuns\n\t7\nKars\t\n\nAfter."
    verse = "#+BEGIN_VERSE\none\n two\n#+END_VERSE\n#+begin_src c\n int  x;\n#+end_src\n"
    assert parse(f"Words.\n{verse}#+begin_quote\nA\nb.\n#+end_quote").text == (
        "Words.\n\none\ntwo\n\nint  x;\n\nA b."
    )


def test_notes_are_tied_to_each_of_their_marks():
    document = parse(
        "One[fn:1] two[fn:: in /line/ [[a][b]]] three[fn:x: named] again[fn:1].\n\n"
        "[fn:1] The first\nnote.\n\n[fn:9] Unmarked."
    )
    assert document.text == (
        "One[1] two[2] three[3] again[1].\n\n[1] The first note.\n\n[2] in line b\n\n[3] named"
        "\n\n[4] Unmarked."
    )
    anchors = [block.anchor and block.anchor.of(document.text) for block in document.blocks]
    assert anchors == [None, "[1]", "[2]", "[3]", None]


def test_words_with_signs_inside_are_no_emphasis():
    assert parse("F. 17/3, a_b_c, 2*3*4, and/or.").text == "F. 17/3, a_b_c, 2*3*4, and/or."


def test_a_file_without_text_is_told():
    with pytest.raises(SourceError, match="no text"):
        parse("#+OPTIONS: toc:nil\n# remark\n")


PIECES = [
    "* ",
    "- ",
    "| ",
    "[fn:1]",
    "[fn:: ",
    "]",
    "[[",
    "]]",
    "*",
    "/",
    "=",
    "\n",
    "\n\n",
    "word ",
    "#+begin_quote\n",
    "#+end_quote\n",
    ":X:\n",
    ":END:\n",
    "1. ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_whatever_is_written_its_blocks_are_apart(pieces):
    document = parse("Words.\n\n" + "".join(pieces))
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        end = block.span.end


def test_a_note_ends_as_org_says_and_a_stamp_is_a_day():
    text = (
        "#+DATE: <1921-05-03 Tue>\nThe mill[fn:1].\n\n[fn:1] Burnt\nin May.\n\nBy night.\n\n\nText."
    )
    document = parse(text)
    assert document.text.endswith("The mill[1].\n\nText.\n\n[1] Burnt in May. By night.")
    assert document.metadata.date.edtf == "1921-05-03"
