"""The page of the public API: every public name with its signature, from the code."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import re
from collections.abc import Iterator

MODULES = (
    "docproc.hooks",
    "docproc.records",
    "docproc.references",
    "docproc.errors",
    "docproc.config",
    "docproc.formats.composer",
    "docproc.formats.libraries",
    "docproc.formats.sniffing",
    "docproc.formats.xml",
    "docproc.hooks.endpoints",
    "docproc.testing",
    "docproc.testing.fixtures",
    "docproc.testing.samples",
    "docproc.plugins.registry",
    "docproc.stages.embed.harmless",
    "docproc.stages.embed.models",
    "docproc.text.terms",
)
"""Public is what these modules name in ``__all__`` (``docproc.errors``: what it defines)."""


def public_api() -> str:
    """The page."""
    parts = [
        "# The public API\n",
        "What plugins may rely on, with signatures; everything else may change without notice. A "
        "name that goes, or changes so that a plugin must, warns for one release first. The tests "
        "hold this page to `tests/public_api.txt`, the API as it was last released: what differs "
        "must be named in the changelog.\n",
    ]
    for module in MODULES:
        parts.append(f"## `{module}`\n\n```text")
        parts += [line.removeprefix(f"{module}.") for line in lines_of(module)]
        parts.append("```\n")
    return "\n".join(parts)


def lines() -> list[str]:
    """A line for each public name, and for each public member of a public class."""
    return [line for module in MODULES for line in lines_of(module)]


def lines_of(module: str) -> Iterator[str]:
    """The lines of one module."""
    loaded = importlib.import_module(module)
    for name in sorted(getattr(loaded, "__all__", None) or _defined(loaded)):
        value, where = inspect.unwrap(getattr(loaded, name)), f"{module}.{name}"
        if inspect.isclass(value):
            yield f"{where}: class"
            yield from (f"{where}.{line}" for line in _members(value))
        elif inspect.isfunction(value):
            yield f"{where}{_signature(value)}"
        elif isinstance(value, int | str):
            yield f"{where} = {value!r}"
        else:
            yield f"{where}: {type(value).__name__}"


def _defined(module: object) -> list[str]:
    own = getattr(module, "__name__", "")
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == own
    ]


def _members(kind: type) -> Iterator[str]:
    """The fields, properties and methods that *kind* itself has, public ones."""
    if issubclass(kind, enum.Enum):
        yield from (f"{member.name} = {member.value!r}" for member in kind)
        return
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    for field in fields:
        given = field.default is not dataclasses.MISSING
        made = field.default_factory is not dataclasses.MISSING
        if not field.name.startswith("_"):
            yield f"{field.name}: {field.type}{' = …' if given or made else ''}"
    known = {field.name for field in fields}
    for name, annotation in inspect.get_annotations(kind).items():
        if name not in known and not name.startswith("_"):
            yield f"{name}: {annotation}"
    for name, member in sorted(vars(kind).items()):
        if name.startswith("_") or name in known:
            continue
        if isinstance(member, property) and member.fget:
            yield f"{name}: {inspect.get_annotations(member.fget).get('return', '')}"
        elif isinstance(member, classmethod | staticmethod):
            yield f"{name}{_signature(member.__func__)}"
        elif inspect.isfunction(member):
            yield f"{name}{_signature(member)}"


def _signature(function: object) -> str:
    shown = str(inspect.signature(function))  # type: ignore[arg-type]
    shown = re.sub(r"= <.*? at 0x[0-9a-f]+>", "= …", shown)
    return shown.replace("''", '""').replace("'", "")
