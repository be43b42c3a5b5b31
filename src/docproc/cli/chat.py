"""``docproc chat``: a conversation with the documents."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options import WorkspaceOption, workspace_of

if TYPE_CHECKING:
    from docproc.retrieval import ReadingRoom


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
    answering = room.generation

    def renew() -> ReadingRoom | None:
        """The reading room of a generation that was published since the last question."""
        nonlocal answering
        wiring = Wiring(space)
        if wiring.generations.current_id() == answering:
            return None
        moved = wiring.reading_room()
        answering = moved.generation if moved else answering
        return moved

    return converse(
        room,
        console_for(sys.stdout),
        limit=limit or space.config.ask.limit,
        history=space.embeddings / "chat-history" if history else None,
        renew=renew,
    )
