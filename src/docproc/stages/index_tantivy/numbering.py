"""The numbers by which the index knows its rows, and the language of each.

A row's number stays from generation to generation, while rows close up where others went; so
nothing in a segment need change when a document is removed.  Numbers rise with the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass

NUMBERS, LANGUAGES = "numbers.npy", "languages.npy"
_NUMBERS_KEPT = np.dtype("<i8")
_OF_A_SHARD = 40
"""Bits of a number that tell the rows of one shard apart."""


@dataclass(frozen=True, slots=True)
class RowNumbering:
    """``numbers`` int64 ``(n,)``, rising; ``languages`` uint8 ``(n,)``, places in ``names``.

    ``next`` is a number that no row had yet.  ``None`` as a name: a language not stemmed.
    """

    numbers: NDArray[np.int64]
    languages: NDArray[np.uint8]
    names: tuple[str | None, ...]
    next: int

    @classmethod
    def nothing(cls, shard: int = 0) -> RowNumbering:
        """That of an empty index; the numbers of two shards are never the same."""
        return cls(np.empty(0, np.int64), np.empty(0, np.uint8), (), shard << _OF_A_SHARD)

    def __len__(self) -> int:
        return len(self.numbers)

    def keeping(self, kept: NDArray[np.bool_]) -> RowNumbering:
        """The rows *kept* ``(n,)`` alone."""
        return RowNumbering(self.numbers[kept], self.languages[kept], self.names, self.next)

    def number(self, row: int) -> int:
        """The number of a new *row*, when all rows before the first new one stay."""
        return self.next + row - len(self)

    def adding(self, rows: Sequence[int], languages: Sequence[str | None]) -> RowNumbering:
        """With new *rows*, in any order, and the language of each."""
        names = list(dict.fromkeys([*self.names, *languages]))
        codes = {name: code for code, name in enumerate(names)}
        found = np.array([codes[language] for language in languages], np.uint8)
        new = np.arange(self.next, self.next + len(rows))
        return RowNumbering(
            np.concatenate([self.numbers, new]),
            np.concatenate([self.languages, found[np.argsort(rows)]]),
            tuple(names),
            self.next + len(rows),
        )

    def counts(self) -> Counter[str | None]:
        """How many rows are in each language."""
        counted = np.bincount(self.languages, minlength=len(self.names)).tolist()
        return Counter({n: c for n, c in zip(self.names, counted, strict=True) if c})

    def save(self, folder: Path) -> None:
        """Write the two arrays into *folder*."""
        np.save(folder / NUMBERS, self.numbers.astype(_NUMBERS_KEPT, copy=False))
        np.save(folder / LANGUAGES, self.languages)
