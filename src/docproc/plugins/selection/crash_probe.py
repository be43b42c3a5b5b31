"""Probing: every plugin imported once in a process of its own, so that a crash costs itself.

``python -P -m docproc.plugins.selection.crash_probe ROOT NUMBER …``: the child tells, on standard
output, the number of each source before it imports it; those whose numbers are given it leaves out.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

_SECONDS = 60
"""How long all may take to be imported; docproc's own part of it takes under one."""


def find_crashes(root: Path, count: int) -> dict[int, str]:
    """What importing each of the *count* sources of the workspace at *root* does to a process.

    By the number of the source, in words; those that can be imported, or only raise, are not in it.
    """
    found: dict[int, str] = {}
    while len(found) < count:
        left_out = list(map(str, found))
        command = [sys.executable, "-P", "-m", __name__, str(root), *left_out]
        child = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            said, _ = child.communicate(timeout=_SECONDS)
            how = _ending(child.returncode)
        except subprocess.TimeoutExpired:
            child.kill()
            said, _ = child.communicate()
            how = f"importing it does not come to an end in {_SECONDS} s"
        lines = said.decode("ascii", "replace").split()
        if how is None or not lines or not lines[-1].isdigit():
            break
        found[int(lines[-1])] = how
    return found


def _ending(code: int) -> str | None:
    if code == 0:
        return None
    if code > 0:
        return f"importing it ends the process (exit code {code})"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"importing it crashes the process ({name})"


def main(root: str, *left_out: str) -> None:
    """Import every source but those *left_out*, and tell the number of each first."""
    from docproc.plugins.selection.selection import PluginSelection
    from docproc.workspace import find_workspace

    numbers = os.fdopen(os.dup(1), "w", buffering=1, encoding="ascii")
    os.dup2(2, 1)  # whatever a plugin prints is no number
    registry = PluginSelection(find_workspace(Path(root), Path(root))).offer_unchecked()
    for number, source in enumerate(registry.sources):
        if str(number) not in left_out:
            print(number, file=numbers, flush=True)
            registry.load(source)
    numbers.write("done\n")
    numbers.flush()
    os._exit(0)  # what a plugin registered for the end of the process is not asked for


if __name__ == "__main__":
    main(*sys.argv[1:])
