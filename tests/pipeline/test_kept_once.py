"""A vector is kept once: by a generation that has it, else by the cache; and it is never lost."""

import random

import numpy as np
import pytest
from tiny_workspace import index, letter, tiny_workspace, wiring_of

from docproc.errors import StoreError
from docproc.store.generations.published_vectors import keep_vectors, published_shards
from docproc.store.runs.lock import WriterLock
from docproc.store.vectors.cache import VectorCache
from docproc.store.vectors.quantization import pack


@pytest.fixture
def root(tmp_path):
    root = tiny_workspace(tmp_path / "workspace")
    chance = random.Random(24)
    for number in range(4):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    return root


def shards(root):
    return sorted((root / "embeddings" / "cache").glob("*/*.vecs"))


def cached(root):
    layout = wiring_of(root).generations.layout
    return len(VectorCache(layout.cache("tiny-1"), 16))


def test_what_is_published_leaves_the_cache_and_what_goes_comes_back(root):
    first = index(root)
    assert first.embedded > 0
    assert shards(root) == []
    text = (root / "seeds" / "2.txt").read_text("utf-8")
    (root / "seeds" / "2.txt").unlink()
    index(root)
    gone = cached(root)
    assert gone > 0
    (root / "seeds" / "again.txt").write_text(text, "utf-8")
    assert index(root).embedded == 0
    assert cached(root) == 0


def test_reading_all_again_embeds_nothing(root):
    index(root)
    before = (wiring_of(root).generations.current().vectors / "vectors.npy").read_bytes()
    catalog = wiring_of(root).generations.current().catalog
    catalog.write_bytes(catalog.read_bytes()[:-100])  # so nothing is taken over
    assert index(root).embedded == 0
    after = wiring_of(root).generations.current().vectors / "vectors.npy"
    assert after.read_bytes() == before


def test_a_generation_that_is_pruned_leaves_what_it_alone_has_to_the_cache(root):
    index(root)
    (root / "seeds" / "new.txt").write_text(letter(random.Random(7)), "utf-8")
    added = index(root).embedded
    generations = wiring_of(root).generations
    newest = generations.current()
    generations.rollback()
    with WriterLock(generations.layout):
        generations.prune(1, going=lambda gone: keep_vectors(generations.layout, gone))
        assert newest.folder.exists()  # the newest stays
        keep_vectors(generations.layout, newest)
    assert cached(root) == added
    assert index(root).embedded == 0


def test_where_publishing_fails_nothing_is_lost(root, monkeypatch):
    index(root)
    (root / "seeds" / "1.txt").unlink()
    (root / "seeds" / "new.txt").write_text(letter(random.Random(8)), "utf-8")

    def fail(*_):
        raise StoreError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("docproc.store.generations.draft.DraftGeneration.publish", fail)
        with pytest.raises(StoreError):
            index(root)
    assert cached(root) > 0
    assert index(root).embedded == 0


def test_vectors_of_single_precision_in_a_generation_are_packed_when_taken_over(root):
    index(root)
    vectors = wiring_of(root).generations.current().vectors
    rows = np.load(vectors / "vectors.npy")
    layout = wiring_of(root).generations.layout
    assert [shard.count for shard in published_shards(layout, "tiny-1")] == [len(rows)]
    np.save(vectors / "vectors.npy", np.zeros((len(rows), 16), np.float32))
    assert published_shards(layout, "tiny-1") == []
    assert published_shards(layout, "another") == []
    np.save(vectors / "vectors.npy", pack(np.zeros((len(rows), 20), np.float32)))
    assert published_shards(layout, "tiny-1") == []
