"""The parser of Markdown: exact text, and blocks where Markdown has them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_documents import KEPT, blocks, parse, reader, search, source

from docproc.errors import SourceError
from docproc.hooks import Parser
from docproc.records import BlockKind, Document
from docproc.stages.parse.text.markdown import make


def test_markdown_s_own_blocks_are_marked_and_plain_paragraphs_are_not():
    text = (
        "# Letter to X\n\nMoscow, 1921\n\nSecond\n------\n\n- one\n- two\n\n  more\n\n"
        "3) three\n4) four\n\n> quoted\n>\n> twice\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n"
        "| c | d |\n\n***\n\n<!-- p. 2 -->\n\nEnd.\n"
    )
    document = parse(text)
    assert blocks(document) == [
        ("heading", "# Letter to X"),
        ("heading", "Second\n------"),
        ("list item", "- one"),
        ("list item", "- two"),
        ("paragraph", "more"),
        ("list item", "3) three"),
        ("list item", "4) four"),
        ("paragraph", "> quoted"),
        ("furniture", ">"),
        ("paragraph", "> twice"),
        ("furniture", "```"),
        ("furniture", "```"),
        ("paragraph", "| a | b |\n|---|---|\n| c | d |"),
        ("furniture", "***"),
        ("furniture", "<!-- p. 2 -->"),
    ]
    assert [block.level for block in document.blocks][:2] == [1, 2]
    assert [block.label for block in document.blocks][5:7] == ["3", "4"]


def test_a_fence_around_recognized_text_is_no_text_and_code_stays_one_paragraph():
    text = (
        "# Document\n\n## Page 1\n\n```text\nRiga, 4 March 1921\n\nDear Sirs,\n\nThe ice left.\n"
        "```\n\n## Page 2\n\n~~~ocr\nThe barges sail.\n~~~\n\n```python\nx = 1\n\ny = 2\n```\n"
    )
    ((document, _),) = reader().read(source(), text.encode()).documents
    assert [page.label for page in document.pages] == ["1", "2"]
    assert document.metadata.title is None
    assert document.metadata.date.edtf == "1921-03-04"
    assert [words for kind, words in blocks(document) if kind == "paragraph"] == [
        "The ice left.", "The barges sail.", "x = 1\n\ny = 2",
    ]  # fmt: skip
    assert "```text" in [words for kind, words in blocks(document) if kind == "furniture"]


@pytest.mark.parametrize(
    "text",
    [
        "26. Juli 1920\n\nLieber Freund,\n",  # a date
        "* So in the original.\n",  # a note
        "513. Secret\n\n1. We are concerned.\n\n2. Please consult.\n",  # a number and a list
        "He said so.[1] And so.[2]\n\n1. Document 3.\n2. Not printed.\n",  # notes
        "## Notes\n\n1. Document 3.\n2. Not printed.\n",
        "[1]: Ibid.\n",
        "    An indented paragraph of a typescript.\n",
        "<illegible>\n",
    ],
)
def test_what_only_markdown_takes_for_a_list_or_code_is_left_to_normalizers(text):
    first = text.split("\n")[0]
    assert all(first not in words for _, words in blocks(parse(text)))
    assert all(
        words not in ("1. Document 3.", "2. Not printed.") for _, words in blocks(parse(text))
    )


def test_what_a_typist_set_in_is_no_code():
    text = "We ask:\n\n    1. for rifles\n    2. for money\n\n    . . . . .\n"
    assert blocks(parse(text)) == []
    ((document, _),) = reader().read(source(), text.encode()).documents
    assert ("list item", "2. for money") in blocks(document)


def test_wrapped_prose_is_one_paragraph_and_an_address_is_not():
    prose = "\n".join(["The words of a paragraph", "are wrapped by hand, some short,"] * 8)
    assert blocks(parse(f"{prose}\n\nMr X\n2 Street\nLondon\n")) == [("paragraph", prose)]


def test_footnotes_are_notes_anchored_at_their_mark():
    document = parse(KEPT)
    (note,) = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    assert note.span.of(KEPT) == "[^1]: See Document 3.\n\n    Not printed."
    assert note.label == "1"
    assert note.anchor is not None
    assert KEPT[: note.anchor.end].endswith("Timor[^1]")
    twice = parse("One[^a] and[^a].\n\n[^a]: Ibid.\n").blocks[0].anchor
    assert twice is not None
    assert twice.start == 3
    (lost,) = parse("Text.\n\n[^2]: A note whose mark is lost.\n").blocks
    assert lost.anchor is None


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("## The *second* __part__ ##\n", "The second part\n"),
        ("About C#\n===\n", "About C#\n"),
        ("a [link](http://x/y_z \"t\") and ![a map](m.png)\n", "a link and a map\n"),
        ("word[1](#fn1) on\n", "word[1] on\n"),
        ("said[^1] so\n\n[^1]: Note\n", "said so\n\n Note\n"),
        ("> one\n> two\n", "one\ntwo\n"),
        ("a\\*b &amp; &mdah; snake_case 3 * 4\n", "a*b & &mdah; snake_case 3 * 4\n"),
        ("one<br>two <illegible>\n", "one two <illegible>\n"),
        ("here <!-- a\nb --> there\n", "here   there\n"),
    ],
)  # fmt: skip
def test_marks_leave_the_search_text_and_only_it(text, cleaned):
    assert search(text) == cleaned
    assert parse(text).text == text


def test_a_comment_that_is_not_closed_hides_nothing():
    document = parse("<!-- a note\n\nDear Sir,\n")
    assert blocks(document) == []


def test_a_heading_gives_the_title_where_the_front_matter_does_not():
    document = parse("## SECRET\n\n# *Stalin* to Trotsky, 2 November 1921\n\nText.\n")
    title = document.metadata.title
    assert title is not None
    assert title.text == "Stalin to Trotsky, 2 November 1921"
    assert title.span is not None
    assert title.span.of(document.text) == "*Stalin* to Trotsky, 2 November 1921"
    assert [(date.edtf, date.place) for date in document.metadata.dates] == [
        ("1921-11-02", "heading")
    ]
    assert parse("Text.\n\n## A section\n").metadata.title is None


def test_the_normalizer_of_letters_finds_the_rest():
    reading = reader().read(source(), KEPT.encode())
    ((document, passages),) = reading.documents
    kinds = dict(blocks(document))
    assert kinds["dateline"] == "London, 2 February 1937"
    assert kinds["salutation"] == "Dear Bruce,"
    assert document.metadata.recipient is not None
    assert document.metadata.recipient.text == "Mr S. M. Bruce"
    body = next(passage for passage in passages if "Timor" in passage.text)
    assert body.reference == document.references[0]
    assert "the House." in body.search_text
    assert all("volume:" not in passage.text for passage in passages)


@pytest.mark.parametrize(
    ("path", "head", "least", "most"),
    [
        ("a.md", b"Dear Sir,", 0.9, 1),
        ("a.MARKDOWN", "Дорогой".encode("utf-16"), 0.9, 1),
        ("a.md", b"\x89PNG\r\n\x1a\n", 0.1, 0.3),  # claimed, so that its fault is named
        ("a.txt", b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n", 0.91, 1),
        ("letter", b"---\ntitle: A\n---\n", 0.91, 1),
        ("a.txt", b"---\n\nDear Sir,", 0, 0),
        ("a.txt", b"# Dear Sir,", 0, 0),
        ("a.py", b"---\ntitle: A\n---\n", 0, 0),
    ],
)
def test_confidence_is_by_suffix_and_by_the_fence(path, head, least, most):
    parser = make({"max_lines": 1})
    assert isinstance(parser, Parser)
    assert least <= parser.confidence(source(path), head) <= most


def test_binary_data_is_named_as_such():
    with pytest.raises(SourceError, match="binary"):
        list(make({"max_lines": 1}).parse(source(), bytes(range(256))))


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000,
        "> - " * 5_000,
        ">\n" * 5_000,
        "- " * 10_000 + "a",
        "[" * 20_000,
        "<!--" * 20_000,
        "# a" + " " * 20_000 + "b",
        '[a]: /b "\n' + "c\n" * 10_000,
        "|-" * 10_000 + "x\n|",
        "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|\n" * 500,
        "*_`" * 7_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_marks_cost_no_word(text):
    document = parse(text, max_lines=100_000)
    assert document.text == text
    check(document)


def test_lines_after_the_limit_are_plain_text():
    document = parse("# One\n# Two\n# *Three*\n", max_lines=2)
    assert blocks(document) == [("heading", "# One"), ("heading", "# Two")]
    assert document.search.apply(document.text) == "One\nTwo\n# *Three*\n"


def check(document: Document) -> None:
    """Blocks are in order, apart, inside and of words; anchors lie outside the notes."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        assert block.span.of(document.text).strip() == block.span.of(document.text)
        end = block.span.end
        if block.kind is BlockKind.FURNITURE and block.span.start:
            words = block.span.of(document.text)
            assert "<" in words or "]:" in words or not any(char.isalnum() for char in words)
    edits = document.search.edits
    assert not edits or edits[-1].span.end <= len(document.text)


