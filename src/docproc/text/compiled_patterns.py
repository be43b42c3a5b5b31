"""What patterns are compiled to, kept in the user's cache: each once on a machine, not in each run.

To compile two hundred patterns is a fifth of what ``docproc ask`` takes.  Python keeps the code
that it makes of a module, and none that it makes of a pattern; what is kept here is the same, by
the pattern's source and flags, for one release of Python.  A file that is damaged, or of another
release, is not read, and where anything is otherwise than expected the pattern is compiled.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from docproc.text import patterns
from docproc.workspace.user_folders import user_cache, write_user_file

_MOST: Final = 2_000
"""Patterns that are kept; of more, those of this process alone."""
_CHECKED: Final = 4  # bytes before what is kept: its CRC-32

Key = tuple[str, int]


class CompiledPatterns:
    """The patterns that the *file* keeps, and those that are compiled meanwhile."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[Key, bytes] = _read(file)
        self._new: dict[Key, bytes] = {}

    def compile(self, source: str, flags: int) -> re.Pattern[str]:
        """What ``re.compile`` returns.  Raises as it does."""
        key = source, flags
        kept = self._kept.get(key)
        if kept is not None:
            with contextlib.suppress(Exception):
                return _load(source, marshal.loads(kept))  # noqa: S302 - as Python reads its own
        with contextlib.suppress(Exception):
            made = _make(source, flags)
            loaded = _load(source, made)
            self._new[key] = marshal.dumps(made)
            return loaded
        return re.compile(source, flags)

    def write(self) -> None:
        """Keep what was compiled beside what other processes have kept.  Never raises."""
        if not self._new:
            return
        with contextlib.suppress(Exception):  # no cache can be written: the next process compiles
            every = {**_read(self._file), **self._new}
            data = marshal.dumps(every if len(every) <= _MOST else self._new)
            write_user_file(self._file, zlib.crc32(data).to_bytes(_CHECKED, "big") + data)


def keep_compiled_patterns() -> None:
    """Let this process compile by the user's cache, and write there what it lacks at its end."""
    if sys.implementation.name != "cpython":
        return
    with contextlib.suppress(Exception):
        known = CompiledPatterns(user_cache("patterns") / f"{sys.hexversion:x}-{sys.byteorder}")
        patterns.compile_by(known.compile)
        atexit.register(known.write)


def _read(file: Path) -> dict[Key, bytes]:
    """What *file* keeps; nothing where it is damaged, or another user's."""
    try:
        with file.open("rb") as opened:
            if hasattr(os, "getuid") and os.fstat(opened.fileno()).st_uid != os.getuid():
                return {}
            checksum, data = opened.read(_CHECKED), opened.read()
    except OSError:
        return {}
    if int.from_bytes(checksum, "big") != zlib.crc32(data):
        return {}
    with contextlib.suppress(EOFError, ValueError, TypeError):
        found: dict[Key, bytes] = marshal.loads(data)  # noqa: S302 - as Python reads its own
        return found
    return {}


_Made = tuple[tuple[int, ...], int, int, dict[str, int]]
"""The code of a pattern, its flags, how many groups it has, and the numbers of those with names."""


def _make(source: str, flags: int) -> _Made:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed: Any = _parser.parse(source, flags)
    code: Callable[[Any, int], list[int]] = _compiler._code
    state = parsed.state
    plain = tuple(map(int, code(parsed, flags)))  # Python's own numbers have names
    return plain, flags | state.flags, state.groups - 1, state.groupdict


def _load(source: str, made: _Made) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    code, flags, groups, numbers = made
    names: list[str | None] = [None] * (groups + 1)
    for name, number in numbers.items():
        names[number] = name
    loaded: re.Pattern[str] = _sre.compile(source, flags, list(code), groups, numbers, tuple(names))
    return loaded
