"""Lines that say which page begins: pages and furniture where they surely do."""

import pytest

from docproc.formats.page_marks import with_marked_pages
from docproc.records import Block, BlockKind, Document, SourceFile, Span


def marked(text, *blocks):
    source = SourceFile("a.txt", "text/plain", len(text), "0" * 64)
    return with_marked_pages(Document(source, text, blocks=blocks))


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("## Page 1\n\nThe ice.\n\n## Page 2\n\nThe pier.\n", ["1", "2"]),
        ("[p. 3]\nThe ice.\n[p. 4]\nThe pier.\n", ["3", "4"]),
        ("--- page 4 ---\nThe ice.\n--- page 5 ---\nThe pier.\n", ["4", "5"]),
        ("=== Seite 4 von 9 ===\r\nDas Eis.\r\n", ["4"]),
        ('<!-- PageNumber="6" -->\nThe ice.\n', ["6"]),
        ("Scan\n\nPage 1\n\nThe ice.\n\nPage 2\n\nThe pier.\n", ["1", "2"]),
        ("**[Page xii]**\nThe ice.\n", ["xii"]),
        ("[стр. 7]\nЛёд.\n[стр. 8]\nПристань.\n", ["7", "8"]),
        # a reference to a page, feet of pages, a table of contents, one line by chance
        ("The ice left\nthe pier and\nthe harbour, as\nthe book says\n[p. 3]\n", []),
        ("The ice.\n\nPage 1 of 2\n\nThe pier.\n\nPage 9 of 2\n", []),
        ("The ice\n(p. 12)\nThe pier\n(p. 30)\n", []),
        ("Page 1\n\nThe ice.\n", []),
    ],
)  # fmt: skip
def test_a_page_begins_where_a_line_surely_says_so(text, pages):
    document = marked(text)
    assert [page.label for page in document.pages] == pages
    assert len(document.blocks) == len(pages)
    assert document.text == text
    for block, page in zip(document.blocks, document.pages, strict=True):
        assert block.span.start == page.span.start


def test_a_paragraph_around_a_mark_is_parted_and_a_note_is_not():
    text = "[p. 1]\nThe ice\n[p. 2]\nleft.\n\n* So\n[p. 3]\nhere.\n"
    ice = Span(text.index("The ice"), text.index("left.") + 5)
    note = Span(text.index("* So"), text.index("here.") + 5)
    document = marked(text, Block(BlockKind.PARAGRAPH, ice), Block(BlockKind.NOTE, note))
    assert [(block.kind.value, block.span.of(text)) for block in document.blocks] == [
        ("furniture", "[p. 1]"),
        ("paragraph", "The ice"),
        ("furniture", "[p. 2]"),
        ("paragraph", "left."),
        ("note", "* So\n[p. 3]\nhere."),
    ]
    assert [page.label for page in document.pages] == ["1", "2", "3"]
