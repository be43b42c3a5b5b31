"""Generated pages are fresh, and the list of dependencies is the list of reasons."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parent.parent


def test_the_generated_pages_are_fresh():
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_dependency_has_its_reason_and_every_reason_its_dependency():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[=<>~! ;\[]", line)[0] for line in project["dependencies"]}
    table = (REPOSITORY / "docs" / "dependencies.md").read_text("utf-8")
    reasoned = {
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row)
    }
    assert needed == reasoned
    for group in ("test", "dev"):
        for line in project["optional-dependencies"][group]:
            name = re.split(r"[=<>~! ;\[]", line)[0]
            assert name == "docproc" or f"`{name}`" in table, name


def test_every_extra_that_a_message_names_is_there_and_among_all_of_them():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = {
        extra
        for path in (REPOSITORY / "src").rglob("*.py")
        for extra in re.findall(r'\blibrary\("[\w.]+", "(\w+)"', path.read_text("utf-8"))
    }
    assert {"mail", "ocr", "pdf"} <= named <= extras.keys()
    (every,) = extras["all"]
    assert named <= set(re.findall(r"\w+", every))
    assert "docproc[all]" in extras["test"]


def test_the_seed_is_the_letter_byte_for_byte():
    import hashlib

    (letter,) = (REPOSITORY / "seeds").iterdir()
    expected = "8d9d13c69f03b24e11d32b733e877fc1111fe1c7b422de970cd56f23d1d544d2"
    assert hashlib.sha256(letter.read_bytes()).hexdigest() == expected


def test_every_page_is_in_the_contents_of_the_site_and_linked_from_the_readme():
    pages = {path.stem for path in (REPOSITORY / "docs").glob("*.md")} - {"index"}
    contents = (REPOSITORY / "docs" / "index.md").read_text("utf-8")
    trees = re.findall(r"^```{toctree}$(.*?)^```$", contents, re.MULTILINE | re.DOTALL)
    assert {line for tree in trees for line in tree.split() if line in pages} == pages
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert {page for page in pages if f"](docs/{page}.md)" in readme} == pages
