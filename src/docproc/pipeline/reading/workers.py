"""Workers: files read in processes of their own, so that what kills a parser costs one file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import field
from typing import Any

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.pipeline.reading.worker_messages import Job, Reply, receive, send
from docproc.workspace.processors import usable_processors

_AHEAD = 8
"""Files a worker that may be read before their turn comes: they wait in memory."""


@dataclass(slots=True)
class Workers:
    """Processes that read files, at most ``limits.processes`` at once.

    ``address`` and ``argument`` say how a worker (``worker.py``) makes its reader.  A worker that
    takes too long is killed; one that dies is replaced, and the file it read is tried once more
    in a fresh one, in case an earlier file had harmed it.
    """

    address: str
    argument: str
    limits: Limits
    _idle: list[_Process] = field(default_factory=list)
    _all: set[_Process] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: ThreadPoolExecutor | None = None
    _closed: bool = False

    def each(self, jobs: Iterable[Job]) -> Iterator[Reply]:
        """The reply to each of *jobs*, in their order."""
        count = self.limits.processes or usable_processors()
        if self._threads is None:
            self._threads = ThreadPoolExecutor(count, "docproc-reading")
        waiting: deque[Future[Reply]] = deque()
        for job in jobs:
            waiting.append(self._threads.submit(self.one, job))
            if len(waiting) > count * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def one(self, job: Job) -> Reply:
        """The reply to *job*."""
        worker = self._take()
        used = worker.used
        reply = worker.ask(job, self.limits.seconds)
        if reply.cause is not None and not worker.alive and used and not worker.late:
            worker = self._start()
            reply = worker.ask(job, self.limits.seconds)
        self._give(worker, reply)
        return reply

    def close(self) -> None:
        """End every worker, whatever it is doing."""
        with self._lock:
            self._closed = True
            running = list(self._all)
        for worker in running:
            worker.end()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def _take(self) -> _Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._start()

    def _start(self) -> _Process:
        worker = _Process(self.address, self.argument, self.limits)
        with self._lock:
            self._all.add(worker)
            closed = self._closed
        if closed:
            worker.end()
        return worker

    def _give(self, worker: _Process, reply: Reply) -> None:
        if worker.alive and not reply.spent:
            with self._lock:
                self._idle.append(worker)
            return
        worker.end()
        with self._lock:
            self._all.discard(worker)


class _Process:
    """One worker, and how it ended."""

    def __init__(self, address: str, argument: str, limits: Limits) -> None:
        command = [sys.executable, "-P", "-m", "docproc.pipeline.reading.worker", address, argument]
        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own module
            [*command, str(limits.seconds), str(limits.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # so that the programs it runs end with it
        )
        self.used = False
        self.late = False
        self.alive = True

    def ask(self, job: Job, seconds: float) -> Reply:
        """The reply to *job*, or what became of the worker instead."""
        fresh, self.used = not self.used, True
        timer = threading.Timer(seconds + (_STARTING if fresh else 0.0), self._stop)
        timer.daemon = True
        timer.start()
        reply: Reply | None = None
        parser = ""
        with suppress(
            OSError, ValueError, RecursionError
        ):  # it has died, was ended, or sent rubbish
            send(self._pipe("stdin"), job)
            reply = receive(self._pipe("stdout"), Reply)
            while reply is not None and reply.begun:
                parser = reply.parser
                reply = receive(self._pipe("stdout"), Reply)
        timer.cancel()
        if reply is not None and not reply.begun:
            return reply
        self.end()
        if self.late:
            return Reply(cause=f"reading it takes more than {seconds:g} s (limits.seconds)")
        return Reply(cause=_ending(self._process.returncode, parser))

    def end(self) -> None:
        """Kill it, if it is still there, and close its pipes."""
        self.alive = False
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was still to be sent can be sent no more
                    stream.close()

    def _stop(self) -> None:
        self.late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def _pipe(self, name: str) -> Any:
        return getattr(self._process, name)


_STARTING = 20.0
"""Seconds that a worker's own start may take, beside the file's."""


def _ending(code: int, parser: str) -> str:
    """The words for a worker that ended with *code* instead of replying, while *parser* ran."""
    what = f"the parser {parser!r}, or a library of it," if parser else "what reads it"
    if code == -getattr(signal, "SIGKILL", 9):
        return f"{what} was killed (SIGKILL), as a system does that runs out of memory"
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return f"{what} crashed ({name})"
    return f"{what} ended its process (exit code {code})"
