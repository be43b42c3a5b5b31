"""What befalls whole runs: a disk that fills or is locked, sources that change while they are read.

Elsewhere: kills (``test_kills``), damaged files and shards (``test_mending``), models that are
missing, changed, of another dimension or give no numbers (``test_reembed``), two writers, twenty
publications under a reader, a clock that goes backwards (``cli/test_operating``), folders that
cannot be written (``store/test_faults``).
"""

import os
import random
import shutil
import subprocess
import sys

import pytest
from child_runs import Runs, holds
from tiny_workspace import index, letter, tiny_workspace, wiring_of

from docproc.operations.reading.reading_room import open_reading_room
from docproc.pipeline.monitoring.progress import Silent

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="no fork")


@pytest.fixture
def runs(tmp_path):
    runs = Runs(tmp_path)
    yield runs
    runs.close()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own for ``embeddings/``, and what gives it another size."""
    folder = tmp_path / "starved" / "embeddings"
    folder.mkdir(parents=True)

    def mount(*options):
        command = ["mount", "-t", "tmpfs", "-o", *options, "tmpfs", str(folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    if sys.platform != "linux" or not mount("size=20m"):
        pytest.skip("no file system can be mounted here")
    yield lambda option: mount(f"remount,{option}")
    subprocess.run(["umount", "-l", str(folder)], check=True)


def letters(root, chance, count):
    for number in range(count):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")


def starved(root, runs, rooms, give):
    """Run with more and more room until one run ends well; what each said that did not."""
    generations = wiring_of(root).generations
    before = generations.current()
    said = []
    for room in rooms:
        code, _, step = give(room)
        assert generations.verify(generations.current()) == []
        if code == 0:
            break
        assert code == 7, runs.said
        assert generations.current() == before
        assert "nothing that was published has changed" in runs.said or "stands" in runs.said
        said.append((step, runs.said))
    else:
        raise AssertionError("there was never room enough")
    assert generations.current() != before
    return said


def widened(root):
    """The workspace with vectors that want more room than the catalog's journal has left."""
    plugin = root / "plugins" / "tiny.py"
    plugin.write_text(plugin.read_text("utf-8").replace("dimension = 16", "dimension = 128"))
    return root


def same_as_undisturbed(root, runs, folder):
    undisturbed = tiny_workspace(folder / "undisturbed", exact_below=20)
    shutil.copytree(root / "plugins", undisturbed / "plugins", dirs_exist_ok=True)
    shutil.rmtree(undisturbed / "seeds")
    shutil.copytree(root / "seeds", undisturbed / "seeds")
    assert runs(undisturbed)[0] == 0
    return holds(root) == holds(undisturbed)


@posix
def test_a_disk_that_fills_at_any_step_is_named_and_the_next_run_goes_on(
    tmp_path, runs, small_disk
):
    chance = random.Random(1941)
    root = widened(tiny_workspace(tmp_path / "starved", exact_below=20))
    letters(root, chance, 8)
    assert runs(root)[0] == 0
    letters(root, chance, 20)
    used = int(shutil.disk_usage(root / "embeddings").used) // 1024

    def give(room):
        assert small_disk(f"size={used + room}k")
        return runs(root)

    said = starved(
        root, runs, (*range(0, 160, 40), *range(160, 320, 10), *range(320, 1200, 40)), give
    )
    assert {"verifying", "reading", "embedding", "indexing"} <= {step for step, _ in said}
    assert all("No space left on device" in each or "disk is full" in each for _, each in said)
    assert small_disk("size=20m")
    assert same_as_undisturbed(root, runs, tmp_path)
    assert small_disk("ro")
    assert runs(root)[0] == 7
    assert "Read-only file system" in runs.said
    assert (
        open_reading_room(wiring_of(root))
        .answering.ask("grain for the hospital", limit=1)
        .citations
    )


@posix
def test_files_that_may_not_grow_are_named_and_the_next_run_goes_on(tmp_path, runs):
    chance = random.Random(1942)
    root = tiny_workspace(tmp_path / "starved", exact_below=20)
    letters(root, chance, 8)
    assert runs(root)[0] == 0
    letters(root, chance, 20)
    rooms = [1 << power for power in range(11, 24, 2)]  # a smaller one has no room for what is said
    said = starved(root, runs, rooms, lambda room: runs(root, room, "limit"))
    assert len(said) > 2
    assert same_as_undisturbed(root, runs, tmp_path)


class Meanwhile(Silent):
    """Does something when the files have been looked at, and none has been read yet."""

    def __init__(self, what):
        self._what = what

    def start(self, step, total, before=0):
        if step == "reading":
            self._what()


def test_sources_that_change_while_they_are_read_are_brought_in_whole_by_the_next_run(tmp_path):
    chance = random.Random(1943)
    root = tiny_workspace(tmp_path / "workspace")
    seeds = root / "seeds"
    for name in ("longer", "gone", "same size", "at rest"):
        (seeds / f"{name}.txt").write_text(letter(chance), "utf-8")
    index(root)
    for path in seeds.iterdir():
        path.write_text(letter(chance), "utf-8")

    def meanwhile():
        (seeds / "longer.txt").write_text(letter(chance) + "\n\nAnd one more word.", "utf-8")
        (seeds / "gone.txt").unlink()
        path = seeds / "same size.txt"
        before = path.stat()
        path.write_bytes(path.read_bytes().replace(b"Ivan", b"Oleg"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))

    report = index(root, Meanwhile(meanwhile))
    causes = {failure.path: failure.cause for failure in report.failures}
    assert causes.keys() == {"seeds/longer.txt", "seeds/gone.txt"}
    assert "changed while it was being read" in causes["seeds/longer.txt"]
    assert "no such file" in causes["seeds/gone.txt"].lower()
    said, _, _ = holds(root)
    assert len(said) == 4  # what was known of the two from a better time stays
    for source, _, document, _ in said.values():
        if source == "seeds/same size.txt":
            assert document.text.startswith("Oleg")
    assert not index(root).failures
    fresh = tiny_workspace(tmp_path / "fresh")
    shutil.rmtree(fresh / "seeds")
    shutil.copytree(seeds, fresh / "seeds")
    index(fresh)
    assert holds(root) == holds(fresh)
    assert index(root).outcome == "nothing to do"
