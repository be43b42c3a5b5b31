"""Calls of plugins, told as they happen: which was asked what, in which process, what it gave.

Where ``DOCPROC_TRACE`` names a file, each guarded call of a plugin adds a line of JSON to it; the
workers of a run inherit the variable.  Without it a call costs one look at a dictionary.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

TRACE = "DOCPROC_TRACE"
"""Names the file that calls are written to."""


def trace_call(who: str, step: str, do: Callable[[], T]) -> T:
    """What *do*, the *step* of the plugin *who*, gives; where calls are traced, so is this one."""
    place = os.environ.get(TRACE)
    if not place:
        return do()
    begun = time.perf_counter()
    gave = "nothing"
    try:
        made = do()
        gave = _in_words(made)
    except BaseException as error:
        gave = f"raised {type(error).__name__}"
        raise
    finally:
        line = {
            "process": os.getpid(),
            "plugin": who,
            "step": step,
            "seconds": round(time.perf_counter() - begun, 6),
            "gave": gave,
        }
        with suppress(OSError), Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    return made


def _in_words(made: object) -> str:
    kind = type(made).__name__
    shape = getattr(made, "shape", None)
    if isinstance(shape, tuple):
        return f"{kind} {shape}"
    if isinstance(made, bool | int | float):
        return str(made)
    if isinstance(made, list | tuple | dict | str | bytes):
        return f"{kind} of {len(made)}"
    return "None" if made is None else kind


def type_name(given: object) -> str:
    """The type of *given*, for a message."""
    return "None" if given is None else type(given).__name__
