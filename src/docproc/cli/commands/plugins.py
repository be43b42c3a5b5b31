"""``docproc plugins``: what is on offer, where it comes from, and what is in use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from docproc.cli.options.shared_options import JsonOption, WorkspaceOption, print_json, workspace_of
from docproc.errors import UsageError
from docproc.text.calls import TRACE
from docproc.text.output import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docproc.hooks import Registration
    from docproc.plugins.explaining.check import CheckedPlugin
    from docproc.plugins.selection.selection import PluginSelection


_KINDS = (
    "parse, normalize, segment, embed, encode, index, text-index, reference, citation, observe, "
    "rerank, rewrite, signal, veto, access, write, format, command, "
    "chat-command, execute, source or knowledge."
)
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
    """List every plugin: stage, name, what it does, where it comes from, whether it is in use."""
    from docproc.operations.application import Application

    application = Application.probing(workspace_of(workspace))
    used = application.plugins.in_use()
    rows = [
        {
            "stage": offer.stage.name,
            "name": offer.name,
            "version": offer.version,
            "origin": str(offer.origin),
            "in_use": offer.name in used.get(offer.stage, ()),
            "summary": offer.registration.summary,
            "settings": _settings(application.plugins, offer.registration),
        }
        for offer in application.plugins.registry.offers
    ]
    if json:
        faults = [str(fault) for fault in application.plugins.registry.faults]
        print_json({"plugins": rows, "faults": faults})
        return 0
    from docproc.cli.printing.tables import print_table

    if settings:
        print_table(
            ("plugin", "stage", "setting", "value", "default", "what it does"),
            [
                (
                    offer.name,
                    offer.stage.name,
                    s["name"],
                    json_text(s["value"]),
                    "" if s["value"] == s["default"] else json_text(s["default"]),
                    s["help"],
                )
                for offer in application.plugins.registry.offers
                for s in _settings(application.plugins, offer.registration)
            ],
        )
        typer.echo("Set them under [plugins.NAME] in config.toml.", err=True)
        return 0
    _print_offers(rows)
    for fault in application.plugins.registry.faults:
        typer.echo(f"left out: {fault}", err=True)
    for notice in application.plugins.registry.notices:
        typer.echo(f"deprecated: {notice}", err=True)
    return 0


def _print_offers(rows: list[dict[str, Any]]) -> None:
    """A table of *rows*; on a terminal each kind is named once, and no version of docproc's own."""
    from docproc.cli.printing.tables import print_table

    if not sys.stdout.isatty():
        names = ("stage", "name", "version", "origin", "summary")
        print_table((), [("●" if r["in_use"] else "", *(r[name] for name in names)) for r in rows])
        return
    shown, before = [], ""
    for r in rows:
        where = "" if r["origin"] == "docproc" else f" From {r['origin']}, version {r['version']}."
        kind = "" if r["stage"] == before else r["stage"]
        shown.append(("●" if r["in_use"] else "", kind, r["name"], r["summary"] + where))
        before = r["stage"]
    print_table(("", "stage", "name", "what it does"), shown)
    typer.echo("● is in use; --json names versions too.", err=True)


@app.command("new")
def new_plugin(
    name: Annotated[str, typer.Argument(help="Its name, such as old-spelling.")],
    stage: Annotated[str, typer.Option(metavar="KIND", help=_KINDS)],
    drop_in: Annotated[
        bool,
        typer.Option(
            "--drop-in/--package",
            help="One file in plugins/, or a distribution of its own in docproc-NAME/.",
        ),
    ] = True,
    workspace: WorkspaceOption = None,
) -> int:
    """Write a working plugin and its test, ready to be changed.

    As one file into plugins/ of the workspace, or with --package as a distribution, with
    pyproject.toml, README and continuous integration, into docproc-NAME/ here.
    """
    from pathlib import Path

    from docproc.errors import nearest
    from docproc.plugins import scaffold
    from docproc.plugins.loading import trust

    stage = scaffold.find_kind(stage)
    if stage not in scaffold.KINDS:
        known = ", ".join(scaffold.KINDS)
        raise UsageError(
            f"docproc has no starter for a {stage!r}{nearest(stage, scaffold.KINDS)}; "
            f"there are: {known}"
        )
    if drop_in:
        space = workspace_of(workspace)
        allowed = trust.is_trusted(space.root) or not trust.find_foreign_drop_ins(space.root)
        written = scaffold.write_drop_in(stage, name, space.plugins)
        if allowed:
            trust.trust(space.root, own=True)
        test = f"pytest {written[-1]}"
    else:
        folder = Path(f"docproc-{name}")
        written = scaffold.write_distribution(stage, name, folder)
        test = f"cd {folder} && pip install --editable '.[test]' && pytest"
    for path in written:
        typer.echo(str(path))
    typer.echo(f"Test it:  {test}", err=True)
    lines = scaffold.usage_lines(stage, name)
    if lines:
        typer.echo(f"Use it, in config.toml:\n{lines}", err=True)
    if drop_in and not allowed:
        typer.echo(f"Let it run:  docproc trust --own {space.root}", err=True)
    return 0


