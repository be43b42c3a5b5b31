"""The words of a scope."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from river_letter import LETTER, PASSAGES, citation

from docproc.chat.scope_words import earliest_day, latest_day, parse_scope
from docproc.errors import UsageError
from docproc.records import WITNESS_VALUES, PassageKind, Scope

CITED = (citation(PASSAGES[0], 1, 0.9), citation(PASSAGES[4], 2, 0.8))


def test_a_reference_is_parsed():
    scope = parse_scope("RTsKhIDNI. F. 558. Op. 2. D. 51")
    assert scope.reference is not None
    assert scope.reference.get("fond") == "558"
    assert scope.reference.get("delo") == "51"
    assert scope.printed == "RTsKhIDNI. F. 558. Op. 2. D. 51"


def test_dates_bound_the_days_that_they_can_mean():
    scope = parse_scope("from 1921-10 to December 1921")
    assert (scope.earliest, scope.latest) == (date(1921, 10, 1), date(1921, 12, 31))
    assert earliest_day("1921") == date(1921, 1, 1)
    assert latest_day("2 November 1921") == date(1921, 11, 2)


def test_a_witness_is_said_in_its_own_words():
    assert parse_scope("witness typewritten").witness == ("typewritten",)
    for value in WITNESS_VALUES:
        assert parse_scope(f"witness {value}").witness == (value,)
    assert "certified" in WITNESS_VALUES
    scope = parse_scope(
        "F. 558 witness typewritten, certified copy and autograph signature to 1930"
    )
    assert scope.witness == ("typewritten", "certified copy", "autograph signature")
    with pytest.raises(UsageError, match=r"'typed'.*typewritten"):
        parse_scope("witness typed")


def test_conditions_combine_in_any_order_and_keep_the_words_as_set():
    words = "F. 558. Op. 2, kind notes and body sender J. V. Stalin from 1920"
    scope = parse_scope(words)
    assert scope.reference is not None
    assert scope.reference.get("opis") == "2"
    assert scope.kinds == (PassageKind.NOTE, PassageKind.BODY)
    assert scope.sender == "J. V. Stalin"
    assert scope.earliest == date(1920, 1, 1)
    assert scope.printed == words


def test_names_and_languages():
    scope = parse_scope("recipient Trotsky language RU")
    assert (scope.recipient, scope.language) == ("Trotsky", "ru")


def test_a_document_is_meant_by_the_number_of_its_citation():
    scope = parse_scope("document 2", CITED)
    assert scope.documents == (LETTER.id,)
    assert scope.printed == "document 'G. V. Orlova to P. I. Lindqvist, 4 March 1923'"


@pytest.mark.parametrize("word", ["off", "OFF", "everything", " none "])
def test_off_lifts_the_scope(word: str):
    assert parse_scope(word) == Scope()
    assert parse_scope(word).everything


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "a scope needs words"),
        ("sendr Stalin", r"'sendr Stalin' is not an archival reference.*mean 'sender'"),
        ("from Stalin", "'Stalin' is not a date"),
        ("from", "what should follow 'from'"),
        ("to 1921 to 1922", "says 'to' twice"),
        ("from 1922 to 1921", "ends before it begins"),
        ("kind letter", "no kind of passage: 'letter'; there are: body, note, apparatus"),
        ("document 3", "those shown last are 1, 2"),
        ("document one", "'document' takes the number"),
    ],
)
def test_what_is_not_understood_is_named(words: str, message: str):
    with pytest.raises(UsageError, match=message):
        parse_scope(words, CITED)


def test_a_document_before_any_citation_is_an_error():
    with pytest.raises(UsageError, match="none has been shown yet"):
        parse_scope("document 1")


@given(st.text(max_size=40), st.sampled_from(["", "from ", "to ", "kind ", "sender ", "document "]))
def test_any_words_give_a_scope_or_a_message(text: str, keyword: str):
    with suppress(UsageError):
        scope = parse_scope(keyword + text, CITED)
        assert scope.everything or scope.printed
