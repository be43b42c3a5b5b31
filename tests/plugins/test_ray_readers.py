"""Readers of shards behind Ray Serve: the same answers; one that is gone is said to be."""

import importlib.util
import os
import random
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from drop_ins import drop_in
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.pipeline.progress import Silent
from docproc.plugins.trust import trust
from docproc.retrieval import silences
from docproc.retrieval.weights import WEIGHTS

HERE = Path(__file__).parent
KILLS = int(os.environ.get("DOCPROC_READER_KILLS", "2"))
QUESTIONS = ("harvest grain wagons", "the treaty at the frontier", "xyloquartz plumbago")

pytestmark = [
    pytest.mark.ray,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None, reason="pip install 'docproc[ray]'"
    ),
]


@pytest.fixture(scope="module")
def cluster():
    drop_in("ray_readers").RayIndexer("", 1, 0.1, 5.0)
    os.environ.update(drop_in("ray_readers")._QUIET)
    import ray

    ray.init(
        num_cpus=4, object_store_memory=100_000_000, include_dashboard=False, log_to_driver=False,
        configure_logging=False, _node_ip_address="127.0.0.1", namespace="docproc",
    )  # fmt: skip
    yield
    from ray import serve

    serve.shutdown()
    ray.shutdown()


@pytest.fixture(scope="module")
def published(tmp_path_factory, cluster):
    """A workspace in three shards, what one process answers of it, and what the readers do."""
    root = tiny_workspace(tmp_path_factory.mktemp("w") / "w")
    chance = random.Random(4)
    for number in range(12):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    wiring_of(root).indexer(Silent(), shards=3).run()
    whole = answers(wiring_of(root).reading_room())
    shutil.copy(HERE.parents[1] / "plugins" / "ray_readers.py", root / "plugins")
    config = (root / "config.toml").read_text("utf-8")
    config = config.replace("[pipeline]", '[pipeline]\nvector_index = "ray-readers"')
    (root / "config.toml").write_text(f"{config}\n[plugins.ray-readers]\npatience = 120.0\n")
    trust(root, own=True)
    assert wiring_of(root).indexer(Silent()).run().outcome == "published"
    return root, whole


def answers(room):
    found = [room.answering.ask(question, limit=3) for question in QUESTIONS]
    return [
        (each.verdict, [(c.passage_id, c.score, c.quote) for c in each.citations], each.searched)
        for each in found
    ]


def but_generation(found):
    return [(verdict, cited) for verdict, cited, _ in found]


def test_readers_answer_as_one_process_does(published):
    root, whole = published
    found = answers(wiring_of(root).reading_room())
    assert but_generation(found) == but_generation(whole)
    assert all(searched.vectors is None for _, _, searched in found)


def test_readers_that_are_killed_are_missed_by_name_and_come_back(published, monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=0.0))
    root, whole = published
    room = wiring_of(root).reading_room()
    answers(room)
    chance = random.Random(2)
    for _ in range(KILLS):
        alive = pids_of_readers()
        assert alive
        os.kill(chance.choice(alive), signal.SIGKILL)
        give_up = time.monotonic() + 120
        while True:
            found = answers(room)
            if all(searched.vectors is None for _, _, searched in found):
                assert but_generation(found) == but_generation(whole)
                if len(pids_of_readers()) == 3:
                    break
            for _, _, searched in found:
                assert searched.vectors is None or searched.in_part
            assert time.monotonic() < give_up


def pids_of_readers():
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"ShardReader" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
