"""An index whose vectors lie outside the folder that it is given passes, where it says so."""

import contextlib
import os
import random
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
from wrong_vector_indexes import Aside, Honest

from docproc.testing import VectorIndexContract
from docproc.testing.processes import other_process
from docproc.testing.processes.other_process import run_elsewhere
from docproc.testing.processes.watching import watch

pytestmark = pytest.mark.slow


class AsksItsServer(Honest):
    """Asks the server at *port*, which it names, once for each build."""

    def __init__(self, port):
        self.port = port

    def place(self, folder):
        return f"http://localhost:{self.port}"

    def build(self, vectors, folder):
        with contextlib.suppress(OSError):
            socket.create_connection(("localhost", self.port), 5).close()
        return super().build(vectors, folder)


class TestInAFolderOfItsOwn(VectorIndexContract):
    examples = 3

    @pytest.fixture
    def plugin(self):
        return Aside()


class TestInAServer(VectorIndexContract):
    examples = 3

    @pytest.fixture
    def plugin(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=_accept, args=[server], daemon=True).start()
            yield AsksItsServer(server.getsockname()[1])


def _accept(server):
    with contextlib.suppress(OSError):
        while True:
            server.accept()[0].close()


def test_where_a_product_is_watched_no_test_library_is_imported():
    loaded = run_elsewhere(watch, eval, "set(__import__('sys').modules)", ()).result.result
    assert "docproc.testing.processes.watching" in loaded
    assert not loaded & {"pytest", "hypothesis"}


KILLS_ITS_GROUP = "__import__('os').killpg(0, 9)"


def note(name):
    """Leave *name* behind in the process, and say what lies there already, and what it draws."""
    left = sys.modules.setdefault("left_behind", [])
    left.append(name)
    return left, random.random(), hash(name), time.tzname[0], Path.cwd(), os.getpid()


def test_no_process_knows_what_another_left_behind():
    first, second = (run_elsewhere(note, "one").result for _ in range(2))
    assert first[0] == second[0] == ["one"]
    assert first[1] != second[1]
    assert first[2] == second[2] != hash("one")
    assert first[4] != second[4]
    assert len({first[5], second[5], os.getpid()}) == 3
    assert "left_behind" not in sys.modules


def test_the_environment_and_the_path_are_those_of_the_caller(monkeypatch, tmp_path):
    assert run_elsewhere(abs, -3).result == 3  # so that what forks has started
    monkeypatch.setenv("DOCPROC_SAID", "later")
    monkeypatch.syspath_prepend(tmp_path)
    where = run_elsewhere(eval, "__import__('sys').path").result
    assert where == sys.path
    assert run_elsewhere(os.getenv, "DOCPROC_SAID").result == "later"
    assert run_elsewhere(os.getenv, "TZ").result == "Asia/Tashkent"


def test_the_environment_may_hold_what_is_not_ascii(monkeypatch):
    monkeypatch.setenv("DOCPROC_SAID", "Мельница")
    said = run_elsewhere(eval, "__import__('os').environ['DOCPROC_SAID'].encode()").failure
    assert "surrogates not allowed" in said  # for an ASCII process these are bytes, as ever
    assert run_elsewhere(eval, "__import__('os').environb[b'DOCPROC_SAID']").result == (
        "Мельница".encode()
    )


def test_a_process_that_ends_is_a_failure_and_the_next_one_works():
    assert "-9" in run_elsewhere(signal.raise_signal, signal.SIGKILL).failure
    assert "with 3" in run_elsewhere(os._exit, 3).failure
    if sys.platform == "linux":  # elsewhere the group is that of the tests
        assert "that forks has ended" in run_elsewhere(eval, KILLS_ITS_GROUP).failure
    assert run_elsewhere(abs, -3).result == 3


def test_where_nothing_is_forked_it_is_the_same(monkeypatch):
    monkeypatch.setattr(other_process.sys, "platform", "darwin")
    day = 86_400
    assert run_elsewhere(time.time, day=True).result > time.time() + 5_000 * day
    assert note("one")[2] != run_elsewhere(note, "one").result[2]
    assert "ValueError" in run_elsewhere(int, "x").failure
