"""A damaged part is found by its checksum, named, and made anew from what is sound."""

import random

import pytest
from tiny_workspace import index, letter, tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.maintenance.checkup import find_damage
from docproc.store.maintenance.unused_models import tidy_caches
from docproc.store.runs.lock import WriterLock

pytestmark = pytest.mark.slow


class Told(Silent):
    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


@pytest.fixture
def root(tmp_path):
    root = tiny_workspace(tmp_path / "workspace", exact_below=20)
    chance = random.Random(558)
    for number in range(12):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    index(root)
    return root


def flip(path):
    """Change one byte in the middle of *path*, which other names may share."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 0x55]))


def asked(root):
    """What is answered, to two places: the calibration may have been measured anew."""
    room = open_reading_room(wiring_of(root))
    for question in ("grain for the hospital", "rifles", "the treaty with the minister"):
        answer = room.answering.ask(question, limit=3)
        yield answer.verdict, [(c.quote, round(c.score, 2)) for c in answer.citations]


PARTS = {
    "vectors": "vectors/vectors.npy",
    "keys": "vectors/keys.npy",
    "owners": "vectors/owners.npy",
    "document vectors": "vectors/documents.npy",
    "vector index": "vectors/index/index.faiss",
    "text index": "text/passages/*.idx",
    "terms of documents": "text/documents/*.term",
    "encoder": "encoder/part-2",
    "catalog": "catalog.sqlite",
    "manifest": "manifest.json",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_flipped_byte_is_named_and_mended_by_indexing(root, part):
    before = wiring_of(root).generations.current()
    sound = {
        name: (before.folder / name).read_bytes()
        for name in before.manifest.files
        if name.startswith(("vectors/", "encoder/")) and "index/" not in name
    }
    (damaged,) = list(before.folder.glob(PARTS[part]))[:1]
    answers = list(asked(root))
    assert find_damage(wiring_of(root).generations) == []
    flip(damaged)
    (named,) = find_damage(wiring_of(root).generations)
    assert (root / "embeddings" / named.path, named.fix) == (damaged, "docproc index")
    told = Told()
    report = index(root, told)
    assert report.outcome == "published"
    assert any(str(damaged) in line for line in told.lines)
    generations = wiring_of(root).generations
    after = generations.current()
    assert after.id != before.id
    assert generations.verify(after) == []
    for name, content in sound.items():
        assert (after.folder / name).read_bytes() == content, name
    assert list(asked(root)) == answers
    assert find_damage(generations) == []
    assert index(root).outcome == "nothing to do"


def shards(root):
    return sorted((root / "embeddings" / "cache").glob("*/*.vecs"))


def test_a_damaged_shard_is_named_and_pruning_sets_it_aside(root):
    (root / "seeds" / "3.txt").unlink()
    index(root)
    (shard,) = shards(root)  # of what the generation has no more
    flip(shard)
    generations = wiring_of(root).generations
    (named,) = find_damage(generations)
    assert (root / "embeddings" / named.path, named.fix) == (shard, "docproc generations prune")
    assert find_damage(generations, quick=True) == []
    with WriterLock(generations.layout):
        tidied = tidy_caches(generations)
    assert [each.path for each in tidied.damaged] == [shard]
    assert find_damage(generations) == []


def test_damaged_vectors_that_nothing_else_has_are_computed_again(root):
    vectors = wiring_of(root).generations.current().vectors / "vectors.npy"
    before = vectors.read_bytes()
    assert shards(root) == []
    flip(vectors)
    report = index(root)
    assert report.embedded == report.texts - len(repeated(root))
    assert (wiring_of(root).generations.current().vectors / "vectors.npy").read_bytes() == before


def test_damaged_vectors_are_taken_from_an_older_generation_as_far_as_it_has_them(root):
    (root / "seeds" / "later.txt").write_text(letter(random.Random(3)), "utf-8")
    added = index(root)
    vectors = wiring_of(root).generations.current().vectors / "vectors.npy"
    before = vectors.read_bytes()
    flip(vectors)
    assert index(root).embedded == added.embedded > 0
    assert (wiring_of(root).generations.current().vectors / "vectors.npy").read_bytes() == before


def repeated(root):
    """The texts that stand more than once, each time but the first."""
    import numpy as np

    keys = np.load(wiring_of(root).generations.current().vectors / "keys.npy")
    return keys[: len(keys) - len(np.unique(keys, axis=0))]
