"""Exports of MediaWiki: pages with headings, lists, tables and notes, as a reader sees them."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import SourceError
from docproc.records import Document, SourceFile
from docproc.stages.parse.text.mediawiki import make

pytest.importorskip("mwparserfromhell")


def page(text: str, title: str = "Kars", space: int = 0, more: str = "") -> str:
    return (
        f"<page><title>{title}</title><ns>{space}</ns>{more}<revision><timestamp>2020-01-01"
        f"</timestamp><text>{html.escape(text)}</text></revision></page>"
    )


def export(*pages: str) -> bytes:
    opened = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">'
    return (
        f"{opened}<siteinfo><sitename>W</sitename></siteinfo>{''.join(pages)}</mediawiki>".encode()
    )


def parse(data: bytes) -> list[Document]:
    return list(make({}).parse(SourceFile("a.xml", "x/y", len(data), "0" * 64), data))


def read(text: str) -> str:
    (document,) = parse(export(page(text)))
    return document.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "'''Kars''' is a [[town]] in\n[[Turkey|Turkish lands]].",
            "Kars is a town in Turkish lands.",
        ),
        ("One.\n\nTwo [http://a.org there].", "One.\n\nTwo there."),
        ("== History ==\nOne.\n=== War ===\nTwo.", "History\n\nOne.\n\nWar\n\nTwo."),
        ("* one\n* two ''three''\n# four", "• one\n\n• two three\n\nfour"),
        (
            "{|\n! Town !! Guns\n|-\n| Kars || 12\n|-\n| || 7\n|}\nAfter.",
            "Town\tGuns\nKars\t12\n\t7\n\nAfter.",
        ),
        ("One {{quote|The flood.}} two.", "One The flood. two."),
        ("One<!-- gone --> &amp; two.[[Category:Towns]]__NOTOC__", "One & two."),
        ("[[File:a.jpg|thumb|A view of Kars]]\nWords.", "A view of Kars Words."),
    ],
)
def test_a_page_is_read_as_a_reader_sees_it(text, shown):
    assert read(text) == shown


def test_notes_follow_and_are_tied_to_each_of_their_marks():
    (document,) = parse(
        export(page('One.<ref name="a">Jones.</ref> Two.<ref>Smith.</ref> Three.<ref name="a" />'))
    )
    assert document.text == "One.[1] Two.[2] Three.[1]\n\n[1] Jones.\n\n[2] Smith."
    notes = [block for block in document.blocks if block.kind.value == "note"]
    assert [(b.label, b.anchor.start) for b in notes] == [("1", 4), ("2", 12)]


def test_pages_are_documents_and_redirects_talk_and_templates_are_none():
    redirect = page("#REDIRECT [[Kars]]", "Cars", more='<redirect title="Kars"/>')
    pages = [page("One."), page("Two.", "Batumi"), redirect]
    pages += [page("x", "Talk:Kars", 1), page("x", "Template:Q", 10)]
    documents = parse(export(*pages))
    assert [(d.member, d.metadata.title.text, d.text) for d in documents] == [
        ("Kars", "Kars", "One."),
        ("Batumi", "Batumi", "Two."),
    ]
    with pytest.raises(SourceError, match="no page with text"):
        parse(export(redirect))


@given(
    st.lists(
        st.sampled_from(
            [
                "[[",
                "]]",
                "{{",
                "}}",
                "|",
                "'''",
                "<ref>",
                "</ref>",
                "\n",
                "* ",
                "== ",
                "{|",
                "|}",
                "|-",
                "word ",
                "<br/>",
            ]
        ),
        max_size=30,
    )
)
def test_whatever_is_written_its_blocks_are_apart(pieces):
    (document,) = parse(export(page("Words. " + "".join(pieces))))
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        end = block.span.end
