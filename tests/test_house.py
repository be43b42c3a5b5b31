"""What keeps the code easy to find one's way in, counted over all of src."""

import ast
import re
import tomllib
from collections import Counter

import pytest
from benchmarks.house import MOST_LINES, MOST_METHODS, SRC, modules, participles, public_methods

pytestmark = pytest.mark.slow  # parses every module

WIDER = {
    "hooks/specs.py: Specs": "a method a hook: pluggy wants all specifications in one namespace",
}
"""Classes with more public methods, each with the reason."""


@pytest.fixture(scope="module")
def parsed():
    return list(modules())


def classes(parsed):
    return [(p, n) for p, _, tree in parsed for n in tree.body if isinstance(n, ast.ClassDef)]


def test_no_class_has_more_than_fifteen_public_methods(parsed):
    wide = {f"{p}: {n.name}" for p, n in classes(parsed) if public_methods(n) > MOST_METHODS}
    assert wide == set(WIDER)


def test_a_contract_of_the_kit_has_more_only_as_checks(parsed):
    """pytest runs a check a method; nobody calls one."""
    for path, node in classes(parsed):
        if path.parts[0] == "testing" and node.name.endswith("Contract"):
            assert public_methods(node) <= MOST_METHODS, node.name


def test_a_public_class_name_stands_once(parsed):
    names = Counter(n.name for _, n in classes(parsed) if not n.name.startswith("_"))
    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_is_longer_than_400_lines(parsed):
    assert [str(p) for p, text, _ in parsed if len(text.splitlines()) > MOST_LINES] == []


def test_no_module_stands_loose_but_those_that_are_no_room():
    loose = {path.name for path in SRC.glob("*.py")}
    assert loose <= {"__init__.py", "__main__.py", "errors.py", "library.py"}


def test_functions_are_verbs(parsed):
    """A participle alone names a property, an answer of yes or no, or a factory in a function."""
    top = {
        f"{path}: {node.name}"
        for path, _, tree in parsed
        for outer in (tree, *(n for n in tree.body if isinstance(n, ast.ClassDef)))
        for node in outer.body
        if isinstance(node, ast.FunctionDef) and node.name in set(participles(tree))
    }
    fixtures = {each for each in top if each.startswith("testing/")}
    assert top - fixtures == {"hooks/access.py: closed"}  # what it answers: closed until when


def test_the_architecture_page_has_a_place_for_every_room():
    page = (SRC.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    table = page.partition("| room |")[2].partition("\n\n")[0]
    rooms = {path.parent.name for path in SRC.glob("*/__init__.py")} | {"library", "errors"}
    assert [each for each in sorted(rooms) if f"`{each}" not in table] == []


def test_the_architecture_page_has_a_place_for_every_part_of_a_room():
    """The parts are those of the room's import contract, which is exhaustive."""
    page = (SRC.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    project = tomllib.loads((SRC.parents[1] / "pyproject.toml").read_text("utf-8"))
    missing = []
    for contract in project["tool"]["importlinter"]["contracts"]:
        room = (
            contract.get("containers", [""])[0].removeprefix("docproc").strip(".").replace(".", "/")
        )
        if room in ("", "store/catalog"):  # the first has a table of its own kind, the other none
            continue
        table = page.partition(f"| `{room}/` | what")[2].partition("\n\n")[0]
        parts = re.findall(r"\w+", " ".join(contract["layers"]))
        missing += [f"{room}/{each}" for each in parts if not re.search(f"`{each}/?`", table)]
    assert missing == []
