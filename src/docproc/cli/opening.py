"""Open a workspace's reading room; index first where nothing is published yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from docproc.errors import ConfigError
from docproc.operations.application import Application
from docproc.workspace import Workspace

if TYPE_CHECKING:
    from docproc.retrieval import ReadingRoom


def open_room(workspace: Workspace, application: Application | None = None) -> ReadingRoom:
    """The reading room over what is published; where nothing is, that is made first.

    Whoever opened it says what is stale (``say_notice``) when the answer is there.
    """
    application = application or Application(workspace)
    room = application.reading_room()
    if room is None:
        typer.echo("Nothing is indexed here yet: indexing first.", err=True)
        from docproc.cli.index import run_index

        run_index(application)
        room = application.reading_room()
        if room is None:
            raise ConfigError(
                f"no document could be read from {workspace.sources}; put some there, and ask again"
            )
    return room


def say_notice(room: ReadingRoom) -> None:
    """One line on standard error if sources have changed since they were indexed."""
    if room.notice:
        typer.echo(room.notice, err=True)
