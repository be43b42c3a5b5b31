"""Budget: stop cleanly before the time, or the memory, that a run was given is spent.

A run asks between two pieces of work, so what was begun is finished and kept.  What costs
hours, reading and embedding, stops while one more piece still fits; but each run does one,
however long it took to start, so that any number of short ones comes to an end.  What comes
after cannot be kept half done: a run that had nothing left to embed finishes, even if that
takes longer, for no later run could do it in less.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from docproc.dataclass_on_use import dataclass
from docproc.errors import TryLater, UsageError
from docproc.pipeline.monitoring.progress import Progress, Recorded

STOPPABLE = ("reading", "embedding")
"""The steps within which a run may stop."""
FINISHING = "indexing"
"""The first step after the last of those."""


def memory_held() -> int:
    """The bytes of memory that this process holds now."""
    import psutil

    return int(psutil.Process().memory_info().rss)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may spend: *seconds* from now, *memory* in bytes; ``None``: no limit."""

    seconds: float | None = None
    memory: int | None = None


class BudgetedProgress(Recorded):
    """Progress that raises ``TryLater`` past the *budget*; *clock* and *held* are for tests."""

    def __init__(
        self,
        inner: Progress,
        budget: Budget,
        clock: Callable[[], float] = time.monotonic,
        held: Callable[[], int] = memory_held,
    ) -> None:
        super().__init__(inner, clock)
        self._budget, self._now, self._held = budget, clock, held
        self._begun = self._last = clock()
        self._longest = 0.0

    def start(self, step: str, total: int, before: int = 0) -> None:
        super().start(step, total, before)
        self._longest, self._last = 0.0, self._now()
        if step in STOPPABLE or (step == FINISHING and self.units_done("embedding")):
            self._check()

    def advance(self, units: int = 1) -> None:
        super().advance(units)
        now = self._now()
        self._longest, self._last = max(self._longest, now - self._last), now
        step = self.steps[-1]
        if step.name in STOPPABLE and step.done < step.total:
            self._check()

    def _check(self) -> None:
        seconds, memory = self._budget.seconds, self._budget.memory
        idle = not any(step.own for step in self.steps if step.name in STOPPABLE)
        spent = self._last - self._begun + self._longest
        if seconds is not None and spent > seconds and not idle:
            raise TryLater(f"the budget of {seconds:,.0f} s is spent: {self.say_kept()}")
        if memory is not None and (held := self._held()) > memory:
            what = f"the process holds {held / 1e6:,.0f} MB, over the {memory / 1e6:,.0f} MB"
            if idle:
                raise UsageError(
                    f"{what} of --max-memory before anything was done: "
                    "no run can do with so little; give it more"
                )
            raise TryLater(f"{what} of --max-memory: {self.say_kept()}")

    def say_kept(self) -> str:
        """What the next run will not have to do again, in words."""
        stands = "what was published stands, and the next run goes on"
        for name, done in (("embedding", "texts were embedded"), ("reading", "sources were read")):
            if total := max((each.total for each in self.steps if each.name == name), default=0):
                return f"{self.units_done(name):,} of {total:,} {done} and are kept; {stands}"
        return stands
