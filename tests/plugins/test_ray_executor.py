"""The executor over Ray: the contract, and shards that are equal whatever built them."""

import importlib.util
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from drop_ins import drop_in
from tiny_workspace import letter, tiny_workspace, wiring_of

from docproc.errors import PluginError
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent
from docproc.plugins.loading.trust import trust
from docproc.testing import ExecutorContract

pytestmark = pytest.mark.slow

DIES_ONCE = """
import os, sys
from pathlib import Path

killed = Path(__file__).parent.parent / "killed"
if "default_worker" in sys.argv[0] and not killed.exists():
    killed.touch()
    os._exit(9)
"""
HERE = Path(__file__).parent

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="pip install 'docproc[ray]'"
)


@needs_ray
@pytest.mark.ray
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("cluster")
class TestRayExecutor(ExecutorContract):
    @pytest.fixture
    def plugin(self):
        return drop_in("ray_executor").RayExecutor(2, 0.0, "", 100)

    def test_one_two_and_four_workers_make_the_same_as_this_process(self, tmp_path):
        roots = {workers: workspace(tmp_path / str(workers), workers) for workers in (0, 1, 2, 4)}
        rooms = {}
        for workers, root in roots.items():
            executor = "ray" if workers else "in-process"
            run = prepare_index(wiring_of(root), Silent(), shards=4, executor=executor)
            assert run.run().outcome == "published"
            rooms[workers] = open_reading_room(wiring_of(root))
        here = rooms[0]
        for workers in (1, 2, 4):
            room = rooms[workers]
            one, many = here.opened, room.opened
            assert list(many.catalog.documents()) == list(one.catalog.documents())
            rows = range(one.passages)
            assert many.catalog.passages(rows) == one.catalog.passages(rows)
            assert np.array_equal(many.vectors[:], one.vectors[:])
            assert many.manifest.calibration == one.manifest.calibration
            for question in ("harvest grain", "Who signed the treaty at the frontier?"):
                assert room.answering.trial(question) == here.answering.trial(question)

    def test_a_shard_that_is_killed_is_built_again(self, tmp_path):
        root = workspace(tmp_path / "killed", 2)
        plugin = root / "plugins" / "tiny.py"
        plugin.write_text(DIES_ONCE + plugin.read_text("utf-8"), "utf-8")
        trust(root, own=True)
        run = prepare_index(wiring_of(root), Silent(), shards=3, executor="ray")
        assert run.run().outcome == "published"
        assert (root / "killed").exists()
        generations = wiring_of(root).generations
        assert generations.verify(generations.current()) == []


@needs_ray
@pytest.mark.ray
def test_a_cluster_of_its_own_is_started_where_there_is_none_and_ends():
    code = (
        "from drop_ins import drop_in\n"
        "plugin = drop_in('ray_executor')\n"
        "executor = plugin.RayExecutor(1, 0.0, '', 100)\n"
        "print(dict(executor.map(bytes.upper, [b'a', b'b'])))\n"
        "import ray\n"
        "print(ray.is_initialized())\n"
    )
    support = [str(HERE.parent / "support"), *filter(None, sys.path)]
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(support), "RAY_ADDRESS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == ["{0: b'A', 1: b'B'}", "False"], done.stderr


def workspace(root: Path, workers: int) -> Path:
    """A workspace of ten letters, with the executor among its plugins."""
    tiny_workspace(root)
    chance = random.Random(3)
    for number in range(10):
        (root / "seeds" / f"{number:02}.txt").write_text(letter(chance), "utf-8")
    shutil.copy(HERE.parents[1] / "plugins" / "ray_executor.py", root / "plugins")
    with (root / "config.toml").open("a") as config:
        config.write(f"\n[plugins.ray]\nworkers = {max(1, workers)}\n")
    trust(root, own=True)
    return root


def test_importing_it_imports_no_ray_and_asks_for_it_by_name(monkeypatch):
    plugin = drop_in("ray_executor")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(PluginError, match=r"docproc\[ray\]"):
        list(plugin.RayExecutor(1, 0.0, "", 100).map(bytes.upper, [b"a"]))
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
