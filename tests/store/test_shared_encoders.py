"""Encoders are exported once on a machine, and a damaged or planted one is never used."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from docproc.errors import ModelError
from docproc.store.encoders import encoder_folder as encoders
from docproc.store.encoders.shared_encoders import SharedEncoders

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are lists there")


class Exporter:
    """Writes an encoder, and counts how often."""

    def __init__(self, content: bytes = b"weights") -> None:
        self.content = content
        self.count = 0

    def __call__(self, folder: Path) -> str:
        self.count += 1
        (folder / "model.data").write_bytes(self.content)
        (folder / "encoder.json").write_text("{}", "utf-8")
        return "onnx"


@pytest.fixture
def shared(tmp_path: Path) -> SharedEncoders:
    return SharedEncoders(tmp_path / "cache" / "encoders")


@pytest.fixture
def workspaces(tmp_path: Path):
    """Make an empty folder, as of another workspace each time."""

    def made() -> Path:
        folder = tmp_path / f"workspace-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return folder

    return made


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_second_workspace_exports_nothing_and_shares_the_bytes(shared, workspaces):
    export, first, second = Exporter(), workspaces(), workspaces()
    assert [shared.provide("m", each, export) for each in (first, second)] == ["onnx", "onnx"]
    assert export.count == 1
    assert content(first) == content(second) == {"model.data": b"weights", "encoder.json": b"{}"}
    if hasattr(os, "link"):
        assert (first / "model.data").samefile(second / "model.data")


def test_where_links_cannot_be_had_files_are_copied(shared, workspaces, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    export, first, second = Exporter(), workspaces(), workspaces()
    for folder in (first, second):
        shared.provide("m", folder, export)
    assert export.count == 1
    assert content(first) == content(second)
    assert not (first / "model.data").samefile(second / "model.data")


def test_models_are_kept_apart(shared, workspaces):
    one, other, folder = Exporter(b"one"), Exporter(b"other"), workspaces()
    shared.provide("one", workspaces(), one)
    shared.provide("other", folder, other)
    assert content(folder)["model.data"] == b"other"


@pytest.mark.parametrize("name", ["model.data", "encoder.json", "OPENER", "SUMS"])
def test_a_damaged_encoder_is_made_again(shared, workspaces, name):
    export, folder = Exporter(), workspaces()
    shared.provide("m", workspaces(), export)
    damaged = shared.folder("m") / name
    damaged.unlink()
    damaged.write_bytes(b"something else")
    assert shared.provide("m", folder, export) == "onnx"
    assert (export.count, content(folder)["model.data"]) == (2, b"weights")
    assert set(content(folder)) == {"model.data", "encoder.json"}
    shared.provide("m", workspaces(), export)
    assert export.count == 2


@posix
@pytest.mark.parametrize("what", ["model.data", "OPENER", "."])
def test_what_others_may_write_to_is_not_used(shared, workspaces, what):
    export, folder = Exporter(), workspaces()
    shared.provide("m", workspaces(), export)
    (shared.folder("m") / what).chmod(0o777)
    (shared.folder("m") / "model.data").chmod(0o666)
    shared.provide("m", folder, Exporter(b"made again"))
    assert content(folder)["model.data"] == b"made again"


@posix
def test_a_cache_that_others_may_write_to_is_left_alone(shared, workspaces, tmp_path):
    shared.root.mkdir(parents=True)
    shared.root.parent.chmod(0o777)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shared.root.rmdir()
    shared.root.symlink_to(elsewhere)
    folder = workspaces()
    assert shared.provide("m", folder, Exporter()) == "onnx"
    assert content(folder)["model.data"] == b"weights"
    assert list(elsewhere.iterdir()) == []


@posix
@pytest.mark.parametrize("name", ["", "model.data"])
def test_no_link_is_followed_out_of_the_cache(shared, workspaces, tmp_path, name):
    export, folder = Exporter(), workspaces()
    shared.provide("m", workspaces(), export)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.tex").write_text("mine", "utf-8")
    (mine / "model.data").write_bytes(b"weights")
    place = shared.folder("m") / name if name else shared.folder("m")
    if name:
        place.unlink()
        place.symlink_to(mine / "model.data")
    else:
        place.rename(tmp_path / "aside")
        place.symlink_to(mine)
    shared.provide("m", folder, Exporter(b"again"))
    assert content(folder)["model.data"] == b"again"
    assert not (folder / "model.data").is_symlink()
    assert content(mine) == {"thesis.tex": b"mine", "model.data": b"weights"}


def test_files_of_the_user_in_the_cache_stay(shared, workspaces):
    shared.provide("m", workspaces(), Exporter())
    (shared.folder("m") / "notes.txt").write_text("mine", "utf-8")
    damaged = shared.folder("m") / "model.data"
    damaged.unlink()
    damaged.write_bytes(b"damaged")
    folder = workspaces()
    shared.provide("m", folder, Exporter())
    assert (shared.folder("m") / "notes.txt").read_text("utf-8") == "mine"
    assert "notes.txt" not in content(folder)


@posix
def test_what_is_shared_cannot_be_written_to_by_mistake(shared, workspaces):
    folder = workspaces()
    shared.provide("m", folder, Exporter())
    assert not (folder / "model.data").stat().st_mode & 0o222


def test_a_model_that_cannot_be_exported_leaves_nothing(shared, workspaces):
    def refuse(_: Path) -> str:
        raise ModelError("pools by stars")

    with pytest.raises(ModelError, match="stars"):
        shared.provide("m", workspaces(), refuse)
    assert not shared.has("m")
    assert shared.provide("m", workspaces(), Exporter()) == "onnx"


def test_where_the_cache_cannot_be_written_the_workspace_has_its_own(workspaces, tmp_path):
    (tmp_path / "file").write_text("no folder", "utf-8")
    folder, export = workspaces(), Exporter()
    assert SharedEncoders(tmp_path / "file" / "encoders").provide("m", folder, export) == "onnx"
    assert (export.count, content(folder)["model.data"]) == (1, b"weights")


def test_a_workspaces_encoder_damaged_with_the_shared_one_is_made_again(shared, tmp_path):
    export, folder = Exporter(), tmp_path / "m"
    encoders.make(folder, lambda aside: shared.provide("m", aside, export))
    assert encoders.is_intact(folder)
    (folder / "model.data").chmod(0o644)
    (folder / "model.data").write_bytes(b"bit rot")  # one file, two names
    assert not encoders.is_intact(folder)
    encoders.make(folder, lambda aside: shared.provide("m", aside, export))
    assert encoders.is_intact(folder)
    assert (export.count, content(folder)["model.data"]) == (2, b"weights")


def test_the_users_own_cache_is_used(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert SharedEncoders.of_user().root.is_relative_to(tmp_path.resolve())
