"""Results go where the user says, over nothing of theirs, and never among the sources."""

import os
import stat
import sys

import pytest

from docproc.errors import UsageError
from docproc.store.files.outputs import Outputs

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text("a letter", "utf-8")
    return folder


def test_a_new_file_is_written_and_one_that_is_there_is_kept_unless_forced(tmp_path):
    file = tmp_path / "page.html"
    Outputs().write(file, b"first")
    with pytest.raises(UsageError, match="exists already; name another file, or say --force"):
        Outputs().write(file, b"second")
    assert file.read_bytes() == b"first"
    Outputs(force=True).write(file, b"second")
    assert file.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("force", [False, True])
def test_nothing_is_written_among_the_sources_forced_or_not(tmp_path, seeds, force, monkeypatch):
    outputs = Outputs((seeds,), force)
    monkeypatch.chdir(seeds / "deep")
    names = [seeds / "b.txt", seeds / "new.html", seeds / "deep" / "x", tmp_path / "seeds/./y"]
    for file in (*names, type(seeds)("x"), type(seeds)("../b.txt")):
        with pytest.raises(UsageError, match="writes no results into"):
            outputs.write(file, b"page")
    assert (seeds / "b.txt").read_text("utf-8") == "a letter"
    assert list((seeds / "deep").iterdir()) == []


@posix
def test_a_way_into_the_sources_by_a_link_is_seen_and_a_link_to_a_source_is_replaced(
    tmp_path, seeds
):
    (tmp_path / "way").symlink_to(seeds)
    (tmp_path / "page.html").symlink_to(seeds / "b.txt")
    (tmp_path / "dangling.html").symlink_to(seeds / "none.txt")
    with pytest.raises(UsageError, match="writes no results into"):
        Outputs((seeds,), force=True).write(tmp_path / "way" / "b.txt", b"page")
    for name in ("page.html", "dangling.html"):
        with pytest.raises(UsageError, match="exists already"):
            Outputs((seeds,)).write(tmp_path / name, b"page")
        Outputs((seeds,), force=True).write(tmp_path / name, b"page")
        assert not (tmp_path / name).is_symlink()
    assert (seeds / "b.txt").read_text("utf-8") == "a letter"
    assert not (seeds / "none.txt").exists()


@posix
def test_a_second_name_of_a_source_is_replaced_and_the_source_stays(tmp_path, seeds):
    os.link(seeds / "b.txt", tmp_path / "page.html")
    Outputs((seeds,), force=True).write(tmp_path / "page.html", b"page")
    assert (seeds / "b.txt").read_text("utf-8") == "a letter"


@posix
def test_a_device_is_written_to_and_stays_one(tmp_path):
    Outputs().write(type(tmp_path)(os.devnull), b"x")
    (tmp_path / "out").symlink_to(os.devnull)
    Outputs().write(tmp_path / "out", b"x")
    assert stat.S_ISCHR(type(tmp_path)(os.devnull).stat().st_mode)


def test_what_cannot_be_written_is_said(tmp_path):
    for path, words in (
        (tmp_path, "a folder; name a file"),
        (tmp_path / "none" / "x.html", "there is no such folder"),
    ):
        with pytest.raises(UsageError, match=words):
            Outputs().write(path, b"x")
