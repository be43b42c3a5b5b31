"""Writing a new plugin from the templates beside this module."""

from __future__ import annotations

import keyword
import os
import re
import textwrap
from pathlib import Path

from docproc import __version__
from docproc.errors import UsageError
from docproc.hooks.specs import find_stage
from docproc.plugins.scaffold.kinds import KINDS, Kind

_TEMPLATES = Path(__file__).with_name("templates")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_LOAD = "from docproc.plugins.registry import load\n"
_MAKE = """\
        offer = {found}.offer("$STAGE", "$NAME")
        return offer.registration.make(offer.registration.complete())
"""


def write_drop_in(kind: str, name: str, plugins: Path) -> list[Path]:
    """Write ``NAME.py`` and its test into *plugins*; their paths.  Raises ``UsageError``."""
    words = _words(kind, name)
    words["$MAKE"] = _MAKE.format(found="load(drop_ins=Path(__file__).parent)")
    words["$TESTFILE"] = f"plugins/test_{words['$MODULE']}.py"
    files = {
        f"{words['$MODULE']}.py": f"{kind}.py.txt",
        f"test_{words['$MODULE']}.py": "test.py.txt",
    }
    return _write(plugins, files, words, path=True)


def write_distribution(kind: str, name: str, folder: Path) -> list[Path]:
    """Write the distribution ``docproc-NAME`` into *folder*; its paths.  Raises ``UsageError``."""
    words = _words(kind, name)
    module = words["$MODULE"]
    words["$MAKE"] = _MAKE.format(found="load()")
    words["$TESTFILE"] = f"tests/test_{module}.py"
    files = {
        "pyproject.toml": "pyproject.toml.txt",
        "README.md": "README.md.txt",
        ".github/workflows/test.yml": "ci.yml.txt",
        f"src/docproc_{module}/__init__.py": f"{kind}.py.txt",
        f"src/docproc_{module}/py.typed": "",
        f"tests/test_{module}.py": "test.py.txt",
    }
    return _write(folder, files, words, path=False)


def usage_lines(kind: str, name: str) -> str:
    """The lines of ``config.toml`` by which the plugin is used; ``""`` where it needs none."""
    return KINDS[kind].use.replace("$NAME", name)


def _words(kind: str, name: str) -> dict[str, str]:
    """What stands for each placeholder of the templates."""
    module = name.replace("-", "_")
    if not _NAME.fullmatch(name) or keyword.iskeyword(module):
        raise UsageError(
            f"{name!r} cannot be the name of a plugin: small letters and figures, with single "
            "hyphens between, such as old-spelling"
        )
    chosen = KINDS[kind]
    return {
        "$NAME": name,
        "$MODULE": module,
        "$CLASS": "".join(part.capitalize() for part in name.split("-")),
        "$VERSION": __version__,
        "$SUMMARY": chosen.summary,
        "$STAGE": chosen.stage,
        "$CONTRACT": find_stage(chosen.stage).contract,
        "$FIXTURES": chosen.fixtures,
        "$ARGUMENTS": chosen.arguments,
        "$OWN": textwrap.indent(chosen.own, "    "),
        "$USE": "\n".join(f"    {line}" for line in chosen.use.splitlines())
        or "    docproc plugins list",
    }


def _write(folder: Path, files: dict[str, str], words: dict[str, str], *, path: bool) -> list[Path]:
    kind = next(kind for kind in KINDS.values() if kind.stage == words["$STAGE"])
    words["$IMPORTS"] = "import sys\n" if "sys." in kind.fixtures else ""
    words["$IMPORTS"] += "from pathlib import Path\n" if path else ""
    standing = [folder / name for name in files if os.path.lexists(folder / name)]
    if standing:
        raise UsageError(f"{standing[0]} is there already; nothing was written")
    written = []
    for name, template in files.items():
        text = (_TEMPLATES / template).read_text("utf-8") if template else ""
        if template == "test.py.txt":
            text = _with_imports(text, kind)
        for _ in range(2):  # a piece of a test holds placeholders of its own
            for placeholder, word in words.items():
                text = text.replace(placeholder, word)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_tidy(text), "utf-8")
        written.append(target)
    return written


def _tidy(text: str) -> str:
    """*text* without the empty lines that pieces left out would leave."""
    text = re.sub(r"\n{2,}(?=    \S)", "\n\n", text)
    return re.sub(r"\n{4,}", "\n\n\n", text).rstrip("\n") + "\n" if text else ""


def _with_imports(text: str, kind: Kind) -> str:
    """The test's template with what the pieces of *kind* use."""
    if "np." in kind.own:
        text = text.replace("import pytest\n", "import numpy as np\nimport pytest\n", 1)
    failed = "from docproc.hooks import SourceFailed\n" if "SourceFailed(" in kind.own else ""
    records = ", ".join(name for name in ("Document", "SourceFile") if f"{name}(" in kind.own)
    after = f"from docproc.records import {records}\n" if records else ""
    text = text.replace(_LOAD, failed + _LOAD + after, 1)
    canned = "CannedVisit(" in kind.own
    return text.replace(
        "from docproc.testing import $CONTRACT\n",
        "from docproc.testing import $CONTRACT\n"
        + ("from docproc.testing.sources import CannedVisit\n" if canned else "")
        + (f"\n{kind.constants}" if kind.constants else ""),
        1,
    )
