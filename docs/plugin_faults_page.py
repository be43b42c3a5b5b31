"""The page of faults of plugins: what each kind does wrong, what is said, the exit code."""

from __future__ import annotations

import sys
from pathlib import Path

SUPPORT = Path(__file__).parent.parent / "tests" / "support"


def plugin_faults() -> str:
    """The table, from what the tests do (``tests/support/plugin_faults.py``)."""
    sys.path.insert(0, str(SUPPORT))
    try:
        from plugin_faults import FAULTS
    finally:
        sys.path.pop(0)
    lines = [
        "## Faults of plugins\n",
        "Whatever a plugin does wrong is that plugin's, by name: its file is a failure (exit code "
        "5, and the others are published), or the command ends with exit code 4, or, where docproc "
        "can do without it, it is left out and that is said (0). A veto that objects is the gate "
        "(8). Every row is done by `tests/extensions/test_table_of_faults.py`, with a plugin "
        "called `mine`; what is said begins with the source, or with where the plugin comes from "
        "(`drop-in plugins/mine.py`, or its distribution with its version). Kinds of faults of the "
        "interpreter (a library that is gone, a plugin that crashes at import, one that was "
        "uninstalled after indexing) are told by `docproc plugins list`, `plugins why` and "
        "`status`.\n",
        "| plugin | what it does | what is said | exit code |",
        "| --- | --- | --- | --- |",
    ]
    for fault in FAULTS:
        said = fault.said.replace("|", "\\|").replace("`", "'")
        lines.append(f"| {fault.kind} | {fault.does} | `{said}` | {fault.code} |")
    return "\n".join(lines) + "\n"
