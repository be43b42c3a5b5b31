"""Notes of web pages: whole, and without the links that lead back from them."""

from __future__ import annotations

import pytest
from test_parse_html import blocks, parse

from docproc.records import BlockKind

MARKED = "<p>We sailed<a id='r1' href='#n1'>[1]</a> at dawn<a id='r2' href='#n2'>[2]</a>.</p>"


def notes(page):
    return blocks(parse(f"<body>{page}</body>"), BlockKind.NOTE)


@pytest.mark.parametrize(
    "page",
    [
        "<div class='footnote'><p><a id='n1'></a>[1] On the ship.</p><p>And by rail.</p></div>"
        "<div class='footnote'><p id='n2'>[2] At six.</p></div>",
        "<ol><li><p id='n1'>[1] On the ship.</p><p>And by rail.</p></li>"
        "<li id='n2'>[2] At six.</li></ol>",
        "<div class='footnotes'><h3>Notes</h3><p id='n1'>[1] On the ship.</p><p>And by rail.</p>"
        "<p id='n2'>[2] At six.</p></div>",
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>"
        "<p id='n1'>[1] On the ship.</p><p>And by rail.</p></div><div id=ftn2>"
        "<p id='n2'>[2] At six.</p></div></div>",
        "<section role='doc-endnotes'><p id='n1'>[1] On the ship.</p><div>And by rail.</div>"
        "<p id='n2'>[2] At six.</p><hr><p>Another text.</p></section>",
    ],
)
def test_a_note_of_several_paragraphs_is_one_note(page):
    assert notes(MARKED + page) == ["[1] On the ship.\nAnd by rail.", "[2] At six."]


@pytest.mark.parametrize("mark", ["note 2", "nb 2", "n 2", "Anm. 2", "прим. 2", "注 2"])
def test_a_mark_may_say_that_it_is_a_note(mark):
    page = f"<p>We sailed<a href='#n2'>[{mark}]</a>.</p><ol><li id='n2'>At six.</li></ol>"
    assert notes(page) == [f"[{mark}] At six."]


def test_a_note_that_stands_where_its_mark_would_cuts_no_sentence():
    page = "<p>We sailed<span class='{}'>On the <i>ship</i>.</span> at dawn.</p>"
    for called in ("sidenote", "footnote", "margin-note"):
        document = parse(f"<body>{page.format(called)}</body>")
        assert document.text == "We sailed[1] at dawn.\n\n[1] On the ship."
    assert notes(page.format("note-worthy")) == []


PRINTED = (
    "<p>Of mills<a href='#Page_{0}'>{0}</a>.</p><p>{1}The mill stood {2} here.</p>"
    "<p>{3}It burned.</p>"
)


@pytest.mark.parametrize(
    "mark",
    [
        "<span class='pagenum'><a id='Page_{0}'>[{0}]</a></span>",
        "<span class='pagenum ws-pagenum' data-page-number='{0}'></span>",
        "<a class='pageno' id='Page_{0}' title='{0}'></a>",
        "<span epub:type='pagebreak' title='{0}' id='Page_{0}'></span>",
        "<span role='doc-pagebreak' aria-label='Page {0}'></span>",
    ],
)
def test_where_a_page_of_print_begins_is_no_word_and_no_note(mark):
    marks = [mark.format(number) for number in ("6", "7", "8")]
    document = parse(f"<body>{PRINTED.format('7', *marks)}</body>")
    assert document.text == "Of mills7.\n\nThe mill stood here.\n\nIt burned."
    pages = [(page.label, page.span.of(document.text).strip()) for page in document.pages]
    assert pages == [("6", "The mill stood"), ("7", "here."), ("8", "It burned.")]
    assert blocks(document, BlockKind.NOTE) == []


def test_text_between_notes_that_stand_below_their_paragraphs_is_no_note():
    page = "<p>We sailed<a href='#n1'>[1]</a>.</p><p id='n1'>[1] On the ship.</p><p>We came.</p>"
    assert notes(page) == ["[1] On the ship."]
    assert notes(f"<div>{page}</div>") == ["[1] On the ship."]


@pytest.mark.parametrize(
    "note",
    [
        "On the ship. <a href='#r1'>↩</a>",
        "On the ship. <a href='#r1'>↩︎</a>",
        "On the ship. <a href='#r1'>[back]</a>",
        "<a href='#r1'>^</a> On the ship.",
        "<b><a href='#r1'>^</a></b> On the ship.",
        "<span>^ <a href='#r1'><sup>a</sup></a> <a href='#r2'><sup>b</sup></a></span> On the ship.",
        "↑ <a href='#r1'>1,0</a> <a href='#r2'>1,1</a> On the ship.",
        "<a href='#r1'>Jump back to text</a> On the ship.",
    ],
)
def test_the_links_that_lead_back_are_no_words_of_a_note(note):
    assert notes(f"{MARKED}<ol><li id='n1'>{note}</li></ol>") == ["[1] On the ship."]


def test_a_link_back_to_what_the_page_lacks_is_no_word_of_a_note():
    page = "<p>We sailed<a href='#n1'>[1]</a>.</p><ol><li id='n1'>{} On the ship.</li></ol>"
    back = "<span>^ <a href='#ref_1-0'>a</a> <a href='#ref_1-1'>b</a></span>"
    assert notes(page.format(back)) == ["[1] On the ship."]
    assert notes(page.format("<a href='#map'>Map</a> of it:")) == ["[1] Map of it: On the ship."]


def test_a_link_back_that_is_the_printed_number_or_names_another_note_stays():
    note = "<a href='#r1'>1</a> See <a href='#r2'>note 2</a>."
    assert notes(f"{MARKED}<p id='n1'>{note}</p>") == ["1 See note 2."]


def test_a_capital_is_a_mark_in_brackets_alone():
    page = "<p>Kings<a href='#a'>[A]</a></p><p id='a'>[A] Of France.</p>"
    assert notes(page) == ["[A] Of France."]
    assert (
        notes("<p><a href='#a'>A</a> <a href='#b'>B</a></p><p id='a'>Adam</p><p id='b'>Bo</p>")
        == []
    )


def test_a_wiki_s_links_to_edit_it_are_no_part_of_its_text():
    link = '<span class="mw-editsection">[<a href="/e">edit</a>]</span>'
    page = f"<h2>The siege{link}</h2><p>The town fell after a siege of three months. {link}</p>"
    assert "edit" not in parse(f"<body>{page}</body>").text
