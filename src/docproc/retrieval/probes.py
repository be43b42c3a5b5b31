"""Probes: questions made from the corpus's own text, which need no one to label them.

* *Cloze probes*: a sentence asks for the passage that it was taken out of (the inverse cloze
  task: Lee, Chang and Toutanova, "Latent Retrieval", ACL 2019).  How often the vectors alone
  find it, against how often the words alone do, is the corpus's *readability*.
* *Spliced probes*: half of a phrase of one document and half of one of another, asked of the
  corpus without these two documents.  Nothing answers them, though every word is the
  corpus's own: what most of them stay under is the floor.

What is drawn for a text is drawn by that text alone: the same corpus gives the same probes, and
nearly the same corpus nearly the same.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from docproc.retrieval.evidence import K1, Floats, idf

SPLICED: Final = 800
"""Spliced probes at most."""
_B: Final = 0.75


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
    norms = K1 * (1 - _B + _B * lengths / lengths.mean())
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
        weights[term] = rarity, rows, rarity * often * (K1 + 1) / (often + norms[rows])
    scores = np.zeros((len(asking), len(passages)), np.float32)
    for probe, (terms, owner) in enumerate(zip(asking, owners, strict=True)):
        for term, asked in Counter(terms).items():
            if term in weights:
                _, rows, gives = weights[term]
                scores[probe, rows] += asked * gives
        rest = counts[owner] - Counter(terms)
        length = max(lengths[owner] - len(terms), 1.0)
        norm = K1 * (1 - _B + _B * length / lengths.mean())
        scores[probe, owner] = sum(
            weights[t][0] * rest[t] * (K1 + 1) / (rest[t] + norm) for t in terms if rest[t] > 0
        )
    return scores


def lot(text: str) -> random.Random:
    """A source of chance that is the same for the same *text*, everywhere."""
    return random.Random(text)  # noqa: S311 - a sample, not a secret


def phrases(sentences: Sequence[str], count_words: Callable[[str], int]) -> list[tuple[int, str]]:
    """A phrase of 3 to 7 content words from each sentence that has so many: (sentence, phrase)."""
    found: list[tuple[int, str]] = []
    for number, sentence in enumerate(sentences):
        draw = lot(sentence)
        tokens = sentence.split()
        wanted = draw.randint(3, 7)
        start = draw.randrange(len(tokens)) if tokens else 0
        end = start
        while (start > 0 or end < len(tokens)) and count_words(
            " ".join(tokens[start:end])
        ) < wanted:
            start, end = (start, end + 1) if end < len(tokens) else (start - 1, end)
        phrase = " ".join(tokens[start:end])
        if count_words(phrase) >= 3:
            found.append((number, phrase.strip(" ,.;:()[]\"'")))
    return found


def splice(
    found: Sequence[tuple[int, str]], holders: Sequence[frozenset[int]], most: int = SPLICED
) -> list[tuple[str, frozenset[int]]]:
    """Probes: a first half joined to a stranger's second half, and the documents that hold either.

    *holders* gives the documents of each sentence that ``phrases`` was given.  Each phrase is
    joined to the next one, then to the one after that, until there are *most*.
    """
    probes: list[tuple[str, frozenset[int]]] = []
    for step in range(1, len(found)):
        for (one, first), (two, second) in zip(found, [*found[step:], *found[:step]], strict=True):
            if len(probes) >= most:
                return probes
            if holders[one].isdisjoint(holders[two]):
                head, tail = first.split(), second.split()
                text = " ".join(head[: len(head) // 2] + tail[len(tail) // 2 :])
                probes.append((text, holders[one] | holders[two]))
    return probes
