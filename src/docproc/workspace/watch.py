"""What came from elsewhere is read in a process of its own, which the one that was started watches.

Indexes and models are read by libraries in C++, Rust and C.  A file that was made for it can end
the process that reads it, take all memory, or never let it come to an end; no check of ours finds
each such file.  So a command over a workspace that the user has neither made nor allowed goes on
in a fork.  That notes which file it is reading, in memory that both share; when it dies of it, the
process that waits says which file it was, and ends as for any damaged one.

Only the command line does this, and only where there is ``fork``: not on Windows, and
not for ``docproc.open()`` in a program of one's own.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from docproc.errors import StoreError
from docproc.workspace.allowed import is_known

SECONDS = 120
"""The longest that opening an index, or one search in it, may take in such a process."""
_SIZE = 4096
_PR_SET_PDEATHSIG = 1
_OF_A_FAULT = ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGSYS", "SIGTRAP")
_HANDED_ON = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")

_page: mmap.mmap | None = None
_depth = 0
_last: Path | None = None
_lock = threading.Lock()


def watched() -> bool:
    """Whether this is a process that another watches."""
    return _page is not None


def last_read() -> Path | None:
    """What a watched process read last of the indexes and models; ``None`` in any other."""
    return _last


def apart(root: Path) -> None:
    """Go on in a watched process, where the workspace at *root* came from elsewhere.

    The process that was started does not return from here: it waits, hands on signals, and ends
    as the other one did.  It raises ``StoreError`` where a file was the death of that.
    """
    global _page
    alone = hasattr(os, "fork") and threading.active_count() == 1
    if not alone or watched() or is_known(root):
        return
    sys.stdout.flush()
    sys.stderr.flush()
    page = mmap.mmap(-1, _SIZE)
    waited = {signal.SIGCHLD} | {
        number
        for name in _HANDED_ON
        if signal.getsignal(number := getattr(signal, name)) is not signal.SIG_IGN
    }  # not what `nohup` ignores
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waited)
    parent, child = os.getpid(), os.fork()
    if child:
        _wait(child, page, waited)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    _page = page
    _limit(parent)


@contextlib.contextmanager
def reading(path: Path, *, briefly: bool = False) -> Iterator[None]:
    """Note, in a watched process, that the file or folder at *path* is being read.

    *briefly*: for at most ``SECONDS``, or the process ends.
    """
    global _depth, _last
    if _page is None:
        yield
        return
    _last = path
    with _lock:
        before, _page[:] = _page[:], os.fsencode(path)[: _SIZE - 1].ljust(_SIZE, b"\0")
        _depth += briefly
        if briefly and _depth == 1:
            signal.alarm(SECONDS)  # and no handler: it ends the process, whatever that is doing
    try:
        yield
    finally:
        with _lock:
            _page[:] = before
            _depth -= briefly
            if briefly and not _depth:
                signal.alarm(0)


def _limit(parent: int) -> None:
    """Leave no core, take no more memory than there is, and end with the process that watches."""
    import resource

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_DATA, memory)):
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, hard))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it went meanwhile
            os.kill(os.getpid(), signal.SIGTERM)


def _wait(child: int, page: mmap.mmap, waited: set[int]) -> NoReturn:
    """Hand on each signal among *waited*, which are blocked, until *child* ends; end as it did."""
    signal.signal(signal.SIGCHLD, lambda *_: None)  # what has no handler may be thrown away
    status = 0
    while True:
        number = signal.sigwait(waited)
        if number != signal.SIGCHLD:
            # what was typed at the terminal came to both
            if not (number in (signal.SIGINT, signal.SIGQUIT) and _in_front()):
                os.kill(child, number)
            continue
        ended, status = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
        if ended and not os.WIFSTOPPED(status):
            break
        if ended:  # a suspended chat: so is this, until both go on
            os.kill(os.getpid(), signal.SIGSTOP)
            os.kill(child, signal.SIGCONT)
    if not os.WIFSIGNALED(status):
        raise SystemExit(os.waitstatus_to_exitcode(status))
    path = os.fsdecode(page[:].rstrip(b"\0"))
    if why := _fault(signal.Signals(os.WTERMSIG(status)), path):
        raise StoreError(
            f"{path or 'the indexes'}: {why}. This workspace came from elsewhere, and the file is "
            "damaged, or was made to do that; without embeddings/, `docproc index` makes "
            "everything again from the sources"
        )
    _die_of(os.WTERMSIG(status))


def _fault(number: signal.Signals, path: str) -> str | None:
    """What a file did, where it was the death of the process; ``None`` for another's signal."""
    if number == signal.SIGALRM:
        return f"was still being read after {SECONDS} seconds, and that was ended"
    if number.name in _OF_A_FAULT:
        return f"ended the process that read it ({number.name})"
    if number == signal.SIGKILL and path:
        return "was being read when the process was killed, as where memory runs out"
    return None


def _die_of(number: int) -> NoReturn:
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)
    raise SystemExit(128 + number)


def _in_front() -> bool:
    """Whether this process is one that the terminal's keys reach."""
    terminal: Any = None
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        if terminal is not None:
            os.close(terminal)
