"""``docproc schedule``: ready units for systemd, cron and launchd, for this workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from docproc.cli import units
from docproc.cli.options import ForceOption, WorkspaceOption, outputs_of, workspace_of
from docproc.errors import UsageError

app = typer.Typer(
    help="Print ready units that run docproc every day for this workspace.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AtOption = Annotated[
    str, typer.Option("--at", metavar="HH:MM", help="When, every day, by the machine's clock.")
]
BudgetText = Annotated[str, typer.Option("--budget", help="How long a run may take.")]
MemoryText = Annotated[str, typer.Option("--max-memory", help="How much memory it may hold.")]
NiceText = Annotated[int, typer.Option("--nice", min=0, max=19, help="How far it gives way.")]


def _job(workspace: Path | None, at: str, budget: str, memory: str, nice: int) -> units.DailyJob:
    from docproc.cli.quantities import bytes_of, seconds_of

    hour, colon, minute = at.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise UsageError(f"--at {at!r}: a time of day is HH:MM, such as 03:00")
    return units.DailyJob(
        root=workspace_of(workspace).root,
        python=Path(sys.executable),
        hour=int(hour),
        minute=int(minute),
        budget=budget,
        budget_seconds=seconds_of(budget),
        memory=memory,
        memory_bytes=bytes_of(memory),
        nice=nice,
    )


@app.command()
def systemd(
    workspace: WorkspaceOption = None,
    at: AtOption = "03:00",
    budget: BudgetText = "2h",
    max_memory: MemoryText = "4G",
    nice: NiceText = 10,
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the two files there, instead of printing them."),
    ] = None,
    force: ForceOption = False,
) -> int:
    """Print a service and its timer; the first line of each names its file."""
    job = _job(workspace, at, budget, max_memory, nice)
    made = units.systemd(job)
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
def cron(
    workspace: WorkspaceOption = None,
    at: AtOption = "03:00",
    budget: BudgetText = "2h",
    max_memory: MemoryText = "4G",
    nice: NiceText = 10,
) -> int:
    """Print a line for `crontab -e`: silent unless something needs a person."""
    typer.echo(units.cron(_job(workspace, at, budget, max_memory, nice)), nl=False)
    return 0


@app.command()
def launchd(
    workspace: WorkspaceOption = None,
    at: AtOption = "03:00",
    budget: BudgetText = "2h",
    max_memory: MemoryText = "4G",
    nice: NiceText = 10,
) -> int:
    """Print a property list for ~/Library/LaunchAgents."""
    typer.echo(units.launchd(_job(workspace, at, budget, max_memory, nice)), nl=False)
    return 0
