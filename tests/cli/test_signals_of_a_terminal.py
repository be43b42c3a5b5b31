"""A chat at a terminal that is resized, suspended and closed: what was asked is kept."""

import json
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import time

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix"),
]

QUESTION = "How many rifles did Stalin want to send?"


def _own_terminal():
    """In the child: the terminal is its own, and signals do what they do by default."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored where the tests run below nohup


class Chat:
    """``docproc chat`` at a terminal of its own."""

    def __init__(self, root):
        import pty

        self.terminal, below = pty.openpty()
        self.resize(24, 80)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "docproc", "chat"],
            cwd=root, stdin=below, stdout=below, stderr=below, start_new_session=True,
            env=os.environ | {"TERM": "xterm"},
            preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(below)
        self.said = self.rest = b""
        self.until(b"\x1b[?2004h")  # the editor waits

    def resize(self, rows, columns):
        import fcntl
        import termios

        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))

    def signal(self, number):
        os.killpg(self.process.pid, number)

    def ask(self, question):
        os.write(self.terminal, question.encode() + b"\r")
        self.until(b"verbatim")
        self.until(b"\x1b[?2004h")

    def until(self, wanted):
        """Read until *wanted* was said after what was waited for last; tell where the cursor is."""
        said, patience = self.rest, time.monotonic() + 600
        while wanted not in said:
            assert time.monotonic() < patience, said[-2000:]
            if select.select([self.terminal], [], [], 1)[0]:
                some = os.read(self.terminal, 65536)
                said += some
                if b"\x1b[6n" in some:
                    os.write(self.terminal, b"\x1b[1;1R")
        self.said += said
        self.rest = said.partition(wanted)[2]  # both may come at once on a busy machine

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.terminal)


@pytest.fixture
def place(letter_workspace, tmp_path):
    root = tmp_path / "workspace"
    shutil.copytree(letter_workspace, root, ignore=shutil.ignore_patterns("chat"))
    return root


@pytest.fixture
def chat(place):
    chat = Chat(place)
    yield chat
    chat.end()


def test_a_chat_goes_on_when_its_terminal_is_resized_and_it_is_suspended(chat):
    for rows, columns in ((5, 20), (80, 300), (1, 1), (24, 80)):
        chat.resize(rows, columns)
        chat.signal(signal.SIGWINCH)
    chat.ask(QUESTION)
    chat.signal(signal.SIGSTOP)
    chat.signal(signal.SIGCONT)
    chat.ask(QUESTION)
    assert b"Traceback" not in chat.said


def test_a_chat_whose_terminal_goes_ends_and_keeps_what_was_asked(chat, place):
    chat.ask(QUESTION)
    chat.signal(signal.SIGHUP)
    assert chat.process.wait(600) == -signal.SIGHUP
    (kept,) = (place / "embeddings" / "chat").glob("*.json")
    turns = json.loads(kept.read_text("utf-8"))["turns"]
    assert [turn["question"] for turn in turns] == [QUESTION]
