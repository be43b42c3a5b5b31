"""Spans, identities and the other nouns."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.records import (
    WITNESS_VALUES,
    ArchivalReference,
    Document,
    Passage,
    PassageKind,
    Scope,
    SourceFile,
    Span,
    Witness,
    identity,
    strip_span,
)

SOURCE = SourceFile("seeds/a.txt", "text/plain", 3, "0" * 64)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_have_different_identities(a, b):
    assert (identity(*a) == identity(*b)) == (a == b)


def test_an_identity_is_the_same_on_every_machine_and_every_day():
    expected = "f202512a48aafbf5da5f602bb6cbb7e0b542a4b5d3b3419bbc883d1d5b2e4749"
    assert identity("document", "seeds/a.txt", 1) == expected


def test_the_same_words_in_two_files_stay_two_documents():
    other = dataclasses.replace(SOURCE, path="seeds/b.txt")
    assert Document(SOURCE, "abc").id != Document(other, "abc").id


def test_the_same_words_at_two_places_stay_two_passages():
    def passage(start):
        return Passage("d", Span(start, start + 3), "abc", PassageKind.BODY, "paragraph 1", "", "")

    assert passage(0).id != passage(4).id


@given(st.text(alphabet=" \n\u00a0ab"), st.data())
def test_stripping_leaves_no_white_space_at_the_ends_and_loses_nothing_else(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = strip_span(text, start, end)
    assert span.of(text) == text[start:end].strip()


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_is_no_span_is_refused(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_records_cannot_be_changed_in_place():
    with pytest.raises(dataclasses.FrozenInstanceError):
        SOURCE.path = "x"


@pytest.mark.parametrize(
    ("path", "suffix"), [("a/B.TXT", ".txt"), ("a/b", ""), ("a/.txt", ""), ("a.b/c", "")]
)
def test_a_suffix_is_that_of_the_name(path, suffix):
    assert dataclasses.replace(SOURCE, path=path).suffix == suffix


def test_a_reference_gives_its_levels_by_name():
    reference = ArchivalReference("F. 1", "fond", (("fond", "1"),))
    assert reference.get("fond") == "1"
    assert reference.get("delo") is None


def test_a_scope_without_a_condition_is_everything():
    assert Scope(printed="all of it").everything
    assert not Scope(sender="x").everything


@pytest.mark.parametrize(
    ("witness", "values"),
    [
        (Witness("Autograph.", "autograph", "original"), ("autograph", "original", "handwritten")),
        (
            Witness("C.", "typewritten", "certified copy"),
            ("typewritten", "certified copy", "copy", "certified"),
        ),
        (Witness("S.", signature="autograph"), ("autograph signature",)),
        (Witness("As printed."), ()),
    ],
)
def test_a_witness_says_every_word_that_holds_of_it(witness, values):
    assert witness.values == values
    assert set(values) <= set(WITNESS_VALUES)
