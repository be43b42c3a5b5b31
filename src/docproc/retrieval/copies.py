"""Copies: passages that say the same, of which one is shown and the others are named.

Two passages are copies where their words are the same, and near-copies where they share nearly
all runs of three words (Broder, "On the Resemblance and Containment of Documents", 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docproc.records import Passage
from docproc.text.terms import terms

NEAR: Final = 0.8
"""The share of runs of three words that near-copies have in common."""
FEWEST: Final = 8
"""Words: what is shorter (a signature, "Sir,") is alike and no copy."""
_RUN: Final = 3


def copies_among(passages: Sequence[Passage]) -> list[tuple[int, tuple[int, ...]]]:
    """The number of each passage that is shown, with the numbers of its copies; in their order."""
    shown: list[tuple[int, list[int], frozenset[tuple[str, ...]]]] = []
    for number, passage in enumerate(passages):
        runs = _runs(passage.search_text)
        of = next((each for each in shown if _alike(each[2], runs)), None) if runs else None
        if of is None or passages[of[0]].document_id == passage.document_id:
            shown.append((number, [], runs))
        else:
            of[1].append(number)
    return [(number, tuple(copies)) for number, copies, _ in shown]


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of *text*; none where it is too short to tell."""
    words = terms(text, None)
    if len(words) < FEWEST:
        return frozenset()
    return frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    smaller, larger = sorted((len(one), len(other)))
    if smaller < NEAR * larger:
        return False
    common = len(one & other)
    return common >= NEAR * (len(one) + len(other) - common)
