"""One writer, named; a crash blocks no one."""

import os
import subprocess
import sys
import threading
import time

import pytest

from docproc.errors import StoreError, TryLater
from docproc.store.layout import Layout
from docproc.store.lock import WriterLock, read_holder

HOLDER = """
import sys, time
from pathlib import Path
from docproc.store.layout import Layout
from docproc.store.lock import WriterLock
with WriterLock(Layout(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
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
    with WriterLock(layout, wait=30):
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
        with WriterLock(layout, wait=30):
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
