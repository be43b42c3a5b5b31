"""Sharding: to which shard a source belongs, and where each document of the whole stands.

A generation in shards is read as one.  Its documents have one order, the same as if there were
no shards, and so have its passages and its vectors: *rows of the whole*.  A row of the whole is
a shard and a row there; this module is the way from the one to the other.

A source belongs to a shard by the hash of its path.  A document's own id is known only when its
source has been read, and by its path each shard is a plain run over some of the files.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.workspace.arrays import load_array

Rows = NDArray[np.int64]

_PLACE = np.dtype([("shard", "<u2"), ("passages", "<u4"), ("sentences", "<u4")])


def shard_of(path: str, shards: int) -> int:
    """The shard, of so many *shards*, that the source at *path* belongs to."""
    if shards == 1:
        return 0
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % shards


def shard_name(number: int) -> str:
    """The name of the folder of shard *number*."""
    return f"{number:03d}"


@dataclass(frozen=True)
class ShardMap:
    """Where each document stands, in the order of the whole.

    ``shard`` int64 ``(documents,)`` is the shard of each; ``passages`` and ``sentences`` are
    how many it has.  The documents of a shard stand in one order there and in the whole.
    """

    shards: int
    shard: Rows
    passages: Rows
    sentences: Rows

    @cached_property
    def first_rows(self) -> Rows:
        """The first row of each document, then one past the last."""
        return _firsts(self.passages)

    @cached_property
    def first_sentences(self) -> Rows:
        """The number of the first sentence of each document, then one past the last."""
        return _firsts(self.sentences)

    @cached_property
    def numbers(self) -> tuple[Rows, ...]:
        """The numbers in the whole of each shard's documents."""
        return tuple(np.flatnonzero(self.shard == number) for number in range(self.shards))

    @cached_property
    def _own(self) -> Rows:
        """The number of each document within its shard."""
        own = np.empty(len(self.shard), np.int64)
        for numbers in self.numbers:
            own[numbers] = np.arange(len(numbers))
        return own

    @cached_property
    def _own_rows(self) -> Rows:
        """The first row of each document within its shard."""
        return self._within(self.passages)

    @cached_property
    def _own_sentences(self) -> Rows:
        """The first sentence of each document within its shard."""
        return self._within(self.sentences)

    def _within(self, sizes: Rows) -> Rows:
        own = np.empty(len(self.shard), np.int64)
        for numbers in self.numbers:
            own[numbers] = _firsts(sizes[numbers])[:-1]
        return own

    # from the whole to the shards

    def documents(self, numbers: Rows) -> tuple[Rows, Rows]:
        """The shard of each document, and its number there."""
        return self.shard[numbers], self._own[numbers]

    def rows(self, rows: Rows) -> tuple[Rows, Rows]:
        """The shard of each row, and the row there."""
        of = np.searchsorted(self.first_rows, rows, side="right") - 1
        return self.shard[of], self._own_rows[of] + rows - self.first_rows[of]

    def units(self, units: Rows) -> tuple[Rows, Rows]:
        """The shard of each vector of a passage or a sentence, and its number there."""
        total = int(self.first_rows[-1])
        shards, own = np.empty(len(units), np.int64), np.empty(len(units), np.int64)
        whole = units < total
        shards[whole], own[whole] = self.rows(units[whole])
        sentences = units[~whole] - total
        of = np.searchsorted(self.first_sentences, sentences, side="right") - 1
        shards[~whole] = self.shard[of]
        there = self._own_sentences[of] + sentences - self.first_sentences[of]
        own[~whole] = there + self.passages_in[self.shard[of]]
        return shards, own

    @cached_property
    def passages_in(self) -> Rows:
        """How many passages each shard has."""
        counted = [int(self.passages[numbers].sum()) for numbers in self.numbers]
        return np.array(counted, np.int64)

    def sentence_of(self, rows: Rows) -> tuple[Rows, Rows]:
        """Of each of *rows*: its place in its document, and the first sentence of that.

        A row past the last is the first of a document past the last.
        """
        of = np.searchsorted(self.first_rows, rows, side="right") - 1
        return rows - self.first_rows[of], self.first_sentences[of]

    # from a shard to the whole

    def rows_of(self, shard: int) -> Rows:
        """The row of the whole of each row of *shard*."""
        numbers = self.numbers[shard]
        sizes = self.passages[numbers]
        shift = self.first_rows[numbers] - self._own_rows[numbers]
        return np.arange(int(sizes.sum())) + np.repeat(shift, sizes)

    def whole_rows(self, shard: int, rows: Rows) -> Rows:
        """The rows of the whole of some *rows* of *shard*."""
        numbers = self.numbers[shard]
        own = self._own_rows[numbers]
        of = np.searchsorted(own, rows, side="right") - 1
        found: Rows = self.first_rows[numbers[of]] + rows - own[of]
        return found

    def whole_units(self, shard: int, units: Rows) -> Rows:
        """The numbers in the whole of some vectors of *shard*."""
        here = int(self.passages_in[shard])
        found = np.empty(len(units), np.int64)
        whole = units < here
        found[whole] = self.whole_rows(shard, units[whole])
        numbers = self.numbers[shard]
        own = self._own_sentences[numbers]
        sentences = units[~whole] - here
        of = np.searchsorted(own, sentences, side="right") - 1
        there = self.first_sentences[numbers[of]] + sentences - own[of]
        found[~whole] = there + int(self.first_rows[-1])
        return found

    def split(self, shards: Rows, own: Rows) -> list[Rows]:
        """*own*, rows or numbers in their shards, by shard, in their order."""
        return [own[shards == number] for number in range(self.shards)]

    # in a file

    def save(self, path: Path) -> None:
        """Write it to *path*."""
        table = np.empty(len(self.shard), _PLACE)
        table["shard"], table["passages"] = self.shard, self.passages
        table["sentences"] = self.sentences
        np.save(path, table)

    @classmethod
    def load(cls, path: Path, shards: int) -> ShardMap:
        """Read what ``save`` wrote.  Raises ``StoreError``."""
        try:
            table = load_array(path)
            if table.dtype != _PLACE or (len(table) and table["shard"].max() >= shards):
                raise ValueError("not the places of documents")
        except (OSError, ValueError, EOFError) as error:
            raise StoreError(f"{path}: {error}; `docproc index` makes it again") from None
        return cls(shards, *(table[name].astype(np.int64) for name in _PLACE.names or ()))


def _firsts(sizes: Rows) -> Rows:
    firsts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=firsts[1:])
    return firsts
