"""Declared: the commands that plugins add, read from their source without running it.

``docproc --help`` and the chat list them by name and summary, and import no plugin for that.
So the registrations of a command must be written out, with plain strings, in the function
``docproc_commands`` (``docproc_chat_commands``) of the module that the entry point names, or
of the drop-in.
"""

from __future__ import annotations

import ast
import os
import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import EntryPoint


GROUP = "docproc"
"""The group of entry points by which distributions offer plugins."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A command as its plugin's source declares it; ``origin`` is where that lies."""

    name: str
    summary: str
    origin: str

    @property
    def file(self) -> str:
        """The name of the drop-in's file, without its ending, or of the distribution."""
        name = self.origin.partition(" ")[2].removeprefix("plugins/")
        return name.rpartition(" (")[0] or name.removesuffix(".py")


def find_declared(hook: str, drop_ins: list[Path]) -> list[Declared]:
    """The registrations that installed distributions, and *drop_ins*, declare for *hook*."""
    found = []
    for point in find_entry_points():
        code = code_of(point.module)
        found += [Declared(*each, f"distribution {name_point(point)}") for each in read(code, hook)]
    for path in drop_ins:
        code = drop_in_code(path)
        found += [Declared(*each, f"drop-in plugins/{path.name}") for each in read(code, hook)]
    return found


def find_entry_points() -> list[EntryPoint]:
    """The entry points of distributions that offer plugins, by name."""
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def name_point(point: EntryPoint) -> str:
    """The distribution of *point*, with the name of the entry point."""
    return f"{point.dist.name} ({point.name})" if point.dist else point.name


def drop_in_code(path: Path) -> bytes:
    """The source of the drop-in at *path*: of a package, that of its ``__init__``."""
    try:
        return (path / "__init__.py" if path.is_dir() else path).read_bytes()
    except OSError:
        return b""


def code_of(module: str) -> bytes:
    """The source of *module*, found without importing it or its package; empty if it cannot be."""
    top, *rest = module.split(".")
    try:
        spec = find_spec(top)
        for part in rest:
            if spec is None:
                return b""
            spec = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
        return Path(spec.origin).read_bytes() if spec and spec.origin else b""
    except (OSError, ImportError, ValueError):
        return b""


def read(code: bytes, hook: str) -> Iterator[tuple[str, str]]:
    """Name and summary of each registration that *code* writes out in the function *hook*."""
    if hook.encode() not in code:
        return
    try:
        module = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and function.name == hook:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _name(call.func) == "Registration":
                    name = _text(call, 0, "name")
                    if name:
                        yield name, _text(call, 2, "summary")


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(call: ast.Call, place: int, keyword: str) -> str:
    """The plain string that *call* passes at *place*, or by *keyword*; else ``""``."""
    by_name = [each.value for each in call.keywords if each.arg == keyword]
    given = by_name[0] if by_name else call.args[place] if len(call.args) > place else None
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return " ".join(given.value.split())
    return ""


_FACTS = (".dist-info", ".egg-info")


def entry_points(group: str) -> Iterable[EntryPoint]:
    """What ``importlib.metadata.entry_points`` finds of *group*; asked only if there may be any."""
    if not may_have(group):
        return ()
    from importlib.metadata import entry_points as find

    return find(group=group)


def may_have(group: str) -> bool:
    """Whether a distribution on the path may have entry points of *group*.

    They stand under ``[group]`` in a file beside the distribution.  What is not a plain folder,
    or is found by another finder than Python's own, may have some.
    """
    if any(_finds_others(finder) for finder in sys.meta_path):
        return True
    heading = f"[{group}]".encode()
    return any(_may_hold(place or os.curdir, heading) for place in sys.path)


def _finds_others(finder: object) -> bool:
    return finder is not PathFinder and hasattr(finder, "find_distributions")


def _may_hold(place: str, heading: bytes) -> bool:
    if place.endswith(".egg"):
        return True
    try:
        with os.scandir(place) as found:
            facts = [each.path for each in found if each.name.lower().endswith(_FACTS)]
    except NotADirectoryError:  # an archive
        return True
    except OSError:  # there is nothing, as in most paths of the standard library
        return False
    return any(heading in _read(each) for each in facts)


def _read(facts: str) -> bytes:
    try:
        return Path(facts, "entry_points.txt").read_bytes()
    except OSError:
        return b""
