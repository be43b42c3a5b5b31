"""``docproc status``: what is published, and what is stale."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ConfigError, ExitCode

if TYPE_CHECKING:
    from docproc.operations.application import Application

_FOR_PROGRAMS = ("disk, bytes for a character of text", "vector index")
_OF_CALIBRATION = ("floor", "languages", "measured over", "warnings")


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
    --json has every figure of the generation, its indexes and its calibration.
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
    for name, value in _shorten(found).items():
        _show(name, value)
    return code


def _shorten(found: dict[str, Any]) -> dict[str, Any]:
    """What a person asks of *found*: sizes in units, no figure that only a program compares."""
    shown = {name: value for name, value in found.items() if name not in _FOR_PROGRAMS}
    for about in ("stale", "damaged"):
        if about in shown:
            shown[about] = [_with_remedy(each) for each in shown[about]]
    if "disk" in shown:
        shown["holds"] = shown["holds"] | {"bytes": _say_bytes(shown["holds"]["bytes"])}
        shown["disk"] = {part: _say_bytes(size) for part, size in shown["disk"].items()}
        told = {k: v for k, v in shown["calibration"].items() if k in _OF_CALIBRATION}
        shown["calibration"] = told
    return shown


def _say_bytes(size: int) -> str:
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= bytes_:
            return f"{size / bytes_:,.1f} {unit}"
    return f"{size} bytes"


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
    elif isinstance(value, dict) and value:
        typer.echo(f"{indent}{name}:")
        for key, inner in value.items():
            _show(key, inner, indent + "  ")
    elif value not in (None, "", {}):
        typer.echo(f"{indent}{name}: {value}")
