"""``docproc status``: what is published, and what is stale."""

from __future__ import annotations

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of


def status(workspace: WorkspaceOption = None, json: JsonOption = False) -> int:
    """Say what is published, what has changed since, and which files could not be read."""
    from docproc.wiring import Wiring

    found = Wiring(workspace_of(workspace)).status()
    if json:
        print_json(found)
        return 0
    for name, value in found.items():
        if isinstance(value, list):
            typer.echo(f"{name}: {len(value) or 'none'}")
            for line in value:
                typer.echo(f"  {line}")
        elif isinstance(value, dict):
            typer.echo(f"{name}:")
            for key, inner in value.items():
                typer.echo(f"  {key}: {inner}")
        else:
            typer.echo(f"{name}: {value}")
    return 0
