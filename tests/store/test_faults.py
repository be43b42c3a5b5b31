"""What happens for real: processes killed while they publish, folders that cannot be written."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import store_samples
from store_samples import manifest

from docproc.errors import StoreError, TryLater
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock
from docproc.store.vectors.cache import VectorCache

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 and no modes")

SUPPORT = str(Path(store_samples.__file__).parent)
PUBLISHER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from store_samples import letter, manifest, put
from docproc.store.catalog.writing.writer import CatalogWriter
from docproc.store.generations.generations import Generations
from docproc.store.layout import Layout
from docproc.store.runs.lock import WriterLock
layout = Layout(Path(sys.argv[1]))
number = 0
with WriterLock(layout, wait=300):
    generations = Generations(layout)
    generations.sweep()
    while True:
        number += 1
        parent = generations.current()
        with generations.begin() as draft:
            with CatalogWriter(draft.catalog) as writer:
                put(writer, letter(paragraphs=(f"Words {number}.",)))
                writer.finish()
            (draft.text / "segment").write_bytes(bytes([number % 256]) * 4000)
            if parent:
                draft.take(parent, "encoder")
            else:
                (draft.encoder / "model.onnx").write_bytes(b"onnx" * 100)
            draft.publish(manifest(parent=parent and parent.id))
        generations.prune(keep=3)
        if number == 1:
            print("first", flush=True)
"""


@posix
def test_kill_9_at_any_moment_leaves_a_whole_generation_current(tmp_path):
    layout = Layout(tmp_path / "embeddings")
    generations = Generations(layout)
    chance = random.Random(20261123)
    left_over = 0
    for number in range(500):
        if number >= 15 and left_over:
            break
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                PUBLISHER,
                str(layout.root),
                str(Path(store_samples.__file__).parent),
            ],
            stdout=subprocess.PIPE,
        )
        assert process.stdout.readline() == b"first\n"
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.communicate()
        current = generations.current()
        assert generations.verify(current) == []
        # whatever else is listed is whole as well: no name is given before its content
        assert [each.problem for each in generations.listing() if each.problem] == []
        left_over += any(layout.generations.glob(".*"))
    with WriterLock(layout):
        generations.sweep()
        assert not list(layout.generations.glob(".*"))
        assert generations.current() == current
    assert left_over  # some were killed half way: otherwise this tested nothing


@posix
def test_every_step_of_publishing_may_be_the_last(tmp_path):
    """Die at the first, the second, … call that changes the disk, until one run needs no more."""
    generations = Generations(Layout(tmp_path / "embeddings"))
    publish(generations, b"0")
    for steps in range(1, 60):
        before = generations.current()
        child = os.fork()
        if child == 0:
            try:
                die_after(steps)
                publish(generations, bytes([steps]))
                os._exit(0)
            finally:
                os._exit(1)  # never back into the tests
        _, status = os.waitpid(child, 0)
        current = generations.current()
        assert generations.verify(current) == []
        generations.sweep()
        assert not list(generations.layout.generations.glob(".*"))
        assert os.waitstatus_to_exitcode(status) in (0, -9)
        if status == 0:
            assert current != before
            assert (current.text / "segment").read_bytes() == bytes([steps])
            break
    else:
        raise AssertionError("publishing never came to its end")
    assert steps > 8  # the files, the folders, the two renames: each was once the last


def publish(generations, data):
    with generations.begin() as draft:
        (draft.text / "segment").write_bytes(data)
        return draft.publish(manifest())


def die_after(steps):
    left = [steps]

    def counted(call):
        def wrapper(*args, **kwargs):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), 9)
            return call(*args, **kwargs)

        return wrapper

    for name in ("fsync", "link", "replace", "mkdir", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    Path.write_bytes = counted(Path.write_bytes)


@pytest.fixture
def read_only(tmp_path):
    """A published workspace in a folder that this process may read and not write."""
    if sys.platform == "win32":
        pytest.skip("no modes")
    layout = Layout(tmp_path / "embeddings")
    publish(Generations(layout), b"kept")
    folders = [layout.root, *(path for path in layout.root.rglob("*") if path.is_dir())]
    user = os.geteuid()
    if user == 0:  # root may write anywhere: be nobody for the while
        ours = (path for path in tmp_path.parents if "pytest-of-" in str(path))
        for parent in (tmp_path, *ours):  # one more where tests run on several cores
            parent.chmod(0o755)
    for folder in folders:
        folder.chmod(0o555)
    if user == 0:
        os.seteuid(65534)
    yield layout
    if user == 0:
        os.seteuid(0)
    for folder in folders:
        folder.chmod(0o755)


def test_a_read_only_folder_can_be_read_and_what_cannot_be_done_is_named(read_only):
    generations = Generations(read_only)
    current = generations.current()
    assert generations.verify(current) == []
    for write in (
        generations.begin,
        lambda: generations.use(current.id),
        lambda: WriterLock(read_only).__enter__(),
    ):
        with pytest.raises(StoreError, match="cannot be written: Permission denied"):
            write()
    assert generations.prune(keep=0) == []
    assert generations.current() == current
    assert len(VectorCache(read_only.cache("m"), 3)) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_leaves_what_is_published(tmp_path):
    import resource

    generations = Generations(Layout(tmp_path / "embeddings"))
    first = publish(generations, b"kept")
    with generations.begin() as draft:
        (draft.text / "segment").write_bytes(b"x" * 100)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        try:
            with pytest.raises(StoreError, match="cannot be written: File too large"):
                draft.publish(manifest())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert generations.current() == first
    assert generations.ids() == [first.id]


def test_two_writers_do_not_meet(tmp_path):
    layout = Layout(tmp_path / "embeddings")
    with WriterLock(layout), pytest.raises(TryLater), WriterLock(layout):
        publish(Generations(layout), b"never")
    assert Generations(layout).current() is None
