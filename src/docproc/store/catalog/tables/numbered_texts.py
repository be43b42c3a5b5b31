"""Texts as the numbers of their runs (``docproc.text.terms.runs``), packed and unpacked.

A packed text is its numbers without repetition, rising, each as its distance from the one before,
in groups of seven bits of which all but a number's last have the eighth set (LEB128): a byte and a
half a run.  Runs that are met early are frequent, and have low numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass

Numbers = NDArray[np.int64]
_MORE = 0x80


@dataclass(frozen=True, slots=True)
class NumberedTexts:
    """Texts as *numbers* of runs, one text after another; text n has ``counts[n]`` of them."""

    numbers: Numbers
    counts: Numbers
    languages: Sequence[str | None]

    @property
    def owners(self) -> Numbers:
        """For each of *numbers*, which text it is of."""
        return np.repeat(np.arange(len(self.counts)), self.counts)


def pack(numbers: Iterable[int]) -> bytes:
    """*numbers*, from 0, as they are kept."""
    packed, last = bytearray(), 0
    for number in sorted(set(numbers)):
        step, last = number - last, number
        while step >= _MORE:
            packed.append(step & (_MORE - 1) | _MORE)
            step >>= 7
        packed.append(step)
    return bytes(packed)


def unpack(packed: Sequence[bytes], languages: Sequence[str | None]) -> NumberedTexts:
    """The texts that are kept as *packed*.  Raises ``ValueError`` for one that is cut short."""
    data = np.frombuffer(b"".join(packed), np.uint8)
    sizes = np.array([len(each) for each in packed], np.int64)
    ends = np.cumsum(sizes)
    last = data < _MORE
    if not last[ends[sizes > 0] - 1].all():
        raise ValueError("numbers of runs are cut short")
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(last)])
    counts = before[ends] - before[ends - sizes]
    closing = np.flatnonzero(last)
    opening = np.concatenate([np.zeros(1, np.int64), closing[:-1] + 1])[: len(closing)]
    place = np.arange(len(data)) - np.repeat(opening, closing - opening + 1)
    groups = (data & (_MORE - 1)).astype(np.int64) << (7 * np.minimum(place, 8))
    steps = np.add.reduceat(groups, opening) if len(opening) else np.zeros(0, np.int64)
    summed = np.concatenate([np.zeros(1, np.int64), np.cumsum(steps)])
    firsts = np.cumsum(counts) - counts
    return NumberedTexts(summed[1:] - np.repeat(summed[firsts], counts), counts, languages)
