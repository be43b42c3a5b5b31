"""What the user has allowed, by workspace: read here, written by ``docproc trust``.

The record is kept by user, in ``docproc/trusted.json`` below ``$XDG_STATE_HOME`` (without it
``~/.local/state``, on Windows ``%LOCALAPPDATA%``).
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def record() -> Path:
    """The file of the record."""
    home = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".local" / "state") / "docproc" / "trusted.json"


def known() -> dict[str, str]:
    """What was allowed, by the path of the workspace; what cannot be read allows nothing."""
    try:
        found = json.loads(record().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_known(root: Path) -> bool:
    """Whether the user has allowed the workspace at *root*, or docproc itself runs from there."""
    root = root.resolve()
    return root == clone_of_docproc() or str(root) in known()


def clone_of_docproc() -> Path | None:
    """The clone that docproc runs from; ``None`` where it is installed."""
    clone = Path(__file__).resolve().parents[2]
    return clone if (clone / "src" / "docproc" / "allowed.py").is_file() else None
