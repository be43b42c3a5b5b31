"""A conversation at a real pseudo-terminal of 80 columns."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import river_letter

pytestmark = pytest.mark.slow

pexpect = pytest.importorskip("pexpect")

TALK = """
import sys
from pathlib import Path
from rich.console import Console
sys.path.insert(0, sys.argv[1])
from river_letter import Room
from docproc.chat.prompt import converse
from docproc.chat.history import ConversationHistory
kept = ConversationHistory(Path(sys.argv[2])) if sys.argv[2] else None
sys.exit(converse(Room(), Console(), kept=kept))
"""
ESCAPE = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|[=>])")
UP, TAB = "\x1b[A", "\t"

Terminal = Callable[..., Any]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """Starts a conversation; ``expect`` sees what a terminal would be sent."""
    started = []

    def start(history: Path | str = "", **environment: str) -> Any:
        kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
        child = pexpect.spawn(
            sys.executable,
            ["-c", TALK, str(Path(river_letter.__file__).parent), str(history)],
            dimensions=(30, 80),
            encoding="utf-8",
            timeout=300,
            env={**kept, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **environment},
        )
        started.append(child)
        child.expect("Ctrl-D leaves")
        prompted(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def prompted(child: Any) -> None:
    """Wait until the prompt reads keys: it asks for marked pastes, draws, shows the cursor."""
    child.expect_exact("\x1b[?2004h")
    child.expect_exact("\x1b[?25h")


def leave(child: Any) -> int:
    """Wait for the prompt, press Ctrl-D, and return the exit code."""
    prompted(child)
    child.send("\x04")
    return ended(child)


def ended(child: Any) -> int:
    child.expect(pexpect.EOF)
    child.wait()
    return int(child.exitstatus)


def test_a_question_is_answered_and_ctrl_d_leaves(terminal: Terminal):
    child = terminal()
    child.send("How many lanterns?\r")
    child.expect(r"\x1b\[1;35m.*600 lanterns")
    child.expect("seeds/letters/orlova.txt")
    assert leave(child) == 0


def test_ctrl_c_cancels_the_line_and_the_conversation_goes_on(terminal: Terminal):
    child = terminal()
    child.send("How many eleph\x03")
    prompted(child)
    child.send("/cite\r")
    child.expect("ask a question first")
    prompted(child)
    child.send("/quit\r")
    assert ended(child) == 0


def test_tab_completes_names_of_the_corpus_and_commands_as_they_are_typed(terminal: Terminal):
    child = terminal()
    child.send("Who wrote to lind" + TAB)
    child.expect("qvist")
    child.send("\r")
    child.expect("TSAOR")
    prompted(child)
    child.send("/ci")
    child.expect("citation N, to paste")
    child.send(TAB + "\r")
    child.expect(r"Source: seeds/letters/orlova\.txt\.")
    assert leave(child) == 0


def test_questions_are_kept_in_a_file_of_their_owner_and_come_back(
    terminal: Terminal, tmp_path: Path
):
    folder = tmp_path / "state" / "docproc"
    history = folder / "typed"
    first = terminal(folder)
    first.send("How many lanterns?\r")
    first.expect("600 lanterns")
    assert leave(first) == 0
    assert "How many lanterns?" in history.read_text("utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    second = terminal(folder)
    second.send(UP + "\r")
    second.expect("600 lanterns")
    assert leave(second) == 0


def test_a_history_that_cannot_be_kept_is_told_and_costs_nothing_else(tmp_path: Path):
    (tmp_path / "file").write_text("")
    child = pexpect.spawn(
        sys.executable,
        ["-c", TALK, str(Path(river_letter.__file__).parent), str(tmp_path / "file" / "history")],
        dimensions=(30, 200),
        encoding="utf-8",
        timeout=300,
        env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
    )
    child.expect("questions are not kept in .*typed: Not a directory|File exists")
    prompted(child)
    child.send("lanterns?\r")
    child.expect("600 lanterns")
    assert leave(child) == 0


def test_no_color_is_respected_by_the_prompt_and_the_answer(terminal: Terminal):
    child = terminal(NO_COLOR="1")
    child.send("/scope kind note\r")
    child.expect("Scope: kind note")
    prompted(child)
    child.send("What did the commission allocate?\r")
    child.expect("\\[1m1 The commission")
    child.expect("seeds/letters/orlova.txt")
    assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|38;5;\d+)m", child.before)
    assert leave(child) == 0


def test_no_line_is_wider_than_the_terminal(terminal: Terminal):
    child = terminal()
    child.send("How many lanterns?\r")
    child.expect("left out here.*\r\n")
    shown = ESCAPE.sub("", child.before + child.after)
    assert max(len(line.rstrip()) for line in shown.split("\n")) <= 80
    assert leave(child) == 0


def test_a_narrower_window_is_noticed_at_the_next_answer(terminal: Terminal):
    child = terminal()
    child.setwinsize(30, 50)
    child.kill(signal.SIGWINCH)
    child.send("harbour?\r")
    child.expect(r"twice\.\.")
    child.expect("typewritten")
    shown = ESCAPE.sub("", child.before)
    assert max(len(line.rstrip()) for line in shown.split("\n")[1:]) <= 50
    assert leave(child) == 0
