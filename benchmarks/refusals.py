"""Refusals by the size of the corpus: ``python -m benchmarks.refusals --set DIR ...``.

Of each set, corpora of a few documents are drawn, and asked three kinds of question: those that
their documents answer; *near* ones, that other documents of the same group answer (the part of a
file's name before its last hyphen: the same volume, the same article); and *far* ones, of other
groups.  A corpus of one letter should refuse as honestly as one of a thousand documents.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks import made_sets as making
from benchmarks.halves import opened
from benchmarks.made_sets import MadeSet
from docproc.records import Scope
from docproc.retrieval.evaluation import Question, auroc
from docproc.retrieval.measure import calibrate
from docproc.retrieval.search import Searcher

KINDS: Final = ("answerable", "near", "far")
OTHERS: Final = 40
"""Near and far questions a corpus, each, at most."""
_ABOUT: Final = 30
"""Documents drawn of a set and size together, but at least two corpora and at most ten."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one corpus: how far the best passage's score lay above the floor."""

    kind: str
    above: float
    floor: float


def main() -> None:
    """Print a line for each set and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append", required=True, dest="sets")
    parser.add_argument("--sizes", default="1,3,10,50")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(f"{'':<10}{'docs':>6}{'corpora':>9}{'floor':>8}{'refused':>9}", end="")
    print(f"{'near answered':>15}{'far answered':>14}{'AUROC near':>12}{'far':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for path in given.sets:
            made = making.read_set(path)
            for size in map(int, given.sizes.split(",")):
                show(made, size, given.keep or Path(folder))


def show(made: MadeSet, size: int, root: Path) -> None:
    """Print the line of one set and size."""
    count = max(2, min(10, _ABOUT // size))
    corpora = [drawn(made, size, seed) for seed in range(count)]
    found = [asked for corpus in corpora for asked in ask(made, corpus, root)]
    above = {kind: [a.above for a in found if a.kind == kind] for kind in KINDS}
    floor = sum(a.floor for a in found) / len(found)
    print(f"{made.name:<10}{size:>6}{count:>9}{floor:>8.3f}", end="")
    for kind, width in (("answerable", 9), ("near", 15), ("far", 14)):
        wrong = [(value < 0) == (kind == "answerable") for value in above[kind]]
        print(f"{sum(wrong) / max(1, len(wrong)):>{width}.3f}", end="")
    areas = [auroc(above["answerable"], above[kind]) for kind in ("near", "far")]
    print(f"{areas[0]:>12.3f}{areas[1]:>7.3f}", flush=True)


def drawn(made: MadeSet, size: int, seed: int) -> MadeSet:
    """A corpus of *size* documents that some question is about, and all questions."""
    asked_of = sorted({gold for q in made.questions for gold in q.gold} & made.documents.keys())
    chosen = random.Random(seed).sample(asked_of, size)
    return replace(made, documents={name: made.documents[name] for name in chosen})


def ask(whole: MadeSet, corpus: MadeSet, root: Path) -> Iterator[Asked]:
    """Put questions of each kind to *corpus*."""
    held = opened(corpus, root)
    searcher = Searcher(held, calibrate(held))
    for kind, questions in sorted_out(whole, corpus).items():
        for question in questions:
            found = searcher.search(question.question, Scope())
            best = float(found.scores[0]) if len(found.scores) else 0.0
            yield Asked(kind, best - found.floor, found.floor)


def sorted_out(whole: MadeSet, corpus: MadeSet) -> dict[str, list[Question]]:
    """The questions of *whole* by kind; of those that *corpus* does not answer, a sample."""
    groups = {_group(name) for name in corpus.documents}
    kinds: dict[str, list[Question]] = {kind: [] for kind in KINDS}
    for question in whole.questions:
        if any(gold in corpus.documents for gold in question.gold):
            kinds["answerable"].append(question)
        else:
            near = any(_group(gold) in groups for gold in question.gold)
            kinds["near" if near else "far"].append(question)
    for kind in ("near", "far"):
        most = min(OTHERS, len(kinds[kind]))
        kinds[kind] = random.Random(0).sample(kinds[kind], most)
    return kinds


def _group(name: str) -> str:
    return name.rpartition("-")[0]


if __name__ == "__main__":
    main()
