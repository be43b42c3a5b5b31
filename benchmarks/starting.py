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
        }
        run(commands["docproc ask"], workspace)  # the first question indexes
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(run(command, workspace))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    unit = medians["python -c 'import sentence_transformers'"]
    print(
        f"{'cold start, median of ' + str(ROUNDS):<44} {'seconds':>8} {'ratio':>7} {'at most':>8}"
    )
    for name, median in medians.items():
        target = f"{TARGETS[name]:8.2f}" if name in TARGETS else ""
        print(f"{name:<44} {median:8.2f} {median / unit:7.3f} {target}")


def run(command: list[str], folder: Path) -> float:
    """Run *command* in *folder* as a user would; return its wall-clock seconds."""
    begun = time.perf_counter()
    environment = os.environ | {"NO_COLOR": "1"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
