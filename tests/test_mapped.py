"""Pages given back: less memory, the same content."""

import mmap
import sys
import threading

import numpy as np
import pytest

from docproc.store.vectors.array_file import open_array
from docproc.workspace import mapped
from docproc.workspace.arrays import load_array
from docproc.workspace.mapped import hold, release_pages

SIZE = 32 << 20
linux = pytest.mark.skipif(sys.platform != "linux", reason="as Linux tells its mappings")


def resident(name):
    """Bytes in memory of the mappings of the file of that name."""
    found, here = 0, False
    for line in mapped._MAPPINGS.with_name("smaps").read_text().splitlines():
        fields = line.split()
        if "-" in fields[0]:
            here = line.endswith(name)
        elif here and fields[0] == "Rss:":
            found += int(fields[1]) * 1024
    return found


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "some" / "vectors.bin"
    path.parent.mkdir()
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    return path


@linux
@pytest.mark.parametrize("kept", ["vectors.bin", "."])
def test_pages_of_files_that_are_held_are_given_back_and_read_again(file, kept):
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ) as pages:
        hold(pages, [file.parent / kept])
        assert sum(pages[::4096]) == 0
        assert resident(file.name) >= SIZE // 2
        assert release_pages(most=0)
        assert resident(file.name) == 0
        assert pages[SIZE - 1] == 255


@linux
def test_other_files_and_what_is_written_to_are_left_alone(file, tmp_path):
    with (
        file.open("r+b") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as pages,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY) as own,
    ):
        assert sum(pages[::4096]) == 0
        own[0] = 7
        release_pages(most=0)
        assert resident(file.name) >= SIZE // 2
        hold(own, [file])
        hold(pages, [file])
        release_pages(most=0)
        assert own[0] == 7


@linux
def test_a_file_that_another_maps_too_is_left_alone_until_that_one_is_done(file):
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ) as pages:
        hold(pages, [file])
        with mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ) as others:
            assert sum(pages[::4096]) + sum(others[::4096]) == 0
            release_pages(most=0)
            assert resident(file.name) >= SIZE // 2
        release_pages(most=0)
        assert resident(file.name) == 0


@linux
def test_an_array_is_given_back_as_long_as_there_is_anything_of_it(tmp_path):
    np.save(tmp_path / "some.npy", np.ones((4096, 1024), np.float32))
    part = open_array(tmp_path / "some.npy")[7:]
    assert part.sum() == 4089 * 1024
    assert resident("some.npy") > 0
    release_pages(most=0)
    assert resident("some.npy") == 0
    assert part.sum() == 4089 * 1024


@linux
def test_memory_at_the_address_of_what_was_unmapped_meanwhile_keeps_its_content(file):
    """In the first form of this, two of three lost theirs; readers of a busy server crashed."""
    done = threading.Event()

    def release():
        while not done.is_set():
            release_pages(most=0)

    thread = threading.Thread(target=release)
    thread.start()
    lost = 0
    try:
        for _ in range(300):
            with file.open("rb") as stream:
                pages = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            hold(pages, [file])
            assert pages[0] == 0
            done.wait(0.0005)
            del pages
            memory = mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            memory[:4096] = b"y" * 4096
            done.wait(0.001)
            lost += memory[:4096] != b"y" * 4096
            memory.close()
    finally:
        done.set()
        thread.join()
    assert not lost


@linux
def test_nothing_is_given_back_while_little_is_mapped():
    assert not release_pages(most=1 << 60)


def test_where_the_system_does_not_tell_nothing_is_done(monkeypatch, tmp_path):
    monkeypatch.setattr(mapped, "_SIZES", tmp_path / "nothing")
    assert not release_pages(most=0)


def test_what_nothing_can_give_back_is_not_looked_through_after_every_question(monkeypatch):
    sizes = [0]
    monkeypatch.setattr(mapped, "_left", 0)
    monkeypatch.setattr(mapped, "_mapped_bytes", lambda: mapped.MOST + (sizes[-1] << 20))
    for more, looked in [(72, True), (119, False), (121, True), (80, False)]:
        sizes.append(more)
        assert release_pages() is looked, more


@linux
def test_no_more_is_given_back_than_is_needed_and_each_part_in_its_turn(file, monkeypatch):
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ) as pages:
        hold(pages, [file])
        left = []
        for _ in range(4):
            sizes = iter([mapped.MOST + 1, 0])  # a part is enough
            monkeypatch.setattr(mapped, "_left", 0)
            monkeypatch.setattr(mapped, "_mapped_bytes", lambda sizes=sizes: next(sizes))
            assert left or sum(pages[::4096]) == 0
            assert release_pages()
            left.append(resident(file.name) * 4 // SIZE)
        assert left == [3, 2, 1, 0]


def test_an_array_is_read_where_another_thread_disturbed_the_reading_of_its_head(
    tmp_path, monkeypatch
):
    """python/cpython#106905: the head of a .npy file is read by ast, as other threads may do."""
    np.save(tmp_path / "a.npy", np.arange(6).reshape(2, 3))
    read, failed = np.load, []

    def disturbed(path, **settings):
        if not failed:
            failed.append(path)
            raise SystemError("AST constructor recursion depth mismatch (before=234, after=54)")
        return read(path, **settings)

    monkeypatch.setattr(np, "load", disturbed)
    assert load_array(tmp_path / "a.npy").tolist() == [[0, 1, 2], [3, 4, 5]]
    assert failed