MARKS = st.sampled_from(
    ["# ", "## ", "- ", "* ", "1. ", "2) ", "> ", "    ", "```\n", "---", "===", "|a|b|\n|-|-|\n",
     "[^1]: ", "[^1]", "[1]", "[a]: /b", "[a](b)", "<!--", "-->", "<p>", "</p>", "***", "&amp;",
     "\\", "\n", "\n\n", "\r\n", "\r", "\t", "\f", "\u2028", "Notes", "Dear Sir,", "1921",
     "A sentence of words.", "Москва, 2 ноября 1921 г.", "Yours sincerely, X", " "]
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")
MARKDOWN = st.lists(st.one_of(MARKS, st.text(LETTERS, max_size=5)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKDOWN.filter(str.strip), st.booleans())
@example("# <p>Notes of the mill\n", False)
def test_any_markdown_keeps_its_text_and_its_front_matter_out_of_passages(body, fenced):
    head = "---\ntitle: Zzyzx\ndate: 1921\n---\n" if fenced else ""
    text = head + body
    reading = reader().read(source(), text.encode())
    ((document, passages),) = reading.documents
    assert document.text == text
    check(parse(text))
    for passage in passages:
        assert "Zzyzx" not in passage.text
        assert passage.text == passage.span.of(document.text)
    # Nothing of the body is lost but marks, comments and the line "Notes".
    furniture = [b.span for b in document.blocks if b.kind is BlockKind.FURNITURE]
    covered = {
        at
        for span in (*furniture, *(passage.span for passage in passages))
        for at in range(span.start, span.end)
    }
    assert all(at in covered or char.isspace() for at, char in enumerate(text))
