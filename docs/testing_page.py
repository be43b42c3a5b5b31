"""The page of the conformance kit: its checks by stage, and the wrong plugins that prove it."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from pathlib import Path

from docproc import testing
from docproc.testing import fixtures

HERE = Path(__file__).parent


def checks() -> str:
    """The checks of the conformance kit, by stage."""
    parts = [
        "# Testing a plugin\n",
        "`pip install 'docproc[testing]'`, inherit from the class of your stage, and give it your "
        "product; every check is then a test of yours. A failure says what was broken and where "
        "the contract is written.\n",
        "```python\nimport pytest\n\nfrom docproc.testing import ParserContract\n"
        "from my_plugin import RegisterParser\n\n\nclass TestRegisters(ParserContract):\n"
        "    @pytest.fixture\n    def plugin(self):\n        return RegisterParser()\n\n"
        "    @pytest.fixture\n    def samples(self):\n"
        '        return {"1921.register": b"1 | 3 May 1920 | A letter"}\n```\n',
        "## A workspace for your own tests\n",
        _fixtures(),
    ]
    for name in testing.__all__:
        kind = getattr(testing, name)
        found = {
            key: member.promise
            for base in reversed(getattr(kind, "__mro__", ()))
            for key, member in vars(base).items()
            if hasattr(member, "promise")
        }
        if not found:
            continue
        parts.append(f"## `{name}`\n\n{flow(inspect.getdoc(kind)).replace('``', '`')}\n")
        parts += ["| check | what it holds the product to |", "| --- | --- |"]
        parts += [
            f"| `{key}` | {promise.words.replace('``', '`').replace('|', chr(92) + '|')} |"
            for key, promise in found.items()
        ]
        parts.append("")
    parts.append(_planted())
    return "\n".join(parts).rstrip() + "\n"


def _planted() -> str:
    """The bugs that the kit is proven by, each with the check that finds it."""
    lines = [
        "## What proves the kit\n",
        "Each of these wrong plugins is kept in `tests/testing/`, and a test asserts that the "
        "check beside it, and its words, tell what is wrong with it.\n",
        "| a plugin that | is found by | which says |",
        "| --- | --- | --- |",
    ]
    for path in sorted((HERE.parent / "tests" / "testing").glob("wrong_*.py")):
        kind = path.stem.removeprefix("wrong_").replace("_", " ")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
                given = _assigned(node)
                words = re.sub(r"(?<!^)(?=[A-Z])", " ", node.name.removeprefix("Test")).lower()
                says = given["says"].replace("|", "\\|").replace("\n", " ")
                lines.append(f"| {words} ({kind}) | `{given['check']}` | {says} |")
    return "\n".join(lines) + "\n"


def _assigned(node: ast.ClassDef) -> dict[str, str]:
    """The texts that the body of a class gives to names."""
    found: dict[str, str] = {}
    for each in node.body:
        if isinstance(each, ast.Assign):
            names = [n for t in each.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            values = [v for v in ast.walk(each.value) if isinstance(v, ast.Constant)]
            found |= {n.id: str(v.value) for n, v in zip(names, values, strict=False)}
    return found


def _fixtures() -> str:
    """The workspace that authors are given, by its docstrings."""
    intro, _, example = (inspect.getdoc(fixtures) or "").partition("::\n\n")
    lines = [
        flow(intro.split("\n\n")[0]),
        f"```python\n{textwrap.dedent(example).rstrip()}\n```\n",
        "| `docproc_workspace` has | which |\n| --- | --- |",
    ]
    kind = fixtures.WorkspaceForTests
    methods = [name for name in vars(kind) if not name.startswith("_") and name != "root"]
    lines[2] += "".join(
        f"\n| `{name}` | {flow(inspect.getdoc(getattr(kind, name))).replace('``', '`')} |"
        for name in methods
    )
    return "\n\n".join(lines) + "\n"


def flow(text: str | None) -> str:
    """*text* as one line."""
    return " ".join(textwrap.dedent(text or "").split())
