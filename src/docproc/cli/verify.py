"""``docproc verify``: do saved quotations, or all passages, still stand in the sources?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.arguments import STANDARD_INPUT, check_standard_input
from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode, StoreError, UsageError

if TYPE_CHECKING:
    from docproc.operations.application import Application
    from docproc.store.checkup import Damage
    from docproc.verification.checks import Check


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="What `docproc ask --json` printed (-: standard input); else every passage.",
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Every passage, and every file of what is published."),
    ] = False,
    json: JsonOption = False,
) -> int:
    """Re-check quotations against the source files, letter for letter.

    With FILE, the citations in it, each for three things: whether its text stands in the
    source, whether at that place, and whether under that reference. Without, every passage of
    the published generation. With --all, the checksum of every file of it and of the vector
    cache too: what is damaged is named, with the command that fixes it. Exit code 0 when all
    stand, 1 when one does not, 7 when a file is damaged.
    """
    if file is not None and everything:
        raise UsageError(f"--all checks every passage, and FILE its citations: not {file} as well")
    if file is not None and str(file) == STANDARD_INPUT:
        check_standard_input()
    from docproc.operations.application import Application
    from docproc.store.checkup import damage

    application = Application(workspace_of(workspace))
    damaged = damage(application.generations) if everything else []
    checked, unchecked = _checked(application, file, damaged)
    fallen = [check for check in checked if not check.stands]
    code = ExitCode.STORE if damaged else ExitCode.NOT_FOUND if fallen else ExitCode.DONE
    if json:
        print_json(
            {
                "checked": len(checked),
                "stand": len(checked) - len(fallen),
                "fallen": [check.as_dict() for check in fallen],
                **({"citations": [check.as_dict() for check in checked]} if file else {}),
                **({"damaged": [asdict(each) for each in damaged]} if everything else {}),
                **({"unchecked": unchecked} if unchecked else {}),
                "exit code": int(code),
            }
        )
        return code
    for each in damaged:
        typer.echo(f"damaged: {each}")
    if unchecked:
        typer.echo(f"no quotation was checked: {unchecked}")
        return code
    for check in checked if file else fallen:
        _show(check)
    what = "citations stand" if file else "quotations stand verbatim"
    sound = ", and every file is as it was written" if everything and not damaged else ""
    typer.echo(f"{len(checked) - len(fallen):,} of {len(checked):,} {what}{sound}")
    return code


def _checked(
    application: Application, file: Path | None, damaged: Sequence[Damage]
) -> tuple[list[Check], str | None]:
    """The quotations, each checked; or none, and why, where what is *damaged* does not let it."""
    try:
        return application.rereader.verified(file), None
    except StoreError as error:
        if not damaged:
            raise
        return [], str(error)


def _show(check: Check) -> None:
    from docproc.citing.written import one_line

    verdicts = (check.in_source, check.at_place, check.under_reference)
    marks = zip(("text", "place", "reference"), verdicts, strict=True)
    told = "  ".join(f"{_MARKS[verdict]} {name}" for name, verdict in marks)
    typer.echo(f"{told}  {one_line(f'{check.where}: {check.words}')}")


_MARKS = {True: "✓", False: "✗", None: "·"}
"""Yes, no, and not to be told."""
