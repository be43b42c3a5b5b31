"""Cleaning: what is taken away so that a word can be found, and what must stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import Alignment, Span
from docproc.text.layout.cleaning import search_edits


def cleaned(text: str) -> str:
    return Alignment(tuple(search_edits(text))).apply(text)


@pytest.mark.parametrize(
    ("printed", "sought"),
    [
        ("Polit\u00adburo", "Politburo"),
        ("the Polit-\n  buro met", "the Politburo met"),
        ("рассмо-\r\nтрен", "рассмотрен"),
        ("С т а л и н писал", "Сталин писал"),
        ("S t a l i n", "Stalin"),
        ("С Т А Л И Н", "СТАЛИН"),
        ("6\u00a0000\u2009rifles", "6 000 rifles"),
        ("“To wait” — ’tis", '"To wait" - \'tis'),
        ("ﬁrst ﬂoor", "first floor"),
        (unicodedata.normalize("NFD", "й, é"), "й, é"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_a_printed_word_is_found_as_it_is_sought(printed, sought):
    assert cleaned(printed) == sought


@pytest.mark.parametrize(
    "text",
    [
        "Anglo-Afghan treaty",
        "Moscow-\nLeningrad",
        "a b c d e F",
        "J. V. Stalin",
        "1922.. In addition, ( direct impact",
        "I. Stalin 3 .",
        "2/XI - 21.",
        "А Б В. Г.",
    ],
)
def test_what_is_no_debris_stays(text):
    assert cleaned(text) == text


@given(st.text(st.sampled_from("aбA -\u00ad\u200b\n\r“—\u0301é\xa0ﬁ."), max_size=80))
def test_every_edit_leads_back_to_what_it_was_made_from(text):
    alignment = Alignment(tuple(search_edits(text)))
    search = alignment.apply(text)
    for at in range(len(search)):
        source = alignment.to_source(Span(at, at + 1))
        assert 0 <= source.start < source.end <= len(text)
        if not any(edit.span.overlaps(source) for edit in alignment.edits):
            assert source.of(text) == search[at]
