"""Pages given back: less memory, the same content."""

import mmap
import sys

import pytest

from docproc.retrieval import mapped
from docproc.retrieval.mapped import release_pages

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
@pytest.mark.parametrize("below", ["some", "."])
def test_pages_of_files_below_the_folder_are_given_back_and_read_again(file, tmp_path, below):
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ) as pages:
        assert sum(pages[::4096]) == 0
        assert resident(file.name) >= SIZE // 2
        assert release_pages(tmp_path / below, most=0)
        assert resident(file.name) == 0
        assert pages[SIZE - 1] == 255


@linux
def test_other_files_and_what_is_written_to_are_left_alone(file, tmp_path):
    (tmp_path / "som").mkdir()
    with (
        file.open("r+b") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as pages,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY) as own,
    ):
        assert sum(pages[::4096]) == 0
        own[0] = 7
        release_pages(tmp_path / "som", most=0)
        assert resident(file.name) >= SIZE // 2
        release_pages(tmp_path, most=0)
        assert own[0] == 7


@linux
def test_nothing_is_given_back_while_little_is_mapped(file, tmp_path):
    assert not release_pages(tmp_path, most=1 << 60)


def test_where_the_system_does_not_tell_nothing_is_done(monkeypatch, tmp_path):
    monkeypatch.setattr(mapped, "_SIZES", tmp_path / "nothing")
    assert not release_pages(tmp_path, most=0)
