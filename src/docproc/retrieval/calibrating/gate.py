"""The gate: does a new generation answer the golden questions as well as the published one?

Three figures decide, each the mean over the questions of which it can be said: nDCG@10 by
document, whether an answer stands in the first quote, and whether the verdict is right (the
answerable answered, the others refused).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from docproc.records import Fate, Figure, Judgement
from docproc.retrieval.calibrating.evaluation import Trial

MEASURES = ("nDCG@10", "answer-in-quote@1", "right verdicts")


def compare_trials(before: Sequence[Trial], after: Sequence[Trial], tolerance: float) -> Judgement:
    """Compare the trials of the same questions; *before* is empty where nothing is published."""
    was, now = [scores(trial) for trial in before], [scores(trial) for trial in after]
    figures = tuple(
        Figure(name, _mean(name, was), fresh)
        for name in MEASURES
        if (fresh := _mean(name, now)) is not None
    )
    lost, won = [], []
    for old, new, then, since in zip(before, after, was, now, strict=False):
        fate = Fate(
            new.question.question, new.question.id, trial_in_words(old), trial_in_words(new)
        )
        if any(since[name] < then[name] for name in since):
            lost.append(fate)
        elif any(since[name] > then[name] for name in since):
            won.append(fate)
    return Judgement(len(after), tolerance, figures, tuple(lost), tuple(won))


def scores(trial: Trial) -> dict[str, float]:
    """What each measure says of one trial, 0 to 1; without those that say nothing of it."""
    question = trial.question
    found = {"right verdicts": float(trial.answered == question.answerable)}
    if question.answerable and question.gold:
        rank = trial.rank()
        found["nDCG@10"] = 1 / math.log2(1 + rank) if rank and rank <= 10 else 0.0
    if question.answerable and question.answers:
        found["answer-in-quote@1"] = float(trial.quotes(1))
    return found


def trial_in_words(trial: Trial) -> str:
    """How one trial went, in a few words."""
    question = trial.question
    if not question.answerable:
        return "answered" if trial.answered else "refused"
    said = [] if trial.answered else ["refused"]
    if question.gold:
        rank = trial.rank()
        said.append(f"rank {rank}" if rank else "not found")
    if question.answers:
        said.append("answer quoted" if trial.quotes(1) else "answer not quoted")
    return ", ".join(said or ["answered"])


def _mean(name: str, found: Sequence[dict[str, float]]) -> float | None:
    values = [each[name] for each in found if name in each]
    return sum(values) / len(values) if values else None
