"""The files that a user names for results: pages, pictures, rankings, saved conversations.

One rule for all commands: a file that is there is replaced only if the user says so, and nothing
is written among the sources, or into docproc's own folders, whatever the user says.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError, UsageError
from docproc.store.files.durable import write_atomically


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results may be written: not below the *closed* folders; over a file with *force*."""

    closed: tuple[Path, ...] = ()
    force: bool = False

    def check(self, path: Path) -> None:
        """Raise ``UsageError`` where ``write`` would: before the work of which a file is made."""
        folder, state = _look(path)
        if state is not None and stat.S_ISDIR(state.st_mode):
            raise UsageError(f"{path}: a folder; name a file")
        if inside := next((each for each in self.closed if _is_within(folder, each)), None):
            raise UsageError(f"{path}: docproc writes no results into {inside}; name another file")
        if state is not None and _keeps(state) and not self.force:
            raise UsageError(f"{path} exists already; name another file, or say --force")

    def write(self, path: Path, data: bytes, *, mode: int = 0o666) -> None:
        """Write *data* to *path*, whole or not at all.

        With ``force`` a file that is there is replaced; a link is, and not what it leads to.  A
        pipe or a device is written to.  Raises ``UsageError``.
        """
        self.check(path)
        folder, state = _look(path)
        try:
            if state is not None and not _keeps(state):
                path.write_bytes(data)
            elif self.force:
                write_atomically(folder / path.name, data, mode=mode)
            else:
                _create(folder / path.name, data, mode)
        except FileExistsError:
            raise UsageError(f"{path} exists already; name another file, or say --force") from None
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None
        except StoreError as error:
            cause = getattr(error.__cause__, "strerror", None) or str(error)
            raise UsageError(f"{path} cannot be written: {cause}") from None


Write = Callable[[Path, bytes], None]
"""Writes bytes to a file that the user named, as ``Outputs.write`` does."""


def _look(path: Path) -> tuple[Path, os.stat_result | None]:
    """The real folder of *path*, and what stands at *path*; ``None``: nothing.

    Of a link to a pipe or a device, such as ``/dev/stdout``, what it leads to.
    """
    if not path.name:
        raise UsageError(f"{path}: names no file")
    try:
        folder = path.absolute().parent.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise UsageError(f"{path}: there is no such folder") from None
    try:
        state = (folder / path.name).lstat()
    except FileNotFoundError:
        return folder, None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if stat.S_ISLNK(state.st_mode):
        with contextlib.suppress(OSError):
            beyond = path.stat()
            if not _keeps(beyond):
                return folder, beyond
    return folder, state


def _keeps(state: os.stat_result) -> bool:
    """Whether what is written there stays, and takes the place of what was."""
    return stat.S_ISREG(state.st_mode) or stat.S_ISLNK(state.st_mode)


def _is_within(folder: Path, closed: Path) -> bool:
    """Whether *folder* lies in *closed*, under whatever spelling of its name."""
    for each in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            if each.samefile(closed):
                return True
    return False


def _create(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
