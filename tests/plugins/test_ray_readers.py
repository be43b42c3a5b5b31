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
from benchmarks.question_kinds.letters import questions, write_letters
from tiny_workspace import tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.rendering.json import answer_json
from docproc.retrieval.generation import silent_indexes as silences
from docproc.retrieval.generation.remote_shard import RemoteShard
from docproc.retrieval.weights import WEIGHTS

HERE = Path(__file__).parent
KILLS = int(os.environ.get("DOCPROC_READER_KILLS", "2"))
EVERY = int(os.environ.get("DOCPROC_READER_EVERY", "15"))
"""Of the questions of the benchmark, every so many."""
SHARDS = tuple(int(n) for n in os.environ.get("DOCPROC_READER_SHARDS", "3").split(","))

pytestmark = [
    pytest.mark.ray,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None, reason="pip install 'docproc[ray]'"
    ),
]


@pytest.fixture(scope="module", params=SHARDS)
def published(request, tmp_path_factory, cluster):
    """A workspace in shards, what one process answers of it, and the room that asks readers."""
    end_readers()  # those of the kit
    root = tiny_workspace(tmp_path_factory.mktemp("w") / "w")
    write_letters(root / "seeds")
    prepare_index(wiring_of(root), Silent(), shards=request.param).run()
    whole = answers(open_reading_room(wiring_of(root)))
    shutil.copy(HERE.parents[1] / "plugins" / "ray_executor.py", root / "plugins")
    with (root / "config.toml").open("a") as config:
        config.write('\n[scale]\nreaders = "ray"\n\n[plugins.ray]\npatience = 120.0\n')
    trust(root, own=True)
    application = wiring_of(root)
    room = open_reading_room(application)
    found = answers(room)  # each reader is started
    yield root, whole, found, room, request.param
    end_readers()


def end_readers():
    from ray import serve

    for name in list(serve.status().applications):
        serve.delete(name)


def answers(room):
    """What is answered, with scores, verdicts and verification; the generation is left out."""
    found = []
    for each in questions()[::EVERY]:
        answer = answer_json(room.answering.ask(each.question, limit=3))
        answer["searched"].pop("generation")
        found.append(answer)
    return found


def test_readers_answer_as_one_process_does(published):
    _, whole, found, room, _ = published
    assert all(isinstance(part, RemoteShard) for part in room.opened.parts)
    assert found == whole
    cited = [citation for answer in found for citation in answer["citations"]]
    assert cited
    assert all(citation["verified"] for citation in cited)


def test_readers_that_are_killed_are_missed_by_name_and_come_back(published, monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=0.0))
    _, whole, _, room, shards = published
    chance = random.Random(2)
    for _ in range(KILLS):
        alive = pids_of_readers()
        assert alive
        os.kill(chance.choice(alive), signal.SIGKILL)
        give_up = time.monotonic() + 600
        while True:
            found = answers(room)
            partly = [answer for answer in found if answer["searched"].get("shards")]
            for answer in partly:
                assert answer["remarks"][0].startswith(f"Searched {shards - 1} of {shards} shards")
            if not partly:
                assert found == whole
                if len(pids_of_readers()) == shards:
                    break
            assert time.monotonic() < give_up


def test_one_that_hangs_is_not_waited_for(published, monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=60.0))
    root, *_, shards = published
    with (root / "config.toml").open() as config:
        lines = config.read()
    (root / "config.toml").write_text(lines.replace("patience = 120.0", "patience = 3.0"))
    room = open_reading_room(wiring_of(root))
    pid = pids_of_readers()[0]
    os.kill(pid, signal.SIGSTOP)
    try:
        found = room.answering.ask(questions()[0].question, limit=3)
    finally:
        os.kill(pid, signal.SIGCONT)
        (root / "config.toml").write_text(lines)
    assert found.searched.shards == (shards - 1, shards)
    assert "does not answer" in found.remarks[0]


def pids_of_readers():
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"ShardReader" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
