"""How long commands take to start, beside ``import sentence_transformers``, cold processes all.

The runs take turns, so that a machine that slows down slows all of them.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
REPOSITORY = Path(__file__).parent.parent
QUESTION = "How many rifles did Stalin want to send?"
TARGETS = {"docproc --help": 0.04, "docproc ask": 0.15}
PLUGINS = 20
WITH_PLUGINS = f"docproc --help, {PLUGINS} heavy plugins"
MOST_WITH_PLUGINS = 1.3
"""At most so many times as long as without them."""
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


def main() -> None:
    """Print the table: median seconds, and the ratio of medians to the import's."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        for name in ("config.toml", "seeds", "plugins"):
            source = REPOSITORY / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, workspace / name)
        docproc = [sys.executable, "-m", "docproc"]
        commands = {
            "python -c 'import sentence_transformers'": [
                sys.executable,
                "-c",
                "import sentence_transformers",
            ],
            "docproc --help": [*docproc, "--help"],
            "docproc ask": [*docproc, "ask", QUESTION],
            WITH_PLUGINS: [*docproc, "--help"],
        }
        heavy = install_heavy_plugins(workspace / "installed")
        run(commands["docproc ask"], workspace)  # the first question indexes
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(run(command, workspace, heavy if name == WITH_PLUGINS else None))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    unit = medians["python -c 'import sentence_transformers'"]
    print(
        f"{'cold start, median of ' + str(ROUNDS):<44} {'seconds':>8} {'ratio':>7} {'at most':>8}"
    )
    for name, median in medians.items():
        target = f"{TARGETS[name]:8.2f}" if name in TARGETS else ""
        print(f"{name:<44} {median:8.2f} {median / unit:7.3f} {target}")
    ratio = medians[WITH_PLUGINS] / medians["docproc --help"]
    print(f"{WITH_PLUGINS + ', beside none':<44} {'':8} {ratio:7.3f} {MOST_WITH_PLUGINS:8.2f}")


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


def run(command: list[str], folder: Path, site: Path | None = None) -> float:
    """Run *command* in *folder* as a user would; return its wall-clock seconds."""
    begun = time.perf_counter()
    environment = os.environ | {"NO_COLOR": "1"}
    if site:
        environment["PYTHONPATH"] = str(site)
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
