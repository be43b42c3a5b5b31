"""Open a workspace's library for a command; index first where nothing is published yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from docproc.cli.options import workspace_of
from docproc.library import Library
from docproc.operations.application import Application

if TYPE_CHECKING:
    from docproc.retrieval import ReadingRoom


def library_of(option: Path | None) -> Library:
    """The library of the workspace that the option, or the current folder, means.

    Where nothing is published yet, the first question indexes.  The caller says what is stale
    (``say_notice``) after the answer.
    """
    return Library(Application(workspace_of(option)), when_empty=_index_first)


def _index_first(application: Application) -> None:
    typer.echo("Nothing is indexed here yet: indexing first.", err=True)
    from docproc.cli.index import run_index

    run_index(application)


def say_notice(room: ReadingRoom) -> None:
    """One line on standard error if sources have changed since they were indexed."""
    if room.notice:
        typer.echo(room.notice, err=True)
