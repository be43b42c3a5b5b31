"""The query encoders that this machine has exported, in the user's cache: none is made twice.

One folder for each model's fingerprint, as a workspace has it (``encoder_folder``).  A workspace
gets its files as hard links, or copies where those cannot be: 90 MB stand once on a disk, however
many workspaces use them.

Only what docproc's own embedders exported here is put in: an encoder that came with a workspace,
or that a workspace's own plugin made, is never offered to another.  What is taken out is held to
its checksums, and what does not agree is made again.  A folder that others may write to, that
belongs to somebody else, or that is a link is not used.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import filelock

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.store.encoders import encoder_folder
from docproc.store.files.durable import checksum, hard_link_or_copy, make_folder, remove_file
from docproc.store.layout import folder_name
from docproc.workspace.links import is_link
from docproc.workspace.user_folders import user_cache

_WAIT = 300
"""Seconds that a run waits for another one that exports at the same time."""
_LOCK = "lock"
_FOLDER = "encoders-1"
"""Another number whenever an encoder that was exported before will not do any more."""
_PRIVATE = 0o700

Export = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class SharedEncoders:
    """The encoders below *root*; nothing is made before there is something to keep."""

    root: Path

    @classmethod
    def of_user(cls) -> SharedEncoders:
        """Those in the cache of the user; a link above docproc's own folder is the user's."""
        own = user_cache(_FOLDER)
        return cls(own.parent.parent.resolve() / own.parent.name / own.name)

    def folder(self, fingerprint: str) -> Path:
        """Where the encoder of the model with this *fingerprint* lies, if it does."""
        return self.root / folder_name(fingerprint)

    def has(self, fingerprint: str) -> bool:
        """Whether there is one, in a folder that is the user's alone; nothing is read of it."""
        folder = self.folder(fingerprint)
        return _private(self.root) and _private(folder) and bool(encoder_folder.list_files(folder))

    def provide(self, fingerprint: str, into: Path, export: Export) -> str:
        """Put the encoder into the empty folder *into*; return the name of its opener.

        Where there is none, or a damaged one, *export* writes one.  Where the cache cannot be
        used, it writes into *into* itself.  Raises what *export* raises.
        """
        opener = self._take(fingerprint, into)
        if opener is not None:
            return opener
        try:
            make_folder(self.root)
            _close(self.root)
            lock = filelock.FileLock(self.root / _LOCK, mode=0o600)
            lock.acquire(timeout=_WAIT)
        except (OSError, filelock.Timeout):
            return export(into)
        with contextlib.ExitStack() as held:
            held.callback(lock.release)
            opener = self._take(fingerprint, into)  # made by another run meanwhile
            if opener is None and self._make(fingerprint, export):
                opener = self._take(fingerprint, into)
        return export(into) if opener is None else opener

    def _make(self, fingerprint: str, export: Export) -> bool:
        """Export into the cache; whether that can be used.  Raises what *export* raises."""
        folder = self.folder(fingerprint)
        if not _private(self.root) or is_link(folder):
            return False
        try:
            encoder_folder.make(folder, export)
            _close(folder)
            for name in encoder_folder.list_files(folder):
                _make_read_only(folder / name)
        except (OSError, StoreError):
            return False
        return True

    def _take(self, fingerprint: str, into: Path) -> str | None:
        """Link or copy the encoder into *into*; ``None``, and nothing there, if it is not sound."""
        if not self.has(fingerprint):
            return None
        folder = self.folder(fingerprint)
        sums = encoder_folder.files(folder)
        try:
            for name, expected in sums.items():
                source, target = folder / name, into / name
                if not _own(source):
                    raise OSError(f"{source}: not a file of the user's alone")
                hard_link_or_copy(source, target)
                if checksum(target) != expected:
                    raise OSError(f"{source}: not as it was made")
            return encoder_folder.opener(folder)
        except OSError:
            for name in sums:
                with contextlib.suppress(OSError):
                    remove_file(into / name)
            return None


def _private(folder: Path) -> bool:
    """Whether *folder* is a folder, no link, and nobody else may write to it."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and not is_link(folder) and _of_user(state)


def _own(path: Path) -> bool:
    """Whether *path* is a plain file, no link, and nobody else may write to it."""
    state = path.lstat()
    return stat.S_ISREG(state.st_mode) and _of_user(state)


def _of_user(state: os.stat_result) -> bool:
    if sys.platform == "win32":  # its rights are lists, and a profile is its user's
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _close(folder: Path) -> None:
    """Let nobody but the user into *folder*."""
    if sys.platform != "win32":
        folder.chmod(_PRIVATE)


def _make_read_only(path: Path) -> None:
    """Take the right to write from *path*, which is shared; Windows could not remove it then."""
    if sys.platform != "win32":
        path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~0o222)
