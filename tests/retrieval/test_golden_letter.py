"""The golden questions over the letter: asked, answered exactly, or refused."""

import ast
import json
from pathlib import Path

import pytest

import docproc
from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.records import Scope, Verdict
from docproc.workspace import find_workspace

GOLDEN = Path(__file__).parent.parent / "golden"
SOURCE = Path(docproc.__file__).parent


def lines(name):
    text = (GOLDEN / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


QUESTIONS = lines("letter_questions.jsonl")
MISSES = lines("letter_misses.jsonl")


def by_question(items):
    return [pytest.param(item, id=item["question"]) for item in items]


@pytest.fixture(scope="module")
def room(letter_workspace):
    return open_reading_room(Application(find_workspace(letter_workspace)))


def ask(room, question):
    return room.answering.ask(question, limit=3, scope=Scope())


@pytest.mark.parametrize("item", by_question(q for q in QUESTIONS if q.get("answerable", True)))
def test_the_first_citation_holds_the_answer_under_the_right_reference(room, item):
    answer = ask(room, item["question"])
    assert answer.verdict is Verdict.ANSWERED
    first = answer.citations[0]
    assert any(held in first.quote for held in item["holds"]), first.quote
    assert first.reference.get("delo") == item["delo"]
    assert first.verified
    if "locator" in item:
        assert first.locator == item["locator"]


@pytest.mark.parametrize("item", by_question(q for q in QUESTIONS if not q.get("answerable", True)))
def test_what_the_letter_does_not_say_is_not_found(room, item):
    answer = ask(room, item["question"])
    assert answer.verdict is Verdict.NOT_FOUND
    assert not answer.citations
    assert answer.nearest
    assert answer.searched.best < answer.searched.floor


@pytest.mark.parametrize("item", by_question(MISSES))
def test_what_goes_wrong_is_known(room, item):
    """These go wrong today: refused, or answered with a passage that does not answer.

    When one comes right, it moves to the other file.
    """
    answer = ask(room, item["question"])
    refused = answer.verdict is Verdict.NOT_FOUND
    assert refused == (item["outcome"] == "refused")
    held = item.get("holds", ())
    assert not any(words in c.quote for c in answer.citations[:1] for words in held)


@pytest.mark.slow
def test_every_quote_is_the_text_at_its_span_and_every_highlight_a_part_of_it(room):
    for item in QUESTIONS:
        answer = ask(room, item["question"])
        for citation in (*answer.citations, *answer.nearest):
            document = room.lookup.document(citation.document_id)
            assert citation.quote == citation.span.of(document.text)
            assert citation.highlights
            assert all(span.end <= len(citation.quote) for span in citation.highlights)
            assert all(span.of(citation.quote).strip() for span in citation.highlights)


def constants(path):
    """The strings in a module that are no docstrings and no comments."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


@pytest.mark.slow
def test_nothing_in_the_code_knows_the_questions_or_their_answers():
    known = [text for path in SOURCE.rglob("*.py") for text in constants(path)]
    assert len(known) > 1000
    for item in (*QUESTIONS, *MISSES):
        for words in (item["question"], *item.get("holds", ())):
            if len(words) > 10:
                assert not any(words in text for text in known), words


def test_what_is_far_behind_the_best_passage_is_shown_only_when_asked_for(room):
    question = "Who visited Stalin?"
    few = room.answering.ask(question, limit=5, scope=Scope()).citations
    every = room.answering.ask(question, limit=5, scope=Scope(), every=True).citations
    assert len(few) < len(every)
    assert [c.passage_id for c in few] == [c.passage_id for c in every[: len(few)]]
    assert all(citation.score >= 0.8 * few[0].score for citation in few)
