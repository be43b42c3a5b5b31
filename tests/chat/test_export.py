"""Markdown of a conversation: a reader of the page sees the source's characters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from river_letter import Room

from docproc.chat.export import as_markdown, block_quote, escape
from docproc.chat.history import save_session
from docproc.chat.session import Session
from docproc.rendering.lines import visible
from docproc.text.words import word_set

MARKDOWN = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def rendered(page: str) -> str:
    """The characters that a reader of *page* sees, white space as single spaces."""
    seen = []
    for token in MARKDOWN.parse(page):
        breaks = ("softbreak", "hardbreak")
        seen += [" " if c.type in breaks else c.content for c in token.children or ()]
        seen.append(" ")
    return " ".join("".join(seen).split())


def marks(page: str) -> set[str]:
    found = set()
    for token in MARKDOWN.parse(page):
        found |= {token.type} | {child.type for child in token.children or ()}
    return {mark for mark in found if not mark.endswith("_close")}


def test_a_conversation_looks_as_it_did(golden: Callable[[str, str], None]):
    session = Session(Room())
    session.began = "2026-11-23T19:00:00Z"
    session.ask("How many lanterns?")
    session.set_scope("kind note")
    session.ask("What did the commission allocate?")
    session.ask("Any elephants?")
    golden("conversation.md", as_markdown(replace(save_session(session), docproc="0")))


MARKED = word_set("""
    *a* **a** _a_ `a` ``a` [a](b) [a]: <b> <b>a</b> <!--a--> <http://a.b> &amp; &#42; ~~a~~ \\* \\
    # ## a # > - + * 1. 1) 12. --- *** === ``` ~~~ | a|b |---| ![a](b) $a$ :a: a: 2) (a) -a 1.a
""")
PIECES = st.sampled_from([*sorted(MARKED), "    ", "\t", "\n", "\n\n", "\r\n", "\u2028", "a", "Д"])
HOSTILE = st.lists(PIECES | st.text(max_size=4), max_size=12).map(
    lambda pieces: "".join(f"{piece} " if len(piece) > 1 else piece for piece in pieces)
)


@given(HOSTILE)
def test_a_quotation_is_seen_as_it_stands(text: str):
    quote = "\n".join(block_quote(text))
    assert rendered(quote) == " ".join(visible(text).split())
    known = {"blockquote_open", "paragraph_open", "inline", "text", "softbreak", "hardbreak"}
    assert marks(quote) <= known | {"text_special"}


@given(HOSTILE)
def test_a_phrase_stays_within_its_line(text: str):
    assert rendered(f"before {escape(text)} after") == " ".join(
        ["before", *visible(text).split(), "after"]
    )


def test_paragraphs_of_a_quotation_stay_apart_and_lines_end_where_they_do():
    assert block_quote("One\ntwo.\n\nThree.") == ["> One\\", "> two.", ">", "> Three."]


def test_a_quotation_is_not_escaped_where_that_is_not_needed():
    assert block_quote("(6,000 rifles: F. 558.) - I. Stalin 3 .") == [
        "> (6,000 rifles: F. 558.) - I. Stalin 3 ."
    ]
