"""Folders that are this run's own, so that no test meets what lies on the machine, or leaves any.

Below one temporary folder lie a home, the folders that programs find by XDG, and everything that
the tests make.  It is in memory where the system has room there: flushing a file to a disk takes
a thousand times as long, and the tests flush tens of thousands.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from docproc.config import FILE

MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""How many bytes must be free in memory for the tests to go there."""

_PREFIX = "dp-"  # short: a socket below it may have a path of 107 bytes
_HELD = "held"
_OF_XDG = ("config", "data", "state", "cache")


_taken: list[Path] = []


def take_own_folders(config: pytest.Config) -> None:
    """Make them, point this process and those that it starts to them, remove them at the end.

    ``--basetemp`` names another place for what the tests make, and keeps it.  Ends the run where
    the folder lies in a workspace of docproc: every test without a workspace would find that one.
    """
    if _taken:  # a run within a test
        return
    if not hasattr(config, "workerinput"):  # the workers of pytest-xdist have those of the first
        remove_left_behind(_parent())
        own = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_parent()))
        own.chmod(0o711)  # a test is nobody for a while
        held = FileLock(own / _HELD)
        held.acquire()
        config.add_cleanup(held.release)
        config.add_cleanup(lambda: shutil.rmtree(own, ignore_errors=True))
        os.environ["TMPDIR"] = str(own)
        tempfile.tempdir = None  # it is remembered
    for base in filter(None, (tempfile.gettempdir(), config.option.basetemp)):
        refuse_a_workspace_above(Path(base))
    home = Path(tempfile.mkdtemp(prefix="home-"))
    _taken.append(home)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    for name in _OF_XDG:
        (home / name).mkdir()
        os.environ[f"XDG_{name.upper()}_HOME"] = str(home / name)


def refuse_a_workspace_above(folder: Path) -> None:
    """End the run, naming the file, where *folder* or one above it is a workspace."""
    folder = folder.resolve()
    for each in (folder, *folder.parents):
        if (each / FILE).exists():
            pytest.exit(
                f"{each / FILE} makes every folder of these tests a part of that workspace: "
                "remove it, or set TMPDIR to a folder that lies in none",
                returncode=pytest.ExitCode.USAGE_ERROR,
            )


def remove_left_behind(folder: Path) -> None:
    """Remove what runs that were killed have left in *folder*: nobody holds its lock."""
    for left in folder.glob(f"{_PREFIX}*/{_HELD}"):
        with contextlib.suppress(OSError, Timeout), FileLock(left, timeout=0):
            shutil.rmtree(left.parent, ignore_errors=True)


def _parent() -> Path:
    """Where the run's folder is made: in memory, unless TMPDIR says where, or there is no room."""
    if "TMPDIR" in os.environ or sys.platform != "linux" or not MEMORY.is_dir():
        return Path(tempfile.gettempdir())
    no_programs = os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    enough = shutil.disk_usage(MEMORY).free >= ROOM and os.access(MEMORY, os.W_OK)
    return MEMORY if enough and not no_programs else Path(tempfile.gettempdir())
