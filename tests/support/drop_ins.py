"""The drop-ins of this repository, as modules."""

import importlib.util
import sys
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
ODD = "Мельница 'Ölmühle' \"x\""
"""A folder that nobody would choose: what reads below it must read whatever it is called."""


def _file(name):
    folder = PLUGINS / name
    return folder / "__init__.py" if folder.is_dir() else PLUGINS / f"{name}.py"


def names():
    """The drop-ins of this repository: files, and folders with an ``__init__.py``."""
    inits = [path.parent.name for path in PLUGINS.glob("*/__init__.py")]
    return sorted([*(path.stem for path in PLUGINS.glob("*.py")), *inits])


def drop_in(name):
    """The module of the drop-in called *name*, under the name that docproc loads it by."""
    known = f"docproc_drop_in_{name}"
    if "." in name:  # a module of a folder
        drop_in(name.partition(".")[0])
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, _file(name))
        module = importlib.util.module_from_spec(spec)
        sys.modules[known] = module
        spec.loader.exec_module(module)
    return sys.modules[known]


_own = {}
"""Drop-ins of this repository that were loaded before a test began, by the module's name."""


def _loaded():
    return {name: each for name, each in sys.modules.items() if name.startswith("docproc_drop_in_")}


def remember_own():
    """Note which drop-ins of this repository are loaded: a test may load a copy by that name."""
    _own.update(
        (name, each)
        for name, each in _loaded().items()
        if Path(each.__file__ or "").is_relative_to(PLUGINS)
    )


def forget_removed():
    """Take out of the loaded modules each drop-in whose file is gone, with the test that wrote it.

    The repository's own of that name comes back: its classes are looked for there when they are
    pickled.  What runs in another process loads there whatever is loaded here.
    """
    for name, each in _loaded().items():
        if not Path(each.__file__ or "").exists():
            del sys.modules[name]
    for name, each in _own.items():
        sys.modules.setdefault(name, each)


def public(name):
    """The modules of docproc that the drop-in called *name* imports, but not their insides."""
    lines = _file(name).read_text("utf-8").splitlines()
    words = [line.split() for line in lines if "import" in line]
    return {line[1] for line in words if line[0] in ("from", "import") and "docproc" in line[1]}
