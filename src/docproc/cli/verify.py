"""``docproc verify``: do saved quotations, or all passages, still stand in the sources?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="What `docproc ask --json` printed; without it, every passage."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> int:
    """Re-check quotations against the source files, letter for letter.

    With FILE, the citations in it; without, every passage of the published generation.
    Exit code 0 when all stand, 1 when one does not.
    """
    from docproc.wiring import Wiring

    checked = Wiring(workspace_of(workspace)).verified(file)
    fallen = [check for check in checked if not check.stands]
    if json:
        print_json(
            {
                "checked": len(checked),
                "stand": len(checked) - len(fallen),
                "fallen": [check.as_dict() for check in fallen],
            }
        )
    else:
        for check in fallen:
            typer.echo(f"✗ {check.where}: {check.words}")
        typer.echo(f"{len(checked) - len(fallen):,} of {len(checked):,} quotations stand verbatim")
    return ExitCode.NOT_FOUND if fallen else ExitCode.DONE
