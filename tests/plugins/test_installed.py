"""Whether a distribution offers plugins is known without the facts of all of them."""

import sys
from importlib import metadata

import pytest

from docproc.plugins.loading.declared_commands import entry_points, may_have


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    return tmp_path


def lay(place, text, name="Pack-1.0.dist-info"):
    facts = place / name
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: pack\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(text)


def test_none_is_looked_for_where_no_distribution_names_the_group(place, monkeypatch):
    lay(place, "[console_scripts]\ndocproc = docproc.cli:run\n")
    monkeypatch.setattr(metadata, "entry_points", lambda **_: pytest.fail("asked"))
    assert tuple(entry_points("docproc")) == ()


@pytest.mark.parametrize("name", ["pack-1.0.dist-info", "pack.egg-info", "Pack-1.DIST-INFO"])
def test_what_is_found_is_what_the_standard_library_finds(place, name):
    lay(place, "[docproc]\npack = pack.plugin\n", name)
    assert may_have("docproc")
    assert list(entry_points("docproc")) == list(metadata.entry_points(group="docproc"))
    assert [point.name for point in entry_points("docproc")] == ["pack"]


def test_what_cannot_be_looked_at_may_have_some(place, monkeypatch):
    assert not may_have("docproc")
    archive = place / "packed.zip"
    archive.touch()
    monkeypatch.setattr(sys, "path", [str(place / "gone"), str(archive)])
    assert may_have("docproc")


def test_another_finder_may_find_some(place, monkeypatch):
    class Finder:
        @staticmethod
        def find_distributions(context):
            return ()

    assert not may_have("docproc")
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder])
    assert may_have("docproc")
