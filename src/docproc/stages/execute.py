"""Execute the shards of a run: one after another in this process, or several in processes of
their own.

A worker process that dies (killed, out of memory) is replaced, and what it was at begins again: a
shard keeps what was read and embedded of it, so that costs little twice.  Both keep readers of
shards as well: in this process, or each in one of its own, started again where it died.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from threading import Lock
from typing import Any

from docproc.errors import IndexSilent, PluginError
from docproc.hooks.execution import Opening, Work

_TRIES = 3
"""How often a task may be at hand when a worker process dies, before the run is given up."""
_STARTING = 60.0
"""Seconds in which the process of a reader must have opened what it is to answer from."""


class InProcess:
    """One after another, in this process."""

    def map(self, work: Work, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each of *tasks* and what *work* makes of it."""
        for number, task in enumerate(tasks):
            yield number, work(task)

    def host(self, name: str, opening: Opening, task: bytes) -> Work:  # noqa: ARG002
        """What *opening* makes of *task*."""
        return opening(task)


class WorkerProcesses:
    """Several at once, in so many *processes* of this machine; 0: one for each two cores.

    A reader has a process of its own, which a question waits for *patience* seconds.
    """

    def __init__(self, processes: int = 0, patience: float = 5.0) -> None:
        self._patience = patience
        self._readers: dict[str, _ReaderProcess] = {}
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

    def host(self, name: str, opening: Opening, task: bytes) -> Work:
        """A process in which *opening* has opened *task*; it ends with this one."""
        known = self._readers.get(name)
        if known is None or known.made_of != (opening, task):
            if known is not None:
                known.end()
            known = self._readers[name] = _ReaderProcess(opening, task, self._patience)
        return known


class _ReaderProcess:
    """Asks a process that has something open; started when it is first asked, or asked again."""

    def __init__(self, opening: Opening, task: bytes, patience: float) -> None:
        self.made_of = (opening, task)
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None
        self._starting = Lock()

    def __call__(self, request: bytes) -> bytes:
        pool = self._start()
        try:
            return pool.submit(_answer, request).result(self._patience)
        except FutureTimeoutError:
            said = f"nothing within {self._patience:g} s"
        except (
            BrokenProcessPool,
            RuntimeError,
        ) as error:
            said = f"its process is gone ({type(error).__name__})"
        self.end(pool)
        raise IndexSilent(said)

    def end(self, pool: ProcessPoolExecutor | None = None) -> None:
        """End the process, if it is still that of *pool*."""
        with self._starting:
            gone = self._pool
            if gone is None or (pool is not None and pool is not gone):
                return
            self._pool = None
        for process in list((getattr(gone, "_processes", None) or {}).values()):
            process.kill()
        gone.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        with self._starting:
            if self._pool is None:
                spawn = multiprocessing.get_context("spawn")
                pool = ProcessPoolExecutor(1, spawn, _open, self.made_of)
                try:
                    pool.submit(os.getpid).result(_STARTING)  # it opens what it has to
                except (FutureTimeoutError, BrokenProcessPool) as error:
                    _end(pool)
                    raise IndexSilent(f"its process does not start ({error!r})") from error
                self._pool = pool
            return self._pool


_opened: list[Work] = []
"""In the process of a reader: what it has open."""


def _open(opening: Opening, task: bytes) -> None:
    _opened[:] = [opening(task)]


def _answer(request: bytes) -> bytes:
    return _opened[0](request)


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
    return WorkerProcesses(settings["processes"], settings["patience"])
