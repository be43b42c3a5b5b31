"""Whether the drop-ins of a workspace may run: code that came with a folder runs only if allowed.

What is allowed is kept by user, in ``docproc/trusted.json`` below ``$XDG_STATE_HOME`` (without it
``~/.local/state``, on Windows ``%LOCALAPPDATA%``): the folder's path with a digest of its
drop-ins, so that they are asked about again when they change, or, for a workspace of one's
own, with the folder's identity, so that what one writes there runs at once.

Never asked about is what the running docproc ships itself: where it runs from a clone, the
drop-ins beside it came with its own code, and trusting them trusts nothing more.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from docproc.errors import ConfigError
from docproc.plugins.drop_ins import digest, drop_in_paths
from docproc.workspace.allowed import clone_of_docproc, known, record

NO_PLUGINS = "DOCPROC_NO_PLUGINS"
"""Set, not empty: no plugin but the built-in ones is loaded (``--no-plugins``)."""


def refusal(root: Path) -> str | None:
    """Why the drop-ins of the workspace at *root* must not be imported; ``None`` if they may.

    Asks, once, where a person is at the terminal; remembers the answer if it is yes.
    """
    paths = foreign(root)
    if not paths or is_trusted(root):
        return None
    if _asks(root, paths):
        trust(root)
        return None
    return f"it came with the workspace and is not trusted; to allow it: docproc trust {root}"


def foreign(root: Path) -> list[Path]:
    """The drop-ins of *root* that the running docproc does not ship itself."""
    return [path for path in drop_in_paths(root / "plugins") if not _shipped(path)]


def is_trusted(root: Path) -> bool:
    """Whether the user has allowed the drop-ins of *root* as they are now."""
    given = known().get(str(root.resolve()))
    return given is not None and given in (_identity(root), _content(root))


def trust(root: Path, *, own: bool = False) -> None:
    """Remember that the drop-ins of *root* may run: as they are, or whatever they become."""
    _write(known() | {str(root.resolve()): _identity(root) if own else _content(root)})


def forget(root: Path) -> bool:
    """Forget that the drop-ins of *root* may run; return whether they might."""
    left = known()
    gone = left.pop(str(root.resolve()), None)
    if gone is not None:
        _write(left)
    return gone is not None


def shut_out() -> bool:
    """Whether the user wants no plugin but the built-in ones."""
    return bool(os.environ.get(NO_PLUGINS))


def _asks(root: Path, paths: list[Path]) -> bool:
    """Ask the person at the terminal; ``False`` where there is none."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    names = ", ".join(f"plugins/{path.name}" for path in paths)
    print(
        f"This workspace brings plugins of its own, which run as programs of yours: {names}\n"
        f"They lie in {root}.  Read them before you say yes, if you do not know who wrote them.",
        file=sys.stderr,
    )
    print("Trust them, as they are now? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _shipped(path: Path) -> bool:
    """Whether the drop-in at *path* is, byte for byte, one of the clone that docproc runs from."""
    clone = clone_of_docproc()
    if clone is None:
        return False
    own = clone / "plugins" / path.name
    return own.exists() and digest(own) == digest(path)


def _content(root: Path) -> str:
    found = hashlib.sha256()
    for path in drop_in_paths(root / "plugins"):
        found.update(f"{path.name}\0{digest(path)}\0".encode())
    return f"sha256:{found.hexdigest()}"


def _identity(root: Path) -> str:
    """The folder itself, so that another one that later stands at its path is not taken for it."""
    state = root.stat()
    return f"folder:{state.st_dev}:{state.st_ino}"


def _write(known: dict[str, str]) -> None:
    from docproc.store.durable import write_atomically

    path = record()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, json.dumps(known, indent=1, sort_keys=True).encode() + b"\n")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from None
