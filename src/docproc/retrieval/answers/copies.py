"""Passages that say the same, of which one is shown and the others are named.

Two passages are copies where their words are the same, and near-copies where they share nearly
all runs of three words (Broder, "On the Resemblance and Containment of Documents", 1997).  What
differs in a figure is no copy: two prices, two days.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from docproc.records import Passage
from docproc.retrieval.weights import WEIGHTS
from docproc.text.patterns import compile_on_use
from docproc.text.terms import terms

_FIGURES: Final = compile_on_use(r"\d+(?:[.,]\d+)*")


def copies_among(passages: Sequence[Passage]) -> list[tuple[int, tuple[int, ...]]]:
    """The number of each passage that is shown, with the numbers of its copies; in their order.

    Of those with the very same words, one that has an archival reference is shown.
    """
    shown: list[tuple[int, list[int]]] = []
    figures = [_FIGURES.findall(passage.text) for passage in passages]
    runs = cache(lambda number: _runs(passages[number].search_text))
    for number, passage in enumerate(passages):
        for first, copies in shown:
            other = passages[first].document_id != passage.document_id
            if other and figures[first] == figures[number] and _alike(runs(first), runs(number)):
                copies.append(number)
                break
        else:
            shown.append((number, []))
    for place, (first, copies) in enumerate(shown):
        cited = (each for each in copies if passages[each].reference and runs(each) == runs(first))
        if not passages[first].reference and (better := next(cited, None)) is not None:
            copies[copies.index(better)] = first
            shown[place] = (better, copies)
    return [(number, tuple(copies)) for number, copies in shown]


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of *text*; none where it is too short to tell."""
    words = terms(text, None)
    if len(words) < WEIGHTS.copy_words:
        return frozenset()
    run = WEIGHTS.copy_run
    return frozenset(tuple(words[i : i + run]) for i in range(len(words) - run + 1))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    smaller, larger = sorted((len(one), len(other)))
    if not smaller or smaller < WEIGHTS.copy * larger:
        return False
    common = len(one & other)
    return common >= WEIGHTS.copy * (len(one) + len(other) - common)
