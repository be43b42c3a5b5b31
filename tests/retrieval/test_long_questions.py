"""What is asked in a paragraph: no condition is read from it, and its introduction counts."""

from __future__ import annotations

import numpy as np
import pytest

from docproc.questions import ParsedQuestion, parse_question
from docproc.questions.parse import Corpus
from docproc.questions.parties import KnownNames
from docproc.retrieval.query.long_questions import with_introduction, without_misreadings
from docproc.retrieval.weights import WEIGHTS
from docproc.retrieval.words.coverage import coverage

NAMES = {"sender": ["Pump House", "Canal"], "recipient": ["Sluice", "Canal"], "place": ["Reed"]}
CORPUS = Corpus(lambda _: 1, ("en",), KnownNames(NAMES.__getitem__))
DESCRIPTION = (
    "The passage of water from canal to sluice is described, with what a pump house must lift in a "
    "dry summer, how many documents of the water board tell of it, and why the so-called \u201clow "
    "gate\u201d was given up in favour of one that a child can turn with a hand."
)


def parse(question: str) -> ParsedQuestion:
    return parse_question(question, CORPUS)


def test_a_description_names_no_correspondents_phrases_or_lists() -> None:
    read = parse(DESCRIPTION)
    assert any((read.phrases, read.quantity, read.parties))  # what its words look like
    kept = without_misreadings(read, lambda _: True)
    assert not any((kept.parties, kept.phrases, kept.quantity, kept.times))
    assert kept.topic == kept.text == read.text


@pytest.mark.parametrize("met", [True, False])
def test_a_long_question_has_the_conditions_that_some_document_meets(met: bool) -> None:
    read = parse(DESCRIPTION.removesuffix(".") + ": who ordered it?")
    assert (without_misreadings(read, lambda _: met) == read) is met


def test_a_question_of_common_length_is_as_it_was() -> None:
    read = parse("What did the Pump House write to Sluice?")
    assert without_misreadings(read, lambda _: False) is read


def test_an_introduction_that_says_something_is_read_too() -> None:
    before = "The board changed every lock on the reed canal between two villages in one summer. "
    assert with_introduction(parse(before + "Why was the low gate given up?")) == (
        before + "Why was the low gate given up?"
    )
    assert with_introduction(parse("Why was the low gate given up?")) is None


def test_thanks_before_a_question_are_not_read() -> None:
    thanks = "I am writing a thesis on this subject and would be very grateful for any help. "
    assert with_introduction(parse(thanks + "Why was the low gate given up?")) is None


def test_a_passage_need_not_hold_every_word_of_a_long_text() -> None:
    many = WEIGHTS.enough * 3
    weights = np.ones(many)
    matches = np.zeros((many, 2), np.float32)
    matches[: WEIGHTS.enough // 2, 0] = 1
    matches[: WEIGHTS.enough * 2, 1] = 1
    assert coverage(matches, weights).tolist() == [0.5, 1.0]
    assert coverage(matches[:4], weights[:4]).tolist() == [1.0, 1.0]
