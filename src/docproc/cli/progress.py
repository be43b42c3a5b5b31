"""Progress on standard error: bars on a terminal, sparse lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from docproc.pipeline.progress import Progress

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def watching() -> Iterator[Progress]:
    """Yield the progress that suits standard error."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield Bars(bars)


class Bars:
    """A bar a step, gone when the run is over."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, step: str, total: int) -> None:
        self._finish()
        self._task = self._bars.add_task(step, total=max(total, 1))

    def advance(self, units: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, units)

    def failed(self, path: str, cause: str) -> None:
        self.say(f"{path}: {cause}")

    def say(self, line: str) -> None:
        self._bars.console.print(line, markup=False, highlight=False)

    def _finish(self) -> None:
        if self._task is not None:
            self._bars.remove_task(self._task)


class Lines:
    """A line when a step takes long, and one for whatever is worth it."""

    def __init__(self) -> None:
        self._step, self._total, self._done, self._said = "", 0, 0, time.monotonic()

    def start(self, step: str, total: int) -> None:
        self._step, self._total, self._done, self._said = step, total, 0, time.monotonic()

    def advance(self, units: int = 1) -> None:
        self._done += units
        if time.monotonic() - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = time.monotonic()
            self.say(f"{self._step}: {self._done:,} of {self._total:,}")

    def failed(self, path: str, cause: str) -> None:
        self.say(f"{path}: {cause}")

    def say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)
