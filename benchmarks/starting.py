"""How long commands take to start, beside what they are measured by; whole processes, cold.

The runs take turns, so that a machine that slows down slows all of them.  Two ratios hold on any
machine: ``docproc ask`` beside ``import sentence_transformers``, ``--help`` beside ``import
typer``.  ``python -m benchmarks.starting --rounds 9`` takes more turns than five.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from docproc.dataclass_on_use import dataclass

REPOSITORY = Path(__file__).parent.parent
QUESTION = "How many rifles did Stalin want to send?"
PLUGINS = 20
PYTHON, TYPER, MODEL = "python -c pass", "import typer", "import sentence_transformers"
HELP, ASK, FIRST = "docproc --help", "docproc ask", "docproc ask, a new workspace"
WITH_PLUGINS = f"docproc --help, {PLUGINS} heavy plugins"
TARGETS = ((HELP, TYPER, 2.0), (ASK, MODEL, 0.08), (WITH_PLUGINS, HELP, 1.3))
"""What is at most so many times as long as what, in wall-clock time."""
FIRST_EVER = "docproc ask, the first ever"
MOST_SECONDS = {FIRST: 2.5, FIRST_EVER: 6}
"""A new workspace's first answer, with its index: on a machine that has run docproc before, and on
one whose user's cache is empty."""
HEAVY = """
import sentence_transformers, torch
from docproc.hooks import Registration, hookimpl

@hookimpl
def docproc_embedders():
    return [Registration("heavy-{number}", sentence_transformers.SentenceTransformer)]

@hookimpl
def docproc_commands():
    return [Registration("heavy-{number}", torch.compile, summary="Is listed, not imported.")]
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took, in seconds: by the clock, and of the processors."""

    clock: float
    processors: float


def main() -> None:
    """Print the table: medians, and the ratios that have a target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    docproc = [sys.executable, "-m", "docproc"]
    commands = {
        PYTHON: [sys.executable, "-c", "pass"],
        TYPER: [sys.executable, "-c", TYPER],
        MODEL: [sys.executable, "-c", MODEL],
        HELP: [*docproc, "--help"],
        WITH_PLUGINS: [*docproc, "--help"],
        ASK: [*docproc, "ask", QUESTION],
        FIRST: [*docproc, "ask", QUESTION],
        FIRST_EVER: [*docproc, "ask", QUESTION],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder, "asked"))
        heavy = install_heavy_plugins(Path(folder, "installed"))
        run(commands[ASK], workspace)  # the first question indexes
        for number in range(rounds):
            for name, command in commands.items():
                new = name in MOST_SECONDS
                where = make_workspace(Path(folder, f"{name} {number}")) if new else workspace
                more = {"PYTHONPATH": str(heavy)} if name == WITH_PLUGINS else {}
                more |= {"XDG_CACHE_HOME": str(where / "cache")} if name == FIRST_EVER else {}
                runs[name].append(run(command, where, more))
    clock = {name: statistics.median(each.clock for each in runs[name]) for name in runs}
    used = {name: statistics.median(each.processors for each in runs[name]) for name in runs}
    print("<!-- starting -->")
    print(f"| whole process, median of {rounds} | seconds | of the processors |")
    print("| --- | ---: | ---: |")
    for name in commands:
        print(f"| `{name}` | {clock[name]:.2f} | {used[name]:.2f} |")
    print("\n| beside | times as long | times the processors' time | at most |")
    print("| --- | ---: | ---: | ---: |")
    for name, unit, most in TARGETS:
        ratios = f"{clock[name] / clock[unit]:.3f} | {used[name] / used[unit]:.3f}"
        print(f"| `{name}` beside `{unit}` | {ratios} | {most:.2f} |")
    for name, most in MOST_SECONDS.items():
        print(f"| `{name}`, in seconds | {clock[name]:.2f} | {used[name]:.2f} | {most} |")
    print("<!-- /starting -->")


def make_workspace(folder: Path) -> Path:
    """The workspace of the repository, nothing of it indexed."""
    folder.mkdir()
    for name in ("config.toml", "seeds", "plugins"):
        source = REPOSITORY / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    return folder


def install_heavy_plugins(site: Path) -> Path:
    """Lay distributions into *site* as pip would, each of a plugin that imports torch."""
    for number in range(PLUGINS):
        facts = site / f"heavy_plugin_{number}-1.0.dist-info"
        facts.mkdir(parents=True)
        (facts / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: heavy-plugin-{number}\nVersion: 1.0\n", "utf-8"
        )
        (facts / "entry_points.txt").write_text(
            f"[docproc]\nheavy-{number} = heavy_plugin_{number}\n", "utf-8"
        )
        module = HEAVY.replace("{number}", str(number))
        (site / f"heavy_plugin_{number}.py").write_text(module, "utf-8")
    return site


def run(command: list[str], folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> Run:
    """Run *command* in *folder* as a user would, with *more* in its environment."""
    environment = {**os.environ, "NO_COLOR": "1", **more}
    before = os.times()
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    taken = time.perf_counter() - begun
    after = os.times()
    used = sum(after[2:4]) - sum(before[2:4])  # of the children that ended
    return Run(taken, used)


if __name__ == "__main__":
    main()
