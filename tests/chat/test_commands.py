"""The slash commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from river_letter import PASSAGES, Room

from docproc.chat.commands import COMMANDS, run_command
from docproc.chat.history import ConversationHistory
from docproc.chat.session import Session
from docproc.errors import UsageError
from docproc.rendering.lines import plain, width_of


def session(question: str | None = "How many lanterns?", limit: int = 3) -> Session:
    made = Session(Room(), limit=limit)
    made.writes = lambda answer: None
    if question:
        made.ask(question)
    return made


def reply(line: str, made: Session | None = None, width: int = 80) -> str:
    return plain(run_command(line, made or session(), width).lines)


def test_help_names_every_command():
    text = reply("/help")
    assert [line.split()[0] for line in text.splitlines() if line.startswith("/")] == [
        f"/{command.name}" for command in COMMANDS
    ]


def test_help_names_the_styles_of_plugins_too():
    made = session()
    made.more_styles = ("harbour-notes",)
    said = " ".join(reply("/help", made).split())
    assert "gost" in said
    assert ", harbour-notes" in said


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands write where the user is."""
    monkeypatch.chdir(tmp_path)


ANSWERING = [c.name for c in COMMANDS if c.name not in ("cite", "mentions")]
"""The commands that need no more than a question asked before."""


@pytest.mark.parametrize("command", ANSWERING)
def test_every_command_answers_within_the_width(command: str):
    for line in run_command(f"/{command}", session(), 60).lines:
        assert width_of(line) <= 60


def test_open_points_at_the_passage_and_says_how_to_see_the_rest():
    text = reply("/open 1")
    assert "> ¶ 3   2) The ice will not hold." in text
    assert text.endswith("lines below]\n\n/open 1 all shows the whole document.\n")
    assert "sender" not in text


def test_open_all_shows_the_whole_document_and_its_table():
    text = reply("/open 1 all")
    assert "from        G. V. Orlova" in text
    assert "Left out: 1 block" in text
    assert "/open 1 all" not in text


def test_a_citation_is_never_broken_into_lines():
    assert reply("/cite 1", width=40).count("\n") == 1


def test_cite_and_why_take_the_first_citation_unless_told():
    assert reply("/cite") == reply("/cite 1")
    assert reply("/why") == reply("/why 1")


def test_more_goes_on_where_the_answer_stopped_until_there_is_no_more():
    made = session("What of the harbour?", limit=1)
    assert reply("/more", made).startswith(" 2  G. V. Orlova")
    assert reply("/more", made) == "No more passages answer this question.\n"


def test_more_after_a_refusal_shows_the_nearest_passages_as_such():
    text = reply("/more", session("Any elephants?"))
    assert text.startswith("The nearest passages; none is an answer:\n\n 1  G. V. Orlova")
    assert PASSAGES[0].text[:30] in text


def test_scope_is_set_shown_and_lifted():
    made = session()
    assert reply("/scope kind note", made) == "Scope: kind note.\n"
    assert reply("/scope", made).startswith("Scope: kind note. Say a reference")
    assert reply("/scope off", made) == "Scope: every document.\n"
    assert made.scope.everything


def reply_of(name: str):
    return run_command(f"/{name}", session(), 80)


def test_quit_leaves_and_nothing_else_does():
    left = [name for name in [*ANSWERING, "cite"] if reply_of(name).leave]
    assert left == ["quit"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/opne 1", r"no command /opne \(did you mean '/open'\?\); there are: /help, /open"),
        ("/", "no command /; there are"),
        ("/open first", "the number of a citation, such as 1: 'first'"),
        ("/open 1 more", "takes only 'all': /open 1 all"),
        ("/cite 9", "there is no citation 9"),
        ("/scope nowhere at all", "not an archival reference"),
    ],
)
def test_what_is_mistyped_is_told_with_what_is_right(line: str, message: str):
    with pytest.raises(UsageError, match=message):
        run_command(line, session(), 80)


def test_commands_are_known_whatever_their_case():
    assert reply("/HELP") == reply("/help")


def test_forget_asks_a_completed_question_as_it_was_typed():
    made = session("How many lanterns are left?")
    made.ask("And ropes?")
    assert made.turns[-1].understood
    assert "ropes" in reply("/forget", made)
    assert made.turns[-1].question == made.turns[-1].searched == "And ropes?"
    assert made.turns[-1].understood == ""


def test_forget_leaves_a_complete_question_as_it_is():
    made = session()
    assert reply("/forget", made) == "The next question stands by itself.\n"
    made.ask("And ropes?")
    assert made.turns[-1].understood == ""


def test_check_holds_every_citation_against_its_source_again():
    made = Session(Room(verified=False), limit=3)
    made.ask("What of the harbour?")
    assert reply("/check", made).count("⚠ source changed") == 2
    made.room.verified = True
    assert reply("/check 2", made).startswith(" 2  G. V. Orlova")
    assert [c.verified for c in made.citations] == [False, True]


def test_open_says_when_a_citation_stands_otherwise_than_before():
    made = Session(Room(verified=False))
    made.ask("lanterns?")
    assert "Checked again" not in reply("/open 1", made)
    made.room.verified = True
    assert reply("/open 1", made).endswith("Checked again: ✓ verbatim\n")
    assert "Checked again" not in reply("/open 1", made)


def test_save_writes_markdown_or_json_and_never_over_another_file(tmp_path: Path):
    made = session()
    assert reply("/save talk.md", made) == "1 question saved in talk.md.\n"
    assert (tmp_path / "talk.md").read_text("utf-8").startswith("# A conversation of")
    assert "--resume talk.json" in " ".join(reply("/save talk.json", made).split())
    reply("/save talk.json", made)
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(UsageError, match=r"other\.json exists already"):
        reply("/save other.json", made)


def test_nothing_is_saved_before_the_first_question():
    with pytest.raises(UsageError, match="nothing to save yet"):
        reply("/save talk.md", session(None))


def test_history_is_shown_and_turned_off_and_on(tmp_path: Path):
    made = session()
    made.kept = ConversationHistory(tmp_path / "kept", on=False)
    assert "Nothing is kept" in reply("/history", made)
    assert "is kept in" in reply("/history on", made)
    assert len(list((tmp_path / "kept").glob("*.json"))) == 1
    assert "Nothing more is kept" in reply("/history off", made)
    with pytest.raises(UsageError, match="takes on or off: 'perhaps'"):
        reply("/history perhaps", made)
