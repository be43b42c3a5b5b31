"""The socket of the reading room: open before the address is told, on a port that is free."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest

from docproc.errors import TryLater, UsageError
from docproc.serving.process.running import _listen, _names

pytestmark = pytest.mark.slow


def test_who_comes_before_the_server_is_ready_waits_and_is_not_refused():
    with _listen("127.0.0.1", 0) as listening:
        socket.create_connection(listening.getsockname(), timeout=5).close()


def test_a_port_that_is_taken_is_named_and_without_one_another_is_found():
    with _listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(TryLater, match=str(port)):
            _listen("127.0.0.1", port)
    with _listen("127.0.0.1", None) as one, _listen("127.0.0.1", None) as other:
        assert one.getsockname()[1] != other.getsockname()[1]


def test_a_host_that_is_not_ours_is_an_error():
    with pytest.raises((UsageError, TryLater)):
        _listen("192.0.2.1", 0)
    assert "127.0.0.1" in _names("127.0.0.1")


def descendants(process: int) -> list[int]:
    """What *process* started, and what that did; Linux."""
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, listed.read_text("utf-8").split()):
            found += [child, *descendants(child)]
    return found


STARTED = re.compile(r"(http://[^/]+/)\?token=(\S+)")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has only one process")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_several_processes_answer_on_one_address_and_end_together(room_workspace, how):
    import subprocess
    import sys
    import urllib.request

    command = [sys.executable, "-m", "docproc", "read", "--no-browser", "--port", "0"]
    first = subprocess.Popen(
        [*command, "--processes", "3", "-w", str(room_workspace)],
        stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # not behind an &
    )  # fmt: skip
    try:
        address, token = STARTED.search(first.stdout.readline()).groups()
        request = urllib.request.Request(address, headers={"authorization": f"Bearer {token}"})
        for _ in range(6):
            with urllib.request.urlopen(request, timeout=600) as answer:
                assert answer.status == 200
        others: list[int] = []
        for _ in range(6000):  # the last of them may still be starting
            others = descendants(first.pid)
            if len(others) >= 2:
                break
            time.sleep(0.1)
        assert len(others) >= 2 or not Path("/proc").is_dir()
        first.send_signal(how)
        first.wait()
        for _ in range(6000):
            if not any(Path(f"/proc/{each}").exists() for each in others):
                break
            time.sleep(0.1)
        assert [each for each in others if Path(f"/proc/{each}").exists()] == []
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
