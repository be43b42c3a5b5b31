"""Progress: what a run tells anyone who watches it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

from docproc.dataclass_on_use import dataclass


class Progress(Protocol):
    """Told of each step of a run; the commands draw bars or print lines from it."""

    def start(self, step: str, total: int, before: int = 0) -> None:
        """A step (``"reading"``) of *total* units begins, *before* done by an earlier run."""
        ...

    def advance(self, units: int = 1) -> None:
        """So many more units of the step are done."""
        ...

    def fail(self, path: str, cause: str) -> None:
        """A source file could not be read."""
        ...

    def say(self, line: str) -> None:
        """Something worth a line."""
        ...

    def secret(self, question: str) -> str | None:
        """What a person answers, unseen and kept nowhere; ``None`` where there is none to ask."""
        ...


class Silent:
    """Tells nobody."""

    def start(self, step: str, total: int, before: int = 0) -> None: ...
    def advance(self, units: int = 1) -> None: ...
    def fail(self, path: str, cause: str) -> None: ...
    def say(self, line: str) -> None: ...
    def secret(self, question: str) -> str | None: ...


@dataclass(slots=True)
class Step:
    """One step of a run: units done, ``before`` by an earlier run, and how long it has taken."""

    name: str
    total: int
    done: int = 0
    seconds: float = 0.0
    before: int = 0

    @property
    def own(self) -> int:
        """How many units this run did."""
        return self.done - self.before

    def as_dict(self) -> dict[str, Any]:
        """The step as plain values, for JSON."""
        rate = {"a second": round(self.own / self.seconds, 2)} if self.seconds > 0 else {}
        return {
            "step": self.name,
            "total": self.total,
            "done": self.done,
            "seconds": round(self.seconds, 3),
        } | rate


class Recorded:
    """Passes everything on, and remembers the steps for the run's report."""

    def __init__(self, inner: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self.steps: list[Step] = []
        self._inner, self._clock = inner, clock
        self._since = clock()

    def start(self, step: str, total: int, before: int = 0) -> None:
        self._tick()
        self.steps.append(Step(step, total, before, before=before))
        self._inner.start(step, total, before)

    def advance(self, units: int = 1) -> None:
        self._tick()
        if self.steps:
            self.steps[-1].done += units
        self._inner.advance(units)

    def fail(self, path: str, cause: str) -> None:
        self._inner.fail(path, cause)

    def say(self, line: str) -> None:
        self._inner.say(line)

    def secret(self, question: str) -> str | None:
        return self._inner.secret(question)

    def units_done(self, step: str) -> int:
        """How many units of the steps of that name are done."""
        return sum(each.done for each in self.steps if each.name == step)

    def as_list(self) -> list[dict[str, Any]]:
        """The steps so far as plain values, for JSON."""
        return [step.as_dict() for step in self.steps]

    def _tick(self) -> None:
        now = self._clock()
        if self.steps:
            self.steps[-1].seconds += now - self._since
        self._since = now
