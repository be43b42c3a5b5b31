"""A Milvus that is killed, frozen or behind a bad network: never a silent "not found"."""

import os
import random
import shutil
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from milvus_server import INSTALLED, Network, Proxy, Server
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.errors import TryLater
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.retrieval.generation import silent_indexes as silences
from docproc.retrieval.weights import WEIGHTS

HERE = Path(__file__).parent
KILLS = int(os.environ.get("DOCPROC_MILVUS_KILLS", "0"))
QUESTIONS = ("harvest grain wagons", "the treaty at the frontier", "xyloquartz plumbago")

pytestmark = [
    pytest.mark.milvus,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(not INSTALLED, reason="pip install milvus==2.3.5"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def proxy(server):
    proxy = Proxy(server)
    yield proxy
    proxy.close()


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=0.0))


@pytest.fixture(scope="module")
def published(tmp_path_factory, proxy):
    """A workspace whose vectors are on the server, and what it answers."""
    root = workspace(tmp_path_factory.mktemp("w") / "w", proxy.uri)
    assert prepare_index(wiring_of(root), Silent()).run().outcome == "published"
    return root, whole_answers(root)


def workspace(root, uri):
    tiny_workspace(root)
    chance = random.Random(4)
    for number in range(10):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    shutil.copytree(HERE.parents[1] / "plugins" / "milvus_index", root / "plugins" / "milvus_index")
    config = (root / "config.toml").read_text("utf-8")
    config = config.replace("[pipeline]", '[pipeline]\nvector_index = "milvus"')
    milvus = f'\n[plugins.milvus]\nuri = "{uri}"\nindex = "FLAT"\npatience = 3.0\n'
    (root / "config.toml").write_text(config + milvus, "utf-8")
    trust(root, own=True)
    return root


def answers(root, room=None):
    room = room or open_reading_room(wiring_of(root))
    return [room.answering.ask(question, limit=3) for question in QUESTIONS]


def whole_answers(root, room=None):
    """What it answers once the server has answered all in time: a busy machine may be late."""
    give_up = time.monotonic() + 600
    while True:
        found = answers(root, room)
        if all(answer.searched.vectors is None for answer in found):
            return found
        assert time.monotonic() < give_up


def all_say_so(found):
    for answer in found:
        assert answer.searched.vectors == (0, 1)
        assert answer.searched.in_part
        assert answer.remarks[0].startswith("Searched the words only")


def come_back(root, room, whole):
    """Ask again until Milvus answers; it must then be as it was."""
    give_up = time.monotonic() + 600
    while time.monotonic() < give_up:
        found = answers(root, room)
        if all(answer.searched.vectors is None for answer in found):
            assert found == whole
            return
        all_say_so([answer for answer in found if answer.searched.vectors])
        time.sleep(0.5)
    pytest.fail("it does not answer again")


@pytest.mark.parametrize("manner", ["reset", "silent"])
def test_a_network_that_is_cut_or_says_nothing(published, proxy, manner):
    root, whole = published
    room = open_reading_room(wiring_of(root))
    come_back(root, room, whole)
    proxy.manner = manner
    proxy.cut()
    try:
        all_say_so(answers(root, room))
        all_say_so(answers(root))  # opened in the silence
    finally:
        proxy.manner = ""
        proxy.cut()
    come_back(root, room, whole)


def test_a_slow_network_changes_nothing(published, proxy):
    root, whole = published
    room = open_reading_room(wiring_of(root))
    proxy.delay = 0.15
    try:
        come_back(root, room, whole)
    finally:
        proxy.delay = 0.0


def test_connections_that_are_reset_at_random_leave_every_answer_whole_or_said(published, proxy):
    root, whole = published
    room = open_reading_room(wiring_of(root))
    stop = threading.Event()

    def cut():
        chance = random.Random(7)
        while not stop.wait(chance.uniform(0.01, 0.4)):
            proxy.cut()

    cutting = threading.Thread(target=cut)
    cutting.start()
    try:
        for _ in range(10):
            for found, expected in zip(answers(root, room), whole, strict=True):
                if found.searched.vectors is None:
                    assert found == expected
                else:
                    all_say_so([found])
    finally:
        stop.set()
        cutting.join()
    come_back(root, room, whole)


def test_a_server_that_hangs(published, server):
    root, whole = published
    room = open_reading_room(wiring_of(root))
    server.freeze()
    try:
        all_say_so(answers(root, room))
    finally:
        server.freeze(frozen=False)
    come_back(root, room, whole)


@pytest.fixture
def network():
    try:
        made = Network(f"docproc{os.getpid() % 10_000}")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no network namespace can be made here")
    yield made
    made.close()


def test_the_link_to_another_machine_is_cut(tmp_path, network):
    """The server is in a network namespace of its own; the link to that goes down, and up again."""
    server = Server(tmp_path / "milvus", network)
    (tmp_path / "milvus").mkdir()
    server.start()
    try:
        root = workspace(tmp_path / "w", server.uri)
        assert prepare_index(wiring_of(root), Silent()).run().outcome == "published"
        room = open_reading_room(wiring_of(root))
        whole = whole_answers(root, room)
        network.cut()
        all_say_so(answers(root, room))
        all_say_so(answers(root))  # opened while it is cut
        new = root / "seeds" / "new.txt"
        new.write_text(letter(random.Random(99)), "utf-8")
        before = wiring_of(root).generations.current_id()
        with pytest.raises(TryLater):
            prepare_index(wiring_of(root), Silent()).run()
        assert wiring_of(root).generations.current_id() == before
        network.cut(whole=True)
        come_back(root, room, whole)
    finally:
        server.kill()


@pytest.mark.skipif(not KILLS, reason="DOCPROC_MILVUS_KILLS=2, by hand: minutes for each")
def test_kills_while_it_is_asked_and_while_it_is_filled(published, server):
    """What was published is whole after each, and the run that follows ends as if undisturbed."""
    root, whole = published
    chance = random.Random(11)
    for number in range(KILLS):
        room = open_reading_room(wiring_of(root))
        before = wiring_of(root).generations.current_id()
        new = root / "seeds" / f"new-{number}.txt"
        new.write_text(letter(random.Random(100 + number)), "utf-8")
        killing = threading.Timer(chance.uniform(0.1, 3.0), server.kill)
        killing.start()
        ended = "published"
        try:
            prepare_index(wiring_of(root), Silent()).run()
        except TryLater:
            ended = "try later"
        killing.join()
        if ended != "published":
            assert wiring_of(root).generations.current_id() == before
            all_say_so(answers(root, room))
        server.start()
        assert run_until_it_answers(root).outcome in ("published", "nothing to do")
        generations = wiring_of(root).generations
        assert generations.verify(generations.current()) == []
        new.unlink()
        assert run_until_it_answers(root).outcome == "published"
        room = open_reading_room(wiring_of(root))
        found = answers(root, room)
        while any(answer.searched.vectors for answer in found):
            time.sleep(1)
            found = answers(root, room)
        assert [_but_generation(each) for each in found] == [_but_generation(w) for w in whole]


def run_until_it_answers(root):
    """A run, tried again as exit code 75 asks: gRPC waits ever longer after a failure."""
    give_up = time.monotonic() + 600
    while True:
        try:
            return prepare_index(wiring_of(root), Silent()).run()
        except TryLater:
            assert time.monotonic() < give_up
            time.sleep(3)


def _but_generation(answer):
    return answer.verdict, [(c.passage_id, c.score, c.quote) for c in answer.citations]
