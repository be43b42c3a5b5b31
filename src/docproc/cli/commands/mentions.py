"""``docproc mentions``: every passage that names a person, a place or a word."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from docproc.cli.document_choice import DocumentConditions
from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json
from docproc.errors import ExitCode, UsageError


@with_groups
def mentions(
    name: Annotated[str, typer.Argument(help="A person, a place or a word.")],
    workspace: WorkspaceOption = None,
    conditions: DocumentConditions = DocumentConditions(),  # noqa: B008 - frozen
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many passages at most.")
    ] = None,
    json: JsonOption = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="Print comma-separated values, passages with them.")
    ] = False,
) -> int:
    """List every passage that names someone or something, in every spelling that search knows.

    All of them, by date, not the best ten. In a pipe, one passage a line, its columns between
    tabs: date (EDTF), document, locator, what is printed, source. With --csv a table that a
    spreadsheet opens: the same, with each passage and its reference. Exit code 1 when there is
    none.
    """
    from docproc.browsing.listing import name_document, place_document
    from docproc.browsing.mention_table import mentions_csv, summary
    from docproc.cli.open_library import library_of, say_notice
    from docproc.cli.printing.tables import print_table

    if json and csv:
        raise UsageError("--json and --csv are two forms of one answer: give one of them")
    library = library_of(workspace)
    found = library.mentions(name, scope=conditions.words)
    shown = found.mentions[:limit]
    if json:
        from docproc.rendering.json import mentions_json

        print_json(mentions_json(found, shown))
    elif csv:
        typer.echo(mentions_csv(shown), nl=False)
    elif shown or not sys.stdout.isatty():
        print_table(
            ("date", "document", "where", "printed", "source"),
            [
                (
                    each.document.date or "",
                    name_document(each.document),
                    each.passage.locator,
                    ", ".join(dict.fromkeys(each.spellings)),
                    place_document(each.document),
                )
                for each in shown
            ],
        )
    if not (json or csv):
        typer.echo(summary(found), err=True)
    say_notice(library.room)
    return ExitCode.DONE if found.mentions else ExitCode.NOT_FOUND
