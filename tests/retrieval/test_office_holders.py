"""Offices told by headings; and headings, which otherwise stand behind the text that answers."""

# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

import pytest

from docproc.chat.session import Session
from docproc.records import Verdict
from docproc.retrieval import ReadingRoom

LETTERS = {
    "a1": ("The Consul at Libau (Ames) to the Warden of the Harbour", "Libau, March 4, 1911", "The elevators stand empty. Why the millers refuse the rye of Tauroggen I cannot learn, but I ask for six dredgers before the thaw."),
    "a2": ("The Warden of the Harbour (Brook) to the Consul at Reval (Dane)", "Windau, March 9, 1911", "For Ames: no dredger can be spared before May, since all of them lie at the northern mole."),
    "a3": ("The Warden of the Harbour (Brook) to the Consul at Reval (Dane)", "Windau, April 2, 1911", "The lamps of the western pier were lit on Saturday for the first time."),
    "a4": ("The Consul at Libau (Foss) to the Warden of the Harbour (Brook)", "Libau, June 8, 1913", "I have taken over the seals and the cash box of my predecessor, and found all in order."),
    "b1": ("Herring Fishery and Herring Prices of the Coast of Courland", "", "A barrel cost four roubles at the quay in the spring, and the price of herring on the coast of Courland fell by a third when the fleet came in."),
}  # fmt: skip


@pytest.fixture(scope="module")
def room(room_over) -> ReadingRoom:
    return room_over(LETTERS)


@pytest.mark.parametrize(
    ("question", "told", "first"),
    [
        ("Who was the consul at Libau?", ("Ames", "Foss"), "a1"),
        ("Who was the Consul at Libau in 1913?", ("Foss",), "a4"),
        ("Who is the consul in Reval?", ("Dane",), "a2"),
        ("Who was the Warden of the Harbour?", ("Brook",), "a2"),
    ],
)
def test_who_held_an_office_is_told_by_the_headings_once_each(room, question, told, first):
    answer = room.answering.ask(question, limit=5)
    assert answer.verdict is Verdict.ANSWERED
    assert tuple(said.rpartition(": ")[2] for said in answer.understood) == told
    assert Path(answer.citations[0].source.path).stem == first
    assert len(answer.citations) == len(told)
    for citation, name in zip(answer.citations, told, strict=True):
        assert any(name in span.of(citation.quote) for span in citation.highlights)


def test_an_office_that_nobody_signs_for_is_no_office(room):
    answer = room.answering.ask("Who was the consul at Tauroggen?", limit=5)
    assert not answer.understood


def test_a_heading_stands_behind_the_text_that_answers(room):
    answer = room.answering.ask("What was the price of herring on the coast of Courland?", limit=5)
    assert "four roubles" in answer.citations[0].quote


def test_no_heading_says_why(room):
    asked = "Why was the Consul at Libau (Foss) moved to the Warden of the Harbour?"
    answer = room.answering.ask(asked, limit=5)
    assert all("heading" not in citation.locator for citation in answer.citations[:1])


def test_a_reply_sent_through_somebody_else_is_found_by_whom_it_is_for(room):
    session = Session(room)
    session.ask("Why do the millers refuse the rye of Tauroggen?")
    answer = session.ask("What did the Warden of the Harbour answer?")
    assert [Path(c.source.path).stem for c in answer.citations] == ["a2"]
    assert "no dredger" in answer.citations[0].quote
    assert "names Ames" in session.turns[-1].understood
    session.ask("and Foss?")
    assert "“What did Foss answer?”" in session.turns[-1].understood
