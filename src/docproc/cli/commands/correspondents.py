"""``docproc correspondents``: who wrote to whom, and how often."""

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
def correspondents(
    workspace: WorkspaceOption = None,
    conditions: DocumentConditions = DocumentConditions(),  # noqa: B008 - frozen
    kind: KindOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many pairs at most.")
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> int:
    """Count who wrote to whom, the most often first; or draw it as a network.

    Ways to write one name (R.G. Casey, R. G. CASEY, Casey, R.G.) count as one; other spellings
    are counted apart. In a pipe, one pair a
    line, between tabs: documents, sender, recipient, years. Exit code 1 when there is none.
    """
    from docproc.browsing.correspondence import correspondences

    outputs = outputs_of(workspace_of(workspace), force=force)
    if output is not None:
        from docproc.browsing.pictures import check_picture

        check_picture(output)
        outputs.check(output)
    chosen = choose_documents(workspace, conditions, kind)
    catalog = chosen.catalog
    every = correspondences(chosen.rows, catalog.printed.correspondents(), catalog.printed.register)
    found = every[:limit]
    if output is not None and found:
        from docproc.browsing.pictures import draw_network

        documents = sum(each.documents for each in found)
        title = f"Who wrote to whom: {count_phrase(documents, 'document')}"
        left = draw_network(
            found, output, f"{title}: {chosen.words}" if chosen.words else title, outputs.write
        )
        typer.echo(f"drawn: {output}", err=True)
        if left:
            typer.echo(f"left out: the {left:,} who wrote and received least", err=True)
    if json:
        print_json(
            {
                "correspondents": [
                    {
                        "sender": each.sender,
                        "recipient": each.recipient,
                        "documents": each.documents,
                        "first": each.first.isoformat() if each.first else None,
                        "last": each.last.isoformat() if each.last else None,
                    }
                    for each in found
                ],
                "pairs": len(every),
            }
        )
    elif output is None and found:
        from docproc.cli.printing.tables import print_table

        print_table(
            ("documents", "from", "to", "years"),
            [(each.documents, each.sender, each.recipient, each.years) for each in found],
        )
        if len(found) < len(every):
            typer.echo(f"{len(found):,} of {count_phrase(len(every), 'pair')}", err=True)
    if not found:
        typer.echo("no document says who wrote to whom", err=True)
    return ExitCode.DONE if found else ExitCode.NOT_FOUND
