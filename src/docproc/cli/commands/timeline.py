"""``docproc timeline``: when the documents were written."""

from __future__ import annotations

from typing import Annotated

import typer

from docproc.cli.document_choice import (
    DocumentConditions,
    KindOption,
    OutputOption,
    choose_documents,
)
from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import (
    ForceOption,
    JsonOption,
    WorkspaceOption,
    outputs_of,
    print_json,
    workspace_of,
)
from docproc.errors import ExitCode
from docproc.text.words import count_phrase


@with_groups
def timeline(
    workspace: WorkspaceOption = None,
    conditions: DocumentConditions = DocumentConditions(),  # noqa: B008 - frozen
    kind: KindOption = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="day, month, year or decade; by default what fits."),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> int:
    """Plot how many documents there are of each day, month, year or decade.

    Exit code 1 when no document is dated.
    """
    from dataclasses import asdict

    from docproc.browsing.timeline import timeline as made

    outputs = outputs_of(workspace_of(workspace), force=force)
    if output is not None:
        from docproc.browsing.pictures import check_picture

        check_picture(output)
        outputs.check(output)
    chosen = choose_documents(workspace, conditions, kind)
    found = made(chosen.rows, by)
    if output is not None:
        from docproc.browsing.pictures import draw_timeline

        title = f"{count_phrase(found.dated, 'document')} by {found.period}"
        draw_timeline(
            found, output, f"{title}: {chosen.words}" if chosen.words else title, outputs.write
        )
        typer.echo(f"drawn: {output}", err=True)
    if json:
        print_json(asdict(found))
    elif output is None:
        _print(found)
    return ExitCode.DONE if found.dated else ExitCode.NOT_FOUND


def _print(found: object) -> None:
    """The bars; then what stands in none of them."""
    from docproc.browsing.timeline import Period, Timeline, bar_lines, collapse_gaps
    from docproc.cli.printing.tables import can_write, width

    assert isinstance(found, Timeline)
    rows = [
        (each.label, each.documents)
        if isinstance(each, Period)
        else f"({count_phrase(each, found.period)} without any)"
        for each in collapse_gaps(found.periods)
    ]
    if not found.dated:
        typer.echo(f"no document is dated to the {found.period}", err=True)
    for line in bar_lines(rows, width(), blocks=can_write("█▏")):
        typer.echo(line)
    if found.vague:
        typer.echo(f"{count_phrase(found.vague, 'document')} not dated to the {found.period}")
    if found.undated:
        typer.echo(f"{count_phrase(found.undated, 'document')} without a date")
