"""Open a workspace's library for a command; index first where nothing is published yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from docproc.cli.options import shared_options
from docproc.cli.options.shared_options import workspace_of

if TYPE_CHECKING:
    from docproc.library import Library
    from docproc.operations.application import Application
    from docproc.retrieval import ReadingRoom


def library_of(option: Path | None, *, index_first: bool = True) -> Library:
    """The library of the workspace that the option, or the current folder, means.

    Where nothing is published yet, the first question indexes, if *index_first*.  The caller says
    what is stale (``say_notice``) after the answer.
    """
    workspace = workspace_of(option)  # goes on in another process, which alone imports the rest
    from docproc.library import Library
    from docproc.operations.application import Application
    from docproc.text.compiled_patterns import keep_compiled_patterns

    if shared_options.alone:
        keep_compiled_patterns()
    return Library(Application(workspace), when_empty=_index_first if index_first else None)


def _index_first(application: Application) -> None:
    typer.echo("Nothing is indexed here yet: indexing first.", err=True)
    from docproc.cli.runs import Run
    from docproc.operations.writing.runs import prepare_index

    Run("index", application.workspace).report(
        lambda progress: prepare_index(application, progress).run(), json=False
    )


def say_notice(room: ReadingRoom) -> None:
    """One line on standard error if sources have changed since they were indexed."""
    if room.notice:
        typer.echo(room.notice, err=True)
