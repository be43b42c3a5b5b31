"""A workspace: the folder that holds the configuration, the sources and all that is derived."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docproc.config import FILE, Config, read_config
from docproc.errors import ConfigError


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

    Raises ``ConfigError`` when there is none, or its ``config.toml`` is wrong.
    """
    if named is not None:
        return _open(named.resolve())
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
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
    return workspace
