"""``docproc status``: what is published, and what is stale."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ConfigError, ExitCode

if TYPE_CHECKING:
    from docproc.operations.application import Application


def status(
    workspace: WorkspaceOption = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only list the files that could not be read.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Say what is published, what is stale and what fixes it, which files could not be read.

    Exit code 0 when all is well, 5 when files are in quarantine, 9 when something is stale, 10
    when nothing is published, 7 when a file of what is published is damaged. Of damage it sees
    files that are missing or of another size; `docproc verify --all` compares every byte.
    """
    from docproc.operations.application import Application
    from docproc.operations.reports.status import STATES, describe_status

    application = Application(workspace_of(workspace))
    if failed:
        return ExitCode.PARTIAL if _quarantine(application, json) else ExitCode.DONE
    found = describe_status(application)
    code = STATES[found["state"]]
    if json:
        print_json(found | {"exit code": int(code)})
        return code
    for about in ("stale", "damaged"):
        if about in found:
            found[about] = [_with_remedy(each) for each in found[about]]
    for name, value in found.items():
        _show(name, value)
    return code


def _with_remedy(each: dict[str, str]) -> str:
    """One thing that is stale or damaged, and the command that fixes it."""
    where = f"{each['path']}: " if "path" in each else ""
    return f"{where}{each['what']}: `{each['fix']}`"


def _quarantine(application: Application, json: bool) -> bool:
    """Show the files that could not be read: cause, how often, since when; whether any is."""
    from docproc.cli.printing.tables import print_table
    from docproc.operations.reports.status import NOTHING, list_failures

    generation = application.generations.current()
    if generation is None:
        raise ConfigError(NOTHING)
    found = list_failures(generation)
    if json:
        print_json({"failed": [asdict(failure) for failure in found]})
        return bool(found)
    print_table(
        ("file", "cause", "tried", "first", "last"),
        [(f.path, f.cause, f.count, f.first_seen[:10], f.last_seen[:10]) for f in found],
    )
    if found:
        typer.echo(
            "Each is tried again when it, or what reads it, changes; "
            "`docproc index --retry-failed` tries them all now.",
            err=True,
        )
    else:
        typer.echo("Every file could be read.", err=True)
    return bool(found)


def _show(name: str, value: Any, indent: str = "") -> None:
    if isinstance(value, list):
        typer.echo(f"{indent}{name}: {len(value) or 'none'}")
        for line in value:
            typer.echo(f"{indent}  {line}")
    elif isinstance(value, dict):
        typer.echo(f"{indent}{name}:")
        for key, inner in value.items():
            _show(key, inner, indent + "  ")
    elif value is not None:
        typer.echo(f"{indent}{name}: {value}")
