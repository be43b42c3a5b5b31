"""How asking grows from 1,000 to 1,000,000 passages: ``make bench-scale``.

Builds a workspace of each size over an invented corpus (``invented_corpus``), measures in a
fresh process what a question costs (``asking``), and the command ``docproc ask`` as a whole in
turn with the same command over one letter.  With ``--keep DIR`` the workspaces stay there, and
a second run only measures; the largest takes 10 GB.  ``--write`` puts the table and the plot
into ``docs/``; the plot wants matplotlib (the extra ``bench``).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import invented_workspace

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 7
LETTERS_QUESTION = "How many rifles did Stalin want to send?"
DOCS = Path(__file__).parent.parent / "docs"
PAGE, PLOT = DOCS / "performance.md", DOCS / "performance.svg"
_TABLE = re.compile(r"(?<=<!-- scale -->\n).*?(?=<!-- /scale -->)", re.DOTALL)
_BUILT, _MEASURED = "built.json", "measured.json"

Figures = dict[str, Any]


def main() -> None:
    """Build what is not built, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = given.keep or Path(folder)
        build(root, given.sizes)
        measured = [measure(root, size) for size in given.sizes]
    print(table(measured))
    if given.write:
        PAGE.write_text(_TABLE.sub(lambda _: table(measured), PAGE.read_text("utf-8")), "utf-8")
        plot(measured, PLOT)


def build(root: Path, sizes: Sequence[int]) -> None:
    """Build the workspaces that are not there yet, one letter's among them."""
    letter = invented_workspace.letter(root / "letter")
    missing = [size for size in sizes if not (root / f"{size}" / _BUILT).exists()]
    corpus = invented_workspace.corpus(letter) if missing else None
    for size in missing:
        assert corpus is not None
        here = root / f"{size}"
        print(f"building {size:,} passages", file=sys.stderr)
        seconds = invented_workspace.build(here, size, corpus, letter / "embeddings" / "encoders")
        (here / _BUILT).write_text(json.dumps(seconds), "utf-8")


def measure(root: Path, size: int) -> Figures:
    """The figures of one size, those of asking cold beside the letter's."""
    here = root / f"{size}"
    print(f"measuring {size:,} passages", file=sys.stderr)
    command = [sys.executable, "-m", "benchmarks.asking", str(here)]
    figures: Figures = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    )
    figures["cold"] = cold(root / "letter", here, figures["question"])
    figures["build"] = json.loads((here / _BUILT).read_text("utf-8"))
    generations = here / "embeddings" / "generations"
    figures["bytes"] = sum(f.stat().st_size for f in generations.rglob("*") if f.is_file())
    (here / _MEASURED).write_text(json.dumps(figures, indent=1), "utf-8")
    return figures


def cold(letter: Path, here: Path, question: str) -> dict[str, float]:
    """Seconds of ``docproc ask``, fresh processes in turn over one letter and over *here*."""
    asked = {"letter": (letter, LETTERS_QUESTION), "here": (here, question)}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _ in range(ROUNDS + 1):
        for name, (workspace, words) in asked.items():
            taken[name].append(ask(workspace, words))
    found: dict[str, float] = {}
    for name, times in taken.items():  # the first round fills the system's cache of files
        wall, cpu = zip(*times[1:], strict=True)
        found |= {name: statistics.median(wall), f"{name}, cpu": statistics.median(cpu)}
    return found


def ask(workspace: Path, question: str) -> tuple[float, float]:
    """Wall-clock and processor seconds of one command, as a user would give it."""
    command = [sys.executable, "-m", "docproc", "ask", question, "--workspace", str(workspace)]
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, capture_output=True, check=False, env=os.environ | {"NO_COLOR": "1"})
    wall, after = time.perf_counter() - began, os.times()
    cpu = after.children_user + after.children_system - before.children_user
    return wall, cpu - before.children_system


