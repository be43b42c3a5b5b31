"""Runs compared at once: none that is like a word of the question is passed by."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words import trigrams as known_runs
from docproc.retrieval.words.coverage import QuestionWords
from docproc.retrieval.words.trigrams import KnownRuns
from docproc.text.run_marks import mark_runs, meet, weigh_marks
from docproc.text.terms import words_by_run

runs = st.text("abAB.'-1,é", min_size=1, max_size=12)


@given(st.lists(runs, max_size=12), st.lists(st.text("abe1", min_size=1, max_size=8), max_size=4))
def test_every_run_that_is_like_a_word_of_the_question_is_near(found, asked):
    question = QuestionWords([(word, (word,)) for word in asked])
    near = KnownRuns(words_by_run("en")).near(set(found), weigh_marks(asked, asked))
    for run in set(found) - set(near):
        assert not question.matches([dict(words_by_run("en")[run])]).any()
    listed, weights = list(set(found)), weigh_marks(asked, asked)
    kept = meet(mark_runs(listed), weights)
    assert set(near) <= {run for run, here in zip(listed, kept, strict=True) if here}


def test_a_run_of_very_many_words_is_always_looked_at():
    long = "abcdefghijklmnopqrstuvwxyz-zyxwvutsrqponmlkjihgfedcba"
    assert KnownRuns(words_by_run("en")).near([long, "milk"], weigh_marks(["zyxw"], [])) == [long]


def test_runs_are_begun_again_when_there_are_very_many(monkeypatch):
    known = KnownRuns(words_by_run(None))
    marks = weigh_marks(["mill"], ["mill"])
    monkeypatch.setattr(known_runs, "WEIGHTS", replace(WEIGHTS, words_kept=3))
    for _ in range(2):
        assert known.near(["mill", "miller", "rye", "oats"], marks) == ["mill", "miller"]


def test_runs_beyond_the_first_thousand_are_found_too():
    known = KnownRuns(words_by_run(None))
    many = [f"w{number}" for number in range(2_500)]
    known.near(many, weigh_marks([], []))
    assert known.near([*many, "rye"], weigh_marks(["rye"], ["rye"])) == ["rye"]
