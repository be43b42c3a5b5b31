"""``docproc verify``: do saved quotations, or all passages, still stand in the sources?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode, UsageError


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="What `docproc ask --json` printed; without it, every passage."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every passage of the published generation.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Re-check quotations against the source files, letter for letter.

    With FILE, the citations in it, each for three things: whether its text stands in the
    source, whether at that place, and whether under that reference. Without, or with --all,
    every passage of the published generation. Exit code 0 when all stand, 1 when one does not.
    """
    if file is not None and everything:
        raise UsageError(f"--all checks every passage, and FILE its citations: not {file} as well")
    from docproc.wiring import Wiring

    checked = Wiring(workspace_of(workspace)).verified(file)
    fallen = [check for check in checked if not check.stands]
    if json:
        print_json(
            {
                "checked": len(checked),
                "stand": len(checked) - len(fallen),
                "fallen": [check.as_dict() for check in fallen],
                **({"citations": [check.as_dict() for check in checked]} if file else {}),
            }
        )
        return ExitCode.NOT_FOUND if fallen else ExitCode.DONE
    from docproc.citing.written import one_line

    for check in checked if file else fallen:
        verdicts = (check.in_source, check.at_place, check.under_reference)
        marks = zip(("text", "place", "reference"), verdicts, strict=True)
        told = "  ".join(f"{_MARKS[verdict]} {name}" for name, verdict in marks)
        typer.echo(f"{told}  {one_line(f'{check.where}: {check.words}')}")
    what = "citations stand" if file else "quotations stand verbatim"
    typer.echo(f"{len(checked) - len(fallen):,} of {len(checked):,} {what}")
    return ExitCode.NOT_FOUND if fallen else ExitCode.DONE


_MARKS = {True: "✓", False: "✗", None: "·"}
"""Yes, no, and not to be told."""
