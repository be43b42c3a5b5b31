"""What a command is given: words of the command line, and what standard input holds."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import typer

from docproc.errors import UsageError
from docproc.text.encoding.damage import replace_surrogates

STANDARD_INPUT = "-"


def replace_undecodable(argument: str) -> str:
    """*argument* with U+FFFD for bytes that are no character, unless it is a file's own name."""
    _, _, value = argument.partition("=")
    if any(os.path.lexists(name) for name in (argument, value) if name and "\0" not in name):
        return argument
    return replace_surrogates(argument)


def check_path_given(path: str | Path) -> Path:
    """*path*, unless it is empty, as a script's unset ``"$DIR"`` is.  Raises ``UsageError``."""
    if not str(path).strip():
        raise UsageError("the name of a file or folder is empty: nothing was done")
    return Path(path)


def read_question(words: list[str]) -> str:
    """The question in *words*; ``-`` reads it from standard input.  Raises ``UsageError``."""
    if len(words) > 1:
        raise UsageError(f"put the question in quotation marks: docproc ask {' '.join(words)!r}")
    question = read_standard_input() if words == [STANDARD_INPUT] else words[0]
    if not question.strip():
        raise UsageError("the question is empty")
    return question.strip() if words == [STANDARD_INPUT] else question


def read_standard_input() -> str:
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


_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_BYTES = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def parse_duration(text: str) -> float:
    """``"2h"``, ``"90m"``, ``"1h30m"``, ``"45s"``, ``"2d"``: in seconds."""
    parts = re.fullmatch(r"(?:\d+(?:\.\d+)?[smhd])+", text.strip())
    total = sum(
        float(number) * _SECONDS[unit]
        for number, unit in re.findall(r"(\d+(?:\.\d+)?)([smhd])", text)
    )
    if parts is None or total <= 0:
        raise typer.BadParameter(f"{text!r} is no duration, such as 2h, 90m or 1h30m")
    return total


def parse_size(text: str) -> int:
    """``"4G"``, ``"512M"``, ``"4GiB"``: in bytes; K, M, G and T are powers of 1000, KiB of 1024."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([KMGT])(iB|B)?", text.strip())
    if found is None or not float(found[1]):
        raise typer.BadParameter(f"{text!r} is not an amount of memory, such as 4G or 512M")
    unit = _BYTES[found[2]]
    if found[3] == "iB":
        unit = 1 << 10 * (1 + list(_BYTES).index(found[2]))
    return int(float(found[1]) * unit)
