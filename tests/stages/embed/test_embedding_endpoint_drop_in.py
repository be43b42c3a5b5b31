"""The drop-in of an embedding endpoint, held against a server of the tests' own."""

from __future__ import annotations

import json
import pickle
import shutil
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import word_bag as bag
from drop_ins import PLUGINS, drop_in, public

from docproc.errors import ConfigError, ModelError
from docproc.hooks import endpoints
from docproc.operations.reports.status import describe_status
from docproc.plugins.loading.trust import trust
from docproc.testing import EmbedderContract
from docproc.workspace.hosts import allow_hosts, allowed_hosts, forget_hosts, host_of

PLUGIN = drop_in("embedding_endpoint")
KEY = "sk-very-secret"


class Handler(BaseHTTPRequestHandler):
    """Answers as OpenAI's endpoint does; what it does wrong stands in ``server.faults``."""

    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, dict(self.headers), body))
        if self.server.faults:
            status, headers, data = self.server.faults.pop(0)
            return self._answer(status, data, headers)
        if any(not text.strip() for text in body["input"]):
            return self._answer(400, {"error": {"message": "empty input"}})
        rows = [
            {"object": "embedding", "index": n, "embedding": vector(text, body.get("dimensions"))}
            for n, text in enumerate(body["input"])
        ]
        return self._answer(200, {"object": "list", "data": rows[::-1], "model": body["model"]})

    def _answer(self, status: int, data: Any, headers: Any = ()) -> None:
        sent = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.faults: list[tuple[int, dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


def vector(text: str, dimensions: int | None) -> list[float]:
    """Parts of words, counted into places; never all zero, and of no unit norm."""
    found = np.full(256, 0.01)
    for word in text.casefold().split():
        for start in range(max(1, len(word) - 2)):
            found[zlib.crc32(word[start : start + 3].encode()) % 256] += 2
    return [float(value) for value in found[: dimensions or 256]]


@pytest.fixture
def server():
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, args=[0.02], daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(endpoints.time, "sleep", waited.append)
    return waited


def endpoint(server: Server, **settings: Any) -> Any:
    return PLUGIN.EmbeddingEndpoint(server.url, "toy", **settings)


class TestContract(EmbedderContract):
    @pytest.fixture
    def plugin(self, server: Server) -> Any:
        return endpoint(server)


def test_it_imports_what_plugins_may() -> None:
    assert public("embedding_endpoint") == {
        "docproc.errors",
        "docproc.hooks",
        "docproc.hooks.endpoints",
    }


def test_texts_are_sent_in_batches_with_their_prompts_and_come_back_in_order(server) -> None:
    made = endpoint(server, batch=2, prompts={"query": "q: ", "document": "d: "}, max_characters=12)
    texts = ["rifles", "the harvest failed", "", "money"]
    rows = made.encode_passages(texts)
    assert [body["input"] for _, _, body in server.requests if len(body["input"]) == 2] == [
        ["d: rifles", "d: the harvest "],
        ["d: .", "d: money"],
    ]
    assert rows.shape == (4, 256)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    wanted = np.array(vector("d: money", None))
    np.testing.assert_allclose(rows[3], wanted / np.linalg.norm(wanted), atol=1e-6)
    made.encode_query("rifles")
    path, _, body = server.requests[-1]
    assert (path, body["model"], body["input"]) == ("/v1/embeddings", "toy", ["q: rifles"])


def test_dimensions_are_asked_for(server) -> None:
    made = endpoint(server, dimensions=32)
    assert made.encode_query("rifles").shape == (32,)
    assert server.requests[-1][2]["dimensions"] == 32


def test_the_key_comes_from_the_environment_and_goes_to_the_host_alone(
    server, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = endpoint(server, key_variable="TOY_KEY")
    with pytest.raises(ModelError, match=r"TOY_KEY, which is to hold the key for 127\.0\.0\.1"):
        made.encode_query("rifles")
    monkeypatch.setenv("TOY_KEY", KEY)
    made.encode_query("rifles")
    assert server.requests[-1][1]["Authorization"] == f"Bearer {KEY}"
    assert KEY.encode() not in pickle.dumps(made)
    assert KEY not in f"{made} {made.fingerprint} {made.facts}"
    server.faults = [(401, {}, {"error": f"wrong key {KEY}"})]
    with pytest.raises(ModelError) as refused:
        made.encode_query("rifles")
    assert KEY not in str(refused.value)
    assert "401" in str(refused.value)


def test_a_busy_host_is_asked_again_and_one_that_stays_busy_is_named(server, no_waiting) -> None:
    made = endpoint(server, dimensions=256)
    server.faults = [
        (429, {"Retry-After": "7"}, {}),
        (503, {}, {}),
        (500, {"Retry-After": "900"}, {}),
    ]
    assert made.encode_query("rifles").shape == (256,)
    assert no_waiting == [7.0, 2.0, 30.0]
    server.faults = [(503, {}, b"overloaded")] * 4
    with pytest.raises(ModelError, match=r"endpoint 127\.0\.0\.1:\d+ .*refused: 503 overloaded"):
        made.encode_query("rifles")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"<html>", "something else than embeddings"),
        ({"data": []}, "0 vectors for 1 texts"),
        ({"data": [{"index": 3, "embedding": [1, 0]}]}, "1 vectors for 1 texts"),
        ({"data": [{"index": 0, "embedding": ["x"]}]}, "something else"),
        ({"data": [{"index": 0, "embedding": [1.0, 2.0]}]}, "2 numbers, not 256"),
        ({"data": [{"index": 0, "embedding": [0.0] * 256}]}, "without a direction"),
        ({"data": [{"index": 0, "embedding": [float("nan")] * 256}]}, "without a direction"),
    ],
)
def test_an_answer_that_is_none_is_refused(server, answer, said) -> None:
    server.faults = [(200, {}, answer)]
    with pytest.raises(ModelError, match=said):
        endpoint(server, dimensions=256).encode_query("rifles")


