"""A conversation in a file: nothing is lost, nothing old is passed off as checked."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from river_letter import Room

from docproc.chat.history import (
    AS_SAVED,
    ConversationHistory,
    as_json,
    read_conversation,
    resume,
    save_session,
    write_new,
)
from docproc.chat.session import Session
from docproc.errors import UsageError
from docproc.records import Answer, Citation
from docproc.retrieval import ReadingRoom
from docproc.verification.checks import read_citations


def talk() -> Session:
    session = Session(Room())
    session.ask("How many lanterns are needed?")
    session.set_scope("from 1923-01 kind note body")
    session.ask("And ropes?")
    session.ask("Any elephants?")
    return session


def checked(answer: Answer) -> Answer:
    """*answer* as it was before its citations were marked as saved."""

    def one(citation: Citation) -> Citation:
        return replace(citation, verified=True, verification="the quotation stands in the source")

    return replace(
        answer,
        citations=tuple(map(one, answer.citations)),
        nearest=tuple(map(one, answer.nearest)),
    )


def test_what_is_read_back_is_what_was_saved_but_for_the_checks(tmp_path: Path):
    session, file = talk(), tmp_path / "talk.json"
    before = save_session(session)
    write_new(file, as_json(before))
    found = read_conversation(file)
    again = tuple(replace(turn, answer=checked(turn.answer)) for turn in found.turns)
    assert replace(found, turns=again) == before


def test_restored_citations_are_marked_until_they_are_checked_again(tmp_path: Path):
    file = tmp_path / "talk.json"
    session = Session(Room())
    session.ask("What of the harbour?")
    write_new(file, as_json(save_session(session)))
    later = Session(Room())
    resume(later, read_conversation(file))
    assert [(c.verified, c.verification) for c in later.citations] == [(False, AS_SAVED)] * 2
    later.open(2)
    assert [c.verified for c in later.citations] == [False, True]


def test_a_resumed_conversation_goes_on_where_it_was_left(tmp_path: Path):
    file = tmp_path / "talk.json"
    write_new(file, as_json(save_session(talk())))
    later = Session(Room())
    resume(later, read_conversation(file))
    assert later.describe_scope() == "from 1923-01 kind note body"
    later.ask("And how many ropes?")
    assert later.turns[-1].full
    assert len(later.turns) == 4


def test_a_forgotten_context_stays_forgotten(tmp_path: Path):
    session = Session(Room())
    session.ask("How many lanterns are needed?")
    session.forget()
    write_new(tmp_path / "talk.json", as_json(save_session(session)))
    later = Session(Room())
    resume(later, read_conversation(tmp_path / "talk.json"))
    later.ask("And ropes?")
    assert later.turns[-1].understood == ""


def test_a_saved_conversation_can_be_verified(tmp_path: Path, letter_room: ReadingRoom):
    session = Session(letter_room)
    session.ask("How many rifles did Stalin want to send?")
    session.ask("And how many machine guns?")
    write_new(tmp_path / "talk.json", as_json(save_session(session)))
    quotes = [citation.quote for citation in read_citations(tmp_path / "talk.json")]
    cited = [c.quote for turn in session.turns for c in turn.answer.citations]
    assert quotes == cited


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.json", None, r"gone\.json: No such file"),
        ("talk.md", b"# A conversation", r"talk\.md: not a conversation .*Markdown is for reading"),
        ("other.json", b'{"citations": []}', r"other\.json: not a conversation that /save wrote"),
        ("bytes.json", b"\xff\xfe", "not a conversation"),
    ],
)
def test_what_is_no_conversation_is_told(
    tmp_path: Path, name: str, content: bytes | None, message: str
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_conversation(tmp_path / name)


def test_a_later_format_names_the_docproc_that_reads_it(tmp_path: Path):
    value = json.loads(as_json(save_session(talk()))) | {"conversation": 2, "docproc": "9.1"}
    (tmp_path / "talk.json").write_text(json.dumps(value))
    with pytest.raises(UsageError, match=r"written in format 2.*use docproc 9\.1"):
        read_conversation(tmp_path / "talk.json")


def test_the_history_is_one_file_a_conversation_for_its_owner_alone(tmp_path: Path):
    kept, session = ConversationHistory(tmp_path / "chat"), talk()
    kept.keep(session)
    session.ask("What of the harbour?")
    kept.keep(session)
    (file,) = (tmp_path / "chat").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(read_conversation(file).turns) == 4
    assert kept.latest() == file


def test_nothing_is_written_while_the_history_is_off_or_nothing_was_asked(tmp_path: Path):
    ConversationHistory(tmp_path / "chat", on=False).keep(talk())
    ConversationHistory(tmp_path / "chat").keep(Session(Room()))
    assert not (tmp_path / "chat").exists()
    with pytest.raises(UsageError, match="no conversation was kept here"):
        ConversationHistory(tmp_path / "chat").latest()


def test_a_history_that_cannot_be_kept_is_told_once(tmp_path: Path):
    (tmp_path / "chat").write_text("a file")
    kept = ConversationHistory(tmp_path / "chat")
    with pytest.raises(UsageError, match="no longer kept"):
        kept.keep(talk())
    kept.keep(talk())
