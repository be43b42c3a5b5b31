"""Importing from ``plugins/``: the source that was read, compiled, and nothing else.

Python would rather load what lies compiled in ``__pycache__``, a module without source, or an
extension module, of which none was looked at when the plugins were compared with what is trusted.
So a finder of our own stands for every folder below ``plugins/``, also where a plugin puts one on
``sys.path``: it finds modules with source only, and compiles the bytes in :class:`DropIns`.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import sys
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from docproc.plugins.loading.drop_ins import DropIns

_read: dict[str, DropIns] = {}
"""What was read of each ``plugins/``, by its real path."""


def import_drop_in(path: Path, drop_ins: DropIns) -> ModuleType:
    """Import the module or package at *path* of *drop_ins*, under a name of its own."""
    _install(drop_ins)
    name = f"docproc_drop_in_{path.stem}"
    for old in [each for each in list(sys.modules) if each == name or each.startswith(f"{name}.")]:
        sys.modules.pop(old, None)
    package = f"{path.name}/__init__.py" in drop_ins.code
    init = path / "__init__.py" if package else path
    spec = importlib.util.spec_from_file_location(
        name,
        init,
        loader=_Loader(name, str(init)),
        submodule_search_locations=[str(path)] if package else None,
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


class _Siblings:
    """Finds, last and for code of ``plugins/`` only, a module that lies beside a drop-in."""

    @staticmethod
    def find_spec(
        name: str, path: Any = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        root = None if path is not None or "." in name else _asking()
        if root is None:
            return None
        code = _read[root].code
        for inner, package in ((f"{name}.py", False), (f"{name}/__init__.py", True)):
            if inner in code:
                file = str(Path(root, inner))
                return importlib.util.spec_from_file_location(
                    name,
                    file,
                    loader=_Loader(name, file),
                    submodule_search_locations=[str(Path(root, name))] if package else None,
                )
        return None


def _asking() -> str | None:
    """The ``plugins/`` that the code lies in which imports something just now."""
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_globals.get("__file__")
        inner = frame.f_globals.get("__name__", "").startswith("importlib")
        if not inner and file != __file__:
            return _root(os.path.realpath(file)) if isinstance(file, str) else None
        frame = frame.f_back  # type: ignore[assignment]
    return None


def _forget_siblings() -> None:
    """Have what drop-ins import beside them read again: it is another workspace's, or changed."""
    for name, module in list(sys.modules.items()):
        sibling = isinstance(getattr(module, "__loader__", None), _Loader)
        if sibling and not name.startswith("docproc_drop_in_"):
            del sys.modules[name]


class _Loader(SourceFileLoader):
    """Compiles what was read; neither reads nor writes a compiled file."""

    def get_code(self, fullname: str) -> CodeType:
        source = _source(self.path)
        if source is None:
            raise ImportError(
                f"{self.path}: not there when the plugins were read, or a link", name=fullname
            )
        return self.source_to_code(source, self.path)


class _Nothing:
    """Finds no module: for archives, and other files in place of a folder."""

    def find_spec(self, _name: str, _target: ModuleType | None = None) -> None:
        return None

    def invalidate_caches(self) -> None:
        """Nothing is kept."""


def _finder(path: str) -> Any:
    """The hook of ``sys.path_hooks``: a finder for *path*, where it lies in a ``plugins/``."""
    real = os.path.realpath(path)
    if _root(real) is None:
        raise ImportError("it does not lie in plugins/", path=path)
    return FileFinder(path, (_Loader, [".py"])) if Path(real).is_dir() else _Nothing()


def _install(drop_ins: DropIns) -> None:
    root = os.path.realpath(drop_ins.folder)
    before = _read.get(root)
    _read[root] = drop_ins
    if before is None or before.content != drop_ins.content:
        _forget_siblings()
    if not any(finder is _Siblings for finder in sys.meta_path):
        sys.meta_path.append(_Siblings)
    if _finder not in sys.path_hooks:
        sys.path_hooks.insert(0, _finder)
    known = list(sys.path_importer_cache)  # another thread may import meanwhile
    for path in (each for each in known if _root(os.path.realpath(each)) == root):
        sys.path_importer_cache.pop(path, None)


def _root(real: str) -> str | None:
    return next((r for r in _read if real == r or real.startswith(r + os.sep)), None)


def _source(path: str) -> bytes | None:
    real = os.path.realpath(path)
    root = _root(real)
    if root is None:
        return None
    return _read[root].code.get(Path(real).relative_to(root).as_posix())
