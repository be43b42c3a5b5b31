"""The vector cache: found again to the bit, durable by the shard, never believed when damaged."""

import hashlib
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docproc.errors import ModelError, StoreError
from docproc.records.identity import text_key
from docproc.store.vectors.cache import VectorCache, as_keys, keys_of
from docproc.store.vectors.quantization import pack, unpack

DIMENSION = 3


def vectors_of(texts, dimension=DIMENSION):
    """A vector that says which text it is of, such as is the same when it was packed."""
    made = np.array(
        [np.frombuffer(text_key(text)[:dimension], np.uint8) for text in texts], np.float32
    ).reshape(len(texts), dimension)
    return unpack(pack(made))


def fill(folder, texts, shard=4):
    with VectorCache(folder, DIMENSION, shard=shard) as cache:
        cache.put(keys_of(texts), vectors_of(texts))
    return VectorCache(folder, DIMENSION)


def shards(folder):
    return sorted(folder.glob("*.vecs"))


texts = st.lists(st.integers(0, 30).map(str), max_size=12)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(texts, st.sampled_from(["put", "flush", "open", "compact"])), max_size=6),
    texts,
    st.integers(1, 5),
)
def test_what_was_put_is_found_and_nothing_else(steps, asked, shard):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "cache")
        cache, there = VectorCache(folder, DIMENSION, shard=shard), set()
        for some, then in steps:
            cache.put(keys_of(some), vectors_of(some))
            there |= set(some)
            if then == "flush":
                cache.flush()
            elif then == "compact":
                cache.compact(size=8)
            elif then == "open":
                cache.flush()
                cache = VectorCache(folder, DIMENSION, shard=shard)
        found, vectors = cache.get(keys_of(asked))
        assert found.tolist() == [text in there for text in asked]
        assert np.array_equal(cache.has(keys_of(asked)), found)
        assert np.array_equal(vectors[found], vectors_of([t for t in asked if t in there]))
        assert not vectors[~found].any()
        assert cache.damaged == []
        assert len(cache) == len(there)


def test_many_shards_in_one_session_are_all_found(tmp_path):
    many = [str(n) for n in range(40000)]
    with VectorCache(tmp_path, DIMENSION, shard=2000) as cache:
        for at in range(0, len(many), 500):
            cache.put(keys_of(many[at : at + 500]), vectors_of(many[at : at + 500]))
            assert cache.has(keys_of(many[: at + 500 : 97])).all()
        for opened in (cache, VectorCache(tmp_path, DIMENSION)):
            found, vectors = opened.get(keys_of(many))
            assert found.all()
            assert np.array_equal(vectors, vectors_of(many))


def test_two_keys_that_begin_alike_are_told_apart(tmp_path):
    keys = as_keys([b"\x07" * 8 + bytes([n]) * 24 for n in range(4)])
    with VectorCache(tmp_path, 1) as cache:
        cache.put(keys[:3], np.array([[0], [1], [2]], np.float32))
    found, vectors = VectorCache(tmp_path, 1).get(keys[[3, 2, 0, 1]])
    assert found.tolist() == [False, True, True, True]
    assert vectors.ravel().tolist() == [0, 2, 0, 1]


def test_nothing_is_written_before_a_shard_is_full_and_it_is_then(tmp_path):
    cache = VectorCache(tmp_path / "new", DIMENSION, shard=3)
    cache.put(keys_of("ab"), vectors_of("ab"))
    assert not (tmp_path / "new").exists()
    cache.put(keys_of("cd"), vectors_of("cd"))
    there = VectorCache(tmp_path / "new", DIMENSION).has(keys_of("abcd"))
    assert there.tolist() == [True, True, True, False]


def test_an_error_in_the_run_does_not_lose_the_open_shard(tmp_path):
    def interrupted():
        with VectorCache(tmp_path, DIMENSION) as cache:
            cache.put(keys_of("ab"), vectors_of("ab"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert VectorCache(tmp_path, DIMENSION).has(keys_of("ab")).all()


def test_what_is_kept_is_not_kept_twice(tmp_path):
    cache = fill(tmp_path, ["a", "b", "a", "a"])
    size = shards(tmp_path)[0].stat().st_size
    assert len(cache) == 2
    fill(tmp_path, ["b", "a"])
    assert [path.stat().st_size for path in shards(tmp_path)] == [size]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_vectors_that_are_not_numbers_are_refused_all_of_them(tmp_path, value):
    vectors = vectors_of("abc")
    vectors[1, 2] = value
    cache = VectorCache(tmp_path, DIMENSION)
    with pytest.raises(ModelError, match="1 of 3 vectors"):
        cache.put(keys_of("abc"), vectors)
    assert len(cache) == 0


def test_vectors_of_another_dimension_are_refused(tmp_path):
    with pytest.raises(ModelError, match=r"\(3, 3\) was expected"):
        VectorCache(tmp_path, DIMENSION).put(keys_of("abc"), vectors_of("abc", 2))


def flipped(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 0x10
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: flipped(path, 3),
        lambda path: flipped(path, 9),
        lambda path: flipped(path, 14),
        lambda path: flipped(path, 20),
        lambda path: flipped(path, 50),
        lambda path: flipped(path, -1),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes()[:20]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes() + b"x"),
    ],
    ids=["magic", "dimension", "count", "sum", "key", "vector", "short", "head", "empty", "long"],
)
def test_a_damaged_shard_is_named_set_aside_and_computed_again(tmp_path, damage):
    fill(tmp_path, "abcdefgh")
    hit, sound = shards(tmp_path)
    damage(hit)
    cache = VectorCache(tmp_path, DIMENSION)
    found, vectors = cache.get(keys_of("abcdefgh"))
    # whichever of the two was hit: half is left, and none of it is wrong
    assert found.sum() == 4
    assert np.array_equal(vectors[found], vectors_of("abcdefgh")[found])
    assert [bad.path for bad in cache.damaged] == [hit]
    assert str(hit) in str(cache.damaged[0])
    assert shards(tmp_path) == [sound]
    assert hit.with_name(hit.name + ".damaged").exists()
    cache.put(keys_of("abcdefgh"), vectors_of("abcdefgh"))
    cache.flush()
    again = VectorCache(tmp_path, DIMENSION)
    assert np.array_equal(again.get(keys_of("abcdefgh"))[1], vectors_of("abcdefgh"))
    assert again.damaged == []


