"""The names of collections: which are this workspace's, and which of them are still named."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from .server import NAME, drop

DESCRIPTION: Final = "milvus.json"
_PREFIX: Final = "docproc_"


def _embeddings_of(folder: Path) -> Path | None:
    """The ``embeddings/`` folder that *folder* lies in, if it is of a workspace's generation."""
    for each in folder.absolute().parents:
        if each.name == "generations":
            return each.parent
    return None


def lite_file(folder: Path) -> str:
    """The file of Milvus Lite, for what lies in *folder*."""
    return str((_embeddings_of(folder) or folder.absolute().parent) / NAME / "lite.db")


def begin_names(folder: Path) -> str:
    """How the collections of this workspace begin: a server may hold those of others."""
    root = _embeddings_of(folder)
    if root is None:
        return _PREFIX
    path = root / NAME / "workspace"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"workspace.{os.getpid()}")
        aside.write_text(secrets.token_hex(6), "ascii")
        try:
            os.link(aside, path)
        except OSError:
            if not path.exists():
                aside.replace(path)
        aside.unlink(missing_ok=True)
    return f"{_PREFIX}{path.read_text('ascii').strip()}_"


def retire(client: Any, folder: Path) -> None:
    """Drop this workspace's collections that no generation, and no draft, names."""
    named = set()
    root = _embeddings_of(folder)
    if root is None:
        return
    for path in (root / "generations").rglob(DESCRIPTION):
        try:
            named.add(str(json.loads(path.read_text("utf-8"))["collection"]))
        except (OSError, KeyError, TypeError, ValueError):
            return  # one that is damaged may name any
    for name in client.list_collections():
        if name.startswith(begin_names(folder)) and name not in named:
            drop(client, name)
