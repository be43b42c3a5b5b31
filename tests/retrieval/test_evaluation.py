"""The measures of ``docproc eval``, held to values worked out by hand."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import UsageError
from docproc.retrieval.calibrating.evaluation import (
    Question,
    Ranked,
    Trial,
    auroc,
    figures,
    ranking_lines,
    read_questions,
    trials,
)


def trial(sources, gold=("b.txt",), confidence=0.5, answered=True, answerable=True, answers=()):
    question = Question(question="q", gold=gold, answerable=answerable, answers=answers)
    ranking = tuple(Ranked(f"seeds/{s}", f"quote of {s}", f"of {s}") for s in sources)
    return Trial(question, ranking, confidence, answered, 0.01)


def test_the_rank_is_among_documents_and_several_passages_of_one_count_once():
    assert trial(["a.txt", "a.txt", "b.txt"]).rank() == 2
    assert trial(["a.txt"]).rank() is None


def test_any_gold_document_is_right_by_name_or_by_path():
    assert trial(["a.txt"], gold=("x.txt", "seeds/a.txt")).rank() == 1
    assert trial(["1921/a.txt"], gold=("a.txt",)).rank() == 1
    assert trial(["ba.txt"], gold=("a.txt",)).rank() is None


def test_the_measures_are_those_of_the_definitions():
    tried = [trial(["b.txt"]), trial(["a.txt", "b.txt"]), trial(["a.txt"])]
    found = figures(tried)
    assert found["R@1"] == pytest.approx(1 / 3)
    assert found["R@10"] == pytest.approx(2 / 3)
    assert found["MRR@10"] == pytest.approx((1 + 1 / 2) / 3)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / math.log2(3)) / 3)


def test_a_document_beyond_the_tenth_counts_for_nothing():
    late = trial([f"{n}.txt" for n in range(10)] + ["b.txt"])
    assert late.rank() == 11
    found = figures([late])
    assert found["R@10"] == found["MRR@10"] == found["nDCG@10"] == 0.0


def test_an_answer_is_held_whatever_its_case_and_line_breaks():
    found = figures([trial(["b.txt"], answers=("QUOTE  of\nb.txt",))])
    assert found["answer-in-quote@1"] == 1.0
    assert found["answer-in-highlight@1"] == 0.0


def test_the_verdicts_errors_are_counted_on_either_side():
    tried = [
        trial(["b.txt"], answered=False, confidence=0.2),
        trial(["b.txt"], confidence=0.9),
        trial(["b.txt"], gold=(), answerable=False, answered=True, confidence=0.4),
    ]
    found = figures(tried)
    assert found["answerable refused"] == 0.5
    assert found["unanswerable answered"] == 1.0
    assert found["AUROC"] == 0.5


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=8),
    st.lists(st.integers(0, 5), min_size=1, max_size=8),
)
def test_auroc_is_the_share_of_pairs_in_the_right_order(positive, negative):
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"question": "q"}\n{"question": 3}', "line 2"),
        ("nonsense", "line 1"),
        ("", "there is no question"),
        ('{"gold": []}', "question"),
    ],
)
def test_a_bad_file_is_named_with_the_line(tmp_path, text, said):
    path = tmp_path / "questions.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        read_questions(path)


def test_every_ranking_is_written_one_a_line(tmp_path):
    asked = [Question(question="one", gold=("a.txt",), id="1")]
    tried = list(trials(asked, lambda q: ([Ranked("seeds/a.txt", "A quote", "A")], 0.7, True)))
    (tmp_path / "results.jsonl").write_bytes(ranking_lines(tried))
    (line,) = (tmp_path / "results.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "id": "1",
        "question": "one",
        "answered": True,
        "confidence": 0.7,
        "rank": 1,
        "sources": ["seeds/a.txt"],
        "quote": "A quote",
    }
