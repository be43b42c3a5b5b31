"""Where in the archive a quotation may stand: runs of three words that both have.

The runs of the draft's quotations are collected first, and the archive's texts stream past them
once, as arrays of numbers: time goes with the size of the archive, hardly with the number of
quotations.  The runs are all kept, not a sample of them as by winnowing (Schleimer, Wilkerson,
Aiken 2003): a draft is small, and a short quotation has few.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.checking.words import fold, raw_words

RUN = 3
"""Words in a run; a quotation of fewer words is too short to be looked for."""
KEPT = 6
"""Documents kept for each quotation: those with the most runs in common along one line."""
MOST_WHOLE = 40
"""Further documents kept, that have every run of a quotation: one of them may be the one cited."""
_MOST, _FAR = 0.8, 0.5
"""With so much of a quotation's runs a document has the quotation, and another with so much less of
them has it not."""
_TIMES = 40
"""Times that one run of words is looked at in a quotation, and in a document of many such runs:
what says the same three words over and over is found by the first of them."""
_PAIRS = 1_000_000
"""Runs of a document and of the draft that are held together at once without leaving any out."""
_BAND = 16
"""Words by which an insertion or an omission may shift what is still counted together."""
_SPAN = 1 << 24
_A, _B = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)

Ids = NDArray[np.uint64]


class Candidates:
    """The documents that share runs of words with each of *quoted*, folded words each."""

    def __init__(self, quoted: Sequence[Sequence[str]]) -> None:
        vocabulary = dict.fromkeys(word for words in quoted for word in words)
        self._ids = {word: number for number, word in enumerate(vocabulary, 1)}
        self._raw: dict[str, int] = {}
        self._best: list[list[tuple[int, str]]] = [[] for _ in quoted]
        self._whole: list[list[str]] = [[] for _ in quoted]
        self._counts: list[int] = []
        runs, which, places = [], [], []
        for number, words in enumerate(quoted):
            made = _runs(np.array([self._ids[word] for word in words], np.uint64))
            kept = _first_of_each(made)
            runs.append(made[kept])
            self._counts.append(len(kept))
            which.append(np.full(len(kept), number, np.int64))
            places.append(kept)
        every = np.concatenate(runs) if runs else np.empty(0, np.uint64)
        order = np.argsort(every, kind="stable")
        self._runs = every[order]
        self._which = np.concatenate(which)[order] if runs else np.empty(0, np.int64)
        self._places = np.concatenate(places)[order] if runs else np.empty(0, np.int64)

    def look(self, documents: Iterable[tuple[str, str]]) -> None:
        """Let *documents* (id and text) stream past."""
        for identity, text in documents:
            ids = self._numbers(raw_words(text))
            if len(ids) < RUN or not len(self._runs):
                continue
            runs = _runs(ids)
            known = np.flatnonzero((ids[:-2] > 0) & (ids[1:-1] > 0) & (ids[2:] > 0))
            first = np.searchsorted(self._runs, runs[known], "left")
            last = np.searchsorted(self._runs, runs[known], "right")
            counts = last - first
            if int(counts.sum()) > _PAIRS:
                kept = _first_of_each(runs[known])
                known, first, counts = known[kept], first[kept], counts[kept]
            if not counts.any():
                continue
            at = np.repeat(known, counts)
            total = int(counts.sum())
            offsets = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
            entry = np.repeat(first, counts) + offsets
            line = (at - self._places[entry] + _SPAN // 2) // _BAND
            lines, votes = np.unique(self._which[entry] * _SPAN + line, return_counts=True)
            self._keep(identity, lines // _SPAN, votes)

    def of(self, number: int) -> list[str]:
        """The likeliest documents of quotation *number*, without those of far fewer of its runs."""
        best: dict[str, int] = {}
        for votes, identity in self._best[number]:
            best[identity] = max(votes, best.get(identity, 0))
        most = max(best.values(), default=0)
        least = most * _FAR if most >= _MOST * self._counts[number] else 0
        found = sorted(
            (each for each, votes in best.items() if votes >= least),
            key=lambda each: (-best[each], each),
        )
        return [*found, *(each for each in self._whole[number] if each not in best)]

    def share(self, number: int) -> float:
        """Of the runs of quotation *number*, the part that one document has along one line."""
        most = max((votes for votes, _ in self._best[number]), default=0)
        return most / max(1, self._counts[number])

    def in_order(self) -> list[int]:
        """The quotations, those together whose likeliest document is the same."""
        first = [(self.of(number) or [""])[0] for number in range(len(self._best))]
        return sorted(range(len(first)), key=lambda number: (first[number], number))

    def _numbers(self, words: list[str]) -> Ids:
        known, ids = self._raw, self._ids
        numbers = []
        for word in words:
            number = known.get(word)
            if number is None:
                number = known[word] = ids.get(fold(word), 0)
            numbers.append(number)
        return np.array(numbers, np.uint64)

    def _keep(self, identity: str, which: NDArray[np.int64], votes: NDArray[np.int64]) -> None:
        best: dict[int, int] = {}
        for quotation, count in zip(which.tolist(), votes.tolist(), strict=True):
            best[quotation] = max(count, best.get(quotation, 0))
        for quotation, count in best.items():
            heap, whole = self._best[quotation], self._whole[quotation]
            if count >= self._counts[quotation] and len(whole) < MOST_WHOLE:
                whole.append(identity)
            if len(heap) < KEPT:
                heapq.heappush(heap, (count, identity))
            elif count > heap[0][0]:
                heapq.heapreplace(heap, (count, identity))


def _first_of_each(runs: Ids) -> NDArray[np.int64]:
    """The places of *runs* without those where one stands for more than the ``_TIMES``th time."""
    if len(runs) <= _TIMES:
        return np.arange(len(runs), dtype=np.int64)
    order = np.argsort(runs, kind="stable")
    ordered = runs[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[begins, len(ordered)])
    rank = np.arange(len(ordered)) - np.repeat(begins, lengths)
    return np.sort(order[rank < _TIMES]).astype(np.int64)


def _runs(ids: Ids) -> Ids:
    """One number for each run of ``RUN`` words."""
    if len(ids) < RUN:
        return np.empty(0, np.uint64)
    with np.errstate(over="ignore"):
        made: Ids = (ids[:-2] * _A + ids[1:-1]) * _B + ids[2:]
    return made
