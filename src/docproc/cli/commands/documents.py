"""``docproc documents``: what there is, as a table."""

from __future__ import annotations

from typing import Annotated

import typer

from docproc.cli.document_choice import DocumentConditions, KindOption, choose_documents
from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json
from docproc.errors import ExitCode
from docproc.text.words import count_phrase


@with_groups
def documents(
    workspace: WorkspaceOption = None,
    conditions: DocumentConditions = DocumentConditions(),  # noqa: B008 - frozen
    kind: KindOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many documents at most.")
    ] = None,
    order: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="COLUMN",
            help="date, sender, recipient, title, reference or source; what is not known is last.",
        ),
    ] = "date",
    reverse: Annotated[bool, typer.Option("--reverse", help="The other way round.")] = False,
    json: JsonOption = False,
) -> int:
    """List the documents: date, who to whom, title, reference.

    In a pipe, one document a line, its columns between tabs: date (EDTF), sender, recipient,
    title, reference, source, and the place within a source that holds several. Exit code 1 when
    there is none.
    """
    from docproc.browsing.listing import SORTS, as_json, sort_rows
    from docproc.errors import UsageError, nearest

    if order not in SORTS:
        raise UsageError(
            f"cannot sort by {order!r}{nearest(order, SORTS)}; there are: {', '.join(SORTS)}"
        )
    chosen = choose_documents(workspace, conditions, kind)
    rows = sort_rows(chosen.rows, order, reverse=reverse)
    shown = rows[:limit]
    if json:
        print_json({"documents": [as_json(row) for row in shown], "found": len(rows)})
    elif shown:
        from docproc.cli.printing.document_table import print_documents

        print_documents(shown)
        if len(shown) < len(rows):
            typer.echo(f"{len(shown):,} of {count_phrase(len(rows), 'document')}", err=True)
    else:
        typer.echo("no document meets these conditions", err=True)
    return ExitCode.DONE if rows else ExitCode.NOT_FOUND
