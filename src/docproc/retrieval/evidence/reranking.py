"""Re-ranking: what the numbers of a re-ranker mean, measured on the corpus, and what they add.

A re-ranker's numbers are of its own scale.  Two sets of pairs tell what they mean: sentences of the
corpus with the passages that they were taken out of, and with others that are near to them; and
everyday questions with whatever the corpus has that is nearest.  A logistic curve through both
gives the number at which a passage is as likely to be one that answers as one that does not
(Platt, "Probabilistic outputs for support vector machines", 1999); there a re-ranker adds
nothing.  Beyond it adds, and below it takes, ``weight`` at most: as much as found the most
passages of the sentences, and nothing where that is no more than chance.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextEntry
from docproc.hooks.ranking import Reranker
from docproc.records import Passage
from docproc.retrieval.evidence.probes import reciprocal_ranks
from docproc.retrieval.evidence.score import Floats
from docproc.retrieval.weights import WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reranking:
    """What was measured of a re-ranker when its generation was built.

    It adds or takes ``weight`` at most; at the number ``center`` nothing, and over each ``spread``
    from there the odds grow by e.  ``probes`` are the sentences that were asked with,
    ``found_without`` and ``found_with`` their mean reciprocal ranks.  ``floor_without`` and
    ``everyday_without`` are the floor, and what everyday questions score, where it is not asked.
    """

    weight: float = 0.0
    center: float = 0.0
    spread: float = 1.0
    probes: int = 0
    found_without: float | None = None
    found_with: float | None = None
    floor_without: float = 0.0
    everyday_without: float | None = None

    def share(self, numbers: Floats) -> Floats:
        """What passages with these *numbers* gain, or lose."""
        found: Floats = (self.weight * _leaning(numbers, self.center, self.spread)).astype(
            np.float32
        )
        return found


@dataclass(frozen=True, slots=True)
class RerankedProbes:
    """P questions made of sentences, each with C passages: *base* and *numbers* ``(P, C)``.

    ``base`` is the evidence without the re-ranker, ``gold`` ``(P,)`` which passage is right.
    """

    base: Floats
    numbers: Floats
    gold: NDArray[np.int64]


def measure_reranker(probes: RerankedProbes, strangers: Floats) -> Reranking:
    """What a re-ranker is worth, from *probes* and from its numbers for *strangers*.

    *strangers* ``(S,)`` are its numbers for everyday questions with what lies nearest to them.
    """
    count = len(probes.gold)
    if not count:
        return Reranking()
    places = np.arange(count)
    right = probes.numbers[places, probes.gold]
    others = np.ones(probes.numbers.shape, np.bool_)
    others[places, probes.gold] = False
    center, spread = _fit(right, np.concatenate([probes.numbers[others], strangers]))
    before = reciprocal_ranks(probes.base, probes.gold)
    weight, after = 0.0, before
    for tried in WEIGHTS.reranker_weights[1:] if spread > 0 else ():
        both = probes.base + np.float32(tried) * _leaning(probes.numbers, center, spread)
        found = reciprocal_ranks(both.astype(np.float32), probes.gold)
        if found.mean() > after.mean() and _beyond_chance(found - before):
            weight, after = tried, found
    return Reranking(
        weight=weight,
        center=center,
        spread=spread or 1.0,
        probes=count,
        found_without=float(before.mean()),
        found_with=float(after.mean()),
    )


class AskedReranker:
    """A re-ranker as a search asks it: what it said of a question is kept for a while."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._said: OrderedDict[str, dict[int, float]] = OrderedDict()

    def numbers(
        self, question: str, rows: NDArray[np.int64], read: Callable[[list[int]], list[Passage]]
    ) -> Floats:
        """The numbers ``(n,)`` of the passages at *rows*, which *read* gives."""
        known = self._said.setdefault(question, {})
        self._said.move_to_end(question)
        new = [row for row in rows.tolist() if row not in known]
        if new:
            entries = [entry_of(row, passage) for row, passage in zip(new, read(new), strict=True)]
            given = self._reranker.rerank(question, entries)
            known.update(zip(new, map(float, given), strict=True))
        if len(self._said) > WEIGHTS.reranked_kept:
            self._said.popitem(last=False)
        return np.array([known[row] for row in rows.tolist()], np.float32)


def entry_of(row: int, passage: Passage) -> TextEntry:
    """The passage at *row*, as a re-ranker is given it."""
    return TextEntry(row, passage.search_text, passage.context, passage.language)


def _leaning(numbers: Floats, center: float, spread: float) -> Floats:
    """Twice the chance that a passage answers, less one: -1 to 1."""
    found: Floats = np.tanh((numbers - np.float32(center)) / np.float32(2 * spread))
    return found


def _beyond_chance(gains: Floats) -> bool:
    """Whether the mean of *gains* ``(P,)`` is worth having, and twice its standard error."""
    error = gains.std() / max(1, len(gains)) ** 0.5
    return bool(gains.mean() >= max(WEIGHTS.reranker_gain, 2 * error))


def _fit(right: Floats, wrong: Floats) -> tuple[float, float]:
    """Where a logistic curve between *right* and *wrong* numbers has its middle, and its spread.

    Both count alike, however many they are.  The spread is 0 where the right are not the higher.
    """
    numbers = np.concatenate([right, wrong]).astype(np.float64)
    mean, scale = float(numbers.mean()), float(numbers.std())
    if not scale > 0 or not len(right) or not len(wrong):
        return mean, 0.0
    place = np.stack([(numbers - mean) / scale, np.ones(len(numbers))])
    answer = np.concatenate([np.ones(len(right)), np.zeros(len(wrong))])
    counts = np.where(answer == 1, 0.5 / len(right), 0.5 / len(wrong))
    curve = np.zeros(2)
    for _ in range(WEIGHTS.curve_steps):
        chance = 1 / (1 + np.exp(-np.clip(curve @ place, -30, 30)))
        slope = place @ (counts * (answer - chance)) - WEIGHTS.curve_ridge * curve
        bend = (place * (counts * chance * (1 - chance))) @ place.T
        bend += WEIGHTS.curve_ridge * np.eye(2)
        step = np.linalg.solve(bend, slope)
        curve += step
        if float(np.abs(step).max()) < 1e-9:
            break
    if curve[0] <= 0:
        return mean, 0.0
    return mean - scale * float(curve[1] / curve[0]), scale / float(curve[0])


def without_sentence(passage: Passage, start: int, end: int) -> TextEntry:
    """*passage* without the characters from *start* to *end* of it, which are in no generation."""
    text = f"{passage.text[:start]} {passage.text[end:]}"
    return TextEntry(-1, " ".join(text.split()), passage.context, passage.language)


def numbers_of(reranker: Reranker, question: str, entries: Sequence[TextEntry]) -> Floats:
    """What *reranker* says of *entries*, ``(n,)``."""
    return np.asarray(reranker.rerank(question, entries), np.float32)
