"""An index whose vectors lie outside the folder that it is given passes, where it says so."""

import contextlib
import socket
import threading

import pytest
from wrong_vector_indexes import Aside, Honest

from docproc.testing import VectorIndexContract
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
