"""A real Milvus server of the tests' own (the package ``milvus``), that can be killed, and a proxy.

The proxy stands between a client and the server, and is what a bad network is: it delays, cuts
and resets connections, or takes them and says nothing.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import struct
import threading
import time
from pathlib import Path

INSTALLED = importlib.util.find_spec("milvus") is not None


class Server:
    """A server that keeps its data in *folder*; after ``kill`` it is started over the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = _free_port()
        self._server = None

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        from milvus import MilvusServer

        self._server = MilvusServer()
        self._server.set_base_dir(str(self._folder))
        self._server.listen_port = self.port
        self._server.webservice_port = _free_port()
        self._server.start()
        # another one, where the system still keeps that of the killed server
        self.port = int(self._server.config.configurable_items["proxy_port"][1])
        give_up = time.monotonic() + 120
        while not self._answers():  # it says that all is well before it does
            assert time.monotonic() < give_up, "the server does not answer"
            time.sleep(1)

    def _answers(self) -> bool:
        from pymilvus import MilvusClient, MilvusException

        try:
            MilvusClient(uri=self.uri, timeout=5).list_collections()
        except (MilvusException, OSError):
            return False
        return True

    def kill(self) -> None:
        """End it as a power cut does."""
        process = self._server.server_proc
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self._server.server_proc = None
        self._server.stop()

    def freeze(self, *, frozen: bool = True) -> None:
        """Let it hold its connections and answer nothing; or let it go on."""
        os.kill(self._server.server_proc.pid, signal.SIGSTOP if frozen else signal.SIGCONT)


class Proxy:
    """Passes connections on to *server*; ``manner`` says how: ``""`` (well), or what goes wrong."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.manner = ""
        self.delay = 0.0
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Reset every connection there is."""
        for pair in self._pairs:
            for end in pair:
                _reset(end)
        self._pairs.clear()

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                if self._listening.fileno() < 0:
                    return
                continue  # who asked is gone already
            if self.manner == "reset":
                _reset(client)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._server.port), 5)
            except OSError:
                _reset(client)
                continue
            self._pairs.append((client, server))
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if self.manner == "reset":
                    break
                while self.manner == "silent":
                    time.sleep(0.05)
                if self.delay:
                    time.sleep(self.delay)
                target.sendall(data)
        for end in (source, target):
            _reset(end)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
