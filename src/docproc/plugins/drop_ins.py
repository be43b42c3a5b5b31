"""The drop-ins of a workspace: which files of ``plugins/`` are one, and what tells a change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path


def drop_in_paths(folder: Path | None) -> Iterator[Path]:
    """Modules and packages directly in *folder*; not tests, not distributions, not hidden."""
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if passed_over(path) is None:
            yield path


def passed_over(path: Path) -> str | None:
    """Why what lies at *path* in ``plugins/`` is no drop-in; ``None`` if it is one."""
    if path.name.startswith(("_", ".")):
        return "its name begins with _ or a full stop"
    if path.name.startswith("test_") or path.name == "conftest.py":
        return "its name says that it is a test"
    if path.suffix == ".py" or (path / "__init__.py").is_file():
        return None
    if (path / "pyproject.toml").is_file():
        return f"it is a distribution, which must be installed: pip install {path}"
    return "it is neither a .py file nor a folder with an __init__.py"


def digest(path: Path) -> str:
    """SHA-256 of the text of the drop-in at *path*, a module or all modules of a package."""
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    found = hashlib.sha256()
    for file in files:
        found.update(file.relative_to(path.parent).as_posix().encode() + b"\0")
        found.update(file.read_bytes() + b"\0")
    return found.hexdigest()
