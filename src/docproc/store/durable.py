"""Writes that are whole or not there at all, and stay after a power cut.

What the promise rests on, and where it is weaker:

- A file's bytes are flushed with ``fsync``; on macOS with ``F_FULLFSYNC``, without which the
  drive may keep them in its own memory.  A file system that does not know ``F_FULLFSYNC``
  gets ``fsync``.
- A name is made durable by flushing its folder.  Windows and some network file systems
  cannot: there, after a power cut, a rename may be found undone, but never half done.
- A file of a generation that did not change is hard-linked; where the file system has no
  hard links it is copied, which costs its size, and loses nothing.
- On Windows a file that another process has open may refuse to be replaced for a moment:
  the replacement is tried again for two seconds.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from docproc.errors import StoreError

_BLOCK = 1 << 20


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` into a ``StoreError`` that names *path* and the cause."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written: {error.strerror or error}; "
            "nothing that was published has changed"
        ) from error


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` into a ``StoreError`` that names *path* and the cause."""
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"{path}: there is no such file") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error


_NEXT_TO_NOTHING = 1 << 16
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def no_room(error: BaseException | None, folder: Path) -> str | None:
    """What *error* says of a disk that is full or lets nothing be written; ``None``: nothing.

    Libraries have errors of their own for it: the system's words may stand in theirs, or
    nothing but that the disk of *folder* is full tells.
    """
    if not isinstance(error, (OSError, RuntimeError, ValueError)):
        return None
    said = [os.strerror(number) for number in _NO_ROOM]
    found = [words for words in said if words in str(error)]
    if not found and shutil.disk_usage(folder).free < _NEXT_TO_NOTHING:
        found = said[:1]
    return found[0] if found else None


def reserve(path: Path) -> None:
    """Give the file at *path* room for all of its size.  Raises ``OSError`` if there is none.

    To write into a mapped file that finds no room kills the process.  Where the platform
    cannot reserve, a full disk still does that, and loses no more than any kill.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        try:
            os.posix_fallocate(file.fileno(), 0, size)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # not on this file system
                raise


def fsync_file(path: Path) -> None:
    """Flush the bytes of the file at *path* to the disk."""
    # Windows flushes only what was opened for writing; elsewhere reading is enough, and a
    # hard-linked file may belong to someone else.
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def flush(descriptor: int) -> None:
    """Flush an open file to the disk, past the drive's own memory where that can be asked."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def fsync_folder(folder: Path) -> None:
    """Make the names in *folder* durable; does nothing where a folder cannot be flushed."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # EINVAL on file systems that flush names themselves
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_tree(folder: Path) -> None:
    """Flush every file and every folder below *folder*, and *folder* itself."""
    for path in folder.rglob("*"):
        if path.is_dir():
            fsync_folder(path)
        else:
            fsync_file(path)
    fsync_folder(folder)


def make_folder(folder: Path) -> None:
    """Create *folder* and its parents, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    fsync_folder(folder.parent)


def replace(source: Path, target: Path) -> None:
    """Rename *source* over *target*, at once and durably."""
    give_up = time.monotonic() + 2
    while True:
        try:
            source.replace(target)
            break
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
    fsync_folder(target.parent)


def write_atomically(path: Path, data: bytes) -> None:
    """Write *data* to *path*: a reader, and a crash, find the old bytes or the new ones.

    Raises ``StoreError`` naming *path* and the cause; the old file then stands.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with writing(path):
        make_folder(path.parent)
        try:
            with aside.open("xb") as file:
                file.write(data)
                file.flush()
                flush(file.fileno())
            replace(aside, path)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise


def hard_link_or_copy(source: Path, target: Path) -> Literal["link", "copy"]:
    """Make *target* a second name of the file *source*, or a copy where that cannot be.

    A link shares the bytes: neither of the two may be written to again.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # another disk, too many links, or a file system without them
        shutil.copyfile(source, target)
        return "copy"
    return "link"


def checksum(path: Path) -> str:
    """The SHA-256 of the file at *path*, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def remove_tree(folder: Path) -> bool:
    """Remove *folder*; whether all of it went.

    Windows keeps a file that some process still reads: what is left goes the next time.
    """
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def size_of(folder: Path) -> int:
    """The bytes of all files below *folder*; a hard-linked file counts in full."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
