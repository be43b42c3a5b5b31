"""Several shards asked at once, where each is open in another process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cached_property
from typing import TypeVar

from docproc.errors import ShardsSilent
from docproc.retrieval.weights import WEIGHTS

T = TypeVar("T")


class ShardThreads:
    """Does several things at once, each in a thread that waits for another process."""

    def __call__(self, steps: Sequence[Callable[[], T]]) -> list[T]:
        """What each of *steps* gives, in order.

        Raises what they raise; where shards are silent, one ``ShardsSilent`` of all of them, so
        that none is waited for twice.
        """
        if len(steps) < 2:
            return [step() for step in steps]
        running = [self._pool.submit(copy_context().run, step) for step in steps]
        found: list[T] = []
        silent: list[ShardsSilent] = []
        for one in running:
            try:
                found.append(one.result())
            except ShardsSilent as error:
                silent.append(error)
        if silent:
            raise ShardsSilent(str(silent[0]), frozenset().union(*(each.shards for each in silent)))
        return found

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(WEIGHTS.shards_at_once, thread_name_prefix="shards")
