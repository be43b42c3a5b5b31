"""Shards that readers in other processes have open: the same answers, or it is said what is not."""

import json
import os
import random
import shutil
import signal
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.question_kinds.letters import questions, write_letters
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.errors import ExitCode, PluginError, ShardsSilent
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.records import Scope
from docproc.references import parse_reference
from docproc.rendering.json import answer_json
from docproc.retrieval.generation import silent_indexes as silences
from docproc.retrieval.generation.remote_shard import RemoteShard
from docproc.retrieval.weights import WEIGHTS
from docproc.store.layout import UNIT_OWNERS

pytestmark = pytest.mark.slow

SHARDS = (1, 3, 7)
SCOPES = [
    Scope(sender="Lind"),
    Scope(language="ru"),
    Scope(reference=parse_reference("F. 558. Op. 2.")),
    Scope(place="Narva"),
]


def asked_through(root, readers, **settings):
    """The workspace at *root*, whose shards *readers* have open."""
    config = (root / "config.toml").read_text("utf-8").partition("\n[scale]")[0]
    lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
    config += f'\n[scale]\nreaders = "{readers}"\n'
    if settings:
        config += f"\n[plugins.{readers}]\n{lines}"
    (root / "config.toml").write_text(config, "utf-8")
    return wiring_of(root)


@pytest.fixture(scope="module")
def roots(tmp_path_factory):
    found = {}
    for shards in SHARDS:
        root = tiny_workspace(tmp_path_factory.mktemp("readers") / str(shards))
        write_letters(root / "seeds")
        chance = random.Random(5)
        for number in range(12):
            (root / "seeds" / f"more-{number:02}.txt").write_text(letter(chance), "utf-8")
        prepare_index(wiring_of(root), Silent(), shards=shards).run()
        found[shards] = root
    return found


@pytest.fixture(scope="module")
def one(roots):
    return open_reading_room(wiring_of(roots[1]))


@pytest.fixture(scope="module")
def apart(roots):
    """Each workspace in shards, asked through readers in this process."""
    return {n: open_reading_room(asked_through(roots[n], "in-process")) for n in SHARDS[1:]}


def answered(room, question, **named):
    found = answer_json(room.answering.ask(question, limit=3, **named))
    found["searched"].pop("generation")
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("shards", SHARDS[1:])
class TestReadersAnswerAsOneProcess:
    def test_every_question_is_answered_and_verified_to_the_letter(self, one, apart, shards):
        for each in questions()[::4]:
            found = answered(apart[shards], each.question)
            assert found == answered(one, each.question), each.question

    def test_every_question_ranks_the_same_passages(self, one, apart, shards):
        for each in questions()[1::9]:
            assert apart[shards].answering.trial(each.question) == one.answering.trial(
                each.question
            ), each.question

    def test_within_scopes(self, one, apart, shards):
        for scope in SCOPES:
            held, whole = apart[shards].opened.catalog.scoped, one.opened.catalog.scoped
            assert held.rows(scope).tolist() == whole.rows(scope).tolist()
            assert answered(apart[shards], "the ferry", scope=scope) == answered(
                one, "the ferry", scope=scope
            )

    def test_no_file_of_a_shard_is_opened_by_who_asks(self, apart, shards):
        parts = apart[shards].opened.parts
        assert all(isinstance(part, RemoteShard) for part in parts)

    def test_the_catalogs_and_arrays_are_the_same(self, one, apart, shards):
        whole, many = one.opened, apart[shards].opened
        assert list(many.catalog.documents()) == list(whole.catalog.documents())
        rows = range(whole.passages)
        assert many.catalog.passages(rows) == whole.catalog.passages(rows)
        assert many.catalog.views(rows) == whole.catalog.views(rows)
        assert many.catalog.counts == whole.catalog.counts
        every = np.arange(len(many.vectors))
        assert np.array_equal(many.vectors[every], np.asarray(whole.vectors))
        assert np.array_equal(many.owners[every], np.asarray(whole.owners))
        assert np.array_equal(many.catalog.first_days, whole.catalog.first_days)
        mine, own = (each.sentences_of_all(np.arange(whole.passages)) for each in (many, whole))
        assert all(np.array_equal(a, b) for a, b in zip(mine, own, strict=True))
        for row in whole.catalog.documents():
            assert many.catalog.document_row(row.id) == row
            assert many.catalog.document(row.id) == whole.catalog.document(row.id)
            assert many.catalog.number_of(row.id) == whole.catalog.number_of(row.id)
            found = many.catalog.finder.documents_of(row.source, exactly=True)
            assert found == [row.id]
        passage = whole.catalog.passages([11])[0]
        assert many.catalog.finder.row_of(passage.id) == 11
        for printed in (many.catalog.printed, many.catalog.printed):
            assert printed.names("sender") == whole.catalog.printed.names("sender")
            assert printed.shelves == whole.catalog.printed.shelves
            assert printed.correspondents() == whole.catalog.printed.correspondents()
        readings, own_readings = many.catalog.readings, whole.catalog.readings
        assert readings.sources().keys() == own_readings.sources().keys()
        assert readings.text_in_passages() == own_readings.text_in_passages()
        keys = many.catalog.columns.embed_keys(), whole.catalog.columns.embed_keys()
        assert np.array_equal(*keys)

    def test_words_are_counted_over_all_shards(self, one, apart, shards):
        for name in ("passage_text", "document_text"):
            mine, own = (getattr(each.opened, name) for each in (apart[shards], one))
            assert (mine.rows, mine.languages) == (own.rows, own.languages)
            for word in ("ferry", "boots", "letter", "nothing"):
                assert mine.document_frequency(word) == own.document_frequency(word)
                for allowed in (None, np.arange(0, mine.rows, 3)):
                    hits, wanted = (t.search(word, 20, allowed) for t in (mine, own))
                    assert hits.rows.tolist() == wanted.rows.tolist()
                    assert hits.scores.tolist() == wanted.scores.tolist()


