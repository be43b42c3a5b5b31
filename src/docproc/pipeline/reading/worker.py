"""A worker process: reads one file after another within its limits, and dies of none but its own.

Run as ``python -P -m docproc.pipeline.reading.worker ADDRESS ARGUMENT SECONDS MEGABYTES``: the
function at ADDRESS (``"package.module:attribute"``), called with ARGUMENT, gives the ``Reader``.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from docproc.errors import DocprocError, Encrypted
from docproc.pipeline.reading.draw_pages import draw_pages, in_folder
from docproc.pipeline.reading.files_beside import FilesBeside
from docproc.pipeline.reading.read import Reader, load
from docproc.pipeline.reading.soundness import UNSENDABLE
from docproc.pipeline.reading.worker_messages import Job, Reply, explain_unencodable, receive, send
from docproc.pipeline.scan import FoundFile
from docproc.text.output import install_safe_streams

_GRACE = 30.0
"""Seconds after which a worker that nobody stops any more, its parent gone, stops itself."""

_SPENT = 0.5
"""Of the memory allowed; a worker that has come to hold so much makes way for a fresh one."""

_OBJECTS = 50_000
"""So many objects more than before are made until Python looks for unreachable ones; a file of
text makes thousands, and by itself Python looks each 700, a tenth of the time of reading."""

_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


def main(address: str, argument: str, seconds: str, megabytes: str) -> None:
    """Answer jobs on standard input until it ends."""
    gc.set_threshold(_OBJECTS, 20, 20)
    jobs, replies = _channels()
    _die_with_parent()
    _limit_memory(int(megabytes))
    module, _, attribute = address.partition(":")
    reader: Reader | None = None
    while job := receive(jobs, Job):
        with _Alarm(float(seconds) + _GRACE):
            try:
                if reader is None:
                    reader = getattr(import_module(module), attribute)(argument)
                    reader = replace(reader, tell=lambda name: send(replies, _reply_begun(name)))
                reply = _answer(reader, job)
            except MemoryError:
                reply = Reply(cause=out_of_memory(int(megabytes)), spent=True)
            except Encrypted as error:
                reply = Reply(cause=str(error), encrypted=True)
            except DocprocError as error:
                reply = Reply(cause=str(error))
        spent = reply.spent or _megabytes_used() > _SPENT * int(megabytes)
        _reply(replies, reply, spent)


def out_of_memory(megabytes: int) -> str:
    """The words for a file that needs more memory than it may have."""
    return f"reading it takes more than {megabytes:,} MB of memory (limits.megabytes)"


def _reply_begun(parser: str) -> Reply:
    """Told before *parser* runs, for a caller who only learns that this process ended."""
    return Reply(parser=parser, begun=True)


def _answer(reader: Reader, job: Job) -> Reply:
    if job.passwords:
        reader = reader.with_passwords(job.passwords)
    if job.source is not None and job.drawing is not None:
        drawing = job.drawing
        beside = in_folder(Path(drawing.file), Path(drawing.root), reader.limits)
        joined = FilesBeside(Path(drawing.file), reader.limits).read
        spans = [drawing.span]
        pages, more = draw_pages(
            reader.choose, job.source, job.data, drawing.member, spans, beside, joined
        )
        return Reply(source=job.source, pages=tuple(pages), more=more)
    if job.source is not None:
        file = Path(job.file) if job.file else None
        parser, documents = reader.parse(job.source, job.data, file)
        return Reply(parser=parser, documents=tuple((document, ()) for document in documents))
    source, data = load(FoundFile(job.path, Path(job.file), job.size, 0))
    reading = reader.read(source, data, Path(job.file))
    return Reply(
        source=reading.source,
        parser=reading.parser,
        documents=reading.documents,
        unread=reading.unread,
        encrypted=reading.encrypted,
        nested=reading.nested,
        beside=reading.beside,
    )


def _reply(replies: BinaryIO, reply: Reply, spent: bool) -> None:
    try:
        send(replies, _with(reply, spent))
    except UNSENDABLE as error:
        send(replies, Reply(cause=explain_unencodable(error)))


def _with(reply: Reply, spent: bool) -> Reply:
    import msgspec

    return msgspec.structs.replace(reply, spent=spent)


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Input for jobs and output for replies; what a library prints goes to standard error."""
    jobs = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, errors="replace")
    install_safe_streams()
    sys.stdout = sys.stderr
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    logging.lastResort = None
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run that is interrupted ends its workers
    return jobs, replies


def _die_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _limit_memory(megabytes: int) -> None:
    """Bound the address space, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass


def _megabytes_used() -> float:
    """The memory held now, or 0; ``ru_maxrss`` would begin with what the parent held."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, AttributeError):
        return 0.0


class _Alarm:
    """Ends the process by the system's own clock, even while a library holds the interpreter."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._set: Callable[..., object] | None = getattr(signal, "setitimer", None)

    def __enter__(self) -> None:
        if self._set:
            self._set(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        if self._set:
            self._set(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
