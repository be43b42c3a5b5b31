"""What adding one document to many passages costs: ``python -m benchmarks.one_document``.

A workspace over the invented corpus is built (with ``--keep DIR`` it stays there, or is used
as it stands), one letter is added, one changed, one removed, and each time it is indexed by
what `docproc index` runs.  The figures are seconds, and seconds of the processors, which other
work on the machine changes less.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks import invented_workspace
from benchmarks.invented_workspace import Stopwatch
from docproc.operations.application import Application
from docproc.operations.writing.runs import prepare_index
from docproc.workspace import find_workspace

LETTER = """A. Petrov to V. Orlova

3 May 1920

The harvest failed in the whole district, and the committee asks for {} wagons of grain.

Please send an answer by the courier who brings this.
"""


class Steps(Stopwatch):
    """Notes when each step begins, under its own name."""

    _name = "looking at the sources"

    def start(self, step: str, total: int, before: int = 0) -> None:
        self.lap(self._name)
        self._name = step

    def end(self) -> dict[str, float]:
        self.lap(self._name)
        return self.seconds


def main() -> None:
    """Build what is not built, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = given.keep or Path(folder)
        letter = invented_workspace.letter(root / "letter")
        here = root / f"{given.passages}"
        if not (here / "embeddings" / "CURRENT").exists():
            corpus = invented_workspace.corpus(letter)
            encoders = letter / "embeddings" / "encoders"
            built = invented_workspace.build(here, given.passages, corpus, encoders)
            print(
                f"built from nothing, except for reading and embedding: {sum(built.values()):.1f} s"
            )
        measure(here)


def measure(root: Path) -> None:
    """Add, change and remove a letter, and print what each costs as a table."""
    seeds = find_workspace(root).sources
    first, letter = seeds / "first.txt", seeds / "letter.txt"
    for file in (first, letter):
        file.unlink(missing_ok=True)
    run(root)
    first.write_text(LETTER.format(40), "utf-8")  # so that the model is loaded, as it stays
    run(root)
    rows = []
    letter.write_text(LETTER.format(50), "utf-8")
    rows.append(("one document added", *run(root)))
    letter.write_text(LETTER.format(60), "utf-8")
    rows.append(("one document changed", *run(root)))
    letter.unlink()
    rows.append(("one document removed", *run(root)))
    print(
        "| | seconds | of the processors | " + " | ".join(f"of it, {name}" for name in STEPS) + " |"
    )
    print("| --- |" + " ---: |" * (2 + len(STEPS)))
    for what, took, worked, steps in rows:
        cells = [sum(steps.get(name, 0.0) for name in names) for names in STEPS.values()]
        print(
            f"| {what} | {took:.1f} | {worked:.1f} | "
            + " | ".join(f"{cell:.1f}" for cell in cells)
            + " |"
        )


STEPS = {
    "looking for changes and damage": ("looking at the sources",),
    "reading and embedding": ("reading", "embedding"),
    "indexes": ("indexing",),
    "calibration": ("calibrating",),
    "comparing, checksums, flushing": ("comparing",),
}
"""What stands in the table: the steps that a run tells of, and what follows the last of them."""


def run(root: Path) -> tuple[float, float, dict[str, float]]:
    """Index, as the command does; how long it took, how much the processors, and each step."""
    steps = Steps()
    begun, idle = time.perf_counter(), time.process_time()
    report = prepare_index(Application(find_workspace(root)), steps).run()
    took, worked = time.perf_counter() - begun, time.process_time() - idle
    print(report.summary(), flush=True)
    return took, worked, steps.end()


if __name__ == "__main__":
    main()
