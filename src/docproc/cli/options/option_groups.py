"""Options that several commands have: one object for a command, one option a field for typer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, TypeVar, get_type_hints

Result = TypeVar("Result")


def with_groups(command: Callable[..., Result]) -> Callable[..., Result]:
    """*command* as typer is to see it: a parameter that is a dataclass becomes its fields.

    The fields are annotated as options, and have defaults; what they are set to reaches
    *command* as one object.  Two groups of one command may have no field in common.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name not in groups:
            parameters.append(parameter.replace(annotation=hints[name]))
            continue
        kinds = get_type_hints(groups[name], include_extras=True)
        parameters += [
            inspect.Parameter(
                each.name, parameter.kind, default=each.default, annotation=kinds[each.name]
            )
            for each in fields(groups[name])
        ]

    @wraps(command)
    def run(**given: Any) -> Result:
        made = {
            name: group(**{each.name: given.pop(each.name) for each in fields(group)})
            for name, group in groups.items()
        }
        return command(**given, **made)

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        parameters, return_annotation=hints.get("return", Any)
    )
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
