"""``docproc init``: a new workspace that works at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docproc.config import FILE
from docproc.errors import ConfigError, UsageError
from docproc.workspace import refuse_within_sources

_CONFIG = """\
# A docproc workspace.  Every key and its default: docs/configuration.md of docproc,
# and `docproc plugins list` for the plugins that can be named here.

[sources]
folder = "seeds"          # put your documents there, at any depth

[pipeline]
normalizers = ["letter", "search-text"]
"""

_IGNORE = "/embeddings/\n"


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where; the current folder if not given.")
    ] = Path(),
) -> int:
    """Make a new workspace: config.toml, seeds/, plugins/, embeddings/."""
    from docproc.plugins.trust import trust

    config = folder / FILE
    if config.exists():
        raise ConfigError(f"{config}: there is one already; nothing was changed")
    refuse_within_sources(folder.absolute())
    try:
        _make(folder, config)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: no workspace can be made there: "
            f"{(error.strerror or str(error)).lower()}"
        ) from None
    trust(folder, own=True)
    typer.echo(f"A workspace stands in {folder.resolve()}.", err=True)
    typer.echo("Put documents into seeds/, then ask:  docproc ask 'your question'", err=True)
    return 0


def _make(folder: Path, config: Path) -> None:
    """Make the folders and the files.  Raises ``OSError``."""
    for name in ("seeds", "plugins", "embeddings"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    config.write_text(_CONFIG, "utf-8")
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text(_IGNORE, "utf-8")
