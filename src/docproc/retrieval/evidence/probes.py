"""Probes: questions made from the corpus's own text, which need no one to label them.

A sentence asks for the passage that it was taken out of (the inverse cloze task: Lee, Chang and
Toutanova, "Latent Retrieval", ACL 2019).  How often the vectors alone find it, against how often
the words alone do, is the corpus's *readability*.

What is drawn for a text is drawn by that text alone: the same corpus gives the same probes, and
nearly the same corpus nearly the same.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from docproc.retrieval.evidence.score import Floats, idf
from docproc.retrieval.weights import WEIGHTS


def reciprocal_ranks(scores: Floats, gold: NDArray[np.int64]) -> Floats:
    """Reciprocal ranks ``(Q,)`` of *gold* ``(Q,)`` in *scores* ``(Q, N)``; ties count half."""
    own = scores[np.arange(len(gold)), gold][:, None]
    rank = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) - 1) / 2
    found: Floats = (1 / (rank + 1)).astype(np.float32)
    return found


def cloze_vectors(
    sentences: Floats,
    offsets: NDArray[np.int64],
    probes: NDArray[np.int64],
    owners: NDArray[np.int64],
) -> Floats:
    """Vector scores of cloze probes over N passages, ``(Q, N)``.

    *sentences* ``(S, d)`` are of unit norm, passage by passage; *offsets* ``(N,)`` is each
    passage's first; *probes* ``(Q,)`` are rows of *sentences*, *owners* ``(Q,)`` their passages.
    A passage is scored by the mean of its pooled cosine and its best sentence's, the asking
    sentence left out of its own.
    """
    sums = np.add.reduceat(sentences, offsets, axis=0)
    norms = np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
    asked = sentences[probes]
    rows = np.arange(len(probes))
    each = asked @ sentences.T
    each[rows, probes] = -1.0
    best = np.maximum.reduceat(each, offsets, axis=1)
    pooled = asked @ sums.T / norms
    rest = sums[owners] - asked
    pooled[rows, owners] = (rest * asked).sum(axis=1) / np.maximum(
        np.linalg.norm(rest, axis=1), 1e-9
    )
    scores: Floats = ((best + pooled) / 2).astype(np.float32)
    return scores


def cloze_words(
    passages: Sequence[Sequence[str]], asking: Sequence[Sequence[str]], owners: Sequence[int]
) -> Floats:
    """BM25 of cloze probes over N passages, ``(Q, N)``, the asking terms taken out of their own.

    *passages* are the terms of each passage, *asking* those of each probe's sentence.
    """
    counts = [Counter(terms) for terms in passages]
    lengths = np.array([max(len(terms), 1) for terms in passages], np.float64)
    norms = WEIGHTS.k1 * (1 - WEIGHTS.b + WEIGHTS.b * lengths / lengths.mean())
    wanted = set(chain.from_iterable(asking))
    postings: dict[str, tuple[list[int], list[int]]] = {}
    for number, found in enumerate(counts):
        for term in found.keys() & wanted:
            numbers, times = postings.setdefault(term, ([], []))
            numbers.append(number)
            times.append(found[term])
    weights = {}
    for term, (numbers, times) in postings.items():
        rows, often = np.array(numbers), np.array(times, np.float64)
        rarity = float(idf(np.array(len(rows), np.float64), len(passages)))
        weights[term] = rarity, rows, rarity * often * (WEIGHTS.k1 + 1) / (often + norms[rows])
    scores = np.zeros((len(asking), len(passages)), np.float32)
    for probe, (terms, owner) in enumerate(zip(asking, owners, strict=True)):
        for term, asked in Counter(terms).items():
            if term in weights:
                _, rows, gives = weights[term]
                scores[probe, rows] += asked * gives
        rest = counts[owner] - Counter(terms)
        length = max(lengths[owner] - len(terms), 1.0)
        norm = WEIGHTS.k1 * (1 - WEIGHTS.b + WEIGHTS.b * length / lengths.mean())
        scores[probe, owner] = sum(
            weights[t][0] * rest[t] * (WEIGHTS.k1 + 1) / (rest[t] + norm)
            for t in terms
            if rest[t] > 0
        )
    return scores


def chance_of(text: str) -> random.Random:
    """A source of chance that is the same for the same *text*, everywhere."""
    return random.Random(text)  # noqa: S311 - a sample, not a secret
