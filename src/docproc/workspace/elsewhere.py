"""The tables ``[sources.NAME]`` of ``config.toml``: what is fetched from elsewhere, and whereto."""

from __future__ import annotations

import re
from dataclasses import field, fields
from pathlib import Path
from typing import Any

from docproc.config.reading import line_of
from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, UsageError, nearest
from docproc.records.settings import MOST
from docproc.workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """`[sources.NAME]`: a source to fetch; whatever else stands there is the plugin's setting."""

    name: str = ""
    uses: str = field(
        default="",
        metadata={"help": "The plugin that knows such sources (`docproc plugins list`)."},
    )
    folder: str = field(
        default="",
        metadata={"help": "Where it is mirrored, within the folder of sources; empty: `NAME`."},
    )
    max_megabytes: float = field(
        default=2000.0, metadata={"help": "How much one fetch brings in at most."}
    )
    pause: float = field(
        default=1.0, metadata={"help": "Seconds between two requests to one host, at least."}
    )
    seconds: float = field(default=600.0, metadata={"help": "How long one answer may take."})
    contact: str = field(
        default="", metadata={"help": "An address of yours that the hosts are told."}
    )
    settings: dict[str, Any] = field(default_factory=dict)

    def within(self, workspace: Workspace) -> str:
        """The path of its folder in *workspace*, with ``/``."""
        return (self.path(workspace)).relative_to(workspace.root).as_posix()

    def path(self, workspace: Workspace) -> Path:
        """Its folder in *workspace*."""
        return workspace.sources / (self.folder or self.name)


def sources_elsewhere(workspace: Workspace) -> dict[str, Elsewhere]:
    """The sources of *workspace* that are fetched, by name.

    Raises ``ConfigError`` where a table cannot be what it should: one without ``uses``, a folder
    outside the workspace's sources, or one within another's.
    """
    tables = workspace.config.elsewhere
    found = {name: _read(workspace, name, table) for name, table in tables.items()}
    taken: dict[Path, str] = {}
    for name, each in found.items():
        path = each.path(workspace)
        for other, by in taken.items():
            if path == other or path.is_relative_to(other) or other.is_relative_to(path):
                raise _wrong(
                    workspace, f"sources.{name}.folder", f"it lies where that of {by!r} does"
                )
        taken[path] = name
    return found


def choose_elsewhere(workspace: Workspace, names: list[str]) -> list[Elsewhere]:
    """The sources called *names*, or all; raises ``UsageError`` for a name that none has."""
    known = sources_elsewhere(workspace)
    for name in names:
        if name not in known:
            there = ", ".join(known) or f"none: {workspace.config_file} has no [sources.NAME]"
            raise UsageError(
                f"no source is called {name!r}{nearest(name, known)}; there are: {there}"
            )
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def _read(workspace: Workspace, name: str, table: dict[str, Any]) -> Elsewhere:
    own = {each.name: each for each in fields(Elsewhere) if each.name not in ("name", "settings")}
    given = {key: value for key, value in table.items() if key in own}
    if not _NAME.fullmatch(name):
        raise _wrong(
            workspace, f"sources.{name}", "a name is letters, figures, hyphens, at most 61"
        )
    for key, value in given.items():
        number = isinstance(own[key].default, float)
        right = (int, float) if number else (str,)
        if not isinstance(value, right) or isinstance(value, bool):
            kind = "a number" if number else "text"
            raise _wrong(workspace, f"sources.{name}.{key}", f"it is {kind}, not {value!r}")
        if number and not 0 <= float(value) <= MOST:
            raise _wrong(workspace, f"sources.{name}.{key}", f"{value} is out of its range")
    if not given.get("uses"):
        what = "it names no plugin: `uses`; for a folder of documents, set `folder` under [sources]"
        raise _wrong(workspace, f"sources.{name}", what)
    rest = {key: value for key, value in table.items() if key not in own}
    made = Elsewhere(name=name, settings=rest, **given)
    path, sources = Path(made.folder or name), workspace.sources
    within = not path.is_absolute() and ".." not in path.parts and path.parts
    if not within or any(part.startswith(".") for part in path.parts):
        raise _wrong(
            workspace,
            f"sources.{name}.folder",
            f"{made.folder!r} is no folder within {sources.relative_to(workspace.root)}/",
        )
    return made


def _wrong(workspace: Workspace, key: str, what: str) -> ConfigError:
    path = workspace.config_file
    return ConfigError(f"{path}{line_of(path.read_text('utf-8-sig'), key)}: {key}: {what}")
