"""Writes are whole or not there."""

import errno
import os
import sys
from pathlib import Path

import pytest

from docproc.errors import StoreError
from docproc.store.files import durable


def test_the_old_bytes_or_the_new_ones_and_nothing_beside_them(tmp_path):
    path = tmp_path / "deep" / "CURRENT"
    durable.write_atomically(path, b"old")
    durable.write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_leaves_the_old_bytes_and_is_named(tmp_path):
    import resource

    path = tmp_path / "CURRENT"
    durable.write_atomically(path, b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(StoreError, match="CURRENT: cannot be written: File too large"):
            durable.write_atomically(path, b"x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_error_at_any_step_leaves_the_old_bytes(tmp_path, monkeypatch, call):
    path = tmp_path / "CURRENT"
    durable.write_atomically(path, b"old")

    def fails(*_, **__):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(StoreError, match="Input/output error"):
        durable.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_bytes_are_flushed_before_the_name_is_changed(tmp_path, monkeypatch):
    order = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (order.append("fsync"), fsync(fd))[1])
    monkeypatch.setattr(
        os, "replace", lambda a, b, **at: (order.append("rename"), replace(a, b, **at))[1]
    )
    durable.write_atomically(tmp_path / "CURRENT", b"x")
    folders = [] if sys.platform == "win32" else ["fsync"]
    assert order == ["fsync", "rename", *folders]


def test_a_file_is_linked_where_that_can_be(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    assert durable.hard_link_or_copy(tmp_path / "a", tmp_path / "b") == "link"
    assert (tmp_path / "a").samefile(tmp_path / "b")


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP])
def test_a_file_is_copied_where_it_cannot_be_linked(tmp_path, monkeypatch, code):
    def fails(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", fails)
    (tmp_path / "a").write_bytes(b"x")
    assert durable.hard_link_or_copy(tmp_path / "a", tmp_path / "b") == "copy"
    assert (tmp_path / "b").read_bytes() == b"x"
    assert not (tmp_path / "a").samefile(tmp_path / "b")


def test_a_link_never_covers_a_file_that_is_there(tmp_path):
    for name in "ab":
        (tmp_path / name).write_text(name)
    with pytest.raises(FileExistsError):
        durable.hard_link_or_copy(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "b"


def test_a_folder_that_cannot_be_flushed_is_no_error(tmp_path, monkeypatch):
    def fails(_):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "fsync", fails)
    durable.fsync_folder(tmp_path)


def test_every_file_and_folder_of_a_tree_is_flushed(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for path in (tmp_path / "1", tmp_path / "a" / "2", tmp_path / "a" / "b" / "3"):
        path.write_bytes(b"")
    flushed = set()
    monkeypatch.setattr(os, "fsync", lambda fd: flushed.add(os.fstat(fd).st_ino))
    durable.fsync_tree(tmp_path)
    everything = {tmp_path, *tmp_path.rglob("*")}
    if sys.platform == "win32":
        everything = {path for path in everything if path.is_file()}
    assert flushed == {path.stat().st_ino for path in everything}


def test_the_size_of_a_folder_is_that_of_its_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(b"12345")
    (tmp_path / "y").write_bytes(b"678")
    assert durable.folder_size(tmp_path) == 8
    assert durable.remove_tree(tmp_path / "a")
    assert durable.folder_size(tmp_path) == 3


def test_a_large_file_is_read_once_for_its_checksum_and_again_when_it_changes(
    tmp_path, monkeypatch
):
    read = []
    sha256 = durable.hashlib.sha256
    monkeypatch.setattr(durable.hashlib, "sha256", lambda: read.append(1) or sha256())
    monkeypatch.setattr(durable, "_LARGE", 4)
    first, link = tmp_path / "model.data", tmp_path / "linked"
    first.write_bytes(b"weights")
    os.link(first, link)
    assert durable.checksum(first) == durable.checksum(link)
    assert len(read) == 1
    first.write_bytes(b"Weights")
    os.utime(first, ns=(1, 1))
    assert durable.checksum(link) == sha256(b"Weights").hexdigest()
    assert len(read) == 2
    monkeypatch.setattr(durable, "_MOMENT", 0.0)
    durable.checksum(link)
    assert len(read) == 3
