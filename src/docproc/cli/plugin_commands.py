"""Commands of plugins: listed without importing one, and run when they are called.

Listed are those of installed distributions, and of the drop-ins of the workspace that one
stands in where they are trusted.  A command that is called so that docproc has it already is
left out, and ``docproc --help`` says so.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from typer.core import TyperCommand, TyperGroup

from docproc.cli.own_commands import OwnCommands, summaries

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from docproc.plugins.loading.declared_commands import Declared

_LAST_CODE = 255
_HOOK = "docproc_commands"


class Commands(TyperGroup):
    """docproc's own commands, and after them those of plugins."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.commands = cast("dict[str, Any]", OwnCommands())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Docproc's own command of that name, or else a plugin's."""
        return super().get_command(ctx, cmd_name) or self._find_plugged(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Run typer's; a plugin's command may lie in the workspace that ``-w`` names."""
        ctx.meta[_HOOK] = args
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Docproc's own commands, and in a section of their own those of plugins."""
        with formatter.section("Commands"):
            formatter.write_dl(summaries())
        if _shut_out():
            return
        rows: dict[str, str] = {}
        for each in _declared_commands(_workspace([]), listing=True):
            if each.name in self.commands:
                message = f"the command {each.name!r} is docproc's own; it needs another name"
                print(f"left out: {each.origin}: {message}", file=sys.stderr)
            else:
                rows.setdefault(each.name, each.summary or f"Of the {each.origin}.")
        if rows:
            with formatter.section("Commands of plugins"):
                formatter.write_dl(sorted(rows.items()))

    def _find_plugged(self, ctx: Any, name: str) -> TyperCommand | None:
        arguments = ctx.meta.get(_HOOK, [])
        if _shut_out() or name.startswith("-"):
            return None
        for each in _declared_commands(_workspace(arguments), listing=False):
            if each.name == name:
                return _Plugged(each)
        return None


class _Plugged(TyperCommand):
    """A plugin's command, which is imported when it is called."""

    def __init__(self, find_declared: Declared) -> None:
        super().__init__(find_declared.name, help=find_declared.summary, add_help_option=False)
        self._summary = find_declared.summary

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Leave *args* as they are: the plugin says what they mean."""
        ctx.args = list(args)
        return []

    def invoke(self, ctx: Any) -> int:
        """Import the plugin, and run it; returns the exit code."""
        return _run(str(self.name), self._summary, ctx.args)


def _run(name: str, summary: str, arguments: list[str]) -> int:
    """Run the command *name*; what its plugin raises is an error that names it and its file."""
    from argparse import ArgumentParser, RawDescriptionHelpFormatter

    from docproc.cli.open_library import library_of
    from docproc.errors import PluginError
    from docproc.plugins.guards.guarded_extensions import guard_plugin

    library = library_of(_find_workspace_option(arguments))
    command, where = library.application.extensions.command(name)
    parser = ArgumentParser(
        prog=f"docproc {name}", description=summary, formatter_class=RawDescriptionHelpFormatter
    )
    _add_workspace(parser)
    guard_plugin(where, lambda: command.declare(parser))
    parsed = parser.parse_args(arguments)
    code = guard_plugin(where, lambda: command.run(parsed, library), prints=True)
    if code is not None and not (isinstance(code, int) and 0 <= code <= _LAST_CODE):
        raise PluginError(f"{where} broke its contract: {code!r} is not an exit code (0 to 255)")
    return int(code or 0)


def _declared_commands(root: Path | None, *, listing: bool) -> list[Declared]:
    """What plugins declare; for *listing* those alone that may run without asking."""
    from docproc.plugins.loading.declared_commands import find_declared
    from docproc.plugins.loading.drop_ins import drop_in_paths

    paths = list(drop_in_paths(root / "plugins")) if root else []
    if listing and root and paths:
        from docproc.plugins.loading.trust import find_foreign_drop_ins, is_trusted

        if find_foreign_drop_ins(root) and not is_trusted(root):
            paths = []
    found = find_declared(_HOOK, paths)
    off = _find_switched_off(root) if found else frozenset()
    return [each for each in found if not off.intersection((each.name, each.file))]


def _find_switched_off(root: Path | None) -> frozenset[str]:
    """The plugins that ``--without``, or ``config.toml``, switches off."""
    try:
        written = (root / "config.toml").read_bytes() if root else b""
    except OSError:
        written = b""
    if b"enabled" not in written and not os.environ.get("DOCPROC_WITHOUT"):
        return frozenset()  # almost always: what follows takes long to import
    from docproc.config import FILE, Config
    from docproc.config.reading import read_config
    from docproc.config.switched_off import find_switched_off
    from docproc.errors import ConfigError

    config = Config()
    if root and written:
        with contextlib.suppress(ConfigError):  # what is wrong with it is said when it is needed
            config = read_config(root / FILE)
    return find_switched_off(config)


def _shut_out() -> bool:
    """Whether ``--no-plugins`` is said (``plugins.loading.trust`` takes long to import)."""
    return bool(os.environ.get("DOCPROC_NO_PLUGINS"))


def _workspace(arguments: list[str]) -> Path | None:
    """The folder of the workspace that *arguments*, or the current folder, mean."""
    named = _find_workspace_option(arguments)
    if named is not None:
        return named.resolve()
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "config.toml").is_file()), None)


def _find_workspace_option(arguments: list[str]) -> Path | None:
    """The workspace that *arguments* name."""
    from argparse import ArgumentParser

    if not any(each.startswith("-") for each in arguments):
        return None
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    _add_workspace(parser)
    try:
        found: Path | None = parser.parse_known_args(arguments)[0].workspace
    except Exception:  # what is wrong with them is said when they are parsed in earnest
        return None
    return found


def _add_workspace(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--workspace",
        "-w",
        metavar="DIR",
        type=Path,
        help="the workspace; without it, the nearest one at or above the current folder",
    )
