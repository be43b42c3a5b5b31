"""What ``index`` and ``reembed`` have in common: limits, progress, logs and the run's report."""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options.arguments import parse_duration, parse_size
from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError, ExitCode, Interrupted, StoreError, TryLater, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docproc.operations.application import Application
    from docproc.pipeline.monitoring.budget import BudgetedProgress
    from docproc.pipeline.monitoring.progress import Progress, Recorded
    from docproc.pipeline.publishing.publish import Gate
    from docproc.pipeline.runs.run import RunReport
    from docproc.workspace import Workspace


class LogFormat(StrEnum):
    """How a run tells of itself on standard error."""

    TEXT = "text"
    JSON = "json"


BudgetOption = Annotated[
    float | None,
    typer.Option(
        "--budget", metavar="TIME", parser=parse_duration,
        help="Stop cleanly within this time, such as 2h or 90m; exit code 75.",
    ),
]  # fmt: skip
MemoryOption = Annotated[
    int | None,
    typer.Option(
        "--max-memory", metavar="SIZE", parser=parse_size,
        help="Stop cleanly when the process holds more, such as 4G; exit code 75.",
    ),
]  # fmt: skip
NiceOption = Annotated[
    int | None,
    typer.Option("--nice", min=0, max=19, help="Lower the priority: 19 gives way the most."),
]
ThreadsOption = Annotated[
    int | None,
    typer.Option(
        "--threads",
        min=1,
        help="How many threads compute; else OMP_NUM_THREADS, or as many as are free.",
    ),
]
WaitOption = Annotated[
    float | None,
    typer.Option(
        "--wait", metavar="TIME", parser=parse_duration,
        help="How long to wait for another run to end, such as 10m; else exit code 75 at once.",
    ),
]  # fmt: skip
GateOption = Annotated[
    Path | None,
    typer.Option(
        "--gate", metavar="QUESTIONS.jsonl",
        help="Publish only if these golden questions are answered as well; else exit code 8.",
    ),
]  # fmt: skip
NoGateOption = Annotated[
    bool, typer.Option("--no-gate", help="Publish whatever the gate of config.toml would say.")
]
ToleranceOption = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="How far a figure of the gate may fall; else config.toml's."),
]
LogOption = Annotated[
    LogFormat, typer.Option("--log-format", help="Text for people, or a JSON object a line.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of every run: what it may spend, whether it may publish, how it reports."""

    budget: BudgetOption = None
    max_memory: MemoryOption = None
    nice: NiceOption = None
    threads: ThreadsOption = None
    wait: WaitOption = None
    gate: GateOption = None
    no_gate: NoGateOption = False
    tolerance: ToleranceOption = None
    log_format: LogOption = LogFormat.TEXT

    def judge(self, application: Application) -> Gate | None:
        """The gate that the options and config.toml mean.  Raises ``UsageError``."""
        if self.no_gate:
            if self.gate is not None:
                raise UsageError("--gate and --no-gate exclude each other: give one of them")
            return None
        from docproc.operations.writing.gate import make_gate

        return make_gate(application, self.gate, self.tolerance)


@dataclass
class Run:
    """One run: told to do something with a progress, and reported whatever becomes of it."""

    command: str
    workspace: Workspace
    options: RunOptions = RunOptions()
    asks: bool = False
    """Whether a person at the terminal may be asked for the password of a source."""

    def report(self, work: Callable[[Progress], RunReport], *, json: bool) -> int:
        """Do *work*, say how it went, keep the report of it; return the exit code."""
        from docproc.cli.options.shared_options import print_line
        from docproc.cli.printing.progress import log_end, make_progress
        from docproc.pipeline.monitoring.budget import Budget, BudgetedProgress

        self.limit()
        began, begun = datetime.now(UTC), time.monotonic()
        about: dict[str, Any] = {"command": self.command, "outcome": "failed"}
        code: int = ExitCode.UNEXPECTED
        recorded = None
        logs = self.options.log_format is LogFormat.JSON
        try:
            with _stop_on_sigterm(), make_progress(json=logs, asking=self.asks) as progress:
                budget = Budget(self.options.budget, self.options.max_memory)
                recorded = BudgetedProgress(progress, budget)
                done = _within(recorded, work)
                about |= done.as_dict()
                code = ExitCode.PARTIAL if done.failures else ExitCode.DONE
            if not json:
                progress.say(done.summary())
        except BaseException as error:
            code, outcome = _outcome(error)
            about |= {"outcome": outcome, "error": str(error)}
            about |= {"gate": details} if (details := getattr(error, "details", None)) else {}
            if logs and isinstance(error, DocprocError):
                error.told = True
            raise
        finally:
            about |= self._circumstances(began, begun, code, recorded)
            if logs:
                log_end(about)
            self._keep(about)
            if json:
                print_line(about)
        return code

    def _circumstances(
        self, began: datetime, begun: float, code: int, recorded: Recorded | None
    ) -> dict[str, Any]:
        from docproc import __version__
        from docproc.workspace.processors import threads_of_environment

        return {
            "exit code": int(code),
            "steps": recorded.as_list() if recorded else [],
            "began": began.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "seconds": round(time.monotonic() - begun, 3),
            "docproc": __version__,
            "host": platform.node(),
            "pid": os.getpid(),
            "threads": threads_of_environment(),
            "last success": self._last_success(began, code),
        }

    def _last_success(self, began: datetime, code: int) -> dict[str, Any] | None:
        """When a run last ended with 0, this one or an earlier one, and how long ago that was."""
        from docproc.store.layout import Layout
        from docproc.store.runs.reports import describe_age, last_success

        if code == ExitCode.DONE:
            return describe_age(began.isoformat(timespec="seconds").replace("+00:00", "Z"))
        return last_success(Layout(self.workspace.embeddings))

    def _keep(self, about: dict[str, Any]) -> None:
        from docproc.store.layout import Layout
        from docproc.store.runs.reports import write_run

        keep = self.workspace.config.retention.runs
        try:
            write_run(Layout(self.workspace.embeddings), about, keep)
        except StoreError as error:  # a full disk must not hide how the run itself went
            typer.echo(f"docproc: the run's report: {error}", err=True)

    def limit(self) -> None:
        """Give way, and fix how many threads the libraries start, before they are loaded.

        As many as were asked for, by option or by ``OMP_NUM_THREADS``; else as are free now.
        """
        import psutil

        from docproc.workspace.processors import free_processors, threads_of_environment

        process = psutil.Process()
        if self.options.nice is not None:
            process.nice(_niceness(self.options.nice))
        threads = str(self.options.threads or threads_of_environment() or free_processors())
        for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            if self.options.threads or name not in os.environ:
                os.environ[name] = threads


def _niceness(nice: int) -> int:
    """The place in the queue that *nice* means: Windows has classes, and no numbers."""
    if sys.platform != "win32":
        return nice
    import psutil

    return int(psutil.BELOW_NORMAL_PRIORITY_CLASS if nice < 10 else psutil.IDLE_PRIORITY_CLASS)


class _ToldToStop(KeyboardInterrupt):
    """Passes, as Ctrl-C does, anyone who takes an error for a plugin's or a file's own."""


@contextlib.contextmanager
def _stop_on_sigterm() -> Iterator[None]:
    """SIGTERM, by which a service is stopped, ends the run as a spent budget does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise _ToldToStop

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except _ToldToStop:
        raise TryLater("stopped before anything began; the next run goes on") from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _within(progress: BudgetedProgress, work: Callable[[Progress], RunReport]) -> RunReport:
    """Do *work*; where someone stops it, say what is kept of it."""
    try:
        return work(progress)
    except _ToldToStop:
        raise TryLater(f"stopped: {progress.say_kept()}") from None
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted: {progress.say_kept()}") from None


def _outcome(error: BaseException) -> tuple[int, str]:
    """The exit code and the outcome in words of a run that *error* ended."""
    code = error.exit_code if isinstance(error, DocprocError) else ExitCode.UNEXPECTED
    if isinstance(error, KeyboardInterrupt):
        code = ExitCode.INTERRUPTED
    words = {
        ExitCode.TRY_LATER: "try later",
        ExitCode.GATE: "gate failed",
        ExitCode.INTERRUPTED: "interrupted",
    }
    return code, words.get(code, "failed")
