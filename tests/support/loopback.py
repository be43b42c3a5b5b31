"""A server on loopback that answers as it is told, for what fetches from elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from docproc.workspace.hosts import allow_hosts

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Served:
    """What a server gives: of each path (with its query) bytes, an answer, or what makes one.

    ``asked`` are the paths asked for, ``agents`` what the asker said of itself.
    """

    host: str = ""
    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str = "") -> str:
        return f"http://{self.host}{path}"

    def allow(self, root: Any) -> None:
        allow_hosts(root, [self.host])


@contextmanager
def serving(pages: dict[str, Any] | None = None) -> Iterator[Served]:
    """A server that gives *pages*, on a port of its own."""
    served = Served(pages=dict(pages or {}))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.agents.add(self.headers.get("User-Agent", ""))
            served.at_once += 1
            served.most_at_once = max(served.most_at_once, served.at_once)
            try:
                found = served.pages.get(self.path, (404, {}, b"nothing"))
                if callable(found):
                    found = found(self)
                if found is None:
                    return
                status, headers, body = found if isinstance(found, tuple) else (200, {}, found)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # who asked has gone
                return
            finally:
                served.at_once -= 1

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    served.host = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def in_turn(*answers: Any) -> Callable[[Any], Any]:
    """Gives *answers* one after the other, the last one from then on."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]
