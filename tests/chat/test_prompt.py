"""A conversation over questions that are piped in."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable

import pytest
from rich.console import Console
from river_letter import Room

from docproc.chat.prompt import converse
from docproc.errors import ExitCode, StoreError
from docproc.records import Answer, Scope

pytestmark = pytest.mark.slow


def talk(
    questions: str, room: Room | None = None, renew: Callable[[], Room | None] | None = None
) -> tuple[ExitCode, str, str]:
    """The exit code, what went to standard output, and what went to standard error."""
    out, err = io.StringIO(), io.StringIO()
    code = converse(
        room or Room(),
        Console(file=out, width=80),
        renew=renew,
        stdin=io.StringIO(questions),
        errors=Console(file=err, width=80),
    )
    return code, out.getvalue(), err.getvalue()


def test_a_piped_conversation_looks_as_it_did(golden: Callable[[str, str], None]):
    questions = "How many lanterns?\n/cite\n\n/open 1\n/scope kind note\nlanterns?\n/more\nlantern"
    code, out, err = talk(questions)
    assert code is ExitCode.NOT_FOUND
    assert err == ""
    golden("conversation.txt", out)


def test_every_question_is_echoed_before_its_answer():
    _, out, _ = talk("harbour?\nlanterns?\n")
    assert [line for line in out.splitlines() if line.startswith("> ")] == [
        "> harbour?",
        "> lanterns?",
    ]


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ("", ExitCode.DONE),
        ("harbour?\n/cite 1\n", ExitCode.DONE),
        ("harbour?\nelephants?\nharbour?", ExitCode.NOT_FOUND),
        ("elephants?\n/cite 7\nelephants?", ExitCode.USAGE),
        ("harbour?\n/quit\nelephants?", ExitCode.DONE),
    ],
)
def test_the_exit_code_says_how_it_went(questions: str, code: ExitCode):
    assert talk(questions)[0] is code


def test_an_error_goes_to_standard_error_and_the_next_question_is_answered():
    code, out, err = talk("/opne\nharbour?\n")
    assert code is ExitCode.USAGE
    assert err.startswith("no command /opne (did you mean '/open'?)")
    assert "barges" in out


def test_an_error_of_the_room_gives_its_own_code():
    class Broken(Room):
        def ask(
            self,
            question: str,
            *,
            limit: int,
            scope: Scope,
            every: bool = False,
            as_typed: bool = False,
        ) -> Answer:
            raise StoreError("the text index is damaged")

    code, _, err = talk("harbour?\n", Broken())
    assert (code, err) == (ExitCode.STORE, "the text index is damaged\n")


def test_what_is_left_out_is_explained_once():
    assert talk("lanterns?\nlanterns?\n")[1].count("is left out here") == 1


def test_the_conversation_moves_to_a_new_generation_and_says_so():
    new = Room("g2")
    rooms = iter([None, new, None])
    _, out, err = talk("elephants?\nharbour?\nharbour?\n", Room("g1"), lambda: next(rooms))
    assert err == "The documents were indexed again: generation g2 answers now.\n"
    assert out.count("barges") == 3  # once as what came near
    assert len(new.asked) == 2


def test_what_is_stale_in_a_new_generation_is_told():
    room = Room("g2")
    room.notice = "2 sources have changed since; `docproc index` takes them in"
    assert talk("harbour?\n", renew=lambda: room)[2].splitlines()[1] == room.notice


def test_the_room_in_use_is_no_new_generation():
    room = Room()
    assert talk("harbour?\n", room, lambda: room)[2] == ""


def test_a_generation_that_cannot_be_opened_leaves_the_old_one_in_use():
    def renew() -> Room | None:
        raise StoreError("generation g2: manifest.json is missing")

    code, out, err = talk("harbour?\n", renew=renew)
    assert code is ExitCode.DONE
    assert "barges" in out
    assert err.startswith("still answering from the generation that was opened: generation g2")


def test_bytes_that_are_no_character_end_no_conversation():
    stdin = io.TextIOWrapper(io.BytesIO(b"caf\xe9\nexit\n"), "utf-8")
    out = io.StringIO()
    converse(Room(), Console(file=out), stdin=stdin)
    assert "> caf\ufffd" in out.getvalue()


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("docproc.rendering.json", ["rich", "prompt_toolkit"]),
        ("docproc.rendering.answer_view", ["rich.console", "prompt_toolkit"]),
        ("docproc.rendering.terminal", ["prompt_toolkit", "docproc.references"]),
        ("docproc.chat.prompt", ["prompt_toolkit", "docproc.retrieval"]),
    ],
)
def test_nothing_is_imported_that_is_not_needed(module: str, absent: list[str]):
    code = f"import sys, {module}; sys.exit(str([m for m in {absent!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
