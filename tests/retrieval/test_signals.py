"""Coverage, evidence and the choice of the sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.retrieval.evidence.highlight import sentence_scores
from docproc.retrieval.evidence.score import Signals, best_bm25, score
from docproc.retrieval.query.answer_kind import holds_kind, wanted_kind
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import QuestionWords, coverage
from docproc.text.terms import content_words, question_words


def words(question):
    return QuestionWords(question_words(question, ["en"]))


def match(question, text):
    return words(question).matches([content_words(text, "en")])[:, 0].tolist()


@pytest.mark.parametrize(
    ("question", "text", "least", "most"),
    [
        ("rifles", "a rifle", 1.0, 1.0),
        ("persuade", "the persuasion", WEIGHTS.alike**2, 0.9),
        ("Jemal", "Djemal came", WEIGHTS.alike**2, 0.99),
        ("instructors", "instructoors", WEIGHTS.alike**2, 0.99),
        ("rifles", "machine guns", 0.0, 0.0),
        ("content", "continent", 0.0, 0.6),
    ],
)
def test_a_word_counts_by_its_likeness_and_only_itself_counts_whole(question, text, least, most):
    (likeness,) = match(question, text)
    assert least <= likeness <= most


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=6))
def test_coverage_is_a_share_and_grows_with_the_words_found(found):
    asked = words("alpha beta gamma")
    weights = np.ones(3)
    share = coverage(asked.matches([content_words(" ".join(found), "en")]), weights)[0]
    expected = len({"alpha", "beta", "gamma"} & set(found)) / 3
    assert share == pytest.approx(expected, abs=1e-6)


def signals(**values):
    given_values = dict.fromkeys(
        ("words_document", "coverage", "held", "cos_passage", "cos_sentence"), 0.0
    ) | {
        "cos_document": 0.0,
        "absent": 0.0,
        "missing": 0.0,
        "passages": 5.0,
        "trust": 1.0,
        "tells": 0.9,
        "untimely": 0.0,
        "unsaid": 0.0,
        "reach": 1.0,
    }
    return Signals(**{k: np.array([v], np.float32) for k, v in (given_values | values).items()})


@given(st.sampled_from(["coverage", "held", "words_document", "cos_passage", "cos_sentence"]))
def test_more_of_any_signal_is_never_less_evidence(name):
    assert score(signals(**{name: 0.8}), 1.4)[0] > score(signals(**{name: 0.1}), 1.4)[0]


def test_vectors_that_cannot_be_read_decide_nothing():
    assert score(signals(cos_passage=0.9, coverage=0.5), 0.0) == score(signals(coverage=0.5), 0.0)


def test_where_there_is_but_one_document_what_is_common_to_its_passages_tells_nothing():
    common = {"words_document": 0.9, "cos_document": 0.9, "cos_passage": 0.9}
    assert score(signals(**common, tells=0.0), 1.4)[0] == 0.0
    assert score(signals(**common, tells=0.9), 1.4)[0] > 0.3


def test_the_plain_share_of_the_words_counts_where_documents_are_few():
    held = [score(signals(held=1.0, tells=1 - 1 / n), 1.4)[0] for n in (1, 20, 10_000)]
    assert held[0] == pytest.approx(WEIGHTS.held * 20 / 21)
    assert held[1] == pytest.approx(WEIGHTS.held / 2, abs=1e-4)
    assert held[2] < 0.001


def test_apparatus_counts_by_its_vectors_only_as_far_as_it_says_what_is_asked():
    near = {"cos_passage": 0.8, "cos_sentence": 0.8, "cos_document": 0.8}
    assert score(signals(**near, trust=0.2), 1.4)[0] < score(signals(**near), 1.4)[0]


def test_a_word_that_no_text_has_lowers_what_can_be_reached():
    assert best_bm25([5, 0], 100) > best_bm25([5], 100) > 0
    assert best_bm25([], 100) == 1.0


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the letter written?", "date"),
        ("How many rifles?", "number"),
        ("Who was present?", "name"),
        ("Why were they sent?", "reason"),
        ("Сколько винтовок?", "number"),
        ("Wann kam er an?", "date"),
        ("Describe the letter", None),
        ("how many rifles", "number"),
        ("in what year did they meet", "date"),
        ("The commission met when the river froze.", None),
    ],
)
def test_the_kind_of_answer_is_told_by_the_questions_small_words(question, kind):
    assert wanted_kind(question) == kind


def test_a_passage_without_the_names_that_are_asked_about_is_less_evidence():
    assert score(signals(coverage=0.6, missing=0.5), 1.4) < score(signals(coverage=0.6), 1.4)


def test_where_words_cannot_be_expected_the_vectors_decide_alone():
    seen = signals(cos_sentence=0.8, cos_passage=0.8, cos_document=0.8, reach=0.0)
    assert score(seen, 1.4)[0] == pytest.approx(0.8, abs=1e-5)
    assert score(signals(cos_sentence=0.8, cos_passage=0.8, cos_document=0.8), 1.4)[0] < 0.6


def test_what_the_question_says_itself_is_no_answer_to_it():
    assert not holds_kind("date", "in 1922", "What was done in 1922?")
    assert holds_kind("date", "in 1921", "What was done in 1922?")


def test_the_sentence_with_the_words_that_only_it_has_is_chosen():
    sentences = ["Stalin wrote to Trotsky.", "Stalin wrote of rifles.", "Stalin wrote again."]
    asked = words("What did Stalin write of rifles?")
    matches = asked.matches([content_words(sentence, "en") for sentence in sentences])
    scores = sentence_scores("What of rifles?", sentences, matches, np.zeros(3, np.float32), 1.0)
    assert scores.argmax() == 1
    assert sentence_scores("?", [], matches[:, :0], np.zeros(0, np.float32), 1.0).size == 0


def test_a_sentence_with_an_hour_counts_nothing():
    sentences = ("At two o’clock they came into Ribe.", "It has 900 souls.")
    matches = np.zeros((1, 2), np.float32)
    scores = sentence_scores("How many live there?", sentences, matches, np.zeros(2), 1.0)
    assert scores[1] > scores[0]
