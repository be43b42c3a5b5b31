"""``docproc doctor``: everything that a workspace stands on, with what to do."""

from __future__ import annotations

from dataclasses import asdict

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode


def doctor(workspace: WorkspaceOption = None, json: JsonOption = False) -> int:
    """Check libraries, disk, permissions, plugins, clock, model and indexes; say what to do.

    Exit code 0 when all is well, 9 when something is to be done.
    """
    from docproc.operations.application import Application
    from docproc.operations.reports.doctor import run_checks

    found = run_checks(Application.probing(workspace_of(workspace)))
    well = all(each.well for each in found)
    if json:
        print_json({"well": well, "findings": [asdict(each) for each in found]})
    else:
        for each in found:
            do = f": `{each.fix}`" if each.fix else ""
            typer.echo(f"{'✓' if each.well else '✗'} {each.check}: {each.what}{do}")
    return ExitCode.DONE if well else ExitCode.STALE
