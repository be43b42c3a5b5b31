"""``docproc index``: parse, normalize, embed and index what changed; publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode

if TYPE_CHECKING:
    from docproc.pipeline.run import RunReport
    from docproc.wiring import Wiring


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Only look at these files or folders for changes."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> int:
    """Parse, normalize, embed and index what changed, and publish it.

    Exit code 0 when done or nothing to do, 5 when some files could not be read.
    """
    from docproc.wiring import Wiring

    report = run_index(Wiring(workspace_of(workspace)), paths or (), quiet=json)
    if json:
        print_json(report.as_dict())
    return ExitCode.PARTIAL if report.failures else ExitCode.DONE


def run_index(wiring: Wiring, paths: Sequence[Path] = (), *, quiet: bool = False) -> RunReport:
    """Run the pipeline with progress on standard error; return its report."""
    from docproc.cli.progress import watching

    with watching() as progress:
        report = wiring.indexer(progress).run(paths)
    if not quiet:
        typer.echo(report.summary(), err=True)
    return report
