"""A server on loopback that speaks as OpenAI's does, of embeddings and of answers."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = _embedded(body) if self.path.endswith("/embeddings") else _told(body)
        sent = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _embedded(body: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"object": "embedding", "index": number, "embedding": _vector(text)}
        for number, text in enumerate(body["input"])
    ]
    return {"object": "list", "data": rows, "model": body["model"]}


def _vector(text: str) -> list[float]:
    """Parts of words, counted into places; never all zero."""
    found = [0.01] * 256
    for word in text.casefold().split():
        for start in range(max(1, len(word) - 2)):
            found[zlib.crc32(word[start : start + 3].encode()) % 256] += 2
    return found


def _told(body: dict[str, Any]) -> dict[str, Any]:
    """The first sentence, of which nothing is told that it does not say."""
    given = json.loads(body["messages"][1]["content"])["sentences"]
    numbers = [each["number"] for each in given][:1]
    content = json.dumps({"sentences": [{"words": "They say so.", "numbers": numbers}]})
    return {"choices": [{"message": {"content": content}}]}


@contextmanager
def endpoint() -> Iterator[str]:
    """Its host and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