def test_a_damaged_shard_is_not_merged_into_a_sound_one(tmp_path):
    fill(tmp_path, "abcdefghijkl")
    hit = shards(tmp_path)[1]
    flipped(hit, -2)
    cache = VectorCache(tmp_path, DIMENSION)
    cache.compact()
    assert [bad.path for bad in cache.damaged] == [hit]
    again = VectorCache(tmp_path, DIMENSION)
    found, vectors = again.get(keys_of("abcdefghijkl"))
    assert found.sum() == 8
    assert np.array_equal(vectors[found], vectors_of("abcdefghijkl")[found])
    assert len(shards(tmp_path)) == 1


def test_a_shard_of_another_dimension_is_not_used(tmp_path):
    fill(tmp_path, "abcd")
    cache = VectorCache(tmp_path, DIMENSION + 1)
    assert len(cache) == 0
    assert "dimension 3, not 4" in cache.damaged[0].cause


def test_a_shard_of_single_precision_is_read_and_merged_into_packed_ones(tmp_path):
    keys, vectors = keys_of("abcd"), vectors_of("abcd")
    order = np.argsort([key.tobytes() for key in keys])
    body = keys[order].tobytes() + vectors[order].astype("<f4").tobytes()
    head = struct.pack("<8sII32s", b"DPVECS01", DIMENSION, 4, hashlib.sha256(body).digest())
    earlier = tmp_path / "000000-0a1b2c3d.vecs"
    earlier.write_bytes(head + body)
    with VectorCache(tmp_path, DIMENSION) as cache:
        cache.put(keys_of("abef"), vectors_of("abef"))
    assert len(shards(tmp_path)) == 2
    for _ in "twice":
        cache = VectorCache(tmp_path, DIMENSION)
        found, read = cache.get(keys_of("abcdef"))
        assert found.all()
        assert np.allclose(read, vectors_of("abcdef"), rtol=1e-6)
        cache.compact()
    assert b"DPVECS01" not in b"".join(path.read_bytes()[:8] for path in shards(tmp_path))


def test_what_a_killed_writer_left_aside_is_not_read(tmp_path):
    fill(tmp_path, "abcd")
    (tmp_path / ".000001-aa.vecs.77.bb").write_bytes(b"half a shard")
    cache = VectorCache(tmp_path, DIMENSION)
    assert len(cache) == 4
    assert cache.damaged == []


def test_a_reader_reads_on_while_the_writer_adds_and_merges(tmp_path):
    reader = fill(tmp_path, "abcdefgh")
    writer = VectorCache(tmp_path, DIMENSION, shard=2)
    writer.put(keys_of("ijkl"), vectors_of("ijkl"))
    assert writer.compact() == 4
    found, vectors = reader.get(keys_of("abcdefgh"))
    assert found.all()
    assert np.array_equal(vectors, vectors_of("abcdefgh"))
    assert VectorCache(tmp_path, DIMENSION).has(keys_of("abcdefghijkl")).all()


def test_shards_that_are_merged_while_the_folder_is_read_are_no_damage(tmp_path, monkeypatch):
    fill(tmp_path, "abcdefgh")
    gone = shards(tmp_path)[0]
    listed = list(tmp_path.iterdir())
    gone.unlink()
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter(listed))
    cache = VectorCache(tmp_path, DIMENSION)
    assert (len(cache), cache.damaged) == (4, [])


KILLED = """
import os, sys
import numpy as np
from pathlib import Path
from docproc.store.vectors.cache import VectorCache, keys_of
cache = VectorCache(Path(sys.argv[1]), 3, shard=16)
for at in range(0, 100, 10):
    texts = [str(n) for n in range(at, at + 10)]
    cache.put(keys_of(texts), np.ones((10, 3), np.float32))
    if at == 50:
        os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")
def test_kill_9_loses_at_most_the_open_shard(tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert done.returncode == -9
    cache = VectorCache(tmp_path, DIMENSION)
    assert cache.has(keys_of(str(n) for n in range(60))).sum() == 48
    assert cache.damaged == []


def test_a_folder_that_cannot_be_written_is_named_and_the_vectors_stay_in_memory(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = VectorCache(tmp_path / "file" / "cache", DIMENSION)
    cache.put(keys_of("ab"), vectors_of("ab"))
    with pytest.raises(StoreError, match="cache: cannot be written"):
        cache.flush()
    assert cache.get(keys_of("ab"))[0].all()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_leaves_no_shard(tmp_path):
    import resource

    cache = VectorCache(tmp_path, DIMENSION)
    many = [str(n) for n in range(500)]
    cache.put(keys_of(many), vectors_of(many))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            cache.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
    cache.flush()
    assert VectorCache(tmp_path, DIMENSION).has(keys_of(many)).all()
