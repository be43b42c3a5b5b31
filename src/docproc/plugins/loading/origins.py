"""Where plugins come from: built-in modules, installed distributions, files of the workspace.

Nothing is imported here before a source is asked for its module.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from docproc import __version__
from docproc.dataclass_on_use import dataclass
from docproc.hooks.markers import PROJECT
from docproc.plugins.loading.declared_commands import code_of, find_entry_points, name_point
from docproc.plugins.loading.drop_ins import DropIns
from docproc.plugins.loading.import_drop_in import import_drop_in

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@dataclass(frozen=True, slots=True)
class PluginOrigin:
    """Where a plugin module comes from.

    ``kind`` is ``"built-in"``, ``"distribution"`` or ``"drop-in"``; ``name`` the module's,
    the distribution's with its entry point, or the file's; ``version`` as the origin states it.
    """

    kind: str
    name: str
    version: str

    def __str__(self) -> str:
        return self.name if self.kind == "built-in" else f"{self.kind} {self.name}"

    def is_called(self, plugin: str) -> bool:
        """Whether the file, the distribution or its entry point is called as *plugin* is."""
        if self.kind == "built-in":
            return False
        if self.kind == "drop-in":
            return normalize_name(
                self.name.removeprefix("plugins/").removesuffix(".py")
            ) == normalize_name(plugin)
        distribution, _, point = self.name.rstrip(")").partition(" (")
        return normalize_name(plugin) in {normalize_name(distribution), normalize_name(point)}


@dataclass(frozen=True, slots=True)
class PluginSource:
    """One module that may offer plugins, not imported yet; ``code`` reads its source."""

    origin: PluginOrigin
    find: Callable[[], ModuleType]
    code: Callable[[], bytes] = bytes


def normalize_name(name: str) -> str:
    """*name* as distributions compare theirs, without ``docproc`` before it."""
    return re.sub(r"[-_.\s]+", "-", name).lower().removeprefix(PROJECT + "-")


def built_in_source(name: str) -> PluginSource:
    """The built-in module called *name*."""
    origin = PluginOrigin("built-in", PROJECT, __version__)
    return PluginSource(origin, lambda: importlib.import_module(name))


def installed_sources() -> Iterator[PluginSource]:
    """The entry points of the group ``docproc``, by name."""
    yield from map(_make_installed, find_entry_points())


def _make_installed(point: EntryPoint) -> PluginSource:
    origin = PluginOrigin(
        "distribution", name_point(point), point.dist.version if point.dist else ""
    )
    return PluginSource(origin, point.load, lambda: code_of(point.module))


def drop_in(path: Path, drop_ins: DropIns) -> PluginSource:
    """The module or package at *path* of *drop_ins*; its version is a digest of its text."""
    origin = PluginOrigin("drop-in", f"plugins/{path.name}", drop_ins.digest(path)[:12])
    return PluginSource(origin, lambda: import_drop_in(path, drop_ins), lambda: drop_ins.text(path))
