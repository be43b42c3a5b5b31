"""The drop-ins of a workspace: which files of ``plugins/`` are one, and all of that folder's bytes.

``read_drop_ins`` reads the folder once.  What is compared, asked about and compiled afterwards are
those bytes, so that nothing else can run than what was trusted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import field
from importlib.machinery import all_suffixes
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use
from docproc.workspace.links import is_link

_RUNS = frozenset(
    {*all_suffixes(), ".py", ".pyc", ".pyo", ".pyd", ".so", ".dylib", ".dll", ".pth"}
    | {".zip", ".egg", ".whl", ".pyz", ".sh", ".exe", ".bat", ".cmd", ".ps1"}
)
"""How the name of a file ends that an import, or a call of a program, can reach."""
_IMPORT = compile_on_use(
    rb"^[ \t]*(?:import[ \t]+([A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*)*)"
    rb"|from[ \t]+([A-Za-z_]\w*))",
    re.MULTILINE,
)
_LINKED = "it is a link, and docproc runs no code through one: put the file itself there"


def drop_in_paths(folder: Path | None) -> Iterator[Path]:
    """Modules and packages directly in *folder*; not tests, not distributions, not hidden."""
    if folder is None or is_link(folder) or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if explain_passed_over(path) is None:
            yield path


def explain_passed_over(path: Path) -> str | None:
    """Why what lies at *path* in ``plugins/`` is no drop-in; ``None`` if it is one."""
    if path.name.startswith(("_", ".")):
        return "its name begins with _ or a full stop"
    if path.name.startswith("test_") or path.name == "conftest.py":
        return "its name says that it is a test"
    if is_link(path):
        return _LINKED
    if (path.suffix == ".py" and path.is_file()) or (path / "__init__.py").is_file():
        return None
    if (path / "pyproject.toml").is_file():
        return f"it is a distribution, which must be installed: pip install {path}"
    return "it is neither a .py file nor a folder with an __init__.py"


@dataclass(frozen=True)
class DropIns:
    """All that an import could reach in *folder*, as it was read.

    ``code`` is the source of each module, by its path with ``/``; ``sums`` the SHA-256 of every
    file that can be run.  Hidden files and folders are none of it, nor is what stands behind a
    link, nor what a plugin may keep beside itself as data.
    """

    folder: Path
    code: dict[str, bytes] = field(default_factory=dict, repr=False)
    sums: dict[str, str] = field(default_factory=dict, repr=False)

    def paths(self) -> list[Path]:
        """The drop-ins among them, in order."""
        names = {name.partition("/")[0] for name in self.code}
        return [path for path in drop_in_paths(self.folder) if path.name in names]

    def text(self, path: Path) -> bytes:
        """The source of the drop-in at *path*: of a package, that of its ``__init__``."""
        return self.code.get(path.name) or self.code.get(f"{path.name}/__init__.py", b"")

    def digest(self, path: Path) -> str:
        """SHA-256 of the drop-in at *path* and of everything beside it that it imports."""
        found = hashlib.sha256()
        for name in (*self._within(path), *self._siblings(path)):
            if name in self.code:
                found.update(name.encode("utf-8", "surrogateescape") + b"\0")
                found.update(self.code[name] + b"\0")
        return found.hexdigest()

    def same(self, path: Path, other: DropIns) -> bool:
        """Whether *other* has the drop-in at *path* too, byte for byte, and no file more of it."""
        mine = {name: self.sums[name] for name in self._within(path) if not _compiled(name)}
        theirs = {name: other.sums[name] for name in other._within(path) if not _compiled(name)}
        return bool(mine) and mine == theirs

    def _siblings(self, path: Path) -> list[str]:
        """The modules beside the drop-in at *path* that are imported by it, or by one of them."""
        found: list[str] = []
        waiting = [name for name in self._within(path) if name in self.code]
        seen = {path.stem, path.name}
        while waiting:
            for match in _IMPORT.finditer(self.code[waiting.pop()]):
                stems = {word.strip() for word in (match[1] or match[2]).decode().split(",")}
                for stem in sorted(stems - seen):
                    seen.add(stem)
                    inner = [n for n in self.code if n == f"{stem}.py" or n.startswith(f"{stem}/")]
                    found += sorted(inner)
                    waiting += inner
        return found

    def _within(self, path: Path) -> list[str]:
        return sorted(
            (n for n in self.sums if n == path.name or n.startswith(f"{path.name}/")),
            key=lambda name: Path(name).parts,
        )

    @property
    def content(self) -> str:
        """A digest of all of it: another one when any has changed, come or gone."""
        found = hashlib.sha256()
        for name, sum_ in sorted(self.sums.items()):
            found.update(f"{name}\0{sum_}\0".encode("utf-8", "surrogateescape"))
        return found.hexdigest()


def read_drop_ins(folder: Path | None) -> DropIns:
    """Read *folder*; a missing one, or a link, is empty."""
    drop_ins = DropIns(folder or Path())
    if folder is None or is_link(folder):
        return drop_ins
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            listed = sorted(here.iterdir())
        except OSError:
            continue
        for path in listed:
            if path.name.startswith(".") or is_link(path):
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.is_file() and path.name.endswith(tuple(_RUNS)):
                _read(path, path.relative_to(folder).as_posix(), drop_ins)
    return drop_ins


def _read(path: Path, name: str, drop_ins: DropIns) -> None:
    try:
        if path.suffix == ".py":
            data = path.read_bytes()
            drop_ins.code[name] = data
            drop_ins.sums[name] = hashlib.sha256(data).hexdigest()
        else:
            with path.open("rb") as file:
                drop_ins.sums[name] = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        drop_ins.sums[name] = f"cannot be read: {error.strerror}"


def _compiled(name: str) -> bool:
    """Whether *name* is a file that Python compiled, which is never loaded from there."""
    return "__pycache__" in Path(name).parts
