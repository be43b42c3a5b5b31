"""Whole conversations over real indexes: what leans is completed, what stands is left alone.

``tests/golden/conversations.jsonl`` holds one a line: the questions before, the question, and
what must come of it.  ``understood`` is how a follow-up is completed; without it the question
is complete, and must be searched for as it was typed.  ``in`` is the beginning of the name of
the first citation's source, and ``holds`` words of one of the citations.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docproc.chat.session import Session
from docproc.records import Verdict
from docproc.retrieval import ReadingRoom

GOLDEN = Path(__file__).parents[1] / "golden" / "conversations.jsonl"
CONVERSATIONS = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
FOLLOW_UPS = [c for c in CONVERSATIONS if "understood" in c]
COMPLETE = [c for c in CONVERSATIONS if "understood" not in c]


def held(told: dict[str, Any], letter_room: ReadingRoom, river_room: ReadingRoom) -> Session:
    session = Session(letter_room if told["room"] == "letter" else river_room)
    for question in told["after"]:
        session.ask(question)
    session.ask(told["ask"])
    return session


def check_answer(told: dict[str, Any], session: Session) -> None:
    answer = session.turns[-1].answer
    assert (answer.verdict is Verdict.ANSWERED) is told.get("answered", True)
    if "in" in told:
        name = answer.citations[0].source.path.rsplit("/", 1)[-1]
        assert name.startswith(told["in"])
    if "holds" in told:
        assert any(told["holds"] in citation.quote for citation in answer.citations)


def test_there_are_enough_conversations_of_each_kind_and_room():
    assert len(FOLLOW_UPS) >= 15
    assert len(COMPLETE) >= 15
    for kind in (FOLLOW_UPS, COMPLETE):
        assert {told["room"] for told in kind} == {"letter", "river"}


@pytest.mark.parametrize("told", FOLLOW_UPS, ids=lambda told: told["ask"])
def test_a_follow_up_is_completed_from_the_conversation(
    told: dict[str, Any], letter_room: ReadingRoom, river_room: ReadingRoom
):
    session = held(told, letter_room, river_room)
    assert session.turns[-1].understood == f"understood as: {told['understood']}"
    check_answer(told, session)


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_a_note_is_found_by_its_number(letter_room: ReadingRoom, number: str):
    session = Session(letter_room)
    session.ask("Who visited Stalin?")
    answer = session.ask(f"What is in note {number}?")
    assert [citation.locator for citation in answer.citations] == [f"note {number}"]


def test_a_note_that_is_not_there_is_not_found(letter_room: ReadingRoom):
    session = Session(letter_room)
    session.ask("Who visited Stalin?")
    assert session.ask("What is in note 9?").verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize("told", COMPLETE, ids=lambda told: told["ask"])
def test_a_complete_question_is_never_dragged_into_the_old_context(
    told: dict[str, Any], letter_room: ReadingRoom, river_room: ReadingRoom
):
    session = held(told, letter_room, river_room)
    turn = session.turns[-1]
    assert (turn.understood, turn.searched, turn.within) == ("", told["ask"], session.scope)
    check_answer(told, session)


@pytest.mark.parametrize("told", FOLLOW_UPS, ids=lambda told: told["ask"])
def test_forget_asks_every_follow_up_as_it_was_typed(
    told: dict[str, Any], letter_room: ReadingRoom, river_room: ReadingRoom
):
    session = held(told, letter_room, river_room)
    turn = session.forget()
    assert turn is session.turns[-1]
    assert (turn.searched, turn.within, turn.understood) == (told["ask"], session.scope, "")


def test_a_question_that_stands_brings_the_same_answer_in_a_conversation_as_alone(
    river_room: ReadingRoom,
):
    for told in COMPLETE:
        if told["room"] == "river":
            alone = Session(river_room).ask(told["ask"])
            assert held(told, river_room, river_room).turns[-1].answer == alone


def test_a_document_that_was_opened_is_the_one_in_view(river_room: ReadingRoom):
    session = Session(river_room, limit=20)
    session.ask("How many lanterns and how much coal does the harbour get?")
    session.more()
    other = next(
        c for c in session.citations if c.source.path.endswith("02_lindqvist_to_orlova.txt")
    )
    session.open(other.rank)
    session.ask("When was it written?")
    assert session.turns[-1].understood.endswith("in the letter of 12 March 1923")


def test_a_scope_that_was_set_since_is_not_narrowed_to_the_old_document(river_room: ReadingRoom):
    session = Session(river_room)
    session.ask("How many lanterns does the harbour need?")
    session.set_scope("F. 12")
    session.ask("And how many ropes?")
    assert session.turns[-1].within == session.scope


def test_a_complete_question_without_an_answer_ends_what_was_in_view(river_room: ReadingRoom):
    session = Session(river_room)
    session.ask("How many lanterns does the harbour need?")
    session.ask("When did the Kronstadt rebellion begin?")
    session.ask("What does the note say?")
    assert session.turns[-1].understood == ""
