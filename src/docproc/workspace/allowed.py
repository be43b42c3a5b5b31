"""What the user has allowed, by workspace: read here, written by ``docproc trust``.

The record is kept by user, in ``trusted.json`` in the user's folder for state.
"""

from __future__ import annotations

import json
from pathlib import Path

from docproc.workspace.user_folders import user_state


def record() -> Path:
    """The file of the record."""
    return user_state() / "trusted.json"


def read_allowed() -> dict[str, str]:
    """What was allowed, by the path of the workspace; what cannot be read allows nothing."""
    try:
        found = json.loads(record().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(root): given for root, given in found.items() if isinstance(given, str)}


def is_known(root: Path) -> bool:
    """Whether the user has allowed the workspace at *root*, or docproc itself runs from there."""
    root = root.resolve()
    return root == clone_of_docproc() or str(root) in read_allowed()


def clone_of_docproc() -> Path | None:
    """The clone that docproc runs from; ``None`` where it is installed."""
    clone = Path(__file__).resolve().parents[3]
    return clone if (clone / "src" / "docproc" / "workspace" / "allowed.py").is_file() else None
