"""Where quotations begin and end: marks, markup, paragraphs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_archive import Archive, check, draft, only

from docproc.checking.check import check_draft
from docproc.checking.marks import between_marks
from docproc.checking.quotations import Draft, quotations
from docproc.records import Block, BlockKind, Document, SourceFile, Span


def marked(text: str) -> list[str]:
    return [each.span.of(text) for each in between_marks(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“the winter of ‘20 was hard, I hear” then", ["the winter of ‘20 was hard, I hear"]),
        ("‘I know the pilots’ pay well’ and theirs", ["I know the pilots’ pay well"]),
        ("It's the pilots' pay that the miller's wife didn't like.", []),
        ("``words of TeX'' and `one of its own' here", ["words of TeX", "one of its own"]),
        ("<<Так тоже пишут>>, ,,и этак''", ["Так тоже пишут", "и этак"]),
        ("”Svenska citat” och »finska också»", ["Svenska citat", "finska också"]),
        ("« Il dit : “la réponse” »", [" Il dit : “la réponse” ", "la réponse"]),
        (
            "„Er sagte: ‚ich bleibe‘, und ging.“",
            ["Er sagte: ‚ich bleibe‘, und ging.", "ich bleibe"],
        ),
        (
            "\"She said 'not one of them' twice\"",
            ["She said 'not one of them' twice", "not one of them"],
        ),
        ("a 5\" gun and a 6' man", []),
        (
            "He quotes “‘a title of three words’”.",
            ["‘a title of three words’", "a title of three words"],
        ),
    ],
)
def test_marks_and_what_only_looks_like_them(text, found):
    assert marked(text) == found


@given(st.text("“”„«»‹›‘’‚\"'`<>, as", max_size=60))
def test_any_row_of_marks_gives_spans_within_the_text_in_order(text):
    spans = [each.span for each in between_marks(text, Span(0, len(text)))]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    assert all(span.end <= len(text) for span in spans)


def test_a_quotation_over_paragraphs_that_each_open_their_mark_is_one():
    text = (
        "“The quay at Sloka was closed on Tuesday.\n\n“The harbour master will pay.” So he wrote."
    )

    first = text.index("\n\n")
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, first)),
        Block(BlockKind.PARAGRAPH, Span(first + 2, len(text))),
    )
    document = Document(SourceFile("a.md", "x/y", 1, "0" * 64), text, blocks=blocks)
    (found,) = quotations(Draft(document))
    assert found.closed
    assert found.text.startswith("The quay")
    assert found.text.endswith("will pay.")


def test_lines_that_begin_with_a_sign_of_quoting_are_a_block_quotation():
    (found,) = check(
        "> Nobody in the village believes that the old commissar will keep it."
    ).findings
    assert found.quotation.block
    assert found.held.value == "differs"


def test_the_mark_of_a_note_within_a_quotation_is_no_word_of_it():

    found = only(
        "“no barge has been unloaded since then.[^1]”", "RGASPI. F. 558. Op. 2. D. 52. L. 1."
    )
    assert found.quotation.note == "1"
    assert (found.held.value, found.changes) == ("wrong reference", ())


def test_what_markup_quotes_needs_no_marks():
    text = "He wrote no barge has been loaded since then in the town."
    start = text.index("no barge")
    document = replace(draft(text), quoted=(Span(start, text.index(" in the town")),))
    (found,) = check_draft([document], Archive()).findings
    assert found.quotation.text == "no barge has been loaded since then"
    assert found.held.value == "differs"
