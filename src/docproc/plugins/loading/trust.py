"""Whether the drop-ins of a workspace may run: code that came with a folder runs only if allowed.

What is allowed is kept by user (:mod:`docproc.workspace.allowed`): the folder's path with a digest
of all in its ``plugins/`` that can run, so that they are asked about again when one changes, or,
for a workspace of one's own, with a random token that is kept in it too, so that what one
writes there runs at once.  A copy of the workspace has the token, and is another folder; another
folder that later stands at its path may be given its number by the file system, and has no token.

Never asked about is what the running docproc ships itself: where it runs from a clone, the
drop-ins beside it came with its own code, and trusting them trusts nothing more.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from docproc.errors import ConfigError, StoreError
from docproc.plugins.loading.drop_ins import DropIns, read_drop_ins
from docproc.store.files.durable import write_atomically
from docproc.store.files.folders import Folder
from docproc.workspace.allowed import clone_of_docproc, read_allowed, record

NO_PLUGINS = "DOCPROC_NO_PLUGINS"
"""Set, not empty: no plugin but the built-in ones is loaded (``--no-plugins``)."""


_OWN, _DIGITS = "own:", 32


def find_refusal(root: Path, drop_ins: DropIns | None = None) -> str | None:
    """Why the drop-ins of the workspace at *root* must not be imported; ``None`` if they may.

    *drop_ins* is what was read of them and will run.  Asks, once, where a person is at the
    terminal; remembers the answer if it is yes.
    """
    drop_ins = drop_ins or _of(root)
    paths = find_foreign_drop_ins(root, drop_ins)
    if not paths or is_trusted(root, drop_ins):
        return None
    if _asks(root, paths):
        trust(root, drop_ins=drop_ins)
        return None
    return f"it came with the workspace and is not trusted; to allow it: docproc trust {root}"


def find_foreign_drop_ins(root: Path, drop_ins: DropIns | None = None) -> list[Path]:
    """The drop-ins of *root* that the running docproc does not ship itself."""
    drop_ins = drop_ins or _of(root)
    clone = clone_of_docproc()
    shipped = _of(clone) if clone and drop_ins.code else DropIns(Path())
    return [path for path in drop_ins.paths() if not drop_ins.same(path, shipped)]


def is_trusted(root: Path, drop_ins: DropIns | None = None) -> bool:
    """Whether the user has allowed the drop-ins of *root* as they are now."""
    given = read_allowed().get(str(root.resolve()))
    if given is None:
        return False
    if given.startswith(_OWN):
        return given == _identity(root)
    return given == _content(drop_ins or _of(root))


def trust(root: Path, *, own: bool = False, drop_ins: DropIns | None = None) -> None:
    """Remember that the drop-ins of *root* may run: as they are, or whatever they become."""
    if own:
        import secrets

        write_atomically(_token(root), secrets.token_hex(16).encode(), mode=0o600)
    given = _identity(root) if own else _content(drop_ins or _of(root))
    _write(read_allowed() | {str(root.resolve()): str(given)})


def forget(root: Path) -> bool:
    """Forget that the drop-ins of *root* may run; return whether they might."""
    left = read_allowed()
    gone = left.pop(str(root.resolve()), None)
    if gone is not None:
        _write(left)
    return gone is not None


def plugins_shut_out() -> bool:
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


def _of(root: Path) -> DropIns:
    return read_drop_ins(root / "plugins")


def _content(drop_ins: DropIns) -> str:
    return f"sha256:{drop_ins.content}"


def _token(root: Path) -> Path:
    return root.resolve() / "embeddings" / "own"


def _identity(root: Path) -> str | None:
    """The folder itself, by its number and by the token in it; ``None`` where it has none."""
    path = _token(root)
    try:
        with Folder(path.parent) as folder:
            descriptor = folder.open(path.name, os.O_RDONLY)
        with os.fdopen(descriptor, "rb") as file:
            token = file.read(64).decode("ascii", "replace")
        return f"{_OWN}{token}:{root.stat().st_ino}" if len(token) == _DIGITS else None
    except OSError:
        return None


def _write(read_allowed: dict[str, str]) -> None:
    path = record()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(
            path.parent.resolve() / path.name,
            json.dumps(read_allowed, indent=1, sort_keys=True).encode() + b"\n",
        )
    except (OSError, StoreError) as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from None
