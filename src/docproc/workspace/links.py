"""What is a link, and what is neither a file nor a folder."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path


def is_link(path: Path) -> bool:
    """Whether *path* is a symbolic link, or a junction of Windows."""
    try:
        state = path.lstat()
    except OSError:
        return False
    tag = getattr(state, "st_reparse_tag", 0)
    return stat.S_ISLNK(state.st_mode) or tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def oddities(folder: Path | str) -> Iterator[Path]:
    """All below *folder* that is neither a file nor a folder: links, pipes, devices, sockets."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in listed:
        junction = sys.platform == "win32" and is_link(Path(entry.path))
        if entry.is_dir(follow_symlinks=False) and not junction:
            yield from oddities(entry.path)
        elif not entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
