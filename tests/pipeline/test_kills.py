"""A hundred ends at random moments: nothing is lost, and what is published is always whole.

``make fault-test`` does a thousand, and prints the log.
"""

import collections
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from child_runs import Runs, holds
from kill_server import SHARD
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.pipeline.building.embedding import FIRST
from docproc.store.generations.published_vectors import published_shards
from docproc.store.layout import Layout
from docproc.store.vectors.cache import VectorCache

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no kill -9"),
]

KILLS = int(os.environ.get("DOCPROC_KILLS", "100"))
STEPS = (
    "verifying", "reading", "embedding", "exporting", "indexing", "calibrating", "publishing",
)  # fmt: skip


@pytest.fixture
def folder():
    """In memory where that can be: what a kill leaves is the same, and flushing costs nothing."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def runs(folder):
    runs = Runs(folder)
    yield runs
    runs.close()


def test_killed_at_random_moments_nothing_is_lost_and_what_is_published_is_whole(folder, runs):
    chance = random.Random(20261124)
    root = tiny_workspace(folder / "killed")
    generations = wiring_of(root).generations
    for number in range(30):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    code, longest, _ = runs(root)
    assert code == 0
    log, killed, finished, completed = collections.Counter(), 0, 0, 0
    while killed < KILLS:
        for _ in range(chance.randint(1, 6)):  # what a run finds changed, killed or not
            name = f"{chance.randrange(40)}.txt"
            (root / "seeds" / name).write_text(letter(chance), "utf-8")
        if chance.random() < 0.5:
            shutil.rmtree(root / "embeddings" / "encoders", ignore_errors=True)
        before = generations.current().id
        signal = chance.choice(["SIGKILL", "SIGKILL", "SIGTERM"])
        step = chance.choice(["start", *STEPS])
        seconds = chance.uniform(0, longest if step == "start" else longest / 25)
        code, took, step = runs(root, seconds, step, signal)
        current = generations.current()
        assert generations.verify(current) == []
        if code == 0:
            finished, longest = finished + 1, took
            assert current.id > before
        else:
            killed += 1
            log[step, signal] += 1
            completed += current.id != before
            if killed % 10 == 0:
                room = open_reading_room(wiring_of(root))
                found = room.answering.ask("grain for the hospital", limit=1)
                assert found.searched.generation == current.id
            assert (code, signal) in {(-9, "SIGKILL"), (-15, "SIGTERM"), (75, "SIGTERM")}
        if finished % 8 == 7:
            generations.prune(2)
    code, _, _ = runs(root)
    assert code == 0
    assert not list(generations.layout.generations.glob(".*"))
    assert [each.problem for each in generations.listing() if each.problem] == []

    undisturbed = tiny_workspace(folder / "undisturbed")
    shutil.rmtree(undisturbed / "seeds")
    shutil.copytree(root / "seeds", undisturbed / "seeds")
    code, _, _ = runs(undisturbed)
    assert code == 0
    assert holds(root) == holds(undisturbed)
    for (step, signal), count in sorted(log.items()):
        print(f"{count:4} x {signal} while {step}")
    print(f"{killed} killed, {completed} of them published all the same; {finished} finished")
    assert len({step for step, _ in log} & set(STEPS)) >= 6  # else the moments were not random


def test_a_killed_run_repeats_at_most_one_shard_and_the_few_before_it(folder, runs):
    chance = random.Random(1921)
    root = tiny_workspace(folder / "killed")
    for number in range(40):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    cached = [0]
    moments = [*(chance.uniform(0, 0.1) for _ in range(8)), *(0.2 * 2**n for n in range(8)), "-"]
    for number, seconds in enumerate(moments):
        if 8 <= number < len(moments) - 1 and len(set(cached)) > 1:
            continue  # later moments are for a busy machine, where nothing was embedded by then
        (root / "embedded").write_text("", "utf-8")
        code, _, _ = runs(root, seconds, "embedding")
        computed = len((root / "embedded").read_text("utf-8").splitlines())
        layout = Layout(root / "embeddings")
        published = published_shards(layout, "tiny-1")
        cache = VectorCache(layout.cache("tiny-1"), 16, published=published)
        assert computed - (len(cache) - cached[-1]) <= FIRST + SHARD
        assert cache.damaged == []
        cached.append(len(cache))
    assert code == 0
    assert len(set(cached)) > 2  # it went on from where it was killed
