"""``docproc trust``: whether the plugins that came with a workspace may run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options.shared_options import workspace_of


def trust(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="The workspace; without it, the nearest one."),
    ] = None,
    own: Annotated[
        bool,
        typer.Option(
            "--own",
            help="Trust later changes to them too: for a workspace whose plugins you write.",
        ),
    ] = False,
    host: Annotated[
        list[str] | None,
        typer.Option(help="Let its plugins send texts to this host, and trust nothing else."),
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Revoke it, hosts too.")] = False,
) -> int:
    """Allow the plugins in plugins/ of a workspace to run.

    They are programs: read them, or know who wrote them.  When they change, docproc asks
    again, except for a workspace of your own (--own, and what `docproc init` made).
    A plugin that sends texts to another program does so only to a host that you have
    allowed with --host, in a workspace of your own as well.
    """
    from docproc.plugins.loading import trust as trusted
    from docproc.plugins.loading.drop_ins import drop_in_paths
    from docproc.workspace.hosts import allow_hosts, forget_hosts

    workspace = workspace_of(folder)
    if forget:
        known = trusted.forget(workspace.root)
        hosts = forget_hosts(workspace.root)
        typer.echo("Forgotten." if known or hosts else "It was not trusted.", err=True)
        return 0
    if host:
        allow_hosts(workspace.root, host)
        named = ", ".join(host)
        typer.echo(f"Texts of {workspace.root} may be sent to: {named}.", err=True)
        return 0
    trusted.trust(workspace.root, own=own)
    names = [f"plugins/{path.name}" for path in drop_in_paths(workspace.plugins)]
    if names:
        typer.echo(f"Trusted in {workspace.root}: {', '.join(names)}.", err=True)
    else:
        typer.echo(f"plugins/ of {workspace.root} is empty: there is nothing to trust.", err=True)
    return 0
