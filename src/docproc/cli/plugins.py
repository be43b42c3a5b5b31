"""``docproc plugins``: what is on offer, where it comes from, and what is in use."""

from __future__ import annotations

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of

app = typer.Typer(
    help="The plugins of this workspace.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def plugins() -> None:
    """The plugins of this workspace."""


@app.command("list")
def list_plugins(workspace: WorkspaceOption = None, json: JsonOption = False) -> int:
    """List every plugin: stage, name, version, where it comes from, whether it is in use."""
    from docproc.wiring import Wiring

    wiring = Wiring(workspace_of(workspace))
    used = wiring.in_use()
    rows = [
        {
            "stage": offer.stage,
            "name": offer.name,
            "version": offer.version,
            "origin": str(offer.origin),
            "in_use": offer.name in used.get(offer.stage, ()),
            "summary": offer.registration.summary,
        }
        for offer in wiring.registry.offers
    ]
    if json:
        faults = [str(fault) for fault in wiring.registry.faults]
        print_json({"plugins": rows, "faults": faults})
        return 0
    from docproc.cli.tables import print_table

    print_table(
        ("", "stage", "name", "version", "from", "what it does"),
        [
            (
                "●" if r["in_use"] else "",
                r["stage"],
                r["name"],
                r["version"],
                r["origin"],
                r["summary"],
            )
            for r in rows
        ],
    )
    for fault in wiring.registry.faults:
        typer.echo(f"left out: {fault}", err=True)
    return 0
