"""``docproc fetch``: bring what sources elsewhere hold into the workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of

_TOLD = 20
"""Files of one kind that are named, each on a line; the others are counted."""


def fetch(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Sources of config.toml; without one, all."),
    ] = None,
    workspace: WorkspaceOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Start over where a fetch was stopped.")
    ] = False,
    wait: Annotated[
        float, typer.Option("--wait", metavar="SECONDS", help="Wait for another fetch to end.")
    ] = 0,
    json: JsonOption = False,
) -> int:
    """Fetch what [sources.NAME] of config.toml names into its folder, to be indexed from there.

    A fetch that was stopped continues.  What is no longer at the source is reported, and its
    file stays.  Exit code 0 when all is fetched, 5 when some files could not be, 75 when the
    source gives nothing for now.
    """
    from docproc.errors import ExitCode
    from docproc.operations.application import Application
    from docproc.operations.writing.fetching import fetch as fetch_all

    def say(line: str) -> None:
        if not json:
            typer.echo(f"  {line}", err=True)

    reports, stopped = fetch_all(
        Application(workspace_of(workspace)), names or (), wait=wait, say=say, restart=restart
    )
    code = ExitCode.PARTIAL if any(each.failed for each in reports) else ExitCode.DONE
    code = stopped.exit_code if stopped else code
    if json:
        print_json({"sources": [each.as_dict() for each in reports], "exit code": int(code)})
        return int(code)
    for report in reports:
        typer.echo(report.summary())
        told = [*report.gone, *((what, f"not fetched: {cause}") for what, cause in report.failed)]
        for what, cause in told[:_TOLD]:
            typer.echo(f"  {what}: {cause}", err=True)
        if len(told) > _TOLD:
            typer.echo(f"  and {len(told) - _TOLD:,} more (--json)", err=True)
    if any(report.fresh for report in reports):
        typer.echo("`docproc index` brings it in.", err=True)
    if stopped:
        raise stopped
    return int(code)
