"""The folders of the user that docproc keeps things in, as each system has them."""

from __future__ import annotations

import os
from pathlib import Path


def user_cache(name: str) -> Path:
    """The folder of the user's cache that docproc keeps *name* in; not made."""
    from platformdirs import user_cache_path

    return user_cache_path("docproc", appauthor=False) / name


def user_state() -> Path:
    """The folder of what docproc remembers of the user's workspaces; not made."""
    from platformdirs import user_state_path

    return user_state_path("docproc", appauthor=False)


def write_user_file(path: Path, text: str | bytes) -> None:
    """Write *text* into the file at *path*, whole or not at all, readable by its owner alone.

    It may be bytes.  Raises ``OSError``.  (``store`` writes what is in a workspace.)
    """
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