def test_no_redirect_is_followed(server) -> None:
    with Server() as other:
        server.faults = [(307, {"Location": other.url}, {}), (302, {"Location": other.url}, {})]
        for _ in range(2):
            with pytest.raises(ModelError, match="refused: 30"):
                endpoint(server).encode_query("rifles")
        assert other.requests == []


def test_a_host_that_is_not_there_is_named() -> None:
    made = PLUGIN.EmbeddingEndpoint("http://127.0.0.1:9/v1", "toy")
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9 .*cannot be reached"):
        made.encode_query("rifles")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"url": "http://elsewhere.example/v1", "model": "m"}, "use https"),
        ({"url": "", "model": "m"}, "must be given"),
        ({"url": "https://elsewhere.example", "model": ""}, "must be given"),
        ({"url": "https://e.example", "model": "m", "prompts": {"ask": "x"}}, "'ask' is neither"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        PLUGIN.EmbeddingEndpoint(**settings)


def test_the_fingerprint_is_that_of_what_decides_the_vectors() -> None:
    plain = PLUGIN.EmbeddingEndpoint("https://e.example/v1", "m")
    others = [
        PLUGIN.EmbeddingEndpoint("https://e.example/v1", "m", **each)
        for each in ({"dimensions": 8}, {"prompts": {"query": "q"}}, {"version": "2"})
    ]
    same = PLUGIN.EmbeddingEndpoint("https://e.example/v1", "m", key_variable="K", batch=1)
    assert same.fingerprint == plain.fingerprint
    assert len({plain.fingerprint, *(each.fingerprint for each in others)}) == 4


def test_nothing_is_sent_before_the_host_is_allowed_and_then_it_is_remembered(
    server, tmp_path: Path
) -> None:
    root = bag.make_workspace(tmp_path / "workspace")
    shutil.copy(PLUGINS / "embedding_endpoint.py", root / "plugins")
    settings = f'url = "{server.url}"\nmodel = "toy"\n'
    (root / "config.toml").write_text(
        f'[pipeline]\nembedder = "embedding-endpoint"\n\n[plugins.embedding-endpoint]\n{settings}',
        "utf-8",
    )
    trust(root)
    host = f"127.0.0.1:{server.server_port}"
    with pytest.raises(ConfigError, match=rf"line 5: .*sent to {host}.*trust --host {host}"):
        bag.index(root)
    assert server.requests == []
    allow_hosts(root, [host])
    assert allowed_hosts(root) == {host}
    assert bag.index(root).outcome == "published"
    assert server.requests
    told = describe_status(bag.application(root))["model"]
    assert told["texts are sent to"] == host
    bag.ask(root, "harvest")
    assert server.requests[-1][2]["input"] == ["harvest"]
    assert forget_hosts(root) == (host,)
    with pytest.raises(ConfigError, match="would be sent to"):
        bag.ask(root, "harvest")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://api.example.org/v1", "api.example.org"),
        ("https://API.example.org:8443/v1", "api.example.org:8443"),
        ("http://[::1]:8080/v1", "[::1]:8080"),
    ],
)
def test_a_host_is_named_with_its_port(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address", ["ftp://e.example", "e.example/v1", "", "https://u:p@e.example"]
)
def test_what_names_no_host_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"not an http|must not hold"):
        host_of(address)
