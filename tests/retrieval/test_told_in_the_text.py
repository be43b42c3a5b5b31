"""What the text of a letter tells of is not told by the letter's heading."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.records import Passage, PassageKind, Span, Verdict
from docproc.retrieval import ReadingRoom
from docproc.retrieval.search.furniture import is_address
from docproc.workspace import find_workspace

LETTER = """K. Lund to A. Berg

Visby, 3 July 1920

Dear Anna,

Captain Strand sent the anchors by the night train, and Constable Ek reported the theft of the oars.

The decree on bread was drafted by Lindqvist in June, and a song about it was written in Kalmar.

K. Lund
"""

MINUTES = """Minutes of the Town Council of Onega, No. 14

Onega, 5 May 1908

Heard: the petition of the fishermen for a new pier.

Resolved: to build a pier of larch, forty sazhens long. Tyapuyev voted against.

Heard: the complaint about dogs.

Resolved: dogs without a collar to be caught by the fire brigade.
"""


@pytest.fixture(scope="module")
def room(letter_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadingRoom:
    root = tmp_path_factory.mktemp("told")
    (root / "config.toml").write_text("", "utf-8")
    (root / "seeds").mkdir()
    (root / "seeds" / "h1.txt").write_text(LETTER, "utf-8")
    (root / "seeds" / "m1.txt").write_text(MINUTES, "utf-8")
    shutil.copytree(letter_workspace / "embeddings" / "encoders", root / "embeddings" / "encoders")
    prepare_index(Application(find_workspace(root)), Silent()).run()
    opened = open_reading_room(Application(find_workspace(root)))
    assert opened is not None
    return opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who sent the anchors?", "Strand"),
        ("Who reported the theft?", "Ek"),
        ("Who drafted the decree on bread?", "Lindqvist"),
        ("When was the decree on bread drafted?", "June"),
        ("Where was the song about bread written?", "Kalmar"),
    ],
)
def test_a_deed_is_told_by_the_text(room, question, told):
    answer = room.answering.ask(question, limit=5)
    assert answer.understood == ()
    assert told in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("Who wrote about the anchors?", "sender: K. Lund"),
        ("Who sent the letter about the anchors?", "sender: K. Lund"),
        ("When was the letter about the theft written?", "date: 3 July 1920"),
    ],
)
def test_what_is_asked_of_a_letter_is_told_by_its_heading(room, question, states):
    answer = room.answering.ask(question, limit=5)
    assert answer.citations[0].states == states


@pytest.mark.parametrize(
    "question",
    [
        "What was decided about dogs?",
        "What did they decide on dogs?",
        "What was resolved on the complaint?",
    ],
)
def test_what_minutes_resolve_was_decided(room, question):
    answer = room.answering.ask(question, limit=5)
    assert answer.verdict is Verdict.ANSWERED
    assert answer.citations[0].quote.startswith("Resolved: dogs without a collar")


@pytest.mark.parametrize("question", ["What did Lund ask for?", "What does Lund want?"])
def test_what_somebody_wants_is_told_by_the_letters(room, question):
    answer = room.answering.ask(question, limit=5)
    assert answer.understood == ("from Lund",)
    assert answer.citations[0].quote.startswith(("Captain Strand", "The decree"))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("To Karl Lund.", True),
        ("An Lotte Voss", True),
        ("To Karl Lund I owe the boat.", False),
        ("To the harbour.", False),
    ],
)
def test_whom_a_letter_is_for_on_a_line_of_its_own_is_an_address(text, address):
    whole = Span(0, len(text))
    passage = Passage("d", whole, text, PassageKind.BODY, "paragraph 3", text, text)
    assert is_address(passage) is address


def test_who_sent_a_thing_is_not_told_by_the_heading_where_the_text_has_another_verb(room):
    answer = room.answering.ask("Who sent the song about bread?", limit=5)
    assert answer.understood == ()
    assert not any(citation.states for citation in answer.citations)
