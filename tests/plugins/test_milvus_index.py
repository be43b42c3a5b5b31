"""Vectors in Milvus, over Lite and over a server: one of the tests' own, or one that is given."""

import importlib.util
import os
import random
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from drop_ins import drop_in
from milvus_server import INSTALLED, Server
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.errors import PluginError, StoreError, TryLater
from docproc.hooks.vector_rows import ArrayRows
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.testing import VectorIndexContract
from docproc.testing.checks.search_by_lists import by_lists
from docproc.testing.checks.vector_arithmetic import clouds

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent

LITE = importlib.util.find_spec("pymilvus") and importlib.util.find_spec("milvus_lite")
SERVER = os.environ.get("DOCPROC_MILVUS", "")
"""The address of a server that the tests may make collections on, instead of one of their own."""
needs_server = pytest.mark.skipif(not (SERVER or INSTALLED), reason="pip install milvus==2.3.5")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of a server."""
    if SERVER:
        yield SERVER
        return
    started = Server(tmp_path_factory.mktemp("milvus"))
    started.start()
    yield started.uri
    started.kill()


@pytest.fixture(params=["lite", pytest.param("server", marks=needs_server)])
def uri(request):
    """Where the collections are: in a file, or on a server."""
    return "" if request.param == "lite" else request.getfixturevalue("server")


@pytest.mark.milvus
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not SERVER, reason="DOCPROC_MILVUS=http://...: the whole kit, by hand")
class TestMilvusServer(VectorIndexContract):
    linear = False
    examples = 3

    @pytest.fixture
    def plugin(self, server):
        return drop_in("milvus_index").MilvusIndexer(server, index="FLAT")

    def test_it_reads_and_writes_nothing_else(self, plugin):
        """The check lets nobody be asked on the network, and a server is what this index is for."""
        assert plugin.by_scope


@pytest.mark.milvus
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not LITE, reason="pip install 'docproc[milvus]'")
class TestMilvusLite(VectorIndexContract):
    examples = 3

    @pytest.fixture
    def plugin(self):
        return indexer("")


@pytest.mark.milvus
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not LITE, reason="pip install 'docproc[milvus]'")
class TestMilvus:
    def test_it_finds_what_exact_search_finds(self, tmp_path, uri):
        folder, vectors = built(tmp_path, uri)
        index = by_lists(indexer(uri)).open(folder, vectors)
        for row in (3, 77):
            near = vectors[row] + 0.05 * vectors[row + 1]
            near = (near / np.linalg.norm(near)).astype(np.float32)
            for allowed in (None, np.arange(50, 120), np.arange(0, 900, 2)):
                rows = np.arange(len(vectors)) if allowed is None else allowed
                scores = vectors[rows].astype(np.float64) @ near
                best = rows[np.lexsort((rows, -scores))[:10]]
                hits = index.search(near, 10, allowed)
                assert hits.rows.tolist() == best.tolist()
                assert (np.diff(hits.scores) <= 0).all()
        assert len(index.search(vectors[0], 0, None).rows) == 0
        assert len(index.search(vectors[0], 5, np.array([4, 9])).rows) == 2

    def test_a_collection_that_lost_a_row_is_not_published(self, tmp_path, uri, monkeypatch):
        module = drop_in("milvus_index.indexer")
        whole = module._records
        monkeypatch.setattr(module, "_records", lambda block: whole(block)[:-1])
        with pytest.raises(StoreError, match="counts 899 vectors where 900"):
            built(tmp_path, uri)
        assert not list(tmp_path.rglob("milvus.json"))

    def test_a_collection_with_another_vector_is_not_published(self, tmp_path, uri, monkeypatch):
        module = drop_in("milvus_index.indexer")
        check = module._checked
        other = ArrayRows(clouds(900, 16, 7)[::-1])
        monkeypatch.setattr(module, "_checked", lambda client, name, _: check(client, name, other))
        with pytest.raises(StoreError, match="is not the one that was given"):
            built(tmp_path, uri)

    def test_a_collection_of_little_recall_is_not_published(self, tmp_path, uri, monkeypatch):
        module = drop_in("milvus_index.indexer")
        monkeypatch.setattr(module, "_least_of_best", lambda _, asked, __: [2.0] * len(asked))
        with pytest.raises(StoreError, match="recall@10"):
            built(tmp_path, uri)

    def test_a_collection_that_is_gone_is_said_to_be(self, tmp_path, uri):
        folder, vectors = built(tmp_path, uri)
        index = indexer(uri).open(folder, ArrayRows(vectors))
        index._client.drop_collection(index._name)
        with pytest.raises(StoreError, match="index again"):
            indexer(uri).open(folder, ArrayRows(vectors))
        with pytest.raises(StoreError, match="Milvus at") as caught:
            index.search(vectors[0], 3, None)
        assert not uri or "index again" in str(caught.value)

    def test_a_workspace_is_asked_through_it_and_old_collections_go(self, tmp_path, uri):
        root = tiny_workspace(tmp_path / "w")
        chance = random.Random(4)
        for number in range(8):
            (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
        prepare_index(wiring_of(root), Silent()).run()
        before = open_reading_room(wiring_of(root)).answering.trial("harvest grain wagons")
        shutil.copytree(
            HERE.parents[1] / "plugins" / "milvus_index", root / "plugins" / "milvus_index"
        )
        config = (root / "config.toml").read_text("utf-8")
        config = config.replace("[pipeline]", '[pipeline]\nvector_index = "milvus"')
        (root / "config.toml").write_text(f'{config}\n[plugins.milvus]\nuri = "{uri}"\n', "utf-8")
        trust(root, own=True)
        assert prepare_index(wiring_of(root), Silent()).run().outcome == "published"
        assert open_reading_room(wiring_of(root)).answering.trial("harvest grain wagons") == before
        generations = wiring_of(root).generations
        for number in (8, 9):
            (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
            prepare_index(wiring_of(root), Silent()).run()
            generations.prune(keep=1)
        room = open_reading_room(wiring_of(root))
        index = room.opened.vector_index._index._index._product
        prefix = index._name.rpartition("_")[0]
        there = [each for each in index._client.list_collections() if each.startswith(prefix)]
        assert index._name in there
        assert len(there) <= 2


def test_a_server_that_does_not_answer_is_named(tmp_path, monkeypatch):
    if not LITE:
        pytest.skip("pip install 'docproc[milvus]'")
    plugin = drop_in("milvus_index").MilvusIndexer("http://127.0.0.1:9")
    module = drop_in("milvus_index.indexer")
    monkeypatch.setattr(module, "_BUILDING", 1.0)
    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    with pytest.raises(TryLater, match=r"127\.0\.0\.1:9 does not answer"):
        plugin.build(ArrayRows(clouds(20, 8, 1)), tmp_path)
    assert not list(tmp_path.iterdir())


def test_importing_it_imports_no_milvus_and_asks_for_it_by_name(monkeypatch, tmp_path):
    plugin = drop_in("milvus_index")
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(PluginError, match=r"docproc\[milvus\]"):
        plugin.MilvusIndexer().build(ArrayRows(clouds(20, 8, 1)), tmp_path)


def indexer(uri: str):
    return drop_in("milvus_index").MilvusIndexer(uri, index="FLAT")


def built(root: Path, uri: str):
    folder = root / "embeddings" / "generations" / "a" / "vectors" / "index"
    folder.mkdir(parents=True)
    vectors = clouds(900, 16, 7)
    by_lists(indexer(uri)).build(vectors, folder)
    return folder, vectors
