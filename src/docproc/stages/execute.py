"""Execute the shards of a run: one after another in this process, or several in processes of
their own.

A worker process that dies (killed, out of memory) is replaced, and what it was at begins again: a
shard keeps what was read and embedded of it, so that costs little twice.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

from docproc.errors import PluginError
from docproc.hooks.execution import Work

_TRIES = 3
"""How often a task may be at hand when a worker process dies, before the run is given up."""


class InProcess:
    """One after another, in this process."""

    def map(self, work: Work, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each of *tasks* and what *work* makes of it."""
        for number, task in enumerate(tasks):
            yield number, work(task)


class WorkerProcesses:
    """Several at once, in so many *processes* of this machine; 0: one for each two cores."""

    def __init__(self, processes: int = 0) -> None:
        self._processes = processes or max(1, (multiprocessing.cpu_count() + 1) // 2)

    def map(self, work: Work, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each of *tasks* and what *work* makes of it, as they are done."""
        left = dict.fromkeys(range(len(tasks)), 0)
        while left:
            pool = ProcessPoolExecutor(
                min(self._processes, len(left)), multiprocessing.get_context("spawn")
            )
            try:
                running = {pool.submit(work, tasks[number]): number for number in left}
                yield from _as_done(running, left)
            except BrokenProcessPool:
                for number in left:
                    left[number] += 1
                if max(left.values()) >= _TRIES:
                    raise PluginError(
                        f"the worker processes of the shards died {_TRIES} times (killed, or out "
                        "of memory?); what was read and embedded is kept: `docproc index` goes on"
                    ) from None
            finally:
                _end(pool)


def _as_done(
    running: Mapping[Future[bytes], int], left: dict[int, int]
) -> Iterator[tuple[int, bytes]]:
    waiting = set(running)
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda each: running[each]):
            result = future.result()
            del left[running[future]]
            yield running[future], result


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of *pool*, whatever they are doing."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        with suppress(OSError):
            process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


def make_in_process(_: Mapping[str, Any]) -> InProcess:
    """The factory of the one."""
    return InProcess()


def make_worker_processes(settings: Mapping[str, Any]) -> WorkerProcesses:
    """The factory of the other; the settings are those of the registration."""
    return WorkerProcesses(settings["processes"])
