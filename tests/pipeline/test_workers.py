"""Worker processes: what a library does to its process costs one file, and leaves nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import misbehaving
import pytest

from docproc.config import Limits
from docproc.errors import SourceError
from docproc.pipeline.reading.isolation import Readings
from docproc.pipeline.reading.read import Reader, Reading
from docproc.pipeline.reading.worker_messages import Job
from docproc.pipeline.reading.workers import Workers
from docproc.pipeline.scan import FoundFile
from docproc.records import Document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the tests' parser uses signals"),
]


@pytest.fixture
def job(tmp_path):
    def make(words):
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.txt"
        file.write_text(words, "utf-8")
        return Job(path=file.name, file=str(file), size=len(words))

    return make


@pytest.fixture
def workers(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(misbehaving.__file__).parent))
    made = []

    def make(**limits):
        limits = {"megabytes": 1024, "processes": 2} | limits
        made.append(Workers("misbehaving:reader", "", Limits(**limits)))
        return made[-1]

    yield make
    for each in made:
        each.close()


def text(reply):
    assert reply.cause is None, reply.cause
    ((document, _),) = reply.documents
    return document.text


def test_whatever_ends_a_worker_is_one_files_failure_and_the_rest_come_in_order(job, workers):
    words = ["a", "crash", "b", "abort", "leave", "swell", "surrogate", "print", "c"]
    replies = list(workers().each([job(word) for word in words]))
    outcome = {
        word: reply.cause or text(reply).split()[0]
        for word, reply in zip(words, replies, strict=True)
    }
    assert outcome == {
        "a": "a",
        "crash": "the parser 'misbehaving', or a library of it, crashed (SIGSEGV)",
        "b": "b",
        "abort": "the parser 'misbehaving', or a library of it, crashed (SIGABRT)",
        "leave": "the parser 'misbehaving', or a library of it, ended its process (exit code 7)",
        "swell": "reading it takes more than 1,024 MB of memory (limits.megabytes)",
        "surrogate": outcome["surrogate"],
        "print": "print",
        "c": "c",
    }
    assert "half a character" in outcome["surrogate"]


def test_a_hang_in_a_library_ends_at_the_limit_and_with_it_what_it_had_started(job, workers):
    pool = workers(seconds=0.5, processes=1)
    pool.limits = replace(pool.limits, seconds=600)
    assert text(pool.one(job("a")))  # so that the worker has started
    pool.limits = replace(pool.limits, seconds=0.5)
    reply = pool.one(job("hang"))
    assert reply.cause == "reading it takes more than 0.5 s (limits.seconds)"
    pool.limits = replace(pool.limits, seconds=600)
    assert text(pool.one(job("b"))).startswith("b")


def test_an_earlier_files_harm_is_not_laid_to_a_later_one(job, workers):
    """A worker that was killed between two files is replaced, and the second is read."""
    pool = workers(processes=1)
    os.kill(int(text(pool.one(job("a"))).split()[1]), signal.SIGKILL)
    assert text(pool.one(job("b"))).startswith("b")


def test_replies_keep_the_order_of_the_jobs_though_later_ones_are_done_first(job, workers):
    words = ["slow", *"abcdefghij", "slow", "z"]
    replies = workers().each([job(word) for word in words])
    assert [text(reply).split()[0] for reply in replies] == words


def test_modules_that_lie_in_the_current_folder_are_not_imported(job, workers, tmp_path):
    assert text(workers().one(job("a"))).split()[2] == "True"


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone(pid):
    deadline = time.monotonic() + 300
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_closing_ends_workers_that_hang(job, workers):
    pool = workers(processes=1)
    pid = int(text(pool.one(job("a"))).split()[1])
    hanging = threading.Thread(target=pool.one, args=[job("hang")])
    hanging.start()
    time.sleep(0.2)
    pool.close()
    hanging.join()
    assert gone(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own word for a parent's death")
def test_a_run_that_is_killed_leaves_no_worker_behind(tmp_path):
    (tmp_path / "a").write_text("a", "utf-8")
    (tmp_path / "hang").write_text("hang", "utf-8")
    code = (
        "from docproc.config import Limits\n"
        "from docproc.pipeline.reading.worker_messages import Job\n"
        "from docproc.pipeline.reading.workers import Workers\n"
        "pool = Workers('misbehaving:reader', '', Limits(processes=1))\n"
        "reply = pool.one(Job(path='a', file='a', size=1))\n"
        "print(reply.documents[0][0].text, flush=True)\n"
        "pool.one(Job(path='hang', file='hang', size=4))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(misbehaving.__file__).parent)}
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with run:
        pid = int(run.stdout.readline().split()[1])
        time.sleep(0.2)
        run.kill()
    assert gone(pid)


class Harmless:
    isolated = False

    def confidence(self, source, head):
        return 1.0

    def parse(self, source, data):
        yield Document(source, data.decode())


def readings(parser, workers=None):
    def no_workers():
        raise AssertionError("no worker was to be started")

    return Readings(lambda: Reader(parsers=[("it", parser)]), workers or no_workers)


def found(job):
    return FoundFile(job.path, Path(job.file), job.size, 0)


def test_a_few_small_files_of_harmless_parsers_are_read_without_workers(job):
    files = [found(job(word)) for word in "abc"]
    kept = [reading.documents[0][0].text for _, reading in readings(Harmless()).each(files)]
    assert kept == ["a", "b", "c"]


@pytest.mark.parametrize("count", [1, 60])
def test_a_parser_that_says_nothing_and_many_files_go_to_workers(job, workers, count):
    parser = Harmless()
    if count == 1:
        parser.isolated = True
    files = [found(job(f"{n}")) for n in range(count)]
    with readings(parser, workers) as reading:
        outcomes = list(reading.each(files))
    assert [each for each, _ in outcomes] == files
    for n, (_, outcome) in enumerate(outcomes):
        assert isinstance(outcome, Reading), outcome
        assert outcome.documents[0][0].text.split()[0] == str(n)
        assert int(outcome.documents[0][0].text.split()[1]) != os.getpid()


@pytest.mark.parametrize("count", [0, 60])
def test_a_file_with_an_obstacle_is_not_opened(job, workers, tmp_path, count):
    """A pipe that nobody writes to: a worker that opened it would wait until it is killed."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    blocked = FoundFile("pipe", pipe, 0, 0, "not a regular file")
    files = [blocked, *(found(job("a")) for _ in range(count))]
    with readings(Harmless(), lambda: workers(seconds=60)) as reading:
        outcome = next(iter(dict(reading.each(files)).values()))
    assert isinstance(outcome, SourceError)
    assert str(outcome) == "not a regular file"