def table(measured: Sequence[Figures]) -> str:
    """The figures as a table of Markdown, one size a column."""
    rows: list[tuple[str, list[str]]] = [
        ("passages", [f"{m['passages']:,}" for m in measured]),
        ("vectors", [f"{m['index']['rows']:,}" for m in measured]),
        ("vector index, chosen by size", [_kind(m["index"]) for m in measured]),
        ("recall@10 against exact search", [f"{m['recall']:.3f}" for m in measured]),
        ("search, warm: median (ms)", [f"{m['search']['median']:.1f}" for m in measured]),
        ("search, warm: 95th percentile (ms)", [f"{m['search']['p95']:.1f}" for m in measured]),
        ("search, warm: processor time (ms)", [f"{m['search']['cpu']:.1f}" for m in measured]),
        ("of it, encoding the question (ms)", [f"{m['encoding']['cpu']:.1f}" for m in measured]),
        ("matching words, alone (ms)", [_part(m, "words") for m in measured]),
        ("comparing vectors, alone (ms)", [_part(m, "vectors") for m in measured]),
        ("reading 48 passages, alone (ms)", [_part(m, "reading passages") for m in measured]),
        ("search within a year: median (ms)", [_median(m, "within a year") for m in measured]),
        ("answer with citations checked: median (ms)", [_median(m, "answer") for m in measured]),
        ("memory: most (MiB)", [_memory(m, "most") for m in measured]),
        ("memory: of it not mapped from files (MiB)", [_memory(m, "own") for m in measured]),
        ("`docproc ask`, cold (s)", [f"{m['cold']['here']:.2f}" for m in measured]),
        ("times as long as over one letter", [_ratio(m, "") for m in measured]),
        ("times as much processor time", [_ratio(m, ", cpu") for m in measured]),
        ("on disk (GB)", [f"{m['bytes'] / 1e9:.2f}" for m in measured]),
        ("building (s)", [f"{sum(m['build'].values()):,.0f}" for m in measured]),
        ("of it, calibration (s)", [f"{m['build']['calibration']:.0f}" for m in measured]),
    ]
    lines = [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return "\n".join([lines[0], f"| --- |{' ---: |' * len(measured)}", *lines[1:]]) + "\n"


def _kind(index: dict[str, Any]) -> str:
    if "lists" not in index:
        return str(index["kind"])
    return f"{index['lists']:,} lists, {index['probes']} visited"


def _part(figures: Figures, name: str) -> str:
    return f"{figures['parts'][name]['cpu']:.1f}" if "parts" in figures else ""


def _median(figures: Figures, name: str) -> str:
    return f"{figures[name]['median']:.1f}"


def _memory(figures: Figures, name: str) -> str:
    size = figures["memory"].get(name)
    return "" if size is None else f"{size:,.0f}"


def _ratio(figures: Figures, of: str) -> str:
    return f"{figures['cold']['here' + of] / figures['cold']['letter' + of]:.2f}"


def plot(measured: Sequence[Figures], path: Path) -> None:
    """Draw time and memory against size, where matplotlib is installed."""
    try:
        import matplotlib
    except ImportError:
        print("no plot: matplotlib is not installed (pip install docproc[bench])", file=sys.stderr)
        return
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "docproc"
    from matplotlib import pyplot

    sizes = [m["passages"] for m in measured]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    for name, key in (("median", "median"), ("95th percentile", "p95"), ("processor time", "cpu")):
        left.plot(sizes, [m["search"][key] for m in measured], marker="o", label=name)
    left.axhline(25, color="grey", linestyle=":", linewidth=1)
    left.axhline(60, color="grey", linestyle=":", linewidth=1)
    left.set(title="a search, warm (ms)", xscale="log", xlabel="passages", ylim=0)
    for name, key in (("most", "most"), ("not mapped from files", "own")):
        right.plot(sizes, [m["memory"].get(key) for m in measured], marker="o", label=name)
    right.axhline(1024, color="grey", linestyle=":", linewidth=1)
    right.set(title="memory of the process (MiB)", xscale="log", xlabel="passages", ylim=0)
    for axes in (left, right):
        axes.legend(frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
