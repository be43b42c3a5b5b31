"""What each signal is worth, and the curve of the verdict.

``python -m benchmarks.ablation SET [SET ...]``

Sets are indexed as ``benchmarks.retrieval`` does (``--keep DIR`` shares its workspaces).  Every
question is searched once; its candidates are then scored again with each signal off in turn,
with the words alone and with the vectors alone.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.retrieval import prepared
from docproc.records import Scope
from docproc.retrieval.calibrating.evaluation import Question, auroc, read_questions
from docproc.retrieval.evidence import score as evidence
from docproc.retrieval.evidence.score import Floats, Signals
from docproc.retrieval.search.search import Searcher

OFF = (
    "coverage",
    "words_document",
    "cos_sentence",
    "cos_passage",
    "cos_document",
    "missing",
)
REFUSED = (0.01, 0.02, 0.03, 0.05, 0.07, 0.10, 0.15, 0.20)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its candidates' signals and source paths."""

    question: Question
    signals: Signals
    sources: list[str]


def main() -> None:
    """Print the ablation and the curve of every set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for source in given.sets:
            show(source, (given.keep or Path(folder)) / source.name)


def show(source: Path, root: Path) -> None:
    """One set: its ablation, and its curve if it has unanswerable questions."""
    room = prepared(source, root)
    searcher = Searcher(room.opened)
    weight = searcher.calibration.vector_weight
    asked = list(search_all(searcher, read_questions(source / "questions.jsonl")))
    print(f"\n{source.name}: a = {weight:.3f}, floor = {searcher.calibration.floor:.3f}")
    print(f"{'':<20}{'nDCG@10':>9}{'R@1':>8}{'R@10':>8}{'AUROC':>8}")
    for name, scoring in variants(weight):
        print(
            f"{name:<20}"
            + "".join(f"{v:9.4f}" if v is not None else "" for v in figures(asked, scoring))
        )
    others = [a for a in asked if not a.question.answerable]
    if others:
        curve(asked, lambda s: evidence.score(s, weight), searcher.calibration.floor)


def search_all(searcher: Searcher, questions: list[Question]) -> Iterator[Asked]:
    """Search every question once."""
    catalog = searcher._opened.catalog
    paths = {row.id: row.source for row in catalog.documents()}
    for question in questions:
        found = searcher.search(question.question, Scope())
        views = catalog.views(int(row) for row in found.rows)
        yield Asked(question, found.signals, [paths[view.document_id] for view in views])


def variants(weight: float) -> Iterator[tuple[str, Callable[[Signals], Floats]]]:
    """Everything; each signal off in turn; each half alone."""
    yield "everything", lambda s: evidence.score(s, weight)
    for name in OFF:
        yield f"without {name}", lambda s, name=name: evidence.score(off(s, name), weight)  # type: ignore[misc]
    yield "words alone", lambda s: evidence.score(s, 0.0)
    yield "vectors alone", evidence.vector_part


def off(signals: Signals, name: str) -> Signals:
    """The same signals without one; of the two cosines that are averaged, the other stands in."""
    other = {"cos_sentence": "cos_passage", "cos_passage": "cos_sentence"}.get(name)
    if name == "cos_document":
        return replace(signals, passages=np.ones_like(signals.passages))
    value = getattr(signals, other) if other else np.zeros_like(signals.missing)
    return replace(signals, **{name: value})


def figures(
    asked: list[Asked], scoring: Callable[[Signals], Floats]
) -> tuple[float, float, float, float | None]:
    """nDCG@10, R@1, R@10 and the AUROC of the best score."""
    ranks, best = [], {True: [], False: []}  # type: ignore[var-annotated]
    for item in asked:
        scores = scoring(item.signals)
        best[item.question.answerable].append(float(scores.max()) if len(scores) else 0.0)
        if item.question.answerable:
            order = np.argsort(-scores, kind="stable")
            documents = list(dict.fromkeys(item.sources[i] for i in order))
            ranks.append(
                next(
                    (
                        n
                        for n, d in enumerate(documents, 1)
                        if d.endswith(tuple("/" + g for g in item.question.gold))
                    ),
                    math.inf,
                )
            )
    gains = [1 / math.log2(1 + rank) if rank <= 10 else 0.0 for rank in ranks]
    share = [float(np.mean([rank <= k for rank in ranks])) for k in (1, 10)]
    area = auroc(best[True], best[False]) if best[False] else None
    return float(np.mean(gains)), share[0], share[1], area


def curve(asked: list[Asked], scoring: Callable[[Signals], Floats], floor: float) -> None:
    """For each share of answerable questions refused, the share of the others answered."""

    def kind(item: Asked) -> str:
        return (
            "answerable"
            if item.question.answerable
            else (item.question.id or "other").split("-")[0]
        )

    best: dict[str, list[float]] = {}
    for item in asked:
        scores = scoring(item.signals)
        best.setdefault(kind(item), []).append(float(scores.max()) if len(scores) else 0.0)
    answerable = np.sort(best.pop("answerable"))
    for name, unanswerable in best.items():
        print(f"AUROC {name}: {auroc(answerable.tolist(), unanswerable):.4f}")
    print(f"{'floor':>8}{'refused':>9}" + "".join(f"{name:>9}" for name in best) + "   (answered)")
    at = [(float(answerable[int(share * len(answerable))]), "") for share in REFUSED]
    for threshold, mark in sorted([*at, (floor, "  the calibrated floor")]):
        refused = float((answerable < threshold).mean())
        cells = "".join(f"{float((np.array(s) >= threshold).mean()):9.3f}" for s in best.values())
        print(f"{threshold:8.3f}{refused:9.3f}{cells}{mark}")


if __name__ == "__main__":
    main()
