"""``docproc plugins``: what is on offer, where it comes from, and what is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from docproc.cli.options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import UsageError

if TYPE_CHECKING:
    from docproc.hooks import Registration
    from docproc.plugins import Plugins

app = typer.Typer(
    help="The plugins of this workspace.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def plugins() -> None:
    """The plugins of this workspace."""


@app.command("list")
def list_plugins(
    workspace: WorkspaceOption = None,
    settings: Annotated[
        bool, typer.Option("--settings", help="List their settings, with the values in force.")
    ] = False,
    json: JsonOption = False,
) -> int:
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
            "settings": _settings(wiring, offer.registration),
        }
        for offer in wiring.registry.offers
    ]
    if json:
        faults = [str(fault) for fault in wiring.registry.faults]
        print_json({"plugins": rows, "faults": faults})
        return 0
    from docproc.cli.tables import print_table

    if settings:
        print_table(
            ("plugin", "stage", "setting", "value", "default", "what it does"),
            [
                (
                    offer.name,
                    offer.stage,
                    s["name"],
                    _toml(s["value"]),
                    "" if s["value"] == s["default"] else _toml(s["default"]),
                    s["help"],
                )
                for offer in wiring.registry.offers
                for s in _settings(wiring, offer.registration)
            ],
        )
        typer.echo("Set them under [plugins.NAME] in config.toml.", err=True)
        return 0
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
    for notice in wiring.registry.notices:
        typer.echo(f"on its way out: {notice}", err=True)
    return 0


@app.command("why")
def why_plugin(
    name: Annotated[str, typer.Argument(help="A plugin, a file in plugins/, a distribution.")],
    workspace: WorkspaceOption = None,
) -> int:
    """Say why a plugin is in use, or why it is not.

    Exit code 2 where nothing is called so.
    """
    from docproc.plugin_why import unknown, why
    from docproc.wiring import Wiring

    wiring = Wiring(workspace_of(workspace))
    lines = why(wiring, name)
    if not lines:
        raise UsageError(unknown(wiring, name))
    for line in lines:
        typer.echo(line)
    return 0


def _settings(plugins: Plugins, registration: Registration) -> list[dict[str, object]]:
    """The settings that a plugin declares, each with the value in force."""
    values = plugins.settings(registration)
    return [
        {"name": s.name, "value": values[s.name], "default": s.default, "help": s.help}
        for s in registration.settings
    ]


def _toml(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
