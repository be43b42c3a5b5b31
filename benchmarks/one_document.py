"""What adding one document to many passages costs: ``python -m benchmarks.one_document``.

A workspace over the invented corpus is built (with ``--keep DIR`` it stays there, or is used
as it stands), one letter is added, one changed, one removed, and each time it is indexed by
what `docproc index` runs.  The figures are seconds, and their share of a build of the indexes,
the calibration and the publication from nothing in the same run of the benchmark.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks import invented_workspace
from benchmarks.invented_workspace import Stopwatch
from docproc.wiring import Wiring
from docproc.workspace import find_workspace

LETTER = """A. Petrov to V. Orlova

3 May 1920

The harvest failed in the whole district, and the committee asks for {} wagons of grain.

Please send an answer by the courier who brings this.
"""


class Steps(Stopwatch):
    """Notes when each step begins, under its own name."""

    _name = "looking at the sources"

    def start(self, step: str, total: int) -> None:
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
            print(f"built from nothing, but for reading and embedding: {sum(built.values()):.1f} s")
        measure(here)


def measure(root: Path) -> None:
    """Add, change and remove a letter, and print what each costs."""
    seeds = find_workspace(root).sources
    added, other = seeds / "added.txt", seeds / "other.txt"
    for file in (added, other):
        file.unlink(missing_ok=True)
    run(root, "before: brought up to date")
    added.write_text(LETTER.format(40), "utf-8")
    run(root, "one document added")
    other.write_text(LETTER.format(50), "utf-8")
    run(root, "one more added")
    added.write_text(LETTER.format(60), "utf-8")
    run(root, "one document changed")
    added.unlink()
    other.unlink()
    run(root, "two documents removed")


def run(root: Path, what: str) -> None:
    """Index, as the command does, and print how long each step took."""
    steps = Steps()
    begun = time.perf_counter()
    report = Wiring(find_workspace(root)).indexer(steps).run()
    took = time.perf_counter() - begun
    detail = ", ".join(f"{name} {seconds:.1f}" for name, seconds in steps.end().items())
    print(f"{what}: {took:.1f} s ({detail}); {report.summary()}", flush=True)


if __name__ == "__main__":
    main()
