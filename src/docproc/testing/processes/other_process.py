"""Another process: where a product must do the same as here, whatever that process is like."""

from __future__ import annotations

import importlib.util
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from docproc.dataclass_on_use import dataclass
from docproc.testing.processes.watching import on_another_day

_CHILD = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from docproc.testing.processes.other_process import serve
serve(day=len(sys.argv) > 1)
"""
_OTHER_CIRCUMSTANCES = {"PYTHONHASHSEED": "1921", "TZ": "Asia/Tashkent", "LC_ALL": "C"}
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class ChildResult:
    """How it went: the ``result``, or the ``failure`` in words."""

    result: Any = None
    failure: str | None = None


def run_elsewhere(
    task: Callable[..., Any],
    *given: Any,
    bare: bool = False,
    day: bool = False,
    named: Sequence[Path] = (),
) -> ChildResult:
    """Call *task* (a function of a module) with *given* in a new process; never raises.

    Unless *bare*, modules that are not on the path, as drop-ins are not, are loaded there first.
    With *day* it is another day there.  *named* are paths that the product knows.
    """
    try:
        packed = pickle.dumps((task, given))
    except Exception as error:  # pickle raises whatever the object's own methods raise
        return ChildResult(failure=f"it cannot be pickled: {type(error).__name__}: {error}")
    modules = [] if bare else [each for each in _sources(packed) if not importable(each[0])]
    encoding = {"PYTHONUTF8": _utf8([*modules, *given, *named])}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, *(["day"] if day else [])],
            input=pickle.dumps(sys.path) + pickle.dumps(modules) + packed,
            capture_output=True,
            cwd=folder,
            env=os.environ | _OTHER_CIRCUMSTANCES | encoding,
            timeout=_SECONDS,
            check=False,
        )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return ChildResult(
            failure=said[-1] if said else f"the process ended with {done.returncode}"
        )
    return ChildResult(result=pickle.loads(done.stdout))


def _utf8(named: list[Any]) -> str:
    """Whether the child takes UTF-8 for its encoding: ``"1"`` or ``"0"``.

    Not, for plugins must name theirs when they open a file; unless a path that the child needs
    is not ASCII, which Python itself cannot open then.  *named* may hold such paths.
    """
    home = Path.home()
    paths = [sys.executable, sys.prefix, home, tempfile.gettempdir(), *sys.path]
    for each in named:
        paths += each if isinstance(each, tuple | list) else [each]
    plain = all(str(path).isascii() for path in paths if isinstance(path, str | Path))
    return "0" if plain and all(map(_editable_in_ascii, sys.path)) else "1"


def _editable_in_ascii(folder: str) -> bool:
    """Whether all that *folder*, of the path, adds to the path at a start is ASCII."""
    files = [*Path(folder).glob("*.pth"), *Path(folder).glob("__editable__*.py")]
    return all(file.read_bytes().isascii() for file in files if folder)


def serve(*, day: bool) -> None:
    """The other end: read a task, do it, write what it returns."""
    if day:
        on_another_day()
    stdin, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a plugin prints is no answer, past Python too
    sys.stdout = sys.stderr
    for name, file in pickle.load(stdin):
        import_from(name, Path(file))
    task, given = pickle.load(stdin)
    try:
        found = task(*given)
    except (
        SystemExit,
        GeneratorExit,
        KeyboardInterrupt,
    ) as error:  # which would end this process without a word
        raise RuntimeError(f"{type(error).__name__}: {error}") from error
    answers.write(pickle.dumps(found))
    answers.close()


def _sources(packed: bytes) -> list[tuple[str, str]]:
    """The modules loaded here that *packed* names, with their files."""
    return [
        (name, file)
        for name, module in list(sys.modules.items())
        if (file := getattr(module, "__file__", None)) and name.encode() in packed
    ]


def importable(name: str) -> bool:
    """Whether *name* is found on the path, as a drop-in, loaded from its file, is not."""
    top = name.partition(".")[0]
    return top == "__main__" or PathFinder.find_spec(top) is not None


def import_from(name: str, file: Path) -> None:
    """Import the module or package at *file* under *name*."""
    where = [str(file.parent)] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
