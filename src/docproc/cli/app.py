"""The typer application: the options that stand before a command."""

from __future__ import annotations

from typing import Annotated

import typer

from docproc.cli.plugin_commands import Commands

app = typer.Typer(
    name="docproc",
    cls=Commands,
    help="Question a folder of archival documents; get the exact passages back, "
    "each with its archival reference.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from docproc import __version__

        typer.echo(f"docproc {__version__}")
        raise typer.Exit


def _without_plugins(wanted: bool) -> None:
    if wanted:
        import os

        from docproc.plugins.loading.trust import NO_PLUGINS

        os.environ[NO_PLUGINS] = "1"


def _without(names: list[str] | None) -> None:
    if names:
        import os

        from docproc.config import WITHOUT

        os.environ[WITHOUT] = ",".join(filter(None, [os.environ.get(WITHOUT, ""), *names]))


@app.callback()
def docproc(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
    no_plugins: bool = typer.Option(
        False,
        "--no-plugins",
        callback=_without_plugins,
        is_eager=True,
        help="Load only the plugins that come with docproc.",
    ),
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            callback=_without,
            is_eager=True,
            help="Leave this plugin out, or all of a file or a distribution; can be repeated.",
        ),
    ] = None,
) -> None:
    """Question a folder of archival documents.

    Exact passages come back, each with its archival reference.
    """
