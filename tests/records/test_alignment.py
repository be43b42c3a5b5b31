"""The alignment between the reading text and the search text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import Alignment, Edit, Span

words = st.text(alphabet="abc д\n\u00ad", max_size=24)


@st.composite
def edits_over(draw, text):
    """Edits that do not overlap, over *text*."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Edit(Span(a, b), draw(st.text(alphabet="XY", max_size=3))) for a, b in pairs)


@st.composite
def aligned(draw):
    text = draw(words)
    first = Alignment().then(text, draw(edits_over(text)))
    later = draw(edits_over(first.apply(text)))
    return text, first, later


@given(aligned())
def test_composed_edits_make_the_same_search_text_as_one_after_the_other(case):
    text, first, later = case
    assert first.then(text, later).apply(text) == Alignment(later).apply(first.apply(text))


@given(aligned(), st.data())
def test_any_span_of_the_search_text_maps_back_to_what_it_was_made_from(case, data):
    text, first, later = case
    alignment = first.then(text, later)
    search = alignment.apply(text)
    start = data.draw(st.integers(0, len(search)))
    end = data.draw(st.integers(start, len(search)))
    source = alignment.to_source(Span(start, end))
    assert source.end <= len(text)
    if end > start:
        assert search[start:end] in alignment.apply(text, source)


@given(words)
def test_without_edits_the_search_text_is_the_reading_text(text):
    assert Alignment().apply(text) == text
    assert Alignment().to_source(Span(0, len(text))) == Span(0, len(text))


def test_a_part_of_the_text_gets_the_edits_that_lie_within_it():
    text = "ab-\ncd ef-\ngh"
    alignment = Alignment((Edit(Span(2, 4), ""), Edit(Span(9, 11), "")))
    assert alignment.apply(text) == "abcd efgh"
    assert alignment.apply(text, Span(0, 6)) == "abcd"
    assert alignment.apply(text, Span(3, 10)) == "\ncd ef-"


def test_a_span_of_kept_words_maps_back_exactly():
    text = "Polit\u00adburo met"
    alignment = Alignment((Edit(Span(5, 6), ""),))
    search = alignment.apply(text)
    at = search.index("met")
    assert alignment.to_source(Span(at, at + 3)).of(text) == "met"
    assert alignment.to_source(Span(0, len("Politburo"))).of(text) == "Polit\u00adburo"


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        Alignment((Edit(Span(0, 3), ""), Edit(Span(2, 4), "")))
    with pytest.raises(ValueError, match="overlap"):
        Alignment().then("abcdef", [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")])


def test_an_edit_past_the_end_is_refused():
    with pytest.raises(ValueError, match="past the end"):
        Alignment().then("abc", [Edit(Span(2, 9), "")])
