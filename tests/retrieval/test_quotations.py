"""Quotations: verbatim but for white space; what is altered, and how; and what is not there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docproc.errors import UsageError
from docproc.records import ArchivalReference
from docproc.references import parse_reference
from docproc.retrieval.lookup.quotations import find_quotation, levels_agree

WORDS = "Send 40 sacks of seed rye before the river freezes, or there will be no sowing at all."


def found(room, words):
    return find_quotation(room.opened, words)


def test_every_stretch_of_a_letter_is_found_where_it_stands(letters_room):
    for number in range(0, 12):
        words = " ".join(WORDS.split()[number : number + 5])
        if words == "or there will be no":
            with pytest.raises(UsageError, match="too many passages"):
                found(letters_room, words)
            continue
        (place,) = found(letters_room, f"“{words}”")
        assert place.difference == ""
        assert " ".join(place.span.of(place.document.text).split()) == words


def test_an_elision_may_be_anything_between_and_nothing_in_another_order(letters_room):
    (place,) = found(letters_room, "Send 40 sacks […] no sowing at all")
    assert place.span.of(place.document.text).startswith("Send 40 sacks of")
    assert all(p.difference for p in found(letters_room, "no sowing at all … Send 40 sacks"))


def test_what_differs_is_told_in_the_words_of_the_source(letters_room):
    (place,) = found(letters_room, WORDS.replace("rye", "barley"))
    assert "the source has “rye”, the quotation “barley”" in place.difference
    assert "rye" in place.span.of(place.document.text)


def test_a_changed_word_is_the_only_difference_at_either_end_and_between(letters_room):
    words = WORDS.split()[:10]
    for at, word in enumerate(words):
        (place,) = found(letters_room, " ".join([*words[:at], "zzz", *words[at + 1 :]]))
        had = word.strip(",")
        assert place.difference == f"the source has “{had}”, the quotation “zzz”"
        assert place.span.of(place.document.text).strip(",") == " ".join(words).strip(",")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_changed_word_ever_passes_for_verbatim(letters_room, data):
    words = WORDS.split()
    at = data.draw(st.integers(0, len(words) - 1))
    new = data.draw(st.from_regex(r"\A[a-z]{3,9}\Z").filter(lambda w: w not in words[at]))
    altered = " ".join([*words[:at], new, *words[at + 1 :]])
    assert all(place.difference for place in found(letters_room, altered))


def test_what_is_nowhere_is_not_found_and_what_has_no_words_is_an_error(letters_room):
    assert found(letters_room, "The zeppelin of the governor burned over Lisbon harbour") == []
    with pytest.raises(UsageError, match="words"):
        found(letters_room, "“…”")
    with pytest.raises(UsageError, match="at most"):
        found(letters_room, "word " * 5000)


def test_references_agree_by_what_is_stated_and_archives_by_either_name():
    own = parse_reference("RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.")
    for asked in ("F. 558", "RGASPI. F. 558. Op. 2", "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1"):
        assert levels_agree(parse_reference(asked), own), asked
    for asked in ("F. 17", "F. 558. Op. 1", "GARF. F. 558"):
        assert not levels_agree(parse_reference(asked), own), asked
    assert not levels_agree(ArchivalReference("F. 1", "fond", ()), None)
