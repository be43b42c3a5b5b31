"""Vector indexes that lie elsewhere, and do not answer: a question goes on without, and says so.

While a question is answered (:func:`tolerate_silence`) an index that is silent finds nothing, and
it is noted; anyone else who asks it has the error.  Silence is no damage: it is tried again with
the next question, a few seconds later at the earliest, so that one that hangs is not waited for
at every search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from docproc.dataclass_on_use import dataclass
from docproc.errors import IndexSilent
from docproc.hooks.indexes import VectorHits
from docproc.hooks.vector_rows import RowScope, ScopedVectorIndex
from docproc.retrieval.weights import WEIGHTS


@dataclass
class Silences:
    """Which vector indexes were asked for a question, by their folders, and which were silent."""

    asked: set[str] = field(default_factory=set)
    silent: dict[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> tuple[int, int] | None:
        """How many of how many answered, where not all of them did; else ``None``."""
        return (len(self.asked) - len(self.silent), len(self.asked)) if self.silent else None

    def remarks(self) -> tuple[str, ...]:
        """That some were silent, in words for a person."""
        if not self.silent:
            return ()
        there, count = len(self.asked) - len(self.silent), len(self.asked)
        why = min(self.silent.values())
        if not there:
            return (f"Searched the words only: the vector index did not answer ({why}).",)
        return (
            f"The vector index answered for {there} of {count} shards; the words of all were "
            f"searched ({why}).",
        )


_NOTED: ContextVar[Silences | None] = ContextVar("silences", default=None)


@contextmanager
def tolerate_silence() -> Iterator[Silences]:
    """Let searches go on without an index that is silent; it is noted in what is yielded."""
    noted = Silences()
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def silence_noted() -> bool:
    """Whether an index was silent since ``tolerate_silence`` was entered."""
    noted = _NOTED.get()
    return noted is not None and bool(noted.silent)


def is_resting(silent_since: float, now: float) -> bool:
    """Whether what was silent then is not to be asked yet."""
    return now - silent_since < WEIGHTS.silent_seconds


class PatientIndex:
    """A vector index, called *name*, that *opening* opens: again and again, while it is silent."""

    def __init__(
        self,
        name: str,
        opening: Callable[[], ScopedVectorIndex],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._opening = opening
        self._clock = clock
        self._index: ScopedVectorIndex | None = None
        self._silence: tuple[float, IndexSilent] | None = None
        try:
            self._index = opening()
        except IndexSilent as error:
            self._silence = clock(), error

    @property
    def elsewhere(self) -> bool:
        """Whether to ask it is to wait for another process."""
        return self._index is None or bool(getattr(self._index, "elsewhere", False))

    def check(self) -> None:
        """Raise ``IndexSilent`` where it did not answer when it was last tried."""
        if self._silence is not None:
            raise self._silence[1]

    def search(self, vector: NDArray[np.float32], k: int, scope: RowScope | None) -> VectorHits:
        """The *k* nearest rows of *scope*; none where it is silent, and that is tolerated."""
        noted = _NOTED.get()
        if noted is None:
            return self._search(vector, k, scope)
        noted.asked.add(self._name)
        try:
            return self._search(vector, k, scope)
        except IndexSilent as error:
            noted.silent[self._name] = str(error)
            return VectorHits(np.zeros(0, np.float32), np.zeros(0, np.int64))

    def _search(self, vector: NDArray[np.float32], k: int, scope: RowScope | None) -> VectorHits:
        if self._silence is not None and is_resting(self._silence[0], self._clock()):
            raise self._silence[1]
        try:
            if self._index is None:
                self._index = self._opening()
            found = self._index.search(vector, k, scope)
        except IndexSilent as error:
            self._silence = self._clock(), error
            raise
        self._silence = None
        return found
