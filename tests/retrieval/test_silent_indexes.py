"""A vector index elsewhere that does not answer: the words are searched, and that is said."""

import random
from dataclasses import replace

import numpy as np
import pytest
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.cli.app import app
from docproc.errors import ExitCode, IndexSilent, TryLater
from docproc.hooks import VectorHits
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.rendering.json import answer_json
from docproc.retrieval.generation import silent_indexes as silences
from docproc.retrieval.generation.silent_indexes import PatientIndex, tolerate_silence
from docproc.retrieval.weights import WEIGHTS

FAR = """
from pathlib import Path

import numpy as np

from docproc.errors import IndexSilent
from docproc.hooks import Registration, VectorHits, hookimpl

ROOT = Path(__file__).parent.parent


def look(folder):
    silent = (ROOT / "silent").read_text().split() if (ROOT / "silent").exists() else []
    shard = folder.parent.parent.name
    if "all" in silent or shard in silent:
        raise IndexSilent(f"nobody answers for {shard}")


class Far:
    by_scope = True

    def build(self, vectors, folder):
        (folder / "shape").write_text(str(vectors.shape))
        return {}

    def open(self, folder, vectors):
        look(folder)
        return Index(folder, vectors)


class Index:
    elsewhere = True

    def __init__(self, folder, vectors):
        self.folder, self.vectors = folder, vectors

    def search(self, vector, k, scope):
        look(self.folder)
        rows = np.arange(self.vectors.shape[0]) if scope is None else scope.rows
        scores = (self.vectors.fetch(rows).astype(np.float64) * vector).sum(axis=1)
        best = np.lexsort((rows, -scores))[:k]
        return VectorHits(scores[best].astype(np.float32), rows[best])


@hookimpl
def docproc_vector_indexes():
    return [Registration("far", lambda settings: Far())]
"""
WORDS = "harvest grain wagons"


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=0.0))


@pytest.fixture(scope="module")
def roots(tmp_path_factory):
    """Workspaces of one and of three shards, their vectors elsewhere."""
    return {n: workspace(tmp_path_factory.mktemp("w") / str(n), n) for n in (1, 3)}


def workspace(root, shards):
    tiny_workspace(root)
    chance = random.Random(4)
    for number in range(12):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    (root / "plugins" / "far.py").write_text(FAR, "utf-8")
    config = (root / "config.toml").read_text("utf-8")
    config = config.replace("[pipeline]", '[pipeline]\nvector_index = "far"')
    (root / "config.toml").write_text(config, "utf-8")
    trust(root, own=True)
    prepare_index(wiring_of(root), Silent(), shards=shards).run()
    return root


@pytest.fixture
def silence(roots):
    yield lambda shards, what: (roots[shards] / "silent").write_text(what)
    for root in roots.values():
        (root / "silent").unlink(missing_ok=True)


@pytest.mark.parametrize("shards", [1, 3])
class TestSilence:
    def test_an_answer_and_a_refusal_say_that_only_words_were_searched(
        self, roots, silence, shards
    ):
        room = open_reading_room(wiring_of(roots[shards]))
        before = room.answering.ask(WORDS, limit=3)
        assert before.searched.vectors is None
        silence(shards, "all")
        for question in (WORDS, "xyloquartz plumbago"):
            answer = room.answering.ask(question, limit=3)
            assert answer.searched.vectors == (0, shards)
            assert answer.searched.in_part
            assert "Searched the words only: the vector index did not answer" in answer.remarks[0]
            assert answer_json(answer)["searched"]["vectors"] == {"answered": 0, "of": shards}
        silence(shards, "")
        assert room.answering.ask(WORDS, limit=3) == before

    def test_a_room_opened_in_the_silence_hears_what_answers_later(self, roots, silence, shards):
        before = open_reading_room(wiring_of(roots[shards])).answering.ask(WORDS, limit=3)
        silence(shards, "all")
        room = open_reading_room(wiring_of(roots[shards]))
        assert room.answering.ask(WORDS, limit=3).searched.vectors == (0, shards)
        silence(shards, "")
        assert room.answering.ask(WORDS, limit=3) == before

    def test_the_exit_code_is_that_of_a_search_in_part(
        self, roots, silence, shards, capsys, monkeypatch
    ):
        monkeypatch.chdir(roots[shards])
        silence(shards, "all")
        for question in (WORDS, "xyloquartz plumbago"):
            assert app(["ask", question], standalone_mode=False) == ExitCode.SHARDS
            assert "Searched the words only" in " ".join(capsys.readouterr().out.split())

    def test_status_says_so_and_what_to_do(self, roots, silence, shards, capsys, monkeypatch):
        monkeypatch.chdir(roots[shards])
        silence(shards, "all")
        assert app(["status"], standalone_mode=False) == ExitCode.STALE
        said = " ".join(capsys.readouterr().out.split())
        assert "questions are answered in part (nobody answers for" in said
        assert "start what holds the vectors" in said

    def test_a_run_in_the_silence_publishes_nothing_and_can_be_tried_again(
        self, roots, silence, shards
    ):
        root = roots[shards]
        before = wiring_of(root).generations.current_id()
        new = root / "seeds" / "new.txt"
        new.write_text(letter(random.Random(9)), "utf-8")
        silence(shards, "all")
        with pytest.raises(TryLater, match="nobody answers for"):
            prepare_index(wiring_of(root), Silent()).run()
        assert wiring_of(root).generations.current_id() == before
        new.unlink()


def test_of_three_shards_two_answer_and_the_words_of_all_are_searched(roots, silence):
    room = open_reading_room(wiring_of(roots[3]))
    before = room.answering.ask(WORDS, limit=3)
    silence(3, "001")
    answer = room.answering.ask(WORDS, limit=3)
    assert answer.searched.vectors == (2, 3)
    assert answer.remarks[0].startswith("The vector index answered for 2 of 3 shards")
    assert answer.searched.passages == before.searched.passages


def test_one_that_is_silent_is_left_alone_for_a_while(monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=3.0))
    now, asked = [10.0], []

    def opening():
        asked.append(now[0])
        raise IndexSilent("nobody")

    index = PatientIndex("i", opening, lambda: now[0])
    vector = np.zeros(4, np.float32)
    with tolerate_silence() as noted:
        for now[0] in (10.5, 12.9, 13.1):
            assert len(index.search(vector, 3, None).rows) == 0
    assert asked == [10.0, 13.1]
    assert noted.answered == (0, 1)
    with pytest.raises(IndexSilent):
        index.search(vector, 3, None)


def test_a_search_that_nobody_tolerates_raises():
    class Index:
        def search(self, vector, k, scope):
            return VectorHits(np.ones(1, np.float32), np.zeros(1, np.int64))

    index = PatientIndex("i", Index)
    assert index.search(np.zeros(4, np.float32), 1, None).rows.tolist() == [0]
