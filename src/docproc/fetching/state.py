"""How far a visit has come: kept in the mirror, so that a stopped one goes on."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from docproc.store.durable import remove_file, writing
from docproc.store.folders import Folder
from docproc.store.mirror import SEEN, STATE
from docproc.workspace.links import is_link


class State(msgspec.Struct, frozen=True, kw_only=True):
    """``asked`` is a digest of what was asked for, with which all of this stands and falls.

    ``began`` is when the visit under way began, ``""`` where none is, and ``cursor`` how far it
    has come; ``since`` is when the last one began that was finished.
    """

    asked: str
    began: str = ""
    cursor: str = ""
    since: str = ""


def read_state(folder: Path, asked: str) -> State:
    """The state of the mirror in *folder*; a fresh one where something else was asked for then."""
    path = folder / STATE
    try:
        if not is_link(path):
            state = msgspec.json.decode(path.read_bytes(), type=State)
            if state.asked == asked:
                return state
    except (OSError, ValueError):
        pass
    return State(asked=asked)


def read_seen(folder: Path) -> set[str]:
    """The keys that the visit under way has named before it was stopped."""
    path = folder / SEEN
    seen: set[str] = set()
    with contextlib.suppress(OSError):
        if not is_link(path):
            for line in path.read_bytes().splitlines():
                with contextlib.suppress(ValueError):  # the last line of a run that was killed
                    seen.add(msgspec.json.decode(line, type=str))
    return seen


def add_seen(folder: Path, keys: list[str]) -> None:
    """Keep that *keys* were named.  Raises ``StoreError``."""
    if not keys:
        return
    lines = b"".join(msgspec.json.encode(key) + b"\n" for key in keys)
    with writing(folder / SEEN), Folder(folder) as opened:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with os.fdopen(opened.open(SEEN, flags), "ab") as file:
            file.write(lines)


def forget_seen(folder: Path) -> None:
    """A visit is over, or begins."""
    with writing(folder / SEEN):
        remove_file(folder / SEEN)
