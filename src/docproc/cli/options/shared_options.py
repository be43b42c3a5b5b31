"""Options that several commands share, and how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options.arguments import check_path_given
from docproc.text.output import json_text

if TYPE_CHECKING:
    from docproc.store.files.outputs import Outputs
    from docproc.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        parser=check_path_given,
        help="The workspace; without it, the nearest one at or above the current folder.",
    ),
]

alone = False
"""Whether this process runs one command and nothing else: ``main`` says so."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]


def outputs_of(workspace: Workspace, *, force: bool = False) -> Outputs:
    """Where a command over *workspace* may write results."""
    from docproc.store.files.outputs import Outputs

    own = (workspace.sources, workspace.embeddings, workspace.plugins)
    return Outputs(closed=own, force=force)


def workspace_of(option: Path | None) -> Workspace:
    """The workspace that the option, or the current folder, means.

    Where it came from elsewhere, the command goes on in a process that this one watches.  Raises
    ``ConfigError``.
    """
    from docproc.workspace import find_workspace, watch

    workspace = find_workspace(Path.cwd(), option)
    if alone:
        watch.apart(workspace.root)
    return workspace


def print_json(value: object) -> None:
    """Print *value* as one JSON object on standard output, in UTF-8, letters as they are."""
    typer.echo(json_text(value, indent=2))


def print_line(value: object) -> None:
    """Print *value* as one line of JSON on standard output, for logs and scripts."""
    typer.echo(json_text(value))
