"""How help names things: whole summaries, and one word in capitals for what is to be given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

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
    if parameter.param_type_name == "argument":
        word = parameter.metavar or str(parameter.name).upper()
        shown = word if parameter.required or word.startswith("[") else f"[{word}]"
        parameter.make_metavar = lambda ctx, *, usage=False: shown if usage else word  # noqa: ARG005
    elif parameter.metavar is None and not getattr(parameter, "is_flag", False):
        parameter.metavar = _WORDS.get(type(parameter.type).__name__)
