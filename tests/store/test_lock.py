"""One writer, named; a crash blocks no one."""

import errno
import os
import subprocess
import sys
import threading
import time

import pytest

from docproc.errors import StoreError, TryLater
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock, read_holder

pytestmark = pytest.mark.slow

HOLDER = """
import sys, time
from pathlib import Path
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock
with WriterLock(Layout(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def layout(tmp_path):
    return Layout(tmp_path / "embeddings")


@pytest.fixture
def holder(layout):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(layout.root)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_writer_is_told_at_once_who_the_first_is(layout, holder):
    with pytest.raises(TryLater, match=f"process {holder.pid} on .+, since 20"), WriterLock(layout):
        raise AssertionError("two writers")


def test_a_second_writer_that_waits_long_enough_gets_its_turn(layout, holder):
    timer = threading.Timer(0.3, holder.kill)
    timer.start()
    with WriterLock(layout, wait=600):
        assert holder.poll() is not None
        assert read_holder(layout).pid == os.getpid()
    timer.join()


def test_a_second_writer_that_waits_in_vain_says_so(layout, holder):
    with pytest.raises(TryLater, match=r"for all of 0\.1 s"), WriterLock(layout, wait=0.1):
        raise AssertionError("two writers")


def test_a_killed_writer_blocks_no_one(layout, holder):
    holder.kill()
    holder.wait()
    assert read_holder(layout).pid == holder.pid
    with WriterLock(layout):
        assert read_holder(layout).pid == os.getpid()
    assert read_holder(layout) is None


def test_two_locks_in_one_process_exclude_each_other_too(layout):
    with WriterLock(layout):
        with pytest.raises(TryLater, match=str(os.getpid())), WriterLock(layout):
            raise AssertionError("two writers")
        assert read_holder(layout).pid == os.getpid()
    with WriterLock(layout):
        pass


def test_the_lock_is_given_back_at_the_end_and_not_when_it_is_forgotten(layout):
    first = WriterLock(layout)
    with first:
        pass
    with WriterLock(layout):
        pass
    with first:
        pass


def test_an_error_under_the_lock_gives_it_back(layout):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), WriterLock(layout):
            _ = 1 / 0


def test_a_holder_that_cannot_be_read_is_only_not_named(layout, holder):
    layout.holder.write_bytes(b"\xff not json")
    with pytest.raises(TryLater, match="is being written;"), WriterLock(layout):
        raise AssertionError("two writers")


def test_many_threads_never_hold_it_together(layout):
    inside, most = [], []

    def work():
        with WriterLock(layout, wait=600):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.005)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(StoreError, match="cannot be written"),
        WriterLock(Layout(tmp_path / "file" / "embeddings")),
    ):
        raise AssertionError("a lock on nothing")


def test_a_lock_that_is_a_second_name_of_another_file_is_refused(layout, tmp_path):
    thesis = tmp_path / "thesis.tex"
    thesis.write_text("years of work", "utf-8")
    layout.root.mkdir()
    os.link(thesis, layout.lock)
    with pytest.raises(StoreError, match="second name of some other file"), WriterLock(layout):
        pass
    assert thesis.read_text("utf-8") == "years of work"


def test_a_lock_that_a_backup_holds_by_a_second_name_is_taken(layout, tmp_path):
    with WriterLock(layout):
        pass
    os.link(layout.lock, tmp_path / "backup.lock")
    with WriterLock(layout):
        pass


@pytest.fixture
def without_locks(monkeypatch):
    """Has the file system answer with an error to each ``flock``."""
    if sys.platform == "win32":
        pytest.skip("flock is Unix's")
    import fcntl

    def answering(error):
        def flock(descriptor, operation):
            raise OSError(error, os.strerror(error))

        monkeypatch.setattr(fcntl, "flock", flock)

    return answering


@pytest.mark.filterwarnings("ignore")
def test_where_the_system_has_no_locks_the_existence_of_a_file_locks(layout, without_locks):
    without_locks(errno.ENOSYS)
    with WriterLock(layout), pytest.raises(TryLater), WriterLock(layout):
        raise AssertionError("two writers")
    with WriterLock(layout):
        pass


@pytest.mark.parametrize("error", [errno.ENOTSUP, errno.ENOLCK, errno.EIO])
def test_a_file_system_that_gives_no_lock_is_named_and_nothing_is_written(
    layout, without_locks, error
):
    without_locks(error)
    with pytest.raises(StoreError, match=os.strerror(error)), WriterLock(layout):
        raise AssertionError("no lock")
