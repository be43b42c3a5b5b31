"""Marks of runs between spaces, as numbers: they tell fast that no word of a run is asked for.

A run has the trigrams of its words, their terms, and the keys of its names.  What has too few of
the marks of a question has no word that is like one of the question's, and need not be looked at.
A mark's number is a hash of 16 bits: that two share one makes a run be looked at in vain, never
be passed by.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.text import terms
from docproc.text.names import keys as names

VERSION: Final = (1, terms.VERSION, names.VERSION)
"""Changes whenever the marks of any run would: what is kept of another version is stale."""
MARKS: Final = 32
"""Marks of a run that are looked up; one that has more is always looked at more closely."""

_ALWAYS: Final = 1
_FIRST: Final = 2
_HASHES: Final = 1 << 16
_ENOUGH: Final = 2
_TERM: Final = "\n"  # in no word, and so in no trigram


@dataclass(frozen=True, slots=True)
class AskedMarks:
    """The marks of a question: what each counts, and for which of its words.

    ``weights`` ``(65536,)`` says it of all words together.  Row n of ``of_words`` is of mark
    ``numbers[n]``, which rise: 1 for each word that has it, and last 1 where it is enough by
    itself; one more row is of no mark.  A run needs ``least`` of one of these.
    """

    weights: NDArray[np.uint8]
    numbers: NDArray[np.uint16]
    of_words: NDArray[np.uint8]
    least: NDArray[np.uint8]


def trigrams(word: str) -> list[str]:
    """Character trigrams of a folded *word*, its edges marked."""
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(max(1, len(padded) - 2))]


def weigh_marks(
    words: Sequence[str],
    asked: Collection[str],
    keys: Collection[str] = (),
    least: Sequence[int] = (),
) -> AskedMarks:
    """The marks of a question's *words*, of the terms *asked* for, and of its names' *keys*.

    Words that are alike have two trigrams in common, unless they have but one; and as many as is
    said for each word in *least*.
    """
    enough = len(words)
    marked: dict[int, set[int]] = {_ALWAYS: {enough}}
    for place, word in enumerate(words):
        own = set(trigrams(word))
        for number in map(_number, own):
            marked.setdefault(number, set()).add(place if len(own) > 1 else enough)
    for mark in (*(_TERM + term for term in asked), *keys):
        marked.setdefault(_number(mark), set()).add(enough)
    numbers = sorted(marked)
    of_words = np.zeros((len(numbers) + 1, enough + 1), np.uint8)
    for row, number in enumerate(numbers):
        of_words[row, list(marked[number])] = 1
    weights = np.zeros(_HASHES, np.uint8)
    weights[numbers] = np.where(of_words[:-1, enough], _ENOUGH, 1)
    needed = np.array([*(least or [1] * enough), 1], np.uint8)
    return AskedMarks(weights, np.array(numbers, np.uint16), of_words, needed)


def number_marks(run: str, words: Iterable[tuple[str, str]]) -> list[int]:
    """The numbers of the marks of a *run*, whose *words*, each with its term, are these."""
    found: set[str] = set()
    for word, term in words:
        found.update(trigrams(word))
        found.add(_TERM + term)
    found.update(names.keys_by_run()[run])
    return [_ALWAYS] if len(found) > MARKS else list(map(_number, found))


def mark_runs(runs: Collection[str]) -> NDArray[np.uint16]:
    """The marks of each of *runs* in whatever language: ``(n, MARKS)``, 0 where it has no more."""
    rows = np.zeros((len(runs), MARKS), np.uint16)
    for row, run in enumerate(runs):
        numbers = number_marks(run, terms.words_in_any_language(run))
        rows[row, : len(numbers)] = numbers
    return rows


def have_enough_marks(rows: NDArray[np.integer[Any]], asked: AskedMarks) -> NDArray[np.bool_]:
    """Which of *rows*, as ``mark_runs`` has them, have enough of what is *asked*.

    Most have not two marks of the question; of the others it is counted for each word.
    """
    weighed: NDArray[np.uint8] = np.add.reduce(asked.weights[rows], axis=1, dtype=np.uint8)
    met = weighed >= _ENOUGH
    near = np.flatnonzero(met)
    marks = rows[near]
    at = np.minimum(np.searchsorted(asked.numbers, marks), len(asked.numbers) - 1)
    at[asked.numbers[at] != marks] = len(asked.numbers)
    counted = np.add.reduce(asked.of_words[at], axis=1, dtype=np.uint8)
    met[near] = (counted >= asked.least).any(axis=1)
    return met


def _number(mark: str) -> int:
    return _FIRST + zlib.crc32(mark.encode("utf-8", "surrogatepass")) % (_HASHES - _FIRST)
