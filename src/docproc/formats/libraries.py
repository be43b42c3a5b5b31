"""Libraries that come as extras: imported when a file needs them, or named with their command."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docproc.errors import SourceError

__all__ = ["library"]


def library(module: str, extra: str = "", what: str = "this file", *, install: str = "") -> Any:
    """Import *module*, which ``docproc[extra]`` brings; for a plugin of yours, say what does.

    *install* is what is given to ``pip install`` then (``"my-plugin[pdf]"``); without it, and
    without *extra*, that is the module's own name.  A parser claims its files whether or not its
    library is there, and calls this in ``parse``.  Raises ``SourceError`` saying what must be
    installed to read *what*.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or module).partition(".")[0]
        wanted = install or (f"docproc[{extra}]" if extra else missing)
        raise SourceError(
            f"reading {what} needs {missing}, which is not installed: pip install '{wanted}'"
        ) from None
