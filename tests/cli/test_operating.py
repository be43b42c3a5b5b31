"""What cron and systemd rely on: limits, reports, exit codes, quarantine, units."""

import dataclasses
import json
import os
import plistlib
import shutil
import subprocess
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
import word_bag as bag
from commands import docproc
from few_probes import few_probes

from docproc.cli.options.arguments import parse_duration, parse_size
from docproc.cli.printing.scheduler_units import DailyJob, cron, launchd, systemd
from docproc.cli.runs import Run
from docproc.errors import TryLater, UsageError
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.reports.status import list_failures
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.budget import Budget, BudgetedProgress
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock
from docproc.store.runs.reports import runs
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    return bag.make_workspace(tmp_path / "workspace")


def test_durations_and_amounts_are_read_as_they_are_written():
    assert [parse_duration(text) for text in ("2h", "90m", "1h30m", "45s")] == [
        7200,
        5400,
        5400,
        45,
    ]
    assert [parse_size(text) for text in ("4G", "512M", "1GiB")] == [
        4 * 10**9,
        512 * 10**6,
        1 << 30,
    ]


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_budget_stops_while_one_more_piece_still_fits_and_says_what_is_kept():
    clock = Clock()
    within = BudgetedProgress(Silent(), Budget(seconds=100), clock)
    within.start("embedding", 5000)
    for clock.now in (30, 60):
        within.advance(1024)
    clock.now = 90  # a fourth piece would end at 120
    with pytest.raises(TryLater, match="3,072 of 5,000 texts were embedded and are kept"):
        within.advance(1024)


def test_a_run_that_has_nothing_left_to_embed_finishes_beyond_its_budget():
    clock = Clock()
    within = BudgetedProgress(Silent(), Budget(seconds=10), clock)
    clock.now = 50
    within.start("indexing", 3)
    within.advance()
    within = BudgetedProgress(Silent(), Budget(seconds=10), clock)
    within.start("embedding", 10)
    clock.now += 11
    within.advance(10)
    with pytest.raises(TryLater, match="the next run goes on"):
        within.start("indexing", 3)


def test_memory_that_no_run_could_do_with_is_an_error_and_not_for_later():
    held = [500]
    within = BudgetedProgress(Silent(), Budget(memory=1000), held=lambda: held[0])
    within.start("embedding", 10)
    within.advance(1)
    held[0] = 2000
    with pytest.raises(TryLater, match="over the"):
        within.advance(1)
    with pytest.raises(UsageError, match="before anything was done"):
        BudgetedProgress(Silent(), Budget(memory=1000), held=lambda: 2000).start("embedding", 10)


def test_a_budget_that_is_spent_is_exit_code_75_and_the_next_run_goes_on(root, monkeypatch):
    monkeypatch.setattr("docproc.pipeline.building.embedding.SHARD", 4)
    clock = Clock()

    class Slow(BudgetedProgress):
        def advance(self, units=1):
            clock.now += 10
            super().advance(units)

    def run(seconds):
        progress = Slow(Silent(), Budget(seconds), clock)
        return prepare_index(bag.application(root), progress).run()

    with pytest.raises(TryLater, match="embedded and are kept"):
        run(75)
    assert bag.current(root) is None
    report = run(None)
    assert report.outcome == "published"
    assert 0 < report.embedded < bag.index_texts(root)


def test_a_run_leaves_a_report_and_one_line_of_json(root):
    done = docproc("index", "--json", "--log-format", "json", "--nice", "5", folder=root)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    said = json.loads(line)
    assert (said["outcome"], said["exit code"], said["command"]) == ("published", 0, "index")
    assert [step["step"] for step in said["steps"]][:2] == ["reading", "embedding"]
    assert runs(Layout(root / "embeddings")) == [said]
    *steps, last = [json.loads(each) for each in done.stderr.splitlines()]
    assert {each["event"] for each in steps} == {"step"}
    assert (last["event"], last["outcome"], last["exit_code"]) == ("ended", "published", 0)
    with WriterLock(Layout(root / "embeddings")):
        locked = docproc("reembed", "--json", folder=root)
    assert locked.returncode == 75
    assert f"process {os.getpid()} on" in locked.stderr
    assert json.loads(locked.stdout)["outcome"] == "try later"
    assert [run["exit code"] for run in runs(Layout(root / "embeddings"))] == [0, 75]
    again = docproc("index", folder=root)
    assert (again.returncode, again.stderr.split(":")[0]) == (0, "Nothing to do")


def test_the_gate_has_an_exit_code_of_its_own_and_the_report_names_the_lost(root):
    bag.index(root)
    questions = bag.golden(
        root / "golden.jsonl", {"question": "Who needs crates of rifles?", "gold": ["rifles.txt"]}
    )
    config = (root / "config.toml").read_text("utf-8")
    (root / "config.toml").write_text(config + '\n[gate]\nquestions = "golden.jsonl"\n', "utf-8")
    assert docproc("reembed", folder=root).returncode == 0
    # the letter that answers is gone: what would be published cannot answer any more
    (root / "seeds" / "rifles.txt").unlink()
    shut = docproc("index", folder=root)
    assert shut.returncode == 8
    assert "lost: Who needs crates of rifles?: rank 1 before" in shut.stderr
    report = runs(Layout(root / "embeddings"))[-1]
    assert report["gate"]["lost"][0]["question"] == "Who needs crates of rifles?"
    assert docproc("index", "--no-gate", folder=root).returncode == 0
    assert questions.exists()


