"""A drop-in imports what lies beside it, and no other workspace's."""

import os
import subprocess
import sys

import pytest

from docproc.plugins.registry import load

pytest_plugins = ["docproc.testing.fixtures"]

STYLE = """
from docproc.hooks import Registration, hookimpl
from _words import SAID


class Style:
    def render(self, citations):
        from _later import MORE

        return SAID + MORE


@hookimpl
def docproc_citation_styles():
    return [Registration("said", lambda _: Style())]
"""


def write(folder, said, more="!"):
    folder.mkdir(exist_ok=True)
    (folder / "style.py").write_text(STYLE, "utf-8")
    (folder / "_words.py").write_text(f"SAID = {said!r}\n", "utf-8")
    (folder / "_later.py").write_text(f"MORE = {more!r}\n", "utf-8")
    return folder


def offer(folder):
    return load(drop_ins=folder).offer("cite", "said")


def test_a_sibling_is_imported_at_once_or_later(tmp_path):
    style = offer(write(tmp_path / "plugins", "a")).registration.make({})
    assert style.render([]) == "a!"


def test_another_thread_may_import_meanwhile(tmp_path, monkeypatch):
    real = os.path.realpath

    def import_beside(path, **strict):
        sys.path_importer_cache[f"{tmp_path}/{len(sys.path_importer_cache)}"] = None
        return real(path, **strict)

    monkeypatch.setattr(sys, "path_importer_cache", dict(sys.path_importer_cache))
    monkeypatch.setattr(os.path, "realpath", import_beside)
    style = offer(write(tmp_path / "plugins", "a")).registration.make({})
    assert style.render([]) == "a!"


def test_each_workspace_has_its_own(tmp_path):
    one = offer(write(tmp_path / "one", "one")).registration.make({})
    other = offer(write(tmp_path / "other", "other", "?")).registration.make({})
    assert (other.render([]), one.render([])[:3]) == ("other?", "one")


def test_a_sibling_that_changed_is_read_again_and_is_another_version(tmp_path):
    folder = write(tmp_path / "plugins", "before")
    first = offer(folder)
    assert first.registration.make({}).render([]) == "before!"
    write(folder, "after")
    second = offer(folder)
    assert second.registration.make({}).render([]) == "after!"
    assert first.version != second.version


def test_no_library_is_hidden_and_nobody_else_finds_them(tmp_path):
    folder = write(tmp_path / "plugins", "a")
    (folder / "json.py").write_text("raise SystemExit", "utf-8")
    (folder / "_words.py").write_text("import json\nSAID = json.dumps([])\n", "utf-8")
    assert offer(folder).registration.make({}).render([]) == "[]!"
    with pytest.raises(ModuleNotFoundError):
        __import__("_nobody_has_this")
    (folder / "_nobody.py").write_text("", "utf-8")
    with pytest.raises(ModuleNotFoundError):
        __import__("_nobody")


def test_the_styles_of_plugins_are_known_by_their_source_alone(docproc_workspace):
    folder = write(docproc_workspace.root / "plugins", "a")
    (folder / "_words.py").write_text("raise SystemExit\n", "utf-8")
    assert docproc_workspace.application().extensions.declared_styles() == ["said"]


def test_a_link_beside_it_is_not_followed(tmp_path):
    folder = write(tmp_path / "plugins", "a")
    (folder / "_words.py").rename(tmp_path / "outside.py")
    (folder / "_words.py").symlink_to(tmp_path / "outside.py")
    faults = load(drop_ins=folder).faults
    assert "No module named '_words'" in str(faults[0])


def test_python_itself_starts_as_before():
    code = "import docproc.cli.entry, sys; print(any('Sibling' in str(f) for f in sys.meta_path))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
