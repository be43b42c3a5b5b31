"""A workspace: the folder that holds the configuration, the sources and all that is derived."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from docproc.config import FILE, Config, Sources
from docproc.config.reading import read_config
from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError
from docproc.workspace.allowed import is_known
from docproc.workspace.links import is_link, oddities


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``config.toml``, ``seeds/``, ``plugins/`` and ``embeddings/``."""

    root: Path
    config: Config

    @property
    def config_file(self) -> Path:
        return self.root / FILE

    @property
    def sources(self) -> Path:
        """The folder of source documents."""
        return self.root / self.config.sources.folder

    @property
    def plugins(self) -> Path:
        """The folder of drop-in plugins."""
        return self.root / "plugins"

    @property
    def embeddings(self) -> Path:
        """The folder of everything derived."""
        return self.root / "embeddings"


def find_workspace(start: Path, named: Path | None = None) -> Workspace:
    """Open the workspace *named*, or else the nearest one at or above *start*, as git does.

    Raises ``ConfigError`` when there is none, its ``config.toml`` is wrong, a link lies below its
    ``embeddings/``, or one that was not named belongs to another user.
    """
    if named is not None:
        return _open(named.resolve())
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            _check_owner(folder)
            return _open(folder)
    raise ConfigError(
        f"{start} is not in a docproc workspace: neither it nor a folder above it has a {FILE}; "
        "`docproc init` makes one here"
    )


def _open(root: Path) -> Workspace:
    config = read_config(root / FILE)
    workspace = Workspace(root, config)
    if not workspace.sources.resolve().is_relative_to(root):
        raise ConfigError(
            f"{root / FILE}: sources.folder: {config.sources.folder!r} lies outside the workspace"
        )
    _check_own_folder(workspace.embeddings)
    if workspace.embeddings.is_relative_to(workspace.sources):
        raise ConfigError(
            f"{root / FILE}: sources.folder: {config.sources.folder!r} holds the workspace's own "
            "files as well; name a folder of its own for the documents"
        )
    refuse_within_sources(root)
    return workspace


def refuse_within_sources(root: Path) -> None:
    """Raise ``ConfigError`` where *root* lies among the sources of another workspace."""
    for folder in root.resolve().parents:
        if (sources := _sources_of(folder)) and root.resolve().is_relative_to(sources):
            raise ConfigError(
                f"{root}: lies among the sources of the workspace {folder}, which would index "
                "it; a workspace cannot lie within another one's documents"
            )


def _sources_of(folder: Path) -> Path | None:
    """The folder of sources of the workspace in *folder*; ``None`` where there is none."""
    try:
        config = tomllib.loads((folder / FILE).read_text("utf-8-sig"))
    except (OSError, ValueError):
        return None
    table = config.get("sources", {})
    name = table.get("folder", Sources().folder) if isinstance(table, dict) else None
    return folder / name if isinstance(name, str) else None


def _check_own_folder(embeddings: Path) -> None:
    """Raise ``ConfigError`` where anything below it, or it itself, is a link or no plain file.

    docproc writes and removes there, and what came with a workspace from elsewhere may lead
    anywhere.
    """
    odd = embeddings if is_link(embeddings) else next(oddities(embeddings), None)
    if odd is not None:
        what = "a link" if is_link(odd) else "neither a file nor a folder"
        raise ConfigError(
            f"{odd}: {what}; docproc writes below embeddings/ and follows no link there: "
            "remove it, or put what it leads to in its place"
        )


def _check_owner(root: Path) -> None:
    """Raise ``ConfigError`` for a workspace of another user that nobody has allowed."""
    if not hasattr(os, "geteuid"):
        return
    mine = {os.geteuid()}
    if os.geteuid() == 0 and os.environ.get("SUDO_UID", "").isdecimal():
        mine.add(int(os.environ["SUDO_UID"]))
    for path in (root, root / FILE):
        owner = path.stat().st_uid
        if owner not in mine:
            if is_known(root):
                return
            raise ConfigError(
                f"{path} belongs to another user ({_name_of(owner)}), who could have docproc read "
                f"and write as you; if you know this workspace, name it: -w {root}, or allow it "
                f"for good: docproc trust {root}"
            )


def _name_of(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