def test_the_quarantine_lists_cause_and_count_and_is_tried_again_when_told(root):
    bad = root / "seeds" / "blank.txt"
    bad.write_text(" \n", "utf-8")
    for _ in range(2):
        assert [failure.count for failure in bag.index(root).failures] == [1]
    assert docproc("index", "--retry-failed", folder=root).returncode == 5
    (line,) = docproc("status", "--failed", folder=root).stdout.splitlines()
    assert line.split("\t")[0] == "seeds/blank.txt"
    assert line.split("\t")[2] == "2"
    bag.write_letter(root, "blank", "Vera Orlova", "The mill stands idle for want of grain.")
    assert not bag.index(root).failures
    assert list_failures(bag.current(root)) == []


def test_a_reader_stays_open_through_twenty_publications(root):
    bag.index(root)
    room = open_reading_room(bag.application(root))
    before = room.answering.ask("Who needs crates of rifles?", limit=1)
    generations = bag.application(root).generations
    for number in range(20):
        bag.write_letter(root, "news", "Vera Orlova", f"The mill ground {number} sacks of grain.")
        with few_probes() if number < 19 else nullcontext():
            bag.index(root)
        with WriterLock(generations.layout):
            generations.prune(2)
    assert len(generations.ids()) <= 3
    after = room.answering.ask("Who needs crates of rifles?", limit=1)
    assert after == before
    assert bag.ask(root, "How many sacks of grain?").citations[0].quote.count("19") == 1


@pytest.mark.slow
def test_fifty_runs_keep_what_is_to_be_kept_and_no_more(root):
    with (root / "config.toml").open("a") as config:
        config.write("[retention]\ngenerations = 3\ndays = 0\nruns = 5\n")
    (root / "embeddings" / "runs").mkdir(parents=True)
    mine = root / "embeddings" / "runs" / "my thesis.json"
    mine.write_text("{}")
    for number in range(50):
        bag.write_letter(root, "news", "Vera Orlova", f"The mill ground {number} sacks of grain.")
        with few_probes() if number < 49 else nullcontext():
            ended = Run("index", find_workspace(root)).report(
                lambda progress: prepare_index(bag.application(root), progress).run(), json=False
            )
        assert ended == 0
    assert len(bag.application(root).generations.ids()) == 3
    reports = sorted((root / "embeddings" / "runs").iterdir())
    assert mine in reports
    assert len(reports) == 6
    assert bag.ask(root, "How many sacks of grain?").citations[0].quote.count("49") == 1
    assert bag.application(root).generations.verify(bag.current(root)) == []


def test_a_clock_that_goes_backwards_neither_hides_nor_removes_what_is_new(root):
    bag.index(root)
    first = bag.current(root).id
    bag.reembed(root, precision="int8")
    second = bag.current(root).id
    past = Generations(Layout(root / "embeddings"), lambda: datetime.now(UTC) - timedelta(days=900))
    assert past.ids() == [first, second]
    assert past.prune(1, timedelta(days=7)) == []
    assert past.rollback().id == first


JOB = DailyJob(
    root=bag.Path("/srv/the letters/100% $HOME"), python=bag.Path("/opt/venv/bin/python"),
    hour=3, minute=5, budget="2h", budget_seconds=7200, memory="4G", memory_bytes=4 * 10**9,
    nice=10,
)  # fmt: skip


def test_cron_and_launchd_get_the_workspace_as_one_word():
    _, line = cron(JOB).splitlines()
    assert line.startswith("5 3 * * * nice -n 10 /opt/venv/bin/python -P -m docproc index")
    assert "'/srv/the letters/100\\% $HOME'" in line
    assert "0|5|75)" in line
    listed = plistlib.loads(launchd(JOB).encode())
    assert listed["ProgramArguments"][6] == "/srv/the letters/100% $HOME"
    assert listed["StartCalendarInterval"] == {"Hour": 3, "Minute": 5}
    assert "WorkingDirectory" not in listed


@pytest.mark.parametrize(
    "letters", ["a\nb", "a\rb", "a\x1b[2J", "a\u2028b", "a\x85b", "a\u202eb", "\udcff"]
)
def test_a_path_that_could_write_a_line_of_its_own_into_a_unit_is_refused(letters):
    with pytest.raises(UsageError, match="no unit can name it"):
        dataclasses.replace(JOB, root=JOB.root / letters)
    with pytest.raises(UsageError, match="no unit can name it"):
        dataclasses.replace(JOB, python=JOB.python / letters)
    assert dataclasses.replace(JOB, root=JOB.root / "Архив данных").root


@pytest.mark.parametrize("form", [systemd, cron, launchd])
def test_no_unit_imports_from_the_folder_that_it_runs_in(form):
    made = form(JOB)
    text = "".join(made.values()) if isinstance(made, dict) else made
    assert "-P" in text.replace("<string>", " ").replace("</string>", " ").split()


def test_a_module_of_the_workspace_is_not_imported_by_running_docproc_there(root):
    for name in ("typer", "json", "subprocess"):
        (root / f"{name}.py").write_text("open('ran', 'w')", "utf-8")
    assert docproc("--version", folder=root).returncode == 0
    assert not (root / "ran").exists()


def test_the_units_say_what_is_no_failure_and_catch_up_what_was_missed():
    service, timer = systemd(JOB).values()
    for line in ("SuccessExitStatus=5 75", "Nice=10", "MemoryHigh=4000000000"):
        assert f"\n{line}\n" in service
    assert '"/srv/the letters/100%% $$HOME"' in service
    assert "\nPersistent=true\n" in timer


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(root, tmp_path):
    done = docproc("schedule", "systemd", "--into", str(tmp_path / "units"), folder=root)
    assert done.returncode == 0
    files = sorted((tmp_path / "units").iterdir())
    assert [path.suffix for path in files] == [".service", ".timer"]
    checked = subprocess.run(
        ["systemd-analyze", "verify", *map(str, files)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr + checked.stdout) == (0, "")