@app.command("check")
def check_plugin(
    name: Annotated[
        str | None, typer.Argument(help="A plugin; without it, all that are not built in.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Check plugins: that they load, keep their contract and pass the conformance kit.

    Exit code 4 where one does not.  The kit needs `pip install 'docproc[testing]'`.
    """
    from docproc.errors import ExitCode
    from docproc.hooks.specs import PARSE
    from docproc.operations.application import Application
    from docproc.plugins.explaining.check import check_with_kit
    from docproc.plugins.explaining.why import explain_unknown

    application = Application.probing(workspace_of(workspace))
    registry = application.plugins.registry
    offers = [
        offer
        for offer in registry.offers
        if (offer.origin.kind != "built-in" if name is None else offer.name == name)
    ]
    faults = [
        f for f in registry.faults if not f.wanted and (name is None or registry.may_be(name, f))
    ]
    if name is not None and not offers and not faults:
        raise UsageError(explain_unknown(application.plugins, name))
    for fault in faults:
        typer.echo(f"✗ {fault}")
    wrong = bool(faults)
    for offer in offers:
        done = check_with_kit(application.plugins, offer)
        wrong = wrong or bool(done.broken)
        kept = (
            "no conformance class"
            if done.passed is None
            else f"{done.passed} checks passed, {len(done.broken)} failed"
            + (f", {done.skipped} not tried" if done.skipped else "")
        )
        typer.echo(
            f"{'✗' if done.broken else '✓'} {offer.name} ({offer.stage}, {offer.origin}): "
            f"{kept}; imported in {done.import_seconds * 1000:.0f} ms"
        )
        for message in _gather(done):
            typer.echo("    " + message.replace("\n", "\n    "))
        for message in done.warned:
            typer.echo(f"    ⚠ {message}")
        if offer.stage == PARSE and done.skipped and not done.broken:
            typer.echo("    Put a file that it reads into seeds/, and more can be tried.")
    if not offers and not faults:
        typer.echo("There are only built-in plugins here.", err=True)
    return ExitCode.PLUGIN if wrong else ExitCode.DONE


@app.command("why")
def why_plugin(
    name: Annotated[str, typer.Argument(help="A plugin, a file in plugins/, a distribution.")],
    workspace: WorkspaceOption = None,
) -> int:
    """Say why a plugin is in use, or why it is not.

    Exit code 2 when nothing has that name.
    """
    from docproc.operations.application import Application
    from docproc.plugins.explaining.why import explain_plugin, explain_unknown

    application = Application.probing(workspace_of(workspace))
    lines = explain_plugin(application.plugins, name)
    if not lines:
        raise UsageError(explain_unknown(application.plugins, name))
    for line in lines:
        typer.echo(line)
    return 0


@app.command("trace", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def trace_plugins(context: typer.Context) -> int:
    """Run a command of docproc, and say on standard error which plugin was asked what.

    It says in which process, how often, for how long and what the plugin gave last; the exit code
    is the command's. Example: `docproc plugins trace ask 'Who asked for wagons?'`.
    """
    if not context.args:
        raise UsageError("which command? `docproc plugins trace index`, for example")
    return run_traced(context.args)


def _gather(done: CheckedPlugin) -> list[str]:
    """The message of each promise broken, once, with the names of the checks that found it."""
    found: dict[str, tuple[str, list[str]]] = {}
    for message, check in zip(done.broken, done.caught, strict=True):
        found.setdefault(message.partition("\n")[0], (message, []))[1].append(check)
    return [f"{message}\n  found by:     {', '.join(checks)}" for message, checks in found.values()]


def _settings(plugins: PluginSelection, registration: Registration) -> list[dict[str, object]]:
    """The settings that a plugin declares, each with the value in force."""
    values = plugins.settings(registration)
    return [
        {
            "name": s.name,
            "value": "(secret)" if s.secret and values[s.name] else values[s.name],
            "default": s.default,
            "help": s.help,
        }
        for s in registration.settings
    ]


def run_traced(arguments: Sequence[str]) -> int:
    """Run ``docproc`` with *arguments*, print its calls of plugins, return its exit code."""
    with tempfile.TemporaryDirectory(prefix="docproc-trace-") as folder:
        written = Path(folder) / "calls.jsonl"
        done = subprocess.run(  # noqa: S603 - docproc itself
            [sys.executable, "-m", "docproc", *arguments],
            env=os.environ | {TRACE: str(written)},
            check=False,
        )
        try:
            lines = written.read_text("utf-8").splitlines()
        except OSError:
            lines = []
    for line in summarize_calls([json.loads(each) for each in lines]):
        print(line, file=sys.stderr)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def summarize_calls(calls: Sequence[dict[str, object]]) -> list[str]:
    """A line for each plugin, step and process, in the order in which they were first asked."""
    found: dict[tuple[str, str, str], tuple[int, float, str]] = {}
    for call in calls:
        key = (str(call["process"]), str(call["plugin"]), str(call["step"]))
        times, seconds, _ = found.get(key, (0, 0.0, ""))
        spent = float(str(call["seconds"]))
        found[key] = (times + 1, seconds + spent, str(call["gave"]))
    if not found:
        return ["no plugin was asked anything"]
    return [
        f"process {process}: {plugin}{f', {step}' if step else ''}: "
        f"{times} {'time' if times == 1 else 'times'}, {seconds:.3f} s, gave {gave}"
        for (process, plugin, step), (times, seconds, gave) in found.items()
    ]
