"""``docproc chat``: a conversation with the documents."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from docproc.cli.options import WorkspaceOption, workspace_of


def chat(
    workspace: WorkspaceOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="How many passages at most.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history/--no-history", help="Keep a history of what you type.")
    ] = True,
) -> int:
    """Question the documents in a conversation; questions can also be piped in, one a line."""
    from docproc.chat.prompt import converse
    from docproc.chat.render_terminal import console_for
    from docproc.cli.opening import open_room
    from docproc.wiring import Wiring

    space = workspace_of(workspace)
    room = open_room(space)

    def renew() -> object:
        wiring = Wiring(space)
        return wiring.reading_room() if wiring.published_id() != room.generation else None

    return converse(
        room,
        console_for(sys.stdout),
        limit=limit or space.config.ask.limit,
        history=space.embeddings / "chat-history" if history else None,
        renew=renew,
    )
