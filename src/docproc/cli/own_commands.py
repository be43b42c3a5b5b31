"""docproc's own commands, each imported and built when it is asked for.

A command is a function, a group of commands a typer application; both stand in a module of
``commands/``.  ``docproc ask`` imports the module of ``ask`` and none of the twenty others.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import typer
import typer.main

_FIRST_SENTENCE = re.compile(r"\s*(.*?[.!?])(?:\s|$)", re.DOTALL)
_WORDS = {
    "IntRange": "NUMBER",
    "FloatRange": "NUMBER",
    "IntParamType": "NUMBER",
    "FloatParamType": "NUMBER",
    "StringParamType": "TEXT",
    "TyperPath": "PATH",
    "Path": "PATH",
}
"""By the name of a parameter's type; one of choices names these itself."""


def name_all(commands: Iterable[Any]) -> None:
    """Give each of *commands*, and those below it, its whole summary and plain words."""
    for command in commands:
        if command.help and not command.short_help:
            command.short_help = first_sentence(command.help)
        for parameter in command.params:
            _name(parameter)
        name_all(getattr(command, "commands", {}).values())


def first_sentence(text: str) -> str:
    """The first sentence of *text*, on one line."""
    found = _FIRST_SENTENCE.match(text)
    return " ".join((found[1] if found else text).split())


def _name(parameter: Any) -> None:
    kind = _WORDS.get(type(parameter.type).__name__)
    if kind == "NUMBER":
        parameter.type.name = "number"  # "'x' is not a valid number"
    if parameter.param_type_name == "argument":
        word = parameter.metavar or str(parameter.name).upper()
        shown = word if parameter.required or word.startswith("[") else f"[{word}]"
        parameter.make_metavar = lambda ctx, *, usage=False: shown if usage else word  # noqa: ARG005
    elif parameter.metavar is None and not getattr(parameter, "is_flag", False):
        parameter.metavar = kind


WHERE = {
    "init": "init:init",
    "fetch": "fetch:fetch",
    "index": "index:index",
    "reembed": "reembed:reembed",
    "ask": "ask:ask",
    "chat": "chat:chat",
    "mcp": "mcp:mcp",
    "read": "read:read",
    "show": "show:show",
    "check": "check:check",
    "cite": "cite:cite",
    "documents": "documents:documents",
    "mentions": "mentions:mentions",
    "timeline": "timeline:timeline",
    "correspondents": "correspondents:correspondents",
    "verify": "verify:verify",
    "withdraw": "withdraw:withdraw",
    "eval": "evaluate:evaluate",
    "status": "status:status",
    "doctor": "doctor:doctor",
    "trust": "trust:trust",
    "schedule": "schedule:app",
    "generations": "generations:app",
    "plugins": "plugins:app",
}
"""By its name, in the order of ``docproc --help``: the module, and what it is called there."""


class OwnCommands(Mapping[str, Any]):
    """The commands by their names, as typer's groups want them."""

    def __getitem__(self, name: str) -> Any:
        return _build(name)

    def __iter__(self) -> Iterator[str]:
        return iter(WHERE)

    def __len__(self) -> int:
        return len(WHERE)

    def __contains__(self, name: object) -> bool:
        return name in WHERE


def summaries() -> list[tuple[str, str]]:
    """Every command with the first sentence of its help; nothing is built for it."""
    return [(name, first_sentence(_help(_import(name)))) for name in WHERE]


def _import(name: str) -> Any:
    module, _, attribute = WHERE[name].partition(":")
    return getattr(importlib.import_module(f"docproc.cli.commands.{module}"), attribute)


def _help(command: Any) -> str:
    return str((command.info.help if isinstance(command, typer.Typer) else command.__doc__) or "")


@cache
def _build(name: str) -> Any:
    if name not in WHERE:
        raise KeyError(name)
    found = _import(name)
    alone = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name)
        command = typer.main.get_group(alone).commands[name]
    else:
        alone.command(name)(found)
        command = typer.main.get_command(alone)
    name_all([command])
    return command
