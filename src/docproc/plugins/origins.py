"""Where plugins come from: built-in modules, installed distributions, files of the workspace.

Nothing is imported here before a source is asked for its module.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

from docproc import __version__
from docproc.hooks.markers import PROJECT
from docproc.plugins.declared_commands import called, code_of, drop_in_code, points
from docproc.plugins.drop_ins import digest


@dataclass(frozen=True, slots=True)
class Origin:
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
            return plain(self.name.removeprefix("plugins/").removesuffix(".py")) == plain(plugin)
        distribution, _, point = self.name.rstrip(")").partition(" (")
        return plain(plugin) in {plain(distribution), plain(point)}


@dataclass(frozen=True, slots=True)
class Source:
    """One module that may offer plugins, not imported yet; ``code`` reads its source."""

    origin: Origin
    find: Callable[[], ModuleType]
    code: Callable[[], bytes] = bytes


def plain(name: str) -> str:
    """*name* as distributions compare theirs, without ``docproc`` before it."""
    return re.sub(r"[-_.\s]+", "-", name).lower().removeprefix(PROJECT + "-")


def built_in(name: str) -> Source:
    """The built-in module called *name*."""
    origin = Origin("built-in", PROJECT, __version__)
    return Source(origin, lambda: importlib.import_module(name))


def installed() -> Iterator[Source]:
    """The entry points of the group ``docproc``, by name."""
    yield from map(_installed, points())


def _installed(point: EntryPoint) -> Source:
    origin = Origin("distribution", called(point), point.dist.version if point.dist else "")
    return Source(origin, point.load, lambda: code_of(point.module))


def drop_in(path: Path) -> Source:
    """The module or package at *path*; its version is a digest of its text."""
    origin = Origin("drop-in", f"plugins/{path.name}", digest(path)[:12])
    return Source(origin, lambda: _import_file(path), lambda: drop_in_code(path))


def _import_file(path: Path) -> ModuleType:
    """Import a module or package from *path* under a name of its own."""
    name = f"docproc_drop_in_{path.stem}"
    init = path / "__init__.py" if path.is_dir() else path
    where = [str(path)] if path.is_dir() else None
    spec = importlib.util.spec_from_file_location(name, init, submodule_search_locations=where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module
