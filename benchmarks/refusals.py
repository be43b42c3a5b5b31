"""Refusals by the size of the corpus: ``python -m benchmarks.refusals --set DIR --pages DIR ...``.

Of each set, corpora of a few documents are drawn, and asked three kinds of question: those that
their documents answer; *near* ones and *far* ones, which they do not.  Where the set has
unanswerable questions of its own, whose ids say ``near-`` and ``far-``, these are asked; else near
are those of which another document of the same group is the answer (the part of a file's name
before its last hyphen: the same article, the same chapter), and far those of other groups.
A set whose groups are of three documents or more is also asked joined: each group as one document,
and twelve groups as one, a text of each left out, about which the near questions are.

A corpus of one letter should refuse as honestly as one of a thousand documents.  ``--keep DIR``
keeps workspaces and the vectors of all questions and probes, so that another calibration costs
only the searching.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks import made_sets as making
from benchmarks.halves import opened
from benchmarks.made_sets import MadeSet
from docproc.records import Scope
from docproc.retrieval.calibrating.evaluation import Question, auroc, read_questions
from docproc.retrieval.calibrating.measure import calibrate
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.search.search import Searcher

KINDS: Final = ("answerable", "near", "far")
ANSWERABLE: Final = 60
"""Questions of a corpus that it answers, at most."""
OTHERS: Final = 40
"""Near and far questions a corpus, each, at most."""
_ABOUT: Final = 30
"""Documents drawn of a set and size together, but at least one corpus and at most ten."""
_BOOK: Final = 12
"""Groups joined into one document."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one corpus: how far the best passage's score lay above the floor."""

    kind: str
    above: float
    floor: float


class Remembering:
    """A query encoder that remembers, in a file, what it has encoded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Floats] = {}
        if path.exists():
            self._known = pickle.loads(path.read_bytes())
        self._encoder: Any = None

    def over(self, encoder: Any) -> Remembering:
        """This memory, before *encoder*: all corpora are of one model."""
        self._encoder = encoder
        return self

    def encode_query(self, text: str) -> Floats:
        """The vector of *text*, made at most once."""
        if text not in self._known:
            self._known[text] = np.asarray(self._encoder.encode_query(text), np.float32)
        return self._known[text]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def keep(self) -> None:
        """Write what is remembered."""
        self._path.write_bytes(pickle.dumps(self._known))


def main() -> None:
    """Print a line for each set and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, action="append", default=[], dest="sets")
    parser.add_argument("--pages", type=Path, help="Mallard help, one folder a language")
    parser.add_argument("--languages", default="C", help="of the pages")
    parser.add_argument("--sizes", default="1,3,10,50,200")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(f"{'':<26}{'docs':>6}{'corpora':>9}{'floor':>8}{'refused':>9}", end="")
    print(f"{'near answered':>15}{'far answered':>14}{'AUROC near':>12}{'far':>7}")
    with tempfile.TemporaryDirectory() as folder:
        root = given.keep or Path(folder)
        memory = Remembering(root / "questions.pickle")
        for made, own in sets(given):
            for size in map(int, given.sizes.split(",")):
                if size <= len(made.documents):
                    show(made, own, size, root, memory)
                    memory.keep()


def sets(given: argparse.Namespace) -> Iterator[tuple[MadeSet, list[Question]]]:
    """Every set, with its own unanswerable questions; and what is joined of it."""
    for path in given.sets:
        made = making.read_set(path)
        own = [q for q in read_questions(path / "questions.jsonl") if not q.answerable]
        yield made, own
        for groups in (1, _BOOK):
            joined = making.joined(made, groups)
            if joined.documents and not own:
                yield joined, []
    for language in given.languages.split(",") if given.pages else ():
        yield making.read_pages(given.pages, language), []


def show(made: MadeSet, own: list[Question], size: int, root: Path, memory: Remembering) -> None:
    """Print the line of one set and size."""
    count = max(1, min(10, _ABOUT // size))
    corpora = [drawn(made, size, seed) for seed in range(count)]
    found = [asked for corpus in corpora for asked in ask(made, own, corpus, root, memory)]
    above = {kind: [a.above for a in found if a.kind == kind] for kind in KINDS}
    floor = sum(a.floor for a in found) / len(found)
    print(f"{made.name:<26}{size:>6}{count:>9}{floor:>8.3f}", end="")
    for kind, width in (("answerable", 9), ("near", 15), ("far", 14)):
        wrong = [(value < 0) == (kind == "answerable") for value in above[kind]]
        print(f"{sum(wrong) / len(wrong):>{width}.3f}" if wrong else f"{'':>{width}}", end="")
    for kind, width in (("near", 12), ("far", 7)):
        area = f"{auroc(above['answerable'], above[kind]):.3f}" if above[kind] else ""
        print(f"{area:>{width}}", end="")
    print(flush=True)


def drawn(made: MadeSet, size: int, seed: int) -> MadeSet:
    """A corpus of *size* documents, and all questions; documents that are asked about first."""
    draw = random.Random(seed)
    asked_of = sorted({gold for q in made.questions for gold in q.gold} & made.documents.keys())
    others = sorted(made.documents.keys() - asked_of)
    chosen = draw.sample(asked_of, min(size, len(asked_of)))
    chosen += draw.sample(others, size - len(chosen))
    return replace(made, documents={name: made.documents[name] for name in chosen})


def ask(
    whole: MadeSet, own: list[Question], corpus: MadeSet, root: Path, memory: Remembering
) -> Iterator[Asked]:
    """Put questions of each kind to *corpus*."""
    held = opened(corpus, root)
    held.encoder = memory.over(held.encoder)
    searcher = Searcher(held, calibrate(held))
    for kind, questions in sorted_out(whole, own, corpus).items():
        for question in questions:
            found = searcher.search(question.question, Scope())
            best = float(found.scores[0]) if len(found.scores) else 0.0
            yield Asked(kind, best - found.floor, found.floor)


def sorted_out(whole: MadeSet, own: list[Question], corpus: MadeSet) -> dict[str, list[Question]]:
    """The questions of *whole* by kind, and of each a sample."""
    groups = {making.group_of(name) for name in corpus.documents}
    kinds: dict[str, list[Question]] = {kind: [] for kind in KINDS}
    for question in whole.questions:
        if any(gold in corpus.documents for gold in question.gold):
            kinds["answerable"].append(question)
        elif not own:
            near = any(making.group_of(gold) in groups for gold in question.gold)
            kinds["near" if near else "far"].append(question)
    for question in own:
        kind = (question.id or "").partition("-")[0]
        if kind in kinds:
            kinds[kind].append(question)
    for kind, most in zip(KINDS, (ANSWERABLE, OTHERS, OTHERS), strict=True):
        kinds[kind] = random.Random(0).sample(kinds[kind], min(most, len(kinds[kind])))
    return kinds


if __name__ == "__main__":
    main()
