"""Answers over shards that readers elsewhere have open: from those that answer, where some do not.

A question in which a reader is silent is asked once more, without its shard; what is said of it is
what is said of a shard that is damaged, with the reason.  A few seconds later the shard is asked
again.  Anything else that a silent reader is asked for is an error: a document that is not found
because nobody looked is never said not to be there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from docproc.errors import ShardsSilent
from docproc.records import Answer, Citation, Scope
from docproc.retrieval.answers.answering import EVERYTHING, Answering
from docproc.retrieval.calibrating.evaluation import Ranked
from docproc.retrieval.generation.silent_indexes import is_resting

T = TypeVar("T")
Silence: TypeAlias = dict[int, tuple[float, str]]
"""By shard: when its reader was found silent, and what was said."""


class PatientAnswering(Answering):
    """Answers as *whole* does, and as what *without* makes of the shards that are left."""

    def __init__(
        self,
        whole: Answering,
        without: Callable[[frozenset[int], str], Answering],
    ) -> None:
        self._whole = whole
        self._without = without
        self._silent: Silence = {}
        self._left: dict[frozenset[int], Answering] = {}

    def ask(
        self,
        question: str,
        *,
        limit: int,
        scope: Scope = EVERYTHING,
        every: bool = False,
        as_typed: bool = False,
    ) -> Answer:
        return self._patiently(
            lambda answering: answering.ask(
                question, limit=limit, scope=scope, every=every, as_typed=as_typed
            )
        )

    def search(
        self, question: str, *, limit: int, scope: Scope = EVERYTHING
    ) -> tuple[Citation, ...]:
        return self._whole.search(question, limit=limit, scope=scope)

    def trial(self, question: str) -> tuple[list[Ranked], float, bool]:
        return self._whole.trial(question)

    def find_date(self, question: str, citation: Citation) -> Citation | None:
        return self._patiently(lambda answering: answering.find_date(question, citation))

    def find_place(self, citation: Citation) -> Citation | None:
        return self._patiently(lambda answering: answering.find_place(citation))

    def _patiently(self, ask: Callable[[Answering], T]) -> T:
        """What *ask* gives of the shards that answer.  Raises ``ShardsSilent`` where none does."""
        silent = self._resting()
        while True:
            try:
                return ask(self._without_shards(silent))
            except ShardsSilent as error:
                if not error.shards - silent.keys():
                    raise
                found = dict.fromkeys(error.shards, (time.monotonic(), str(error)))
                self._silent |= found
                silent |= found

    def _resting(self) -> Silence:
        """The shards that were silent a moment ago."""
        now = time.monotonic()
        resting = {s: told for s, told in self._silent.items() if is_resting(told[0], now)}
        self._silent = resting
        return dict(resting)

    def _without_shards(self, silent: Silence) -> Answering:
        if not silent:
            return self._whole
        shards, (_, why) = frozenset(silent), min(silent.values())
        if shards not in self._left:
            self._left[shards] = self._without(shards, why)
        return self._left[shards]
