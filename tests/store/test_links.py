"""docproc removes and overwrites nothing but its own files, and follows no link to others'."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import word_bag as bag
from store_samples import manifest

from docproc.cli.commands.generations import prune
from docproc.errors import ConfigError, StoreError
from docproc.store.encoders import encoder_folder as encoders
from docproc.store.files import durable
from docproc.store.files.folders import Folder, LinkInPath
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.maintenance.unused_models import remove_retired
from docproc.store.runs.reports import runs, write_run
from docproc.store.runs.unfinished import Unfinished
from docproc.store.vectors.cache import VectorCache, keys_of
from docproc.workspace import find_workspace
from docproc.workspace.links import oddities

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def victim(tmp_path):
    """A folder of the user's, with names as docproc's own."""
    folder = tmp_path / "victim"
    for name in ("thesis/a.tex", "20200101T000000Z-00000000/notes.txt", "data1.json", "data2.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine", "utf-8")
    (folder / ".trash-20200101T000000Z-00000000").mkdir()
    (folder / ".draft-1-00000000").mkdir()
    return folder


FOLDERS = ("encoders", "cache", "runs", "generations", "chat", "unfinished")
FILES = ("CURRENT", "writer.lock", "writer.json", "cron.log")


@posix
@pytest.mark.parametrize("name", ["", *FOLDERS, *FILES, "cache/a-0123456789abcdef/000001.vecs"])
@pytest.mark.parametrize("indexed", [False, True])
def test_a_workspace_with_a_link_below_embeddings_is_refused_and_what_it_leads_to_is_left(
    tmp_path, victim, name, indexed
):
    root = bag.make_workspace(tmp_path / "workspace")
    if indexed and name:
        bag.index(root)
    path = root / "embeddings" / name if name else root / "embeddings"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.rename(tmp_path / "was")
    target = victim if name in ("", *FOLDERS) else victim / "data1.json"
    path.symlink_to(os.path.relpath(target, path.parent))
    before = everything(victim)
    with pytest.raises(ConfigError, match="a link; docproc writes below embeddings"):
        find_workspace(root, root)
    with pytest.raises(ConfigError):
        prune(keep=1, workspace=root)
    assert everything(victim) == before


@posix
def test_a_pipe_below_embeddings_is_refused_before_anything_waits_for_it(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    (root / "embeddings").mkdir(exist_ok=True)
    os.mkfifo(root / "embeddings" / "CURRENT")
    with pytest.raises(ConfigError, match="neither a file nor a folder"):
        find_workspace(root, root)


@posix
def test_each_write_and_removal_by_itself_follows_no_link(tmp_path, victim):
    before = everything(victim)
    layout = Layout(tmp_path / "embeddings")
    layout.root.mkdir()
    for name in ("cache", "encoders", "runs", "unfinished", "chat"):
        (layout.root / name).symlink_to(victim)
    with pytest.raises(StoreError, match="a link, and docproc follows none here"):
        durable.write_atomically(layout.runs / "data1.json", b"{}")
    with pytest.raises(StoreError, match="a link, and docproc follows none here"):
        write_run(layout, {"command": "index"}, keep=1)
    with pytest.raises(OSError, match="a link"):
        durable.make_folder(layout.root / "cache" / "new")
    with pytest.raises(OSError, match="a link"):
        durable.remove_file(layout.runs / "data1.json")
    with pytest.raises(OSError, match="a link"):
        durable.replace(layout.runs / "data1.json", layout.root / "x")
    assert not durable.remove_tree(layout.root / "cache")
    assert not durable.remove_tree(layout.root / "cache" / "thesis")
    Unfinished(layout).retire()
    with pytest.raises((OSError, StoreError), match="a link"):
        encoders.make(layout.encoder("m"), lambda folder: "opener")
    cache = VectorCache(layout.root / "cache" / "m", 1)
    cache.put(keys_of(["x"]), bag_vectors())
    with pytest.raises(StoreError, match="a link"):
        cache.flush()
    assert everything(victim) == before


def bag_vectors():
    import numpy as np

    return np.ones((1, 1), np.float32)


@posix
def test_a_file_that_is_a_link_is_replaced_and_not_written_through(tmp_path, victim):
    link = tmp_path / "CURRENT"
    link.symlink_to(victim / "data1.json")
    durable.write_atomically(link, b"new")
    assert link.read_bytes() == b"new"
    assert not link.is_symlink()
    assert (victim / "data1.json").read_text("utf-8") == "mine"
    with Folder(tmp_path) as folder:
        (tmp_path / "other").symlink_to(victim / "data1.json")
        with pytest.raises(LinkInPath):
            folder.open("other", os.O_WRONLY | os.O_TRUNC)
    assert (victim / "data1.json").read_text("utf-8") == "mine"


def test_a_file_where_a_folder_should_be_is_called_no_link(tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(NotADirectoryError):
            durable.make_folder(folder)
    with Folder(tmp_path) as within, pytest.raises(NotADirectoryError):
        within.make("file")


@pytest.fixture
def published(tmp_path):
    generations = Generations(Layout(tmp_path / "embeddings"))
    for byte in (b"1", b"2", b"3"):
        with generations.begin() as draft:
            (draft.text / "segment").write_bytes(byte)
            draft.publish(manifest())
    return generations


def test_a_generation_with_a_file_that_docproc_did_not_write_stays_and_is_told(published):
    first, second, third = published.ids()
    mine = published.layout.generation(first) / "text" / "notes.txt"
    mine.write_text("mine", "utf-8")
    said = []
    removed = published.prune(1, timedelta(0), said.append)
    assert [each.id for each in removed] == [second]
    assert mine.read_text("utf-8") == "mine"
    where = Path("text", "notes.txt")
    assert said == [f"left: {mine.parent.parent}: docproc did not write {where}"]
    assert published.ids() == [first, third]


def test_a_damaged_generation_goes_by_the_parts_that_each_has(published):
    first, second, third = published.ids()
    for name in (first, second):
        (published.layout.generation(name) / "manifest.json").write_text("{", "utf-8")
    (published.layout.generation(first) / "thesis.tex").write_text("mine", "utf-8")
    assert [each.id for each in published.prune(1)] == [second]
    assert published.ids() == [first, third]


def test_a_sweep_takes_what_has_the_form_of_a_draft_or_of_trash_and_nothing_else(published):
    folder = published.layout.generations
    ours = (".draft-17-0123abcd", ".trash-20200101T000000Z-00000000")
    others = (".draft-of-my-thesis", ".trash-", ".trash-old-letters", "notes", ".draft-1-zz")
    for name in (*ours, *others):
        (folder / name).mkdir()
        (folder / name / "file").write_text("x", "utf-8")
    (folder / ".draft-of-my-book.lock").write_text("mine", "utf-8")
    assert {path.name for path in published.sweep()} == set(ours)
    assert all((folder / name / "file").exists() for name in others)
    assert (folder / ".draft-of-my-book.lock").read_text("utf-8") == "mine"


def test_only_reports_are_removed_from_the_folder_of_reports_and_only_they_are_counted(tmp_path):
    layout = Layout(tmp_path / "embeddings")
    layout.runs.mkdir(parents=True)
    others = ["data.json", "2026.json", "zz.json", "20260101T000000.000000Z-index-abc.json"]
    for name in others:
        (layout.runs / name).write_text(json.dumps({"mine": name}), "utf-8")
    for number in range(4):
        write_run(layout, {"command": "index", "number": number}, keep=2)
    assert [run["number"] for run in runs(layout)] == [2, 3]
    assert all((layout.runs / name).exists() for name in others)


def test_of_models_no_longer_used_goes_what_docproc_made_and_the_rest_is_told(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    generations = Generations(Layout(root / "embeddings"))
    layout = generations.layout
    old, mine = layout.cache("an old model"), layout.cache("another")
    for folder in (old, mine):
        with VectorCache(folder, 1) as cache:
            cache.put(keys_of(["x"]), bag_vectors())
    (mine / "notes.txt").write_text("mine", "utf-8")
    thesis = layout.root / "cache" / "thesis"
    thesis.mkdir()
    exported, taken = layout.encoder("an old model"), layout.encoder("another")
    for folder in (exported, taken):
        encoders.make(folder, lambda aside: (aside / "model").write_bytes(b"m") and "opener")
    (taken / "my-model.onnx").write_bytes(b"mine")
    making = exported.with_name(f".{exported.name}.making")
    making.mkdir()
    said = []
    gone = {layout.root / folder for folder, _ in remove_retired(generations, said.append)}
    assert gone == {old, exported, making}
    assert not any(folder.exists() for folder in gone)
    assert (mine / "notes.txt").read_text("utf-8") == "mine"
    assert len(said) == 3
    assert all(line.startswith("left: ") for line in said)
    assert thesis.is_dir()


def test_what_an_unfinished_run_left_goes_without_what_someone_put_beside_it(tmp_path):
    unfinished = Unfinished(Layout(tmp_path / "embeddings"))
    unfinished.folder.mkdir(parents=True)
    for name in ("catalog.sqlite", "catalog.sqlite-journal", "about.json", "notes.txt"):
        (unfinished.folder / name).write_text("x", "utf-8")
    unfinished.retire()
    assert [path.name for path in unfinished.folder.iterdir()] == ["notes.txt"]
    (unfinished.folder / "notes.txt").unlink()
    unfinished.retire()
    assert not unfinished.folder.exists()


def test_a_foreign_file_among_the_vectors_is_neither_set_aside_nor_removed(tmp_path):
    for name in ("my.vecs", "my.vecs.damaged", "000001-zz.vecs"):
        (tmp_path / name).write_bytes(b"mine")
    cache = VectorCache(tmp_path, 1)
    cache.check()
    assert cache.damaged == []
    assert len(list(tmp_path.iterdir())) == 3


def test_an_encoder_beside_a_file_of_someone_else_is_sound_and_is_replaced_around_it(tmp_path):
    folder = tmp_path / "m-0123456789abcdef"
    encoders.make(folder, lambda aside: (aside / "model").write_bytes(b"old") and "opener")
    (folder / ".DS_Store").write_bytes(b"mine")
    assert encoders.is_intact(folder)
    (folder / "model").write_bytes(b"new")
    assert not encoders.is_intact(folder)
    encoders.make(folder, lambda aside: (aside / "other").write_bytes(b"new") and "opener")
    assert encoders.is_intact(folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        ".DS_Store", "OPENER", "SUMS", "other",
    ]  # fmt: skip


@posix
def test_a_generation_whose_file_is_a_link_is_damaged(published, victim):
    current = published.current()
    (current.text / "segment").unlink()
    (current.text / "segment").symlink_to(victim / "data1.json")
    (problem,) = published.verify(current)
    assert problem.what == "a link, and not the file that was published"
    assert list(oddities(published.layout.root)) == [current.text / "segment"]


def test_fifty_runs_with_a_retention_leave_what_it_keeps_and_nothing_else(tmp_path):
    layout = Layout(tmp_path / "embeddings")
    generations = Generations(layout)
    for number in range(50):
        with generations.begin() as draft:
            (draft.text / "segment").write_bytes(bytes([number]))
            draft.publish(manifest())
        write_run(layout, {"command": "index", "number": number}, keep=5)
        generations.prune(keep=3)
        generations.sweep()
    assert len(generations.ids()) == 3
    assert sorted(path.name for path in layout.generations.iterdir()) == generations.ids()
    assert [run["number"] for run in runs(layout)] == [45, 46, 47, 48, 49]
    assert (generations.current().text / "segment").read_bytes() == bytes([49])
