"""Measure a re-ranker: what it says of cloze probes, and of everyday questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.hooks.indexes import TextEntry
from docproc.hooks.ranking import Reranker
from docproc.records import Passage, Scope
from docproc.retrieval.evidence.calibration import Calibration
from docproc.retrieval.evidence.reranking import (
    RerankedProbes,
    Reranking,
    entry_of,
    measure_reranker,
    numbers_of,
    without_sentence,
)
from docproc.retrieval.evidence.score import Floats, best_bm25
from docproc.retrieval.generation.open_generation import OpenGeneration
from docproc.retrieval.search.search import Searcher
from docproc.retrieval.weights import WEIGHTS


@dataclass(frozen=True, slots=True)
class ClozeScores:
    """Q cloze probes and what the words and the vectors made of each of N passages.

    ``asking`` are the terms of each sentence; ``owners`` ``(Q,)`` is where its passage is
    among *passages*, whose rows are *rows*; the scores are ``(Q, N)``.
    """

    sentences: list[str]
    asking: list[list[str]]
    owners: NDArray[np.int64]
    rows: list[int]
    passages: list[Passage]
    words: Floats
    vectors: Floats

    def base(self, number: int, held: OpenGeneration, measured: Calibration) -> Floats:
        """The evidence ``(N,)`` for each passage that the probe *number* is asked of, nearly."""
        index = held.passage_text
        counts = [float(index.document_frequency(term)) for term in set(self.asking[number])]
        words = self.words[number] / np.float32(best_bm25(counts, index.rows))
        likeness = measured.likeness(self.vectors[number])
        weight = np.float32(measured.weight_of(self.sentences[number]))
        found: Floats = (weight * likeness + words) / (weight + 1)
        return found


def calibrate_reranker(
    held: OpenGeneration,
    measured: Calibration,
    scored: ClozeScores | None,
    everyday: Sequence[str],
) -> Reranking:
    """What the re-ranker of *held* is worth; nothing where there are no probes to tell.

    *measured* is the calibration without it.
    """
    reranker = held.reranker
    if reranker is None or scored is None:
        return Reranking()
    base: list[Floats] = []
    numbers: list[Floats] = []
    gold: list[int] = []
    for number in range(len(scored.sentences)):
        if len(gold) == WEIGHTS.reranker_probes:
            break
        evidence = scored.base(number, held, measured)
        best = np.argsort(-evidence, kind="stable")[: WEIGHTS.reranker_among]
        here = np.flatnonzero(best == scored.owners[number])
        if not len(here) or len(best) < WEIGHTS.reranker_among:
            continue
        entries = [_entry(scored, number, place) for place in best.tolist()]
        base.append(evidence[best])
        numbers.append(numbers_of(reranker, scored.sentences[number], entries))
        gold.append(int(here[0]))
    if len(gold) < WEIGHTS.least_pool:
        return Reranking()
    probes = RerankedProbes(np.stack(base), np.stack(numbers), np.array(gold))
    return measure_reranker(probes, _strangers(held, reranker, measured, everyday))


def _entry(scored: ClozeScores, number: int, place: int) -> TextEntry:
    """The passage at *place*; the probe's own without the sentence that asks."""
    passage, sentence = scored.passages[place], scored.sentences[number]
    start = passage.text.find(sentence) if place == scored.owners[number] else -1
    if start < 0:
        return entry_of(scored.rows[place], passage)
    return without_sentence(passage, start, start + len(sentence))


def _strangers(
    held: OpenGeneration, reranker: Reranker, measured: Calibration, everyday: Sequence[str]
) -> Floats:
    """What it says of the *everyday* questions and of what lies nearest to them."""
    searcher = Searcher(held, measured, read=WEIGHTS.reranker_among)
    found = []
    for question in everyday:
        rows = searcher.search(question, Scope()).rows.tolist()
        passages = held.catalog.passages(rows)
        entries = [entry_of(row, each) for row, each in zip(rows, passages, strict=True)]
        found.append(numbers_of(reranker, question, entries))
    return np.concatenate(found) if found else np.zeros(0, np.float32)
