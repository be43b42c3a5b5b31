"""Every call to the disk fails, or is the last, in turn: what is published stays whole.

As SQLite, borg and restic test.  The slow ones go through every step of a run with a model; the
others through every step of the store's own operations.
"""

import contextlib
import os
import random
import shutil
from itertools import count

import pytest
import word_bag as bag
from disk_faults import Stopped, faulty
from few_probes import few_probes
from store_samples import letter, manifest, put

from docproc.errors import DocprocError, StoreError
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.generations.generation import check_untouched, open_generation, verify
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.maintenance.unused_models import remove_retired
from docproc.store.runs.lock import WriterLock
from docproc.store.runs.reports import write_run
from docproc.store.runs.unfinished import ReadSoFar, Unfinished

pytestmark = pytest.mark.slow

FAULTS = ("fails", "stops")


@pytest.fixture(autouse=True, scope="module")
def _few_probes():
    with few_probes():
        yield


def publish(generations, byte):
    with generations.begin() as draft:
        with CatalogWriter(draft.catalog) as writer:
            put(writer, letter(paragraphs=(f"Words {byte!r}.",)))
            writer.finish()
        (draft.text / "segment").write_bytes(byte)
        return draft.publish(manifest())


def leave_unfinished(layout):
    with Unfinished(layout).going_on(None, ReadSoFar(0, 1)) as writer:
        put(writer, letter(paragraphs=("Words.",)))
        writer.finish()


OPERATIONS = {
    "publish": lambda store: publish(store, b"new"),
    "prune": lambda store: store.prune(keep=1),
    "rollback": lambda store: store.rollback(),
    "use": lambda store: store.use(store.ids()[0]),
    "sweep": lambda store: store.sweep(),
    "retire an unfinished run": lambda store: Unfinished(store.layout).retire(),
    "begin an unfinished run": lambda store: leave_unfinished(store.layout),
    "remove what models left": remove_retired,
    "write a report": lambda store: write_run(store.layout, {"command": "index"}, keep=1),
    "take the lock": lambda store: WriterLock(store.layout).__enter__().__exit__(None, None, None),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Three generations, what a dead process left, two reports, an old cache."""
    layout = Layout(tmp_path_factory.mktemp("archive") / "embeddings")
    store = Generations(layout)
    for byte in (b"1", b"2", b"3"):
        publish(store, byte)
    leave_unfinished(layout)
    for name in (".draft-1-0123abcd", ".trash-20200101T000000Z-00000000"):
        (layout.generations / name / "text").mkdir(parents=True)
    for _ in range(2):
        write_run(layout, {"command": "index"})
    old = layout.cache("an old model")
    old.mkdir(parents=True)
    (old / "facts.json").write_text("{}", "utf-8")
    return layout.root


@pytest.mark.parametrize("how", FAULTS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_published_generation_is_whole_whichever_call_to_the_disk_fails(
    archive, tmp_path, name, how, record_property
):
    for step in count(1):
        root = tmp_path / str(step)
        shutil.copytree(archive, root)
        store = Generations(Layout(root))
        before = store.current_id()
        with faulty(step, how) as disk, contextlib.suppress(DocprocError, OSError, Stopped):
            OPERATIONS[name](store)
        current = store.current()
        assert store.verify(current) == [], step
        for each in store.listing():
            assert each.problem is None, step
        done = disk.calls < step
        assert current.id == before or name in ("publish", "rollback", "use")
        # and the way on is open
        store.sweep()
        publish(store, b"after")
        assert store.verify(store.current()) == []
        shutil.rmtree(root)
        if done:
            break
    record_property("steps", step)
    assert step > 1


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("how", FAULTS)
@pytest.mark.parametrize("doing", ["index", "reembed"])
def test_a_run_that_meets_a_fault_leaves_what_was_published_and_the_next_one_ends(
    tmp_path_factory, tmp_path, doing, how, record_property
):
    """Twelve steps of it, chosen by chance, as each costs two runs; DOCPROC_EVERY_FAULT=1: all."""
    made = bag.make_workspace(tmp_path_factory.mktemp("made") / "workspace")
    bag.index(made)
    bag.write_letter(made, "mill", "Vera Orlova", "The mill stands idle for want of grain.")
    other = str(bag.write_model(made / "other.json", 20, "pepper"))

    def run(root):
        return bag.index(root) if doing == "index" else bag.reembed(root, model=other)

    counted = tmp_path / "counted"
    shutil.copytree(made, counted)
    bag.trust(counted, own=True)
    with faulty(10**9, how) as disk:
        run(counted)
    assert disk.calls > 50
    record_property("calls", disk.calls)
    steps = range(1, disk.calls + 1)
    if not os.environ.get("DOCPROC_EVERY_FAULT"):
        steps = sorted(random.Random(20261129).sample(steps, 12))
    for step in steps:
        root = tmp_path / str(step)
        shutil.copytree(made, root)
        bag.trust(root, own=True)
        before = bag.current(root).id
        with faulty(step, how), contextlib.suppress(DocprocError, OSError, Stopped):
            run(root)
        current = bag.current(root)
        assert verify(current.folder) == [], step
        assert current.id == before or current.manifest.parent == before, step
        run(root)
        assert verify(bag.current(root).folder) == [], step
        shutil.rmtree(root)


@pytest.mark.slow
def test_each_of_2000_flipped_bits_is_named_and_none_is_answered_from(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    bag.index(root)
    folder = bag.current(root).folder
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]
    chance = random.Random(2000)
    for _ in range(2000):
        path = chance.choice(files)
        data = path.read_bytes()
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        with pytest.raises(StoreError):
            check_untouched(open_generation(folder))
        assert [problem.path for problem in verify(folder)] == [path], (path, at, bit)
        path.write_bytes(data)
    assert verify(folder) == []


def test_a_catalog_with_a_view_or_a_trigger_is_refused(tmp_path):
    import sqlite3

    from docproc.store.catalog import Catalog

    path = tmp_path / "catalog.sqlite"
    with CatalogWriter(path) as writer:
        put(writer, letter(paragraphs=("Words.",)))
        writer.finish()
    Catalog(path).close()
    for words in (
        "CREATE VIEW sight AS SELECT load_extension('x')",
        "CREATE TRIGGER trap AFTER INSERT ON meta BEGIN DELETE FROM meta; END",
    ):
        copy = tmp_path / f"{words.split()[1]}.sqlite"
        shutil.copyfile(path, copy)
        with contextlib.closing(sqlite3.connect(copy)) as db:
            db.execute(words)
            db.commit()
        with pytest.raises(StoreError, match="a view or a trigger, and docproc makes none"):
            Catalog(copy)
