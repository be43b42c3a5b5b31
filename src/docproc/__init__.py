"""docproc: question a folder of archival documents, and get the exact passages back.

``docproc.open()`` opens a workspace for asking, listing, citing and verifying
(:class:`docproc.library.Library`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.telemetry import switch_off

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.library import Library

__all__ = ["__version__", "open"]
__version__ = "0.1.0"

switch_off()


def open(path: str | Path | None = None) -> Library:  # noqa: A001 - docproc.open reads well
    """Open the workspace at *path*, or the nearest one at or above the current folder.

    Raises ``docproc.errors.ConfigError`` where there is none or its ``config.toml`` is wrong.
    """
    from docproc.library import open_library

    return open_library(path)
