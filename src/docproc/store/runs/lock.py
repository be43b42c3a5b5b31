"""One writer at a time.

The lock is the operating system's own (``flock``, or ``LockFileEx`` on Windows, through
filelock), so it goes when its process goes, however that ends: a crash never blocks the
next run.  Who holds it stands in a file beside it, for the message to anyone who comes
second; that file alone locks nothing.

A process forked while the lock is held would hold it too: start workers with ``spawn`` or
``forkserver``.  Where a network file system has no locks of its own, filelock falls back
to a lock by the existence of a file, and says so in a warning.
"""

from __future__ import annotations

import contextlib
import os
import platform
from datetime import UTC, datetime

import filelock
import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError, TryLater
from docproc.store.files.durable import make_folder, remove_file, write_atomically, writing
from docproc.store.layout import Layout


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: process, machine, and since when (UTC, ISO 8601)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class WriterLock:
    """``with WriterLock(layout, wait=0):`` holds the one writer's lock of *layout*.

    *wait* is in seconds.  Raises ``TryLater``, naming the holder, if the lock is still taken
    when they have passed; ``StoreError`` if the folder cannot be written to.
    """

    def __init__(self, layout: Layout, wait: float = 0) -> None:
        self._layout = layout
        self._wait = max(wait, 0)
        # not per thread: a run may be started in one and ended in another
        self._lock: filelock.BaseFileLock = filelock.FileLock(layout.lock, thread_local=False)

    def __enter__(self) -> WriterLock:
        with writing(self._layout.lock):
            make_folder(self._layout.root)
            self._check_file()
            try:
                self._acquire()
            except filelock.Timeout:
                raise TryLater(self._say_taken()) from None
        since = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        holder = Holder(os.getpid(), platform.node(), since)
        try:
            write_atomically(self._layout.holder, msgspec.json.encode(holder))
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            remove_file(self._layout.holder)
        self._lock.release()

    def _check_file(self) -> None:
        """Raise ``StoreError`` where the file to lock is another's: filelock 3 empties it."""
        with contextlib.suppress(FileNotFoundError):
            state = self._layout.lock.lstat()
            if state.st_nlink > 1 and state.st_size:
                raise StoreError(
                    f"{self._layout.lock}: a second name of some other file, for docproc's own is "
                    "empty; remove it"
                )

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=self._wait)
        except NotImplementedError:  # filelock 3, on a file system without locks
            self._lock = filelock.SoftFileLock(self._layout.lock, thread_local=False)
            self._lock.acquire(timeout=self._wait)

    def _say_taken(self) -> str:
        holder = read_holder(self._layout)
        by = f" by {holder}" if holder else ""
        waited = f" for all of {self._wait:g} s" if self._wait else ""
        return (
            f"{self._layout.root} is being written{by}{waited}; "
            "try again later (readers are not disturbed)"
        )


def read_holder(layout: Layout) -> Holder | None:
    """Who wrote that they hold the lock, if anyone; only taking it tells whether it is held."""
    try:
        return msgspec.json.decode(layout.holder.read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return None
