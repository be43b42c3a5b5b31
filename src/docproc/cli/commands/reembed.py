"""``docproc reembed``: a new generation from the catalog of the published one."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_line, workspace_of
from docproc.cli.runs import Run, RunOptions
from docproc.errors import ExitCode


class Precision(StrEnum):
    """How exactly an embedder computes."""

    FP32 = "fp32"
    BF16 = "bf16"
    INT8 = "int8"
    AUTO = "auto"


@with_groups
def reembed(
    workspace: WorkspaceOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="A model's name or folder, or the name of a plugin's embedder; "
            "else what config.toml names."
        ),
    ] = None,
    precision: Annotated[
        Precision | None,
        typer.Option(help="How exactly to compute: less is faster and slightly different."),
    ] = None,
    device: Annotated[str, typer.Option(help="Where to compute, such as cpu or cuda.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be embedded, how long, how much disk.")
    ] = False,
    options: RunOptions = RunOptions(),  # noqa: B008 - frozen
    json: JsonOption = False,
) -> int:
    """Embed again what is published, and publish that; no source is read again.

    The model that is given stays the workspace's until config.toml names another one after
    that.  Exit code 0 when done or nothing to do, 8 when the gate stays shut, 75 when another
    run is under way or the budget is spent: the next run goes on.
    """
    from docproc.operations.application import Application
    from docproc.operations.writing.runs import prepare_reembedding
    from docproc.pipeline.monitoring.progress import Silent

    space = workspace_of(workspace)
    application = Application(space, device)
    run = Run("reembed", space, options)
    if dry_run:
        run.limit()
        found = prepare_reembedding(
            application, Silent(), model=model, precision=precision
        ).estimate()
        if json:
            print_line({"command": "reembed"} | found.as_dict())
        else:
            typer.echo(found.summary())
        return ExitCode.DONE
    judge = options.judge(application)
    return run.report(
        lambda progress: prepare_reembedding(
            application,
            progress,
            model=model,
            precision=precision,
            gate=judge,
            wait=options.wait or 0,
        ).run(),
        json=json,
    )
