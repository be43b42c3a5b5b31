"""The socket of the reading room: open before the address is told, on a port that is free."""

from __future__ import annotations

import socket

import pytest

from docproc.errors import TryLater, UsageError
from docproc.serving.running import _listen, _names


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
