"""``docproc init``: a new workspace that works at once."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from docproc.cli.options.arguments import check_path_given
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
        Path,
        typer.Argument(
            metavar="[DIR]", parser=check_path_given, help="Where; the current folder if not given."
        ),
    ] = Path(),
) -> int:
    """Make a new workspace: config.toml, seeds/, plugins/, embeddings/."""
    from docproc.plugins.loading.drop_ins import read_drop_ins
    from docproc.plugins.loading.trust import trust

    config = folder / FILE
    if config.exists() or config.is_symlink():
        raise ConfigError(f"{config}: there is one already; nothing was changed")
    refuse_within_sources(folder.absolute())
    try:
        _make(folder, config)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: no workspace can be made there: "
            f"{(error.strerror or str(error)).lower()}"
        ) from None
    if brought := read_drop_ins(folder / "plugins").code:
        typer.echo(
            f"plugins/ has code already ({min(brought)}); it runs once you say: "
            f"docproc trust {folder}",
            err=True,
        )
    else:
        trust(folder, own=True)
    typer.echo(f"The workspace is in {folder.resolve()}.", err=True)
    typer.echo("Put documents into seeds/, then ask:  docproc ask 'your question'", err=True)
    return 0


def _make(folder: Path, config: Path) -> None:
    """Make the folders and the files.  Raises ``OSError``."""
    for name in ("seeds", "plugins", "embeddings"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path, text in ((config, _CONFIG), (folder / ".gitignore", _IGNORE)):
        with contextlib.suppress(FileExistsError), path.open("x", encoding="utf-8") as file:
            file.write(text)  # through no link that came with the folder