QUESTIONS = ("Who signed the treaty?", "harvest grain wagons", "xyloquartz plumbago")


@pytest.fixture
def processes(roots, monkeypatch):
    monkeypatch.setattr(silences, "WEIGHTS", replace(WEIGHTS, silent_seconds=0.0))
    application = asked_through(roots[3], "worker-processes", patience=600.0)
    room = open_reading_room(application)
    yield room, readers_in(application)
    for reader in readers_in(application):
        reader.end()


def readers_in(application):
    from docproc.hooks.specs import EXECUTE

    readers = application.plugins.make(EXECUTE, "worker-processes")._readers
    return [readers[name] for name in sorted(readers)]


class TestReadersInProcesses:
    def test_one_that_is_killed_is_missed_and_comes_back(self, one, processes):
        room, readers = processes
        whole = [answered(one, question) for question in QUESTIONS]
        assert [answered(room, question) for question in QUESTIONS] == whole
        (pid,) = readers[1]._pool._processes
        os.kill(pid, signal.SIGKILL)
        partly = room.answering.ask(QUESTIONS[0], limit=3)
        assert partly.searched.shards == (2, 3)
        assert partly.searched.in_part
        assert partly.remarks[0].startswith("Searched 2 of 3 shards: ")
        assert "the reader of shard 1 does not answer" in partly.remarks[0]
        assert [answered(room, question) for question in QUESTIONS] == whole

    def test_one_that_hangs_is_not_waited_for(self, one, processes):
        room, readers = processes
        whole = answered(one, QUESTIONS[2])
        assert answered(room, QUESTIONS[2]) == whole
        readers[0]._patience = 1.0  # the others are waited for, however busy the machine
        (pid,) = readers[0]._pool._processes
        os.kill(pid, signal.SIGSTOP)
        refusal = room.answering.ask(QUESTIONS[2], limit=3)
        assert refusal.searched.shards == (2, 3)
        assert "nothing within 1 s" in refusal.remarks[0]
        readers[0]._patience = 600.0
        assert answered(room, QUESTIONS[2]) == whole

    def test_a_document_that_nobody_can_look_for_is_not_said_to_be_missing(self, one, processes):
        room, readers = processes
        row = next(iter(one.opened.catalog.documents()))
        assert room.lookup.document(row.id) == one.lookup.document(row.id)
        for each in readers:
            each.end()
            each._start = refuse
        with pytest.raises(ShardsSilent) as caught:
            room.lookup.find(row.id)
        assert caught.value.exit_code is ExitCode.SHARDS
        with pytest.raises(ShardsSilent):
            room.answering.ask(QUESTIONS[0], limit=3)


def refuse():
    from docproc.errors import IndexSilent

    raise IndexSilent("no process")


def test_a_shard_that_its_reader_finds_damaged_is_left_out(roots, tmp_path):
    root = shutil.copytree(roots[3], tmp_path / "w")
    trust(root, own=True)
    application = asked_through(root, "in-process")
    folder = application.generations.current().folder
    array = folder / "shards" / "001" / "vectors" / UNIT_OWNERS
    state = array.stat()
    array.write_bytes(bytes(state.st_size))
    os.utime(array, ns=(state.st_atime_ns, state.st_mtime_ns))  # a disk tells no one
    found = open_reading_room(application).answering.ask(QUESTIONS[0], limit=3)
    assert found.searched.shards == (2, 3)
    assert "`docproc status` names what is damaged" in found.remarks[0]


def test_an_executor_that_hosts_none_is_refused_by_name(roots, monkeypatch):
    application = asked_through(roots[3], "in-process")
    monkeypatch.setattr(application.plugins, "make", lambda stage, name: object())
    with pytest.raises(PluginError, match=r"hosts no readers"):
        open_reading_room(application)
