"""Runs compared at once: none that is like a word of the question is passed by."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words import trigrams
from docproc.retrieval.words.coverage import QuestionWords, least_in_common
from docproc.retrieval.words.trigrams import KnownRuns, known_runs
from docproc.text.names.keys import name_keys
from docproc.text.run_marks import have_enough_marks, mark_runs, weigh_marks
from docproc.text.terms import words_by_run


def near_runs(known, found, marks):
    return known.near(np.array([known.number(run) for run in found], np.int64), marks)[1]


runs = st.text("abAB.'-1,é", min_size=1, max_size=12)


def marks_of(asked):
    return weigh_marks(asked, asked, least=[least_in_common(word) for word in asked])


@given(st.lists(runs, max_size=12), st.lists(st.text("abe1", min_size=1, max_size=8), max_size=4))
def test_every_run_that_is_like_a_word_of_the_question_is_near(found, asked):
    question = QuestionWords([(word, (word,)) for word in asked])
    near = near_runs(KnownRuns(words_by_run("en")), found, marks_of(asked))
    for run in set(found) - set(near):
        assert not question.matches([dict(words_by_run("en")[run])]).any()
    listed, weights = list(set(found)), marks_of(asked)
    kept = have_enough_marks(mark_runs(listed), weights)
    assert set(near) <= {run for run, here in zip(listed, kept, strict=True) if here}


def test_runs_that_only_end_like_words_of_the_question_are_not_near():
    known = KnownRuns(words_by_run("en"))
    marks = marks_of(["administration", "parting"])
    assert near_runs(known, ["nation", "walking", "administrator", "parts"], marks) == [
        "administrator",
        "parts",
    ]


def test_a_run_of_very_many_words_is_always_looked_at():
    long = "abcdefghijklmnopqrstuvwxyz-zyxwvutsrqponmlkjihgfedcba"
    known = KnownRuns(words_by_run("en"))
    assert near_runs(known, [long, "milk"], weigh_marks(["zyxw"], [])) == [long]


def test_runs_are_begun_again_when_there_are_very_many(monkeypatch):
    marks = weigh_marks(["mill"], ["mill"])
    monkeypatch.setattr(trigrams, "WEIGHTS", replace(WEIGHTS, words_kept=3))
    first = known_runs("zz")
    for _ in range(2):
        assert near_runs(known_runs("zz"), ["mill", "miller", "rye"], marks) == ["mill", "miller"]
    assert known_runs("zz") is not first


def test_runs_beyond_the_first_thousand_are_found_too():
    known = KnownRuns(words_by_run(None))
    many = [f"w{number}" for number in range(2_500)]
    near_runs(known, many, weigh_marks([], []))
    assert near_runs(known, [*many, "rye"], weigh_marks(["rye"], ["rye"])) == ["rye"]


def test_a_text_is_cut_once_and_few_are_kept(monkeypatch):
    known = KnownRuns(words_by_run(None))
    monkeypatch.setattr(trigrams, "WEIGHTS", replace(WEIGHTS, texts_kept=2))
    first = known.cut("a mill, a mill and rye")
    assert known.cut("a mill, a mill and rye") is first
    assert len(first) == 5
    assert known.cut("rye").tolist() == [known.number("rye")]
    known.cut("oats")
    assert known.cut("a mill, a mill and rye").tolist() == first.tolist()


@given(st.lists(st.text("abAB.' 1é", max_size=30), max_size=6), st.lists(runs, max_size=4))
def test_runs_match_as_texts_of_their_own_do(texts, asked):
    keys = {word: name_keys(word) for word in asked}
    question = QuestionWords([(word, (word,)) for word in asked], keys)
    cut = [run for text in texts for run in text.split()]
    alone = question.matches_in([(run, "en") for run in cut])
    assert question.matches_runs(cut, "en").tolist() == alone.tolist()
