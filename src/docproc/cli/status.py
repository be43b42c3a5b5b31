"""``docproc status``: what is published, and what is stale."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ConfigError

if TYPE_CHECKING:
    from docproc.wiring import Wiring


def status(
    workspace: WorkspaceOption = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only list the files that could not be read.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Say what is published, what is stale and what mends it, which files could not be read."""
    from docproc.condition import condition
    from docproc.wiring import Wiring

    wiring = Wiring(workspace_of(workspace))
    if failed:
        _quarantine(wiring, json)
        return 0
    found = condition(wiring)
    if json:
        print_json(found)
        return 0
    if "stale" in found:
        found["stale"] = [f"{each['what']}: `{each['mend']}`" for each in found["stale"]]
    for name, value in found.items():
        _show(name, value)
    return 0


def _quarantine(wiring: Wiring, json: bool) -> None:
    """The files that could not be read, each with its cause, how often, since when."""
    from docproc.cli.tables import print_table
    from docproc.condition import NOTHING, failures

    generation = wiring.generations.current()
    if generation is None:
        raise ConfigError(NOTHING)
    found = failures(generation)
    if json:
        print_json({"failed": [asdict(failure) for failure in found]})
        return
    print_table(
        ("file", "cause", "tried", "first", "last"),
        [(f.path, f.cause, f.count, f.first_seen, f.last_seen) for f in found],
    )
    if found:
        typer.echo(
            "Each is tried again when it, or what reads it, changes; "
            "`docproc index --retry-failed` tries them all now.",
            err=True,
        )
    else:
        typer.echo("Every file could be read.", err=True)


def _show(name: str, value: Any) -> None:
    if isinstance(value, list):
        typer.echo(f"{name}: {len(value) or 'none'}")
        for line in value:
            typer.echo(f"  {line}")
    elif isinstance(value, dict):
        typer.echo(f"{name}:")
        for key, inner in value.items():
            typer.echo(f"  {key}: {inner}")
    elif value is not None:
        typer.echo(f"{name}: {value}")
