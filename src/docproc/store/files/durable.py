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

No path is followed through a link: see :mod:`docproc.store.files.folders`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from docproc.errors import StoreError
from docproc.store.files.folders import Folder, find_foreign_files
from docproc.text.patterns import compile_on_use
from docproc.workspace.links import is_link

_BLOCK = 1 << 20
_LARGE = 16 << 20
_MOMENT = 60.0
"""In seconds: after them a large file is read again when its checksum is wanted."""
_SUMS: dict[tuple[int, int, int, int], tuple[str, float]] = {}
_BINARY = getattr(os, "O_BINARY", 0)
_ASIDE = compile_on_use(r"\.(.+)\.\d+\.[0-9a-f]{8}")


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


def explain_no_room(error: BaseException | None, folder: Path) -> str | None:
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
        if is_link(path):
            continue
        if path.is_dir():
            fsync_folder(path)
        else:
            fsync_file(path)
    fsync_folder(folder)


def make_folder(folder: Path) -> None:
    """Create *folder* and its parents, durably.  Raises ``OSError``, for a link among them too."""
    try:
        Folder(folder).__exit__(None, None, None)
    except FileNotFoundError:
        if folder == folder.parent:
            raise
        make_folder(folder.absolute().parent)
        with Folder(folder.absolute().parent) as parent:
            parent.make(folder.name)
            parent.flush()


def replace(source: Path, target: Path) -> None:
    """Rename *source* over *target*, at once and durably.  Raises ``OSError``."""
    with Folder(source.parent) as origin, Folder(target.parent) as into:
        origin.replace(source.name, target.name, into)
        into.flush()


def write_atomically(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write *data* to *path*: a reader, and a crash, find the old bytes or the new ones.

    A link of that name is replaced, and what it leads to stays as it is.  *mode* is of a
    new file, less the process's mask.  Raises
    ``StoreError`` naming *path* and the cause; the old file then stands.
    """
    aside = f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}"
    with writing(path):
        make_folder(path.parent)
        with Folder(path.parent) as folder:
            try:
                descriptor = folder.open(
                    aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode
                )
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    flush(file.fileno())
                folder.replace(aside, path.name)
                folder.flush()
            except BaseException:
                with contextlib.suppress(OSError):
                    folder.remove(aside)
                raise


def is_leftover(name: str, of: Callable[[str], bool]) -> bool:
    """Whether *name* is what ``write_atomically`` left, killed, of a file whose name is *of*."""
    found = _ASIDE.fullmatch(name)
    return found is not None and of(found[1])


def remove_file(path: Path) -> bool:
    """Remove the file or link at *path*; whether there was one.  Raises ``OSError``."""
    try:
        with Folder(path.parent) as folder:
            folder.remove(path.name)
    except FileNotFoundError:
        return False
    return True


def hard_link_or_copy(source: Path, target: Path) -> Literal["link", "copy"]:
    """Make *target* a second name of *source*, or a copy; neither may be written to again."""
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
    """The SHA-256 of the file at *path*, in hexadecimal digits.

    A large one that was read a moment ago, under this name or that of another link, is not read
    once more: a model of 90 MB is checked at each of four steps of a first index.
    """
    with path.open("rb", buffering=0) as file:
        facts = os.fstat(file.fileno())
        name = (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)
        known, read = _SUMS.get(name, ("", -_MOMENT))
        if time.monotonic() - read < _MOMENT:
            return known
        digest = hashlib.sha256()
        while block := file.read(_BLOCK):
            digest.update(block)
        after = os.fstat(file.fileno())
    found = digest.hexdigest()
    if facts.st_size >= _LARGE and after.st_mtime_ns == facts.st_mtime_ns:
        _SUMS.clear()  # one at a time is large enough to matter
        _SUMS[name] = found, time.monotonic()
    return found


def remove_tree(folder: Path) -> bool:
    """Remove *folder* and all below it, and follow no link; whether all of it went."""
    try:
        with Folder(folder.parent) as parent:
            return parent.remove_tree(folder.name)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def remove_own_files(folder: Path, ours: Callable[[str], bool]) -> list[Path]:
    """Remove *folder*, where all its files are *ours*; else leave it, and return the others.

    *ours* is asked for the path of each file from *folder*, with ``/``.
    """
    others = find_foreign_files(folder, ours)
    if not others:
        remove_tree(folder)
    return others


def describe_remaining(folder: Path, others: list[Path]) -> str:
    """That *folder* was to be removed, and why it stays: *others* lie in it."""
    more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
    return f"left: {folder}: docproc did not write {others[0].relative_to(folder)}{more}"


def folder_size(folder: Path) -> int:
    """The bytes of all files below *folder*; a hard-linked file counts in full."""
    plain = (path for path in folder.rglob("*") if path.is_file() and not is_link(path))
    return sum(path.stat().st_size for path in plain)
