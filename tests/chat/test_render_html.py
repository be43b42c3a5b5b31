"""A document as HTML: every word, the passage marked, notes linked to their marks and back."""

from __future__ import annotations

import re
from html import unescape

from docproc.records import Block, BlockKind, Document, Metadata, Page, SourceFile, Span
from docproc.rendering.html import html_page

TEXT = "The <script>harvest</script>[1] failed & burned.\n\nNothing came.\n\n[1] Of 1920."
NOTE = TEXT.index("[1] Of")
DOCUMENT = Document(
    SourceFile("seeds/a.docx", "x/y", 1, "0" * 64),
    TEXT,
    blocks=(
        Block(BlockKind.PARAGRAPH, Span(0, TEXT.index("\n"))),
        Block(BlockKind.NOTE, Span(NOTE, len(TEXT)), "1", Span(28, 31)),
    ),
    metadata=Metadata(language="en"),
    pages=(Page("iv", Span(0, len(TEXT)), 4),),
)


def test_every_word_is_there_and_none_is_markup():
    page = html_page(DOCUMENT, None)
    body = unescape(re.sub(r"<[^>]+>", "", page.partition("</h1>")[2]))
    assert "The <script>harvest</script>[1] failed & burned." in body
    assert "Nothing came." in body
    assert "<script>" not in page
    assert "page iv" in page


def test_the_passage_is_marked_also_where_it_runs_over_a_note_mark():
    start = TEXT.index("harvest")
    page = html_page(DOCUMENT, Span(start, TEXT.index(" burned")), "paragraph 1")
    marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page))
    assert unescape(re.sub(r"<[^>]+>", "", marked)) == "harvest</script>[1] failed &"
    assert page.count('id="quote"') == 1
    assert "paragraph 1" in page


def test_a_note_and_its_mark_lead_to_each_other():
    page = html_page(DOCUMENT, None)
    (to, mark) = re.findall(r'<a id="(mark-\d)" href="#(note-\d)">\[1\]</a>', page)[0]
    assert re.search(rf'<aside class="note" id="{mark}".*href="#{to}">↩</a></aside>', page)


def test_it_needs_nothing_beside_itself():
    page = html_page(DOCUMENT, None)
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img)|https?:", page)
