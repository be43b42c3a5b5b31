"""What a run has read is kept when it ends early, and the next one goes on from there."""

import collections
import contextlib
import hashlib
import json
import random
import shutil
import sqlite3
import sys

import pytest
from child_runs import Runs, holds
from tiny_workspace import index, letter, tiny_workspace, wiring_of

from docproc.errors import ExitCode, TryLater
from docproc.operations.reports.status import describe_status
from docproc.operations.writing.runs import prepare_reembedding
from docproc.pipeline.monitoring.budget import Budget, BudgetedProgress
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.store.runs.unfinished import Unfinished

pytestmark = pytest.mark.slow

PARSER = '''
"""Counts what it parses."""

from pathlib import Path

from docproc.hooks import Registration, hookimpl
from docproc.records import Document


class Counting:
    isolated = False

    def confidence(self, source, head):
        return 1.0

    def parse(self, source, data):
        with (Path(__file__).parent.parent / "parsed").open("a") as log:
            log.write(source.path + "\\n")
        yield Document(source, data.decode())


@hookimpl
def docproc_parsers():
    return [Registration("counting", lambda settings: Counting())]
'''
KILLS = """
        import os, random, threading
        read = (Path(__file__).parent.parent / "parsed").read_text().count(source.path)
        if int(source.path[-6:-4]) % 8 == 0 and read == 1:  # so three times, whatever chance does
            os.kill(os.getpid(), 9)
        if random.random() < 0.4:  # somewhere in what becomes of this file, or of the next
            after = random.uniform(0, 0.02)
            threading.Timer(after, os.kill, (os.getpid(), 9)).start()
"""
LETTERS = 24


@pytest.fixture
def root(tmp_path):
    chance = random.Random(1917)
    root = counting_workspace(tmp_path / "workspace")
    for number in range(LETTERS):
        (root / "seeds" / f"{number:02}.txt").write_text(letter(chance), "utf-8")
    return root


def counting_workspace(root):
    tiny_workspace(root)
    (root / "plugins" / "counting.py").write_text(PARSER, "utf-8")
    config = root / "config.toml"
    settings = config.read_text("utf-8").replace("[pipeline]", '[pipeline]\nparsers = ["counting"]')
    config.write_text(settings, "utf-8")
    return root


class Told(Silent):
    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


