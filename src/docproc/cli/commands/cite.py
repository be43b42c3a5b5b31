"""``docproc cite``: a quotation or a document in a citation style."""

from __future__ import annotations

from typing import Annotated

import typer

from docproc.cli.options.shared_options import WorkspaceOption
from docproc.cli.printing.citations import STYLES, print_cited, resolve
from docproc.errors import ExitCode


def cite(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="Stable names (docproc:…), beginnings of passages' or documents' ids, or "
            "source files' names.",
        ),
    ],
    style: Annotated[
        str, typer.Option("--style", "-s", metavar="STYLE", help=f"One of {STYLES}.")
    ] = "plain",
    workspace: WorkspaceOption = None,
) -> int:
    """Cite passages or documents in a style: for a footnote, or for another program.

    Exit code 1 when a stable name is broken; why is said on standard error.
    """
    from docproc.cli.open_library import library_of, say_notice
    from docproc.records.citation_id import SCHEME

    library = library_of(workspace)
    chosen = library.application.extensions.citation_style(style)
    room = library.room
    say_notice(room)
    found = [
        resolve(room, name) if name.startswith(SCHEME) else library.citation(name) for name in names
    ]
    print_cited(chosen, [citation for citation in found if citation])
    return ExitCode.NOT_FOUND if None in found else ExitCode.DONE
