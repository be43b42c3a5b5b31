"""Code that came with a workspace runs only if its user allows it; what is one's own just runs."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docproc.errors import PluginError
from docproc.hooks.specs import NORMALIZE
from docproc.operations.application import Application
from docproc.plugins import trust
from docproc.workspace import find_workspace

REPOSITORY = Path(__file__).parent.parent
PLUGIN = """
from pathlib import Path
Path(__file__).with_name("it_ran").touch()
from docproc.hooks import Registration, hookimpl

@hookimpl
def docproc_normalizers():
    return [Registration("stranger", lambda settings: None)]
"""


@pytest.fixture
def stranger(tmp_path, monkeypatch):
    """A workspace that came from elsewhere, and a user who has trusted nothing yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "workspace"
    (root / "plugins").mkdir(parents=True)
    (root / "plugins" / "stranger.py").write_text(PLUGIN, "utf-8")
    (root / "config.toml").write_text("", "utf-8")
    return root


def offers(root):
    return Application(find_workspace(root)).plugins.registry.names(NORMALIZE)


def ran(root):
    return (root / "plugins" / "it_ran").exists()


def test_the_plugins_of_a_workspace_from_elsewhere_do_not_run_and_the_remedy_is_said(stranger):
    with pytest.raises(PluginError) as caught:
        Application(find_workspace(stranger)).plugins.offer(NORMALIZE, "stranger")
    assert f"to allow it: docproc trust {stranger}" in str(caught.value)
    assert not ran(stranger)


def test_they_run_once_they_are_trusted_and_until_one_changes(stranger):
    trust.trust(stranger)
    assert "stranger" in offers(stranger)
    assert ran(stranger)
    (stranger / "plugins" / "another.py").write_text("import os", "utf-8")
    assert "stranger" not in offers(stranger)
    trust.trust(stranger)
    assert "stranger" in offers(stranger)
    assert trust.forget(stranger)
    assert "stranger" not in offers(stranger)


def test_what_one_writes_in_a_workspace_of_ones_own_runs_at_once(stranger):
    trust.trust(stranger, own=True)
    (stranger / "plugins" / "stranger.py").write_text(PLUGIN + "\n# changed\n", "utf-8")
    assert "stranger" in offers(stranger)


def test_another_folder_at_the_path_of_ones_own_is_not_ones_own(stranger):
    trust.trust(stranger, own=True)
    kept = stranger.with_name("kept")  # so that the new folder cannot be given its number again
    stranger.rename(kept)
    shutil.copytree(kept, stranger)
    assert "stranger" not in offers(stranger)


def test_one_user_is_asked_once_and_an_unreadable_record_allows_nothing(stranger, monkeypatch):
    answers = io.StringIO("y\n")
    answers.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", answers)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "stranger" in offers(stranger)
    assert "stranger" in offers(stranger)
    record = Path(os.environ["XDG_STATE_HOME"]) / "docproc" / "trusted.json"
    record.write_text("{", "utf-8")
    assert "stranger" not in offers(stranger)


def test_no_means_no(stranger, monkeypatch):
    for said in ("n\n", "\n", ""):
        answers = io.StringIO(said)
        answers.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", answers)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        assert "stranger" not in offers(stranger)
    assert not ran(stranger)


def test_the_repositorys_own_example_runs_unasked_and_a_changed_copy_of_it_does_not(stranger):
    own = REPOSITORY / "plugins" / "bolshevik_leadership.py"
    (stranger / "plugins" / "stranger.py").unlink()
    copy = shutil.copy(own, stranger / "plugins" / own.name)
    assert "bolshevik-leadership" in offers(stranger)
    Path(copy).write_text(own.read_text("utf-8") + "\n", "utf-8")
    assert "bolshevik-leadership" not in offers(stranger)


def test_no_plugins_leaves_out_all_but_the_built_in(stranger, monkeypatch):
    trust.trust(stranger)
    monkeypatch.setenv(trust.NO_PLUGINS, "1")
    application = Application(find_workspace(stranger))
    assert application.plugins.registry.names(NORMALIZE) == ["letter", "search-text"]
    with pytest.raises(PluginError, match="left out, as --no-plugins says"):
        application.plugins.offer(NORMALIZE, "stranger")
    assert not ran(stranger)


def test_the_commands_say_and_do_it(stranger):
    def docproc(*arguments):
        command = [sys.executable, "-m", "docproc", *arguments]
        return subprocess.run(command, cwd=stranger, capture_output=True, text=True, check=False)

    refused = docproc("plugins", "why", "stranger")
    assert f"docproc trust {stranger}" in refused.stdout
    assert "plugins/stranger.py" in docproc("trust").stderr
    assert "is not in use" in docproc("plugins", "why", "stranger").stdout
    assert "--no-plugins" in docproc("--no-plugins", "plugins", "why", "stranger").stdout
