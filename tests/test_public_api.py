"""The public API is a promise: listed in one place, changed only where the changelog says so."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
RELEASED = REPOSITORY / "tests" / "public_api.txt"


@pytest.fixture(scope="module")
def now():
    sys.path.insert(0, str(REPOSITORY / "docs"))
    try:
        from public_api_page import lines

        return lines()
    finally:
        sys.path.pop(0)


def name_of(line):
    """The last part of the name that a line is about."""
    return re.match(r"[\w.]+", line)[0].rsplit(".", 1)[1]


def unsaid(before, after, changelog):
    """Names whose lines differ, and that the unreleased part of *changelog* does not give."""
    unreleased = changelog.partition("\n## ")[2].partition("\n## ")[0]
    said = set(re.findall(r"`(?:[\w.]+\.)?(\w+)`", unreleased))
    differing = set(before) ^ set(after)
    return sorted({name_of(line) for line in differing} - said)


def test_a_public_name_changes_only_with_an_entry_in_the_changelog(now):
    before = RELEASED.read_text("utf-8").splitlines()
    changelog = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert unsaid(before, now, changelog) == [], (
        "these names of the public API differ from tests/public_api.txt: name each, in backticks, "
        "in the unreleased part of CHANGELOG.md (at a release: make release-api)"
    )


def test_another_signature_a_new_name_and_one_that_is_gone_are_noticed(now):
    changed = [
        line.replace("head: bytes) -> float", "head: bytes, size: int) -> float") for line in now
    ]
    assert changed != now
    assert unsaid(now, changed, "\n## Unreleased\n\n- Nothing.\n") == ["confidence"]
    assert unsaid(now, changed, "\n## Unreleased\n\n- `Parser.confidence` has a size.\n") == []
    said_before = "\n## Unreleased\n\n- Nothing.\n\n## 0.1\n\n- `confidence`\n"
    assert unsaid(now, changed, said_before) == ["confidence"]
    gone = [line for line in now if not line.startswith("docproc.hooks.Observer")]
    assert "Observer" in unsaid(now, gone, "")
    assert unsaid(now, [*now, "docproc.hooks.New: class"], "") == ["New"]


def test_the_list_has_hooks_records_and_the_kit(now):
    for line in (
        "docproc.hooks.Parser.confidence(self, source: SourceFile, head: bytes) -> float",
        "docproc.hooks.API_VERSION = 1",
        "docproc.records.Span.start: int",
        "docproc.testing.ParserContract: class",
        "docproc.errors.UsageError: class",
    ):
        assert line in now
    assert [name_of(line) for line in now if ".plugins." in line] == ["load"]


def test_what_the_pages_the_scaffold_and_the_drop_ins_import_is_public():
    sys.path.insert(0, str(REPOSITORY / "docs"))
    try:
        from public_api_page import MODULES
    finally:
        sys.path.pop(0)
    templates = REPOSITORY / "src" / "docproc" / "plugins" / "scaffold" / "templates"
    pages = [REPOSITORY / "docs" / f"{name}.md" for name in ("extending", "recipes", "tutorial")]
    inner = {"multilingual.py", "oai_pmh.py"}  # docproc's own
    drop_ins = [each for each in (REPOSITORY / "plugins").glob("*.py") if each.name not in inner]
    imported = re.compile(
        r"^[ ]*from (docproc[\w.]*) import|^[ ]*import (docproc[\w.]*)", re.MULTILINE
    )  # in functions too
    for file in (*pages, *templates.iterdir(), *drop_ins):
        if not file.is_file():
            continue
        for found in imported.finditer(file.read_text("utf-8")):
            assert (found[1] or found[2]) in (*MODULES, "docproc"), f"{file.name}: {found[0]}"


def test_an_optional_library_is_named_with_what_brings_it():
    from docproc.errors import SourceError
    from docproc.formats.libraries import library

    for given, said in (
        ({"extra": "pdf"}, "pip install 'docproc[pdf]'"),
        ({"install": "my-plugin[x]"}, "pip install 'my-plugin[x]'"),
        ({}, "pip install 'nosuchlibrary'"),
    ):
        with pytest.raises(SourceError, match=re.escape(said)):
            library("nosuchlibrary.part", **given)