class Clock:
    """A second passes with each source that is read, or each shard that is embedded."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Slow(BudgetedProgress):
    def __init__(self, seconds):
        self.clock, self.told = Clock(), Told()
        super().__init__(self.told, Budget(seconds), self.clock)

    def advance(self, units=1):
        self.clock.now += 1
        super().advance(units)


def stopped(root, seconds):
    """Index with a budget of so many sources; the words with which it ends."""
    with pytest.raises(TryLater) as spent:
        index(root, Slow(seconds))
    assert spent.value.exit_code == ExitCode.TRY_LATER == 75
    return str(spent.value)


def parsed(root):
    """How often each file has been parsed so far."""
    return collections.Counter((root / "parsed").read_text("utf-8").splitlines())


def same_as_undisturbed(root):
    fresh = root.with_name("undisturbed")
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("embeddings"))
    trust(fresh, own=True)
    index(fresh)
    return holds(root) == holds(fresh)


def test_any_number_of_short_runs_come_to_the_same_end_and_read_each_source_once(root):
    assert "10 of 24 sources were read and are kept; what was published stands" in stopped(root, 10)
    assert describe_status(wiring_of(root))["unfinished"] == (
        "10 of 24 sources read; run `docproc index` to go on"
    )
    assert "20 of 24 sources were read and are kept" in stopped(root, 10)
    progress = Slow(None)
    report = index(root, progress)
    assert "Going on: 20 of 24 sources read by an earlier run." in progress.told.lines
    assert (report.plan.words(), report.kept) == ("24 new", 20)
    assert "Indexed 24 new (20 read by an earlier run): 24 documents" in report.summary()
    assert report.as_dict()["read before"] == 20
    assert set(parsed(root).values()) == {1}
    assert len(parsed(root)) == LETTERS
    assert not Unfinished(wiring_of(root).generations.layout).folder.exists()
    assert "unfinished" not in describe_status(wiring_of(root))
    assert same_as_undisturbed(root)


def test_a_budget_shorter_than_the_start_still_brings_each_run_further(root):
    class Late(Slow):
        def start(self, step, total, before=0):
            self.clock.now += 100  # as where importing torch takes longer than the budget
            super().start(step, total, before)

    for done in (1, 2, 3):
        with pytest.raises(TryLater, match=f"{done} of 24 sources were read"):
            index(root, Late(5))


def test_what_changed_or_went_meanwhile_is_read_again_and_nothing_else_is(root):
    index(root)
    chance = random.Random(1918)
    (root / "parsed").unlink()
    for number in range(12):
        (root / "seeds" / f"{number:02}.txt").write_text(letter(chance), "utf-8")
    (root / "seeds" / "23.txt").unlink()
    stopped(root, 8)
    (root / "seeds" / "02.txt").write_text(letter(chance), "utf-8")
    (root / "seeds" / "03.txt").unlink()
    (root / "seeds" / "new.txt").write_text(letter(chance), "utf-8")
    report = index(root)
    assert report.plan.words() == "1 new, 11 changed, 2 removed"
    assert report.kept == 6  # all that was read but the one changed since, and the one gone
    counts = parsed(root)
    assert counts.pop("seeds/02.txt") == 2
    assert set(counts.values()) == {1}
    assert same_as_undisturbed(root)


def test_what_was_stopped_while_embedding_need_not_be_read_again(root, monkeypatch):
    monkeypatch.setattr("docproc.pipeline.building.embedding.SHARD", 4)
    assert "texts were embedded and are kept" in stopped(root, LETTERS + 3)
    words = describe_status(wiring_of(root))["unfinished"]
    assert words.startswith("24 of 24 sources read")
    report = index(root)
    assert (report.outcome, report.kept) == ("published", LETTERS)
    assert set(parsed(root).values()) == {1}
    assert same_as_undisturbed(root)


def test_a_source_that_fails_is_not_tried_again_only_since_the_run_ended_early(root):
    (root / "seeds" / "00.txt").write_bytes(b"\xff\xff")
    stopped(root, 5)
    report = index(root)
    assert [failure.path for failure in report.failures] == ["seeds/00.txt"]
    assert parsed(root)["seeds/00.txt"] == 1


HARM = {
    "flipped": "does not match its checksum",
    "truncated": "does not match its checksum",
    "missing": "No such file",
    "truncated while written": "malformed",
    "no database": "not a database",
}


def test_what_was_read_and_is_damaged_is_dropped_with_a_line_and_read_again(root):
    unfinished = Unfinished(wiring_of(root).generations.layout)
    for harm, said in HARM.items():
        stopped(root, 10)
        damage(unfinished, harm)
        progress = Slow(5)
        with pytest.raises(TryLater, match="5 of 24 sources were read"):
            index(root, progress)
        (line,) = progress.told.lines
        assert line.startswith("dropped:"), harm
        assert said in line
        assert str(unfinished.catalog) in line
        unfinished.retire()
        (root / "parsed").unlink()
    stopped(root, 10)
    damage(unfinished, "flipped")
    report = index(root)
    assert (report.kept, report.counts.documents) == (0, LETTERS)
    assert same_as_undisturbed(root)


def test_what_a_docproc_of_another_format_read_is_read_again(root):
    stopped(root, 10)
    unfinished = Unfinished(wiring_of(root).generations.layout)
    with contextlib.closing(sqlite3.connect(unfinished.catalog)) as db:
        db.execute("PRAGMA user_version = 1")
        db.commit()
    data = unfinished.catalog.read_bytes()
    about = unfinished.folder / "about.json"
    said = json.loads(about.read_text("utf-8"))
    said["file"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    about.write_text(json.dumps(said), "utf-8")
    report = index(root)
    assert (report.kept, report.counts.documents) == (0, LETTERS)


def damage(unfinished, harm):
    data = unfinished.catalog.read_bytes()
    half = len(data) // 2
    if "written" in harm or "database" in harm:  # as a power cut on a disk that lies may leave it
        about = unfinished.folder / "about.json"
        text = about.read_text("utf-8")
        about.write_text(text[: text.index(',"file"')] + "}", "utf-8")
    if harm == "flipped":
        unfinished.catalog.write_bytes(data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :])
    elif harm == "missing":
        unfinished.catalog.unlink()
    else:
        unfinished.catalog.write_bytes(bytes(5000) if "database" in harm else data[:half])


def test_another_segmenter_reads_all_again(root):
    stopped(root, 10)
    with (root / "config.toml").open("a", encoding="utf-8") as config:
        config.write("\n[plugins.structure]\nmax_words = 40\n")
    report = index(root)
    assert report.kept == 0
    assert max(parsed(root).values()) == 2
    assert same_as_undisturbed(root)


def test_what_was_begun_from_another_generation_is_dropped_and_after_reembedding_gone_on(root):
    chance = random.Random(1919)
    first = index(root).generation
    (root / "seeds" / "00.txt").write_text(letter(chance), "utf-8")
    index(root)
    for number in range(1, 9):
        (root / "seeds" / f"{number:02}.txt").write_text(letter(chance), "utf-8")
    stopped(root, 4)
    plugin = root / "plugins" / "tiny.py"
    plugin.write_text(plugin.read_text("utf-8").replace('"tiny-1"', '"tiny-2"'), "utf-8")
    assert prepare_reembedding(wiring_of(root), Silent()).run().outcome == "published"
    assert "6 of 8 sources were read" in stopped(root, 2)
    wiring_of(root).generations.use(first)
    told = Told()
    report = index(root, told)
    assert any("another generation is published now" in line for line in told.lines)
    assert report.kept == 0
    assert same_as_undisturbed(root)


def test_what_is_wanted_no_more_is_removed(root):
    index(root)
    (root / "seeds" / "new.txt").write_text("A letter that goes again.", "utf-8")
    (root / "seeds" / "newer.txt").write_text("Another.", "utf-8")
    stopped(root, 1)
    for name in ("new", "newer"):
        (root / "seeds" / f"{name}.txt").unlink()
    assert index(root).outcome == "nothing to do"
    assert not Unfinished(wiring_of(root).generations.layout).folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no fork and no kill -9")
def test_killed_while_reading_it_repeats_no_more_than_the_source_at_hand(root, tmp_path):
    """`kill_server` commits after each source; without it that is done every two seconds."""
    plugin = root / "plugins" / "counting.py"
    plugin.write_text(PARSER.replace("        yield", KILLS + "        yield"), "utf-8")
    runs = Runs(tmp_path)
    kills = 0
    try:
        while (ended := runs(root)[0]) != 0:
            kills += 1
            assert ended == -9, runs.said
            assert sum(parsed(root).values()) - len(parsed(root)) <= kills
    finally:
        runs.close()
    plugin.write_text(PARSER, "utf-8")
    assert kills > 2
    assert len(parsed(root)) == LETTERS
    assert same_as_undisturbed(root)
