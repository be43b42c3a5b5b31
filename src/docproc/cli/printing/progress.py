"""Progress on standard error: bars on a terminal, sparse lines elsewhere, or JSON lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docproc.text.output import indent, json_text, one_line

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import Task, TaskID

    from docproc.pipeline.monitoring.progress import Progress

_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def make_progress(*, json: bool = False, asking: bool = False) -> Iterator[Progress]:
    """The progress for standard error; *asking* allows it to ask for a password."""
    if json:
        yield JsonLines()
        return
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as RichProgress
    from rich.text import Text

    from docproc.rendering.console import console_for

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=console_for(sys.stderr), transient=True) as bars:
        yield Bars(bars, asking and sys.stdin is not None and sys.stdin.isatty())


class Bars:
    """A bar a step, gone when the run is over."""

    def __init__(self, bars: RichProgress, asking: bool = False) -> None:
        self._bars, self._asking = bars, asking
        self._task: TaskID | None = None

    def start(self, step: str, total: int, before: int = 0) -> None:
        self._finish()
        self._task = self._bars.add_task(step, total=max(total, 1), completed=before)

    def advance(self, units: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, units)

    def fail(self, path: str, cause: str) -> None:
        self.say(one_line(f"{path}: {cause}"))

    def say(self, line: str) -> None:
        self._bars.console.print(indent(line), markup=False, highlight=False)

    def secret(self, question: str) -> str | None:
        if not self._asking:
            return None
        from getpass import getpass

        self._bars.stop()  # or it would draw over what is typed
        try:
            return getpass(question, stream=sys.stderr)
        except EOFError:
            return None
        finally:
            self._bars.start()

    def _finish(self) -> None:
        if self._task is not None:
            self._bars.remove_task(self._task)


class Lines:
    """A line when a step takes long, and one for whatever is worth it."""

    def __init__(self) -> None:
        self._step, self._total, self._done, self._before = "", 0, 0, 0
        self._begun = self._said = time.monotonic()

    def start(self, step: str, total: int, before: int = 0) -> None:
        self._step, self._total, self._done, self._before = step, total, before, before
        self._begun = self._said = time.monotonic()

    def advance(self, units: int = 1) -> None:
        self._done += units
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN_LINES and self._done < self._total:
            self._said = now
            self.tell((self._done - self._before) / (now - self._begun))

    def tell(self, rate: float) -> None:
        left = (self._total - self._done) / rate
        self.say(
            f"{self._step}: {self._done:,} of {self._total:,}, "
            f"{rate:,.1f} a second, {_clock(left)} left"
        )

    def fail(self, path: str, cause: str) -> None:
        self.say(one_line(f"{path}: {cause}"))

    def say(self, line: str) -> None:
        print(indent(line), file=sys.stderr, flush=True)

    def secret(self, question: str) -> str | None:  # noqa: ARG002 - there is nobody to ask
        return None


class JsonLines(Lines):
    """An object a line for anyone who gathers logs: ``time``, ``event`` and what belongs to it."""

    def start(self, step: str, total: int, before: int = 0) -> None:
        super().start(step, total, before)
        self._write("step", step=step, total=total, **({"done": before} if before else {}))

    def tell(self, rate: float) -> None:
        left = (self._total - self._done) / rate
        self._write(
            "progress",
            step=self._step,
            done=self._done,
            total=self._total,
            rate=round(rate, 2),
            seconds_left=round(left),
        )

    def fail(self, path: str, cause: str) -> None:
        self._write("failed", path=path, cause=cause)

    def say(self, line: str) -> None:
        self._write("message", message=line)

    def _write(self, event: str, **about: object) -> None:
        _log(event, about)


def log_end(report: Mapping[str, object]) -> None:
    """Log how a run ended, whatever ended it, as the last line of JSON."""
    told = ("command", "outcome", "exit code", "generation", "error", "seconds")
    _log("ended", {name.replace(" ", "_"): report[name] for name in told if name in report})


def _log(event: str, about: Mapping[str, object]) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = json_text({"time": now, "event": event, **about})
    print(line, file=sys.stderr, flush=True)


def _clock(seconds: float) -> str:
    """*seconds* as ``h:mm:ss``, the way the bars say it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
