"""``docproc schedule``: ready units for systemd, cron and launchd, for this workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options.option_groups import with_groups
from docproc.cli.options.shared_options import (
    ForceOption,
    WorkspaceOption,
    outputs_of,
    workspace_of,
)
from docproc.cli.printing import scheduler_units
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError

app = typer.Typer(
    help="Print ready units that run docproc every day for this workspace.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOptions:
    """When the daily run begins, and what it may spend."""

    at: Annotated[
        str, typer.Option("--at", metavar="HH:MM", help="When, every day, by the machine's clock.")
    ] = "03:00"
    budget: Annotated[str, typer.Option("--budget", help="How long a run may take.")] = "2h"
    max_memory: Annotated[
        str, typer.Option("--max-memory", help="How much memory it may hold.")
    ] = "4G"
    nice: Annotated[
        int, typer.Option("--nice", min=0, max=19, help="Its priority: 19 gives way the most.")
    ] = 10


def _job(workspace: Path | None, options: JobOptions) -> scheduler_units.DailyJob:
    from docproc.cli.options.arguments import parse_duration, parse_size

    hour, colon, minute = options.at.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise UsageError(f"--at {options.at!r}: a time of day is HH:MM, such as 03:00")
    return scheduler_units.DailyJob(
        root=workspace_of(workspace).root,
        python=Path(sys.executable),
        hour=int(hour),
        minute=int(minute),
        budget=options.budget,
        budget_seconds=parse_duration(options.budget),
        memory=options.max_memory,
        memory_bytes=parse_size(options.max_memory),
        nice=options.nice,
    )


@app.command()
@with_groups
def systemd(
    workspace: WorkspaceOption = None,
    options: JobOptions = JobOptions(),  # noqa: B008 - frozen
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the two files there, instead of printing them."),
    ] = None,
    force: ForceOption = False,
) -> int:
    """Print a service and its timer; the first line of each names its file."""
    job = _job(workspace, options)
    made = scheduler_units.systemd(job)
    if into is None:
        typer.echo("\n".join(made.values()), nl=False)
        return 0
    into.mkdir(parents=True, exist_ok=True)
    outputs = outputs_of(workspace_of(workspace), force=force)
    for name in made:
        outputs.check(into / name)
    for name, text in made.items():
        outputs.write(into / name, text.encode())
        typer.echo(f"written: {into / name}", err=True)
    typer.echo(f"then: systemctl --user enable --now {job.name}.timer", err=True)
    typer.echo("      loginctl enable-linger   # else nothing runs while you are away", err=True)
    return 0


@app.command()
@with_groups
def cron(
    workspace: WorkspaceOption = None,
    options: JobOptions = JobOptions(),  # noqa: B008 - frozen
) -> int:
    """Print a line for `crontab -e`: silent unless something needs a person."""
    typer.echo(scheduler_units.cron(_job(workspace, options)), nl=False)
    return 0


@app.command()
@with_groups
def launchd(
    workspace: WorkspaceOption = None,
    options: JobOptions = JobOptions(),  # noqa: B008 - frozen
) -> int:
    """Print a property list for ~/Library/LaunchAgents."""
    typer.echo(scheduler_units.launchd(_job(workspace, options)), nl=False)
    return 0
