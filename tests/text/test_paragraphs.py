"""Lines to paragraphs, whatever sets them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import Span
from docproc.text.layout.paragraphs import line_width, paragraphs

WRAPPED = """The question of the supply of instruments was
considered yesterday and it was decided that the
whole matter must wait.
Another paragraph begins here without any sign but
that the last line stopped short, and it goes on.
1) The first point of a list, which is wrapped over
two lines.
2) The second point.
"""
INDENTED = """    The question of the supply of instruments was
considered yesterday, and it was then decided so.
    Another paragraph begins with an indentation.
"""
LONG = "\n".join(["A paragraph of one long line. " * 8] * 3)


def split(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


def test_blank_lines_set_paragraphs_apart_even_with_odd_spaces_in_them():
    assert split("One.\n\xa0 \nTwo.\r\n\r\nThree.\r\rFour.") == ["One.", "Two.", "Three.", "Four."]


def test_a_hard_wrapped_paragraph_ends_where_a_line_stops_short_or_a_point_begins():
    assert [p.split()[0] for p in split(WRAPPED)] == ["The", "Another", "1)", "2)"]


def test_an_indented_line_begins_a_paragraph():
    assert [p.split()[0] for p in split(INDENTED)] == ["The", "Another"]


def test_a_long_line_is_a_paragraph_of_its_own():
    assert len(split(LONG)) == 3


def test_a_long_line_that_goes_on_in_small_letters_does_not_end_there():
    assert len(split("x" * 140 + " of O\n2 around the patient " + "y" * 140 + ".")) == 1


def test_a_year_at_the_beginning_of_a_wrapped_line_is_no_label():
    text = "The decision was taken in the autumn of\n1921. It was not carried out for a long time."
    assert len(split(text)) == 1


@pytest.mark.parametrize("rule", ["-----", "* * *", "______"])
def test_a_rule_stands_alone(rule):
    assert split(f"Text above it.\n{rule}\nText below it.") == [
        "Text above it.", rule, "Text below it.",
    ]  # fmt: skip


def test_an_empty_stretch_has_no_paragraphs():
    assert paragraphs("text", Span(2, 2)) == []
    assert line_width(" \n \n") == 0


@given(st.text(st.sampled_from("ab Z1.)-\n\r\t\f\xa0 "), max_size=200))
def test_paragraphs_cover_every_word_once_in_order(text):
    at = 0
    kept = ""
    for span in paragraphs(text):
        assert at <= span.start < span.end
        kept += span.of(text)
        at = span.end
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
def test_a_line_that_ends_within_a_word_ends_no_paragraph_however_short_it_is(hyphen):
    long = "The Board decided to send wheat to all of the districts named\n"
    text = f"{long}the har{hyphen}\nvest had failed.\n{long}to Tver -\nand Samara.\n"
    found = [span.of(text) for span in paragraphs(text)]
    assert found[0].endswith(f"the har{hyphen}\nvest had failed.")
    assert found[1:] == [f"{long}to Tver -", "and Samara."]


def test_a_sentence_goes_on_in_small_letters_however_short_its_line_is():
    long = "The Board decided to send wheat to all of the districts named\n"
    text = f"{long}there by the\nmonks of Tver.\n"
    assert [span.of(text) for span in paragraphs(text)] == [text.strip()]
