"""How the process of a command ends: at once, and with all done that is due at an end."""

import gc
import subprocess
import sys

import pytest

from docproc.cli.entry import run

pytestmark = pytest.mark.slow

BEFORE = """
import atexit, sys, threading, time
from docproc.cli import entry

def ask():
    print("printed")
    return CODE

atexit.register(lambda: print("told of the end"))

class Held:
    def __del__(self):
        print("taken apart")

held = Held()
entry.main = lambda: sys.exit(ask())
"""


def ended(code, after="entry.run()"):
    program = BEFORE.replace("CODE", repr(code)) + after
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_what_was_printed_is_written_and_whoever_asked_is_told_and_nothing_is_taken_apart():
    done = ended(12)
    assert (done.returncode, done.stderr) == (12, "")
    assert done.stdout.splitlines() == ["printed", "told of the end"]


def test_a_thread_that_still_works_is_waited_for():
    thread = "threading.Thread(target=lambda: (time.sleep(0.2), print('worked'))).start()\n"
    assert "worked" in ended(0, thread + "entry.run()").stdout


def test_whoever_looks_on_sees_the_process_end_as_any_other(monkeypatch):
    monkeypatch.setattr("docproc.cli.entry.main", lambda: sys.exit(3))
    before, profile = gc.get_threshold(), sys.getprofile()
    sys.setprofile(lambda *_: None)
    try:
        with pytest.raises(SystemExit) as ended:
            run()
    finally:
        sys.setprofile(profile)
        gc.set_threshold(*before)
    assert ended.value.code == 3
