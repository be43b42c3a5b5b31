"""Folders opened through no link; what is written and removed in them goes by that opening.

A workspace may come from elsewhere, and a zip or a git clone carries links.  So no step of a
path is followed through one: on Linux each is opened by itself (``O_NOFOLLOW``), macOS does it
in one call (``O_NOFOLLOW_ANY``), and what is done then names a file *in* the folder that was
opened (``dir_fd``).  Where a platform has neither (Windows), each step is looked at first: there,
one who may write to the workspace at the same moment could put a link in between.

Paths must be real ones, as ``find_workspace`` gives them.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docproc.workspace.links import is_link

_BY_DESCRIPTOR = (
    hasattr(os, "O_NOFOLLOW")
    and hasattr(os, "O_DIRECTORY")
    and {os.open, os.rename, os.unlink, os.rmdir, os.mkdir, os.stat} <= os.supports_dir_fd
)
_PATH_ONLY = getattr(os, "O_PATH", os.O_RDONLY)
"""How a folder above is opened: on Linux even one that may be passed through and not listed."""


class LinkInPath(OSError):
    """A step of a path is a link."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ELOOP, "a link, and docproc follows none here", str(path))


class Folder:
    """The folder at *path*, opened through no link; a context manager.

    Raises ``LinkInPath`` where a step of *path* is a link, ``OSError`` where there is no folder.
    Every *name* is that of a file or a folder directly in it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._descriptor = _open(self.path)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _at(self, name: str) -> tuple[str, dict[str, Any]]:
        if Path(name).name != name or name in ("", ".", ".."):
            raise ValueError(f"{name!r} is not the name of a file")
        if self._descriptor is None:
            return str(self.path / name), {}
        return name, {"dir_fd": self._descriptor}

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        """A descriptor of the file *name*; raises ``LinkInPath`` where that is a link."""
        at, within = self._at(name)
        if not within and is_link(self.path / name):
            raise LinkInPath(self.path / name)
        try:
            return os.open(at, flags | getattr(os, "O_NOFOLLOW", 0), mode, **within)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise LinkInPath(self.path / name) from None
            raise

    def make(self, name: str) -> None:
        """Make the folder *name*; nothing happens where there is one."""
        at, within = self._at(name)
        try:
            os.mkdir(at, **within)
        except FileExistsError:
            there = os.stat(at, follow_symlinks=False, **within).st_mode
            if stat.S_ISLNK(there) or is_link(self.path / name):
                raise LinkInPath(self.path / name) from None
            if not stat.S_ISDIR(there):
                raise _no_folder(self.path / name) from None

    def replace(self, name: str, other: str, into: Folder | None = None) -> None:
        """Rename *name* to *other*, here or in *into*; Windows may refuse for up to two seconds."""
        at, within = self._at(name)
        to, there = (into or self)._at(other)
        descriptors = {"src_dir_fd": within["dir_fd"]} if within else {}
        descriptors |= {"dst_dir_fd": there["dir_fd"]} if there else {}
        give_up = time.monotonic() + 2
        while True:
            try:
                os.replace(at, to, **descriptors)
                return
            except PermissionError:
                if sys.platform != "win32" or time.monotonic() > give_up:
                    raise
                time.sleep(0.02)

    def remove(self, name: str) -> None:
        """Remove the file *name*, or the link of that name: never what a link leads to."""
        at, within = self._at(name)
        os.unlink(at, **within)

    def remove_tree(self, name: str) -> bool:
        """Remove the folder *name* with all below it, through no link; whether it is gone."""
        at, within = self._at(name)
        if not within and is_link(self.path / name):
            return False
        shutil.rmtree(at, ignore_errors=True, **within)
        try:
            os.stat(at, follow_symlinks=False, **within)
        except FileNotFoundError:
            return True
        return False

    def flush(self) -> None:
        """Make the names in it durable; does nothing where a folder cannot be flushed."""
        if sys.platform == "win32" or self._descriptor is None:
            return
        try:
            os.fsync(self._descriptor)
        except OSError:  # EINVAL on file systems that flush names themselves
            return


def find_foreign_files(folder: Path, ours: Callable[[str], bool]) -> list[Path]:
    """The files and links below *folder* whose path from there, with ``/``, is not *ours*."""
    found: list[Path] = []
    for where, folders, files in os.walk(folder):  # enters no link
        here = Path(where)
        links = [name for name in folders if is_link(here / name)]
        for name in (*files, *links):
            path = here / name
            if is_link(path) or not ours(path.relative_to(folder).as_posix()):
                found.append(path)
    return sorted(found)


def _no_folder(path: Path) -> NotADirectoryError:
    return NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def _open(path: Path) -> int | None:
    """A descriptor of the folder; ``None`` where the platform works by paths alone."""
    if not _BY_DESCRIPTOR:
        for step in (*reversed(path.parents), path):
            if is_link(step):
                raise LinkInPath(step)
        if not path.is_dir():
            why = errno.ENOTDIR if path.exists() else errno.ENOENT
            raise OSError(why, os.strerror(why), str(path))
        return None
    flags = os.O_RDONLY | os.O_DIRECTORY | getattr(os, "O_CLOEXEC", 0)
    if any_step := getattr(os, "O_NOFOLLOW_ANY", 0):
        try:
            return os.open(path, flags | any_step)
        except OSError as error:
            raise LinkInPath(path) if error.errno == errno.ELOOP else error from None
    steps = path.parts
    descriptor = os.open(steps[0], _PATH_ONLY | os.O_DIRECTORY)
    for number, name in enumerate(steps[1:], 2):
        wanted = flags if number == len(steps) else _PATH_ONLY | os.O_DIRECTORY
        try:
            below = os.open(name, wanted | os.O_NOFOLLOW, dir_fd=descriptor)
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.ENOTDIR):
                raise
            step = Path(*steps[:number])
            linked = stat.S_ISLNK(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode)
            raise (LinkInPath(step) if linked else _no_folder(step)) from None
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor
