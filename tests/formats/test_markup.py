"""Pages of books and messages: tables keep their places, and what is no table of words lays out."""

from __future__ import annotations

import pytest

from docproc.formats.composer import Composer
from docproc.formats.markup import Markup, parse_page
from docproc.records import SourceFile


def read(body: str) -> str:
    composer = Composer()
    Markup(composer).write(parse_page(f"<html><body>{body}</body></html>"))
    return composer.document(SourceFile("a", "x/y", 1, "0" * 64)).text


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["<td>a<td>b<td>c", "<td><td>d<td>e", "<td><td><td>f"], ["a\tb\tc", "\td\te", "\t\tf"]),
        (["<td>a<td>b<td>c", "<td>d<td><td>", "<td>e<td><td>f"], ["a\tb\tc", "d\t\t", "e\t\tf"]),
        (["<td rowspan=2>a<td>b", "<td>c", "<td>d<td>e"], ["a\tb", "\tc", "d\te"]),
        (["<td><p>a</p><p>b</p><td>c", "<td>d<td>e"], ["a b\tc", "d\te"]),
    ],
)
def test_the_cells_of_a_table_keep_their_places(rows, lines):
    assert read(f"<p>Before.</p>{table(*rows)}<p>After.</p>").split("\n") == [
        "Before.",
        "",
        *lines,
        "",
        "After.",
    ]


def test_a_table_that_lays_out_a_page_is_none():
    inner = table("<td>a<td>b", "<td><td>c")
    assert read(table(f"<td><h1>Title</h1><td>{inner}")) == "Title\n\na\tb\n\tc"
    assert read(table("<td><p>One.</p><p>Two.</p>")) == "One.\n\nTwo."


def test_how_a_word_is_read_stands_after_it_in_brackets():
    assert read("<p>In <ruby>東京<rt>とうきょう</rt></ruby>.") == "In 東京(とうきょう)."
    own = "<ruby>東京<rp>[</rp><rt>とうきょう</rt><rp>]</rp></ruby>"
    assert read(f"<p>In {own}.") == "In 東京[とうきょう]."


@pytest.mark.parametrize(
    "link",
    ['<a href="#m1">↩</a>', '<a href="a.xhtml#m1">↑</a>',
     '<a role="doc-backlink" href="#m">1.1</a>',
     '<span class="mw-editsection">[<a href="/e">edit</a>]</span>'],
)  # fmt: skip
def test_what_only_helps_to_move_about_is_no_part_of_the_text(link):
    assert read(f"<p>See box 4. {link}</p>") == "See box 4."
    assert read('<p>See <a href="#b4">back to box 4</a>.</p>') == "See back to box 4."
