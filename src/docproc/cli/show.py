"""``docproc show``: a document, or a passage in its document."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from docproc.cli.citing import STABLE, resolved
from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import ExitCode


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CITATION-OR-DOCUMENT",
            help="A stable name (docproc:…), the beginning of a passage's or a document's id, "
            "or a source file's name.",
        ),
    ],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> int:
    """Show a document as it was understood, or a passage marked in its document."""
    from docproc.cli.opening import open_room, say_notice
    from docproc.records import Passage

    room = open_room(workspace_of(workspace))
    say_notice(room)
    mark = None
    if name.startswith(STABLE):
        citation = resolved(room, name)
        if citation is None:
            return ExitCode.NOT_FOUND
        mark, document = citation.span, room.document(citation.document_id)
    elif isinstance(found := room.find(name), Passage):
        mark, document = found.span, room.document(found.document_id)
    else:
        document = found
    passages = room.passages(document.id)
    if json:
        from docproc.chat.render_json import document_json

        print_json(document_json(document, passages))
    else:
        from docproc.chat.render_terminal import console_for, render_document

        render_document(document, passages, console_for(sys.stdout), mark=mark)
    return 0
