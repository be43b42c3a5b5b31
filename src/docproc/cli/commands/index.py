"""``docproc index``: parse, normalize, embed and index what changed; publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options.arguments import check_path_given
from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, workspace_of
from docproc.cli.runs import Run, RunOptions


@with_groups
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            parser=check_path_given,
            help="Only look at these files or folders for changes.",
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what could not be read before.")
    ] = False,
    allow_removals: Annotated[
        bool,
        typer.Option(
            "--allow-removals",
            help="Remove what is gone from the index, even if that is much or all of it.",
        ),
    ] = False,
    shards: Annotated[
        int | None,
        typer.Option(
            "--shards",
            min=1,
            max=1000,
            metavar="N",
            help="How many shards; else as config.toml says, or as it is published.",
        ),
    ] = None,
    executor: Annotated[
        str | None, typer.Option("--executor", metavar="NAME", help="What builds the shards.")
    ] = None,
    options: RunOptions = RunOptions(),  # noqa: B008 - frozen
    json: JsonOption = False,
) -> int:
    """Parse, normalize, embed and index what changed, and publish it.

    Exit code 0 when done or nothing to do, 5 when some files could not be read, 8 when the
    gate stays shut, 11 when more sources are gone than may be at once, 75 when another run is
    under way or the budget is spent.
    """
    from docproc.operations.application import Application
    from docproc.operations.writing.runs import prepare_index

    space = workspace_of(workspace)
    application = Application(space)
    judge = options.judge(application)
    return Run("index", space, options, asks=not json).report(
        lambda progress: prepare_index(
            application,
            progress,
            gate=judge,
            wait=options.wait or 0,
            retry_failed=retry_failed,
            allow_removals=allow_removals,
            shards=shards,
            executor=executor,
        ).run(paths or ()),
        json=json,
    )
