"""docproc: question a folder of archival documents, and get the exact passages back.

``docproc.open()`` opens a workspace for asking, listing, citing and verifying
(:class:`docproc.library.Library`).

The telemetry of the libraries that docproc uses is switched off here, before one of them is
imported, for this process and for those that it starts: the variables are inherited.  docproc sends
nothing anywhere; the one thing that it fetches is a model, where the user's own configuration says
``download = true``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from docproc.library import Library

__all__ = ["__version__", "open"]
__version__ = "0.1.0"

NO_TELEMETRY = {
    # ONNX Runtime (from 1.24 on, on Linux and macOS too) queues events in the user's cache folder,
    # with an id of the machine, and sends them to its maker
    "ORT_DISABLE_TELEMETRY": "1",
    # the hub's client and its relatives count uses
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "SCARF_ANALYTICS": "false",
}
"""Environment variables, and the value of each that says no."""
os.environ.update(NO_TELEMETRY)


def open(path: str | Path | None = None) -> Library:  # noqa: A001 - docproc.open reads well
    """Open the workspace at *path*, or the nearest one at or above the current folder.

    Raises ``docproc.errors.ConfigError`` where there is none or its ``config.toml`` is wrong.
    """
    from docproc.library import open_library

    return open_library(path)
