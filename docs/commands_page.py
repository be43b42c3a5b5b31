"""The page of the commands: the help text of each."""

from __future__ import annotations

import os
import subprocess
import sys


def commands() -> str:
    """The help text of every command."""
    parts = ["# Commands\n"]
    names = ["", *_subcommands("")]
    for name in list(names):
        if name in ("plugins", "generations"):
            names += [f"{name} {sub}" for sub in _subcommands(name)]
    for name in [names[0], *sorted(names[1:])]:
        parts.append(f"## `{f'docproc {name}'.strip()}`")
        parts.append("```text\n" + _help(name).strip() + "\n```\n")
    return "\n\n".join(parts)


def _help(name: str) -> str:
    command = [sys.executable, "-m", "docproc", *name.split(), "--help"]
    environment = os.environ | {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1"}
    environment |= {"DOCPROC_NO_PLUGINS": "1"}  # a workspace's own commands are no part of docproc
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return "\n".join(
        line.rstrip() for line in done.stdout.replace("python -m docproc", "docproc").splitlines()
    )


def _subcommands(name: str) -> list[str]:
    _, _, listed = _help(name).partition("Commands:\n")
    return [
        line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "
    ]
