"""Libraries that come as extras: imported when a file needs them, or named with their command."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docproc.errors import SourceError


def library(module: str, extra: str, what: str = "this file") -> Any:
    """Import *module*, which ``docproc[extra]`` brings.

    A parser claims its files whether or not its library is there, and calls this in
    ``parse``.  Raises ``SourceError`` saying what must be installed to read *what*.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or module).partition(".")[0]
        raise SourceError(
            f"reading {what} needs {missing}, which is not installed: "
            f"pip install 'docproc[{extra}]'"
        ) from None
