"""Ends at random moments of runs in shards: nothing is lost, and what is published is whole.

``DOCPROC_KILLS=200`` does two hundred.
"""

import collections
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from child_runs import Runs
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.store.catalog import each_document
from docproc.store.generations.open_catalog import open_catalog

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no kill -9"),
]

KILLS = int(os.environ.get("DOCPROC_KILLS", "20"))
STEPS = ("verifying", "reading", "embedding", "indexing", "comparing", "calibrating", "publishing")


@pytest.fixture
def folder():
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def runs(folder):
    runs = Runs(folder)
    yield runs
    runs.close()


def in_shards(root: Path) -> Path:
    tiny_workspace(root)
    with (root / "config.toml").open("a") as config:
        config.write("\n[scale]\nshards = 3\n")
    return root


def test_killed_at_random_moments_the_shards_published_are_whole(folder, runs):
    chance = random.Random(20261129)
    root = in_shards(folder / "killed")
    generations = wiring_of(root).generations
    for number in range(24):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    code, longest, _ = runs(root)
    assert code == 0, runs.said
    log, killed, finished = collections.Counter(), 0, 0
    while killed < KILLS:
        for _ in range(chance.randint(1, 5)):
            name = f"{chance.randrange(32)}.txt"
            (root / "seeds" / name).write_text(letter(chance), "utf-8")
        step = chance.choice(["start", *STEPS])
        seconds = chance.uniform(0, longest if step == "start" else longest / 25)
        code, took, step = runs(root, seconds, step, "SIGKILL")
        current = generations.current()
        assert generations.verify(current) == []
        if code == 0:
            finished, longest = finished + 1, took
        else:
            assert code == -9, runs.said
            killed += 1
            log[step] += 1
        if (killed + finished) % 15 == 14:
            generations.prune(2)
            answer = open_reading_room(wiring_of(root)).answering.ask("grain", limit=1)
            assert answer.searched.generation == generations.current_id()
            assert answer.searched.shards is None
    code, _, _ = runs(root)
    assert code == 0, runs.said
    assert not list(generations.layout.generations.glob(".*"))
    assert not generations.layout.unfinished.exists()

    undisturbed = in_shards(folder / "undisturbed")
    shutil.rmtree(undisturbed / "seeds")
    shutil.copytree(root / "seeds", undisturbed / "seeds")
    code, _, _ = runs(undisturbed)
    assert code == 0
    assert holds(root) == holds(undisturbed)
    for step, count in sorted(log.items()):
        print(f"{count:4} x SIGKILL while {step}")
    print(f"{killed} killed; {finished} finished")


def holds(root: Path):
    """All that the published generation says, by document and by text, whatever the order."""
    generation = wiring_of(root).generations.current()
    with open_catalog(generation) as catalog:
        said = {
            row.id: (row.source, row.title, catalog.document(row.id), passages)
            for row, passages in each_document(catalog)
        }
    by_text = {}
    for number in range(len(generation.manifest.shards)):
        folder = generation.shard(number).vectors
        keys, vectors = np.load(folder / "keys.npy"), np.load(folder / "vectors.npy")
        by_text |= {k.tobytes(): v.tobytes() for k, v in zip(keys, vectors, strict=True)}
    return said, by_text
