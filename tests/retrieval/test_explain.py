"""Why a passage: what was found and given adds up, and points at the words themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from docproc.operations.application import Application
from docproc.operations.reading.reading_room import open_reading_room
from docproc.records import Answer
from docproc.retrieval import ReadingRoom
from docproc.workspace import find_workspace


@pytest.fixture(scope="module")
def room(letter_workspace: Path) -> ReadingRoom:
    found = open_reading_room(Application(find_workspace(letter_workspace)))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def answer(room: ReadingRoom) -> Answer:
    return room.answering.ask("How many rifles did Djemal Pasha want?", limit=5)


def test_what_the_signals_gave_is_the_score(answer: Answer):
    for citation in answer.citations:
        assert [name for name, _ in citation.gave] == [name for name, _ in citation.why]
        assert sum(given for _, given in citation.gave) == pytest.approx(citation.score, abs=0.002)


def test_the_words_that_matched_are_those_of_the_quotation(answer: Answer):
    for citation in answer.citations:
        spans = [match.span for match in citation.matched]
        assert spans == sorted(spans)
        for match in citation.matched:
            assert match.word in answer.searched.words
            assert match.span.of(citation.quote).strip(".,()“”") == match.span.of(citation.quote)


def test_a_word_matches_in_another_form_and_a_name_in_another_spelling(room: ReadingRoom):
    (cited,) = room.answering.ask("Did Djemal visit Stalin?", limit=1).citations
    found = {m.word: (m.span.of(cited.quote), m.likeness) for m in cited.matched}
    assert found["visit"] == ("visited", 1.0)
    name, likeness = found["djemal"]
    assert name == "DZHEMAL"
    assert likeness < 1


def test_what_stood_behind_an_answer_is_named_with_its_version(room: ReadingRoom):
    behind = dict(room.explanation.behind())
    assert "bolshevik-leadership" in behind["normalized by"]
    assert "plugins/bolshevik_leadership.py" in behind["normalized by"]
    assert behind["generation"].startswith(room.generation)


def test_a_citation_is_checked_against_its_source_again(room: ReadingRoom, answer: Answer):
    from dataclasses import replace

    stale = replace(answer.citations[0], verified=False, verification="as saved")
    assert room.lookup.recheck(stale) == answer.citations[0]
    moved = replace(stale, quote=stale.quote[1:])
    assert not room.lookup.recheck(moved).verified
    gone = room.lookup.recheck(replace(stale, document_id="0" * 64))
    assert (gone.verified, gone.verification) == (False, "its document is no longer in the index")
