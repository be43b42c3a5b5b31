"""Workers that build shards, killed at random: what died begins again, and the run ends equal.

``DOCPROC_WORKER_KILLS=80`` does eighty.
"""

import os
import random
import shutil
import signal
import sys
import threading
from pathlib import Path

import psutil
import pytest
from test_shard_kills import holds, in_shards
from tiny_workspace import letter, wiring_of

from docproc.errors import PluginError
from docproc.operations.writing.runs import prepare_index
from docproc.pipeline.monitoring.progress import Silent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no kill -9"),
]

KILLS = int(os.environ.get("DOCPROC_WORKER_KILLS", "4"))


def test_workers_killed_at_random_leave_what_an_undisturbed_run_leaves(tmp_path):
    chance = random.Random(3)
    root = in_shards(tmp_path / "killed")
    for number in range(12):
        (root / "seeds" / f"{number}.txt").write_text(letter(chance), "utf-8")
    killed = given_up = 0
    while killed < KILLS:
        name = f"{chance.randrange(20)}.txt"
        (root / "seeds" / name).write_text(letter(chance), "utf-8")
        stop = threading.Event()
        found: list[int] = []
        killing = threading.Thread(target=kill, args=(chance.uniform(0.1, 4), stop, found))
        killing.start()
        try:
            run(root)
        except PluginError:
            given_up += 1  # three died over one shard: it is said, and the next run goes on
        stop.set()
        killing.join()
        killed += len(found)
        generations = wiring_of(root).generations
        if (current := generations.current()) is not None:
            assert generations.verify(current) == []
    run(root)
    undisturbed = in_shards(tmp_path / "undisturbed")
    shutil.rmtree(undisturbed / "seeds")
    shutil.copytree(root / "seeds", undisturbed / "seeds")
    prepare_index(wiring_of(undisturbed), Silent()).run()
    mine, theirs = holds(root), holds(undisturbed)
    assert mine[0] == theirs[0]
    assert mine[1] == theirs[1]
    print(f"{killed} workers killed, {given_up} runs given up")


def run(root: Path):
    return prepare_index(wiring_of(root), Silent(), executor="worker-processes").run()


def kill(seconds: float, stop: threading.Event, found: list[int]) -> None:
    """Kill one worker process of this one, after so many *seconds*, or as soon as there is one."""
    stop.wait(seconds)
    while not stop.is_set():
        for child in psutil.Process().children():
            try:
                if any("spawn_main" in word for word in child.cmdline()):
                    os.kill(child.pid, signal.SIGKILL)
                    found.append(child.pid)
                    return
            except (psutil.Error, ProcessLookupError):
                continue
        stop.wait(0.02)
