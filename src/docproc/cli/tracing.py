"""``docproc plugins trace``: a command, run in a process of its own, and its calls of plugins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docproc.text.calls import TRACE


def run_traced(arguments: Sequence[str]) -> int:
    """Run ``docproc`` with *arguments*, print its calls of plugins, return its exit code."""
    with tempfile.TemporaryDirectory(prefix="docproc-trace-") as folder:
        written = Path(folder) / "calls.jsonl"
        done = subprocess.run(  # noqa: S603 - docproc itself
            [sys.executable, "-m", "docproc", *arguments],
            env=os.environ | {TRACE: str(written)},
            check=False,
        )
        try:
            lines = written.read_text("utf-8").splitlines()
        except OSError:
            lines = []
    for line in summarize_calls([json.loads(each) for each in lines]):
        print(line, file=sys.stderr)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def summarize_calls(calls: Sequence[dict[str, object]]) -> list[str]:
    """A line for each plugin, step and process, in the order in which they were first asked."""
    found: dict[tuple[str, str, str], tuple[int, float, str]] = {}
    for call in calls:
        key = (str(call["process"]), str(call["plugin"]), str(call["step"]))
        times, seconds, _ = found.get(key, (0, 0.0, ""))
        spent = float(str(call["seconds"]))
        found[key] = (times + 1, seconds + spent, str(call["gave"]))
    if not found:
        return ["no plugin was asked anything"]
    return [
        f"process {process}: {plugin}{f', {step}' if step else ''}: "
        f"{times} {'time' if times == 1 else 'times'}, {seconds:.3f} s, gave {gave}"
        for (process, plugin, step), (times, seconds, gave) in found.items()
    ]
