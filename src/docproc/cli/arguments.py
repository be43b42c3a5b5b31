"""What a command is given: words of the command line, and what standard input holds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from docproc.errors import UsageError
from docproc.text.halves import without_halves

STANDARD_INPUT = "-"


def readable(argument: str) -> str:
    """*argument* with U+FFFD for bytes that are no character, unless it is a file's own name."""
    _, _, value = argument.partition("=")
    if any(os.path.lexists(name) for name in (argument, value) if name and "\0" not in name):
        return argument
    return without_halves(argument)


def named_path(path: str | Path) -> Path:
    """*path*, unless it is empty, as a script's unset ``"$DIR"`` is.  Raises ``UsageError``."""
    if not str(path).strip():
        raise UsageError("the name of a file or folder is empty: nothing was done")
    return Path(path)


def whole_question(words: list[str]) -> str:
    """The question in *words*; ``-`` reads it from standard input.  Raises ``UsageError``."""
    if len(words) > 1:
        raise UsageError(f"put the question in quotation marks: docproc ask {' '.join(words)!r}")
    question = standard_input() if words == [STANDARD_INPUT] else words[0]
    if not question.strip():
        raise UsageError("the question is empty")
    return question.strip() if words == [STANDARD_INPUT] else question


def standard_input() -> str:
    """All that standard input holds.  Raises ``UsageError`` where it cannot be read."""
    check_standard_input()
    try:
        return sys.stdin.read()
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror or error}") from None


def check_standard_input() -> None:
    """Raise ``UsageError`` where there is no standard input."""
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("standard input cannot be read: it is closed")


def source_name(name: str, root: Path) -> str:
    """*name*, where it is the path of a file in the workspace at *root*, as sources are called."""
    path = Path(name)
    try:
        if ("/" in name or os.sep in name) and path.is_file():
            return path.resolve().relative_to(root.resolve()).as_posix()
    except (OSError, ValueError):
        pass
    return name
