"""Beside: the files that a source names in its folder, which are read with it, through no link."""

from __future__ import annotations

import hashlib
import os
import posixpath
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from docproc.config import Limits
from docproc.dataclass_on_use import dataclass
from docproc.store.files.folders import Folder
from docproc.text.patterns import compile_on_use

_ELSEWHERE = compile_on_use(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\\\]")
"""How an address begins, or a path from the top."""


@dataclass(frozen=True, slots=True)
class FilesBeside:
    """The files in the folder of the source *file*, and below it."""

    file: Path
    limits: Limits

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The files that there are of those called *names*, by these names.

        Left out is what lies elsewhere, is a link or no file, and what goes past
        ``limits.parts`` or, all together, ``limits.unpacked_megabytes``.
        """
        found: dict[str, bytes] = {}
        room = self.limits.unpacked_megabytes * 1_000_000
        for name in list(dict.fromkeys(names))[: self.limits.parts]:
            path = _below(name)
            if path is None or path == self.file.name:
                continue
            data = self._bytes(path, room)
            if data is not None:
                found[name] = data
                room -= len(data)
        return found

    def _bytes(self, path: str, most: int) -> bytes | None:
        folder, _, name = path.rpartition("/")
        try:
            with Folder(self.file.parent / folder) as opened:
                descriptor = opened.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
                with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor has no path
                    state = os.fstat(descriptor)
                    if not stat.S_ISREG(state.st_mode) or state.st_size > most:
                        return None
                    return stream.read(most)
        except (OSError, ValueError):
            return None


def _below(name: str) -> str | None:
    """The path below a folder that *name* is, as a file writes it; ``None`` if it leads out."""
    plain = unquote(name.strip().partition("#")[0])
    if not plain or "\\" in plain or "\0" in plain or _ELSEWHERE.match(plain):
        return None
    path = posixpath.normpath(plain)
    return None if path.startswith("..") or path == "." else path


def digest_of(sha256: str, beside: Mapping[str, bytes]) -> str:
    """The hash of a source and of the files that were read with it; *sha256* where none was."""
    if not beside:
        return sha256
    whole = hashlib.sha256(sha256.encode())
    for name in sorted(beside):
        whole.update(f"\0{name}\0{hashlib.sha256(beside[name]).hexdigest()}".encode())
    return whole.hexdigest()
