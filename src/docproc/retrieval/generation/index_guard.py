"""Indexes whose library may throw anything over damaged files: all of it is one error with a name.

A damaged index makes tantivy panic, and a panic of Rust is no ``Exception``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from docproc.errors import DocprocError, PluginError, StoreError
from docproc.workspace import watch

T = TypeVar("T")
_PASSED_ON = (DocprocError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)


def guard_index(path: Path, opened: Callable[[], T]) -> T:
    """What *opened* returns; whatever it raises, then or in use, is a ``StoreError`` of *path*."""
    return cast("T", _Guarded(path, _try(path, opened)))


class _Guarded:
    """Stands for an index: its methods, and attributes, guarded."""

    def __init__(self, path: Path, index: Any) -> None:
        self._path = path
        self._index = index

    def __getattr__(self, name: str) -> Any:
        value = _try(self._path, lambda: getattr(self._index, name), AttributeError)
        if not callable(value):
            return value

        def call(*given: Any, **named: Any) -> Any:
            return _try(self._path, lambda: value(*given, **named))

        self.__dict__[name] = call  # found without this method the next time
        return call


def _try(path: Path, do: Callable[[], T], *more: type[BaseException]) -> T:
    try:
        with watch.reading(path, briefly=True):
            return do()
    except BaseException as error:  # pyo3's PanicException is no Exception
        passed_on = isinstance(error, (*_PASSED_ON, *more))
        if passed_on and not (isinstance(error, MemoryError) and watch.watched()):
            raise
        first = (str(error).strip().splitlines() or [""])[0]
        words = f"{type(error).__name__}: {first}".rstrip(": ")
        if isinstance(error, ModuleNotFoundError):
            raise PluginError(
                f"{path}: it cannot be opened: {words}; install that library again, "
                "or choose another index in config.toml and run `docproc index`"
            ) from None
        raise StoreError(
            f"{path}: it cannot be read: {words}; it is damaged, or of another version of "
            "its library; `docproc index` makes it again"
        ) from None
