"""``docproc withdraw``: documents that must not be shown any more, at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json
from docproc.errors import ExitCode, UsageError


def withdraw(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="A document, as `docproc show` takes it; none: the list."
        ),
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="The reason; it is kept.")
    ] = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Show it again, if it was withdrawn.")
    ] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> int:
    """Withdraw a document: nothing shows it from the next question on.

    It stays withdrawn in the generations that follow. The source is left as it is: to delete it,
    remove the file, then run `docproc index` and `docproc generations prune`.
    """
    from docproc.cli.open_library import library_of
    from docproc.operations.writing import withdrawing

    library = library_of(workspace)
    if name is None:
        if why or restore:
            raise UsageError("--why and --restore need the name of a document")
        found = library.application.withdrawals.read()
    elif restore:
        found = withdrawing.restore(library.application, name)
    else:
        found = (withdrawing.withdraw(library.application, library.document(name), why or ""),)
    if json:
        print_json({"withdrawn" if not restore else "restored": [asdict(each) for each in found]})
    else:
        for each in found:
            typer.echo(f"{'shown again: ' if restore else ''}{each}")
        if not found:
            typer.echo("Nothing is withdrawn.", err=True)
    return ExitCode.DONE
