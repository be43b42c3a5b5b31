"""The folders of the user that docproc keeps things in, as each system has them."""

from __future__ import annotations

from pathlib import Path


def user_cache(name: str) -> Path:
    """The folder of the user's cache that docproc keeps *name* in; not made."""
    from platformdirs import user_cache_path

    return user_cache_path("docproc", appauthor=False) / name


def user_state() -> Path:
    """The folder of what docproc remembers of the user's workspaces; not made."""
    from platformdirs import user_state_path

    return user_state_path("docproc", appauthor=False)
