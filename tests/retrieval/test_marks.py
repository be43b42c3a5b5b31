"""Marks keep no word out that shares a term or two trigrams with a question's words."""

from hypothesis import given
from hypothesis import strategies as st

from docproc.retrieval.marks import grams, mark, mark_of_question, marks, may_be_alike

letters = st.text("abcдж1-", min_size=1, max_size=9)
pairs = st.lists(st.tuples(letters, letters), min_size=1, max_size=4)


@given(pairs, pairs)
def test_what_has_a_term_or_two_trigrams_in_common_is_let_pass(asked, found):
    ours = mark_of_question([word for word, _ in asked], [term for _, term in asked])
    alike = any(
        theirs == term or len(grams(other) & grams(word)) > min(1, len(grams(other)) - 1)
        for other, theirs in found
        for word, term in asked
    )
    assert may_be_alike(mark(found), ours) or not alike


def test_most_strangers_are_kept_out():
    ours = mark_of_question(["rifles", "stalin"], ["rifl", "stalin"])
    strangers = [
        "the",
        "committee",
        "decided",
        "yesterday",
        "upon",
        "another",
        "question",
        "of",
        "grain",
        "supply",
    ]
    passed = [word for word in strangers if may_be_alike(marks("en")[word], ours)]
    assert len(passed) <= 2
    assert may_be_alike(marks("en")["Rifle,"], ours)
