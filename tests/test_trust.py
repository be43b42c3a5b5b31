"""Code that came with a workspace runs only if its user allows it; what is one's own just runs."""

import contextlib
import importlib.util
import io
import os
import py_compile
import shutil
import sys
import zipfile
from pathlib import Path

import commands
import pytest

from docproc.cli.commands.init import init
from docproc.errors import ConfigError, PluginError
from docproc.hooks.specs import NORMALIZE
from docproc.operations.application import Application
from docproc.plugins.loading import trust
from docproc.plugins.loading.drop_ins import drop_in_paths
from docproc.plugins.selection.selection import PluginSelection
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
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


def test_another_folder_that_is_given_the_number_of_ones_own_is_not_ones_own(stranger, monkeypatch):
    trust.trust(stranger, own=True)
    number = stranger.stat().st_ino
    shutil.rmtree(stranger / "embeddings")  # as in a folder that was unzipped in its place
    assert stranger.stat().st_ino == number
    assert "stranger" not in offers(stranger)
    (stranger / "embeddings").mkdir()
    for token in ("", "0" * 32):
        (stranger / "embeddings" / "own").write_text(token, "utf-8")
        assert "stranger" not in offers(stranger)
    assert not ran(stranger)


RUNS = "import pathlib\npathlib.Path(__file__).with_name('planted_ran').touch()\n"
TRICK = py_compile.PycInvalidationMode.UNCHECKED_HASH


def plant(source, at):
    """Compile *source* to *at*, so that Python would believe it whatever stands beside it."""
    other = at.parent / "planted_source.txt"
    at.parent.mkdir(parents=True, exist_ok=True)
    other.write_text(source, "utf-8")
    py_compile.compile(str(other), str(at), invalidation_mode=TRICK, doraise=True)
    other.unlink()


def planted_ran(root):
    return any(root.rglob("planted_ran"))


def cached(module):
    return Path(importlib.util.cache_from_source(str(module)))


def test_a_compiled_file_beside_a_copy_of_what_docproc_ships_does_not_run(stranger):
    own = REPOSITORY / "plugins" / "bolshevik_leadership.py"
    (stranger / "plugins" / "stranger.py").unlink()
    copy = Path(shutil.copy(own, stranger / "plugins" / own.name))
    plant(own.read_text("utf-8") + RUNS.replace("__file__", repr(str(copy))), cached(copy))
    assert "bolshevik-leadership" in offers(stranger)
    assert not planted_ran(stranger)


@pytest.mark.parametrize("own", [False, True])
def test_no_compiled_module_and_none_without_source_runs_in_a_trusted_workspace(stranger, own):
    package = stranger / "plugins" / "pack"
    package.mkdir()
    (package / "__init__.py").write_text(
        "for name in ('extra', 'native'):\n"
        "    try:\n"
        "        __import__(f'{__name__}.{name}')\n"
        "    except ImportError:\n"
        "        pass\n" + PLUGIN.replace("stranger", "pack"),
        "utf-8",
    )
    one = stranger / "plugins" / "stranger.py"
    trust.trust(stranger, own=own)
    assert {"stranger", "pack"} <= set(offers(stranger))
    where = repr(str(stranger / "x"))
    plant(PLUGIN + RUNS.replace("__file__", where), cached(one))
    plant(RUNS.replace("__file__", where), package / "extra.pyc")
    assert ("pack" in offers(stranger)) is own  # asked again, or one's own: and neither ran it
    assert not planted_ran(stranger)


@pytest.mark.parametrize("helper", ["_helper.py", "lib/_helper.py", "_helper.zip"])
def test_a_helper_beside_a_drop_in_is_part_of_what_is_trusted(stranger, helper):
    path = stranger / "plugins" / helper
    path.parent.mkdir(exist_ok=True)

    def write(text):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("_helper.py", text)
        else:
            path.write_text(text, "utf-8")

    write("x = 1")
    where = path if path.suffix == ".zip" else path.parent
    (stranger / "plugins" / "stranger.py").write_text(
        f"import sys\nsys.path.insert(0, {str(where)!r})\nsys.modules.pop('_helper', None)\n"
        "import _helper\n" + PLUGIN,
        "utf-8",
    )
    trust.trust(stranger)
    before = list(sys.path)
    try:
        assert ("stranger" in offers(stranger)) is (path.suffix != ".zip")  # no archive is read
        write("x = 2\n" + RUNS.replace("__file__", repr(str(stranger / "x"))))
        assert "stranger" not in offers(stranger)
        plant(RUNS.replace("__file__", repr(str(stranger / "x"))), cached(path.with_suffix(".py")))
        assert "stranger" not in offers(stranger)
    finally:
        sys.path[:] = before
        sys.modules.pop("_helper", None)
    assert not planted_ran(stranger)


@posix
@pytest.mark.parametrize("what", ["plugins", "file", "package"])
def test_no_code_runs_through_a_link_even_in_a_workspace_of_ones_own(stranger, tmp_path, what):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "pack").mkdir(parents=True)
    (elsewhere / "pack" / "__init__.py").write_text(PLUGIN, "utf-8")
    one = stranger / "plugins" / "stranger.py"
    one.rename(elsewhere / "stranger.py")
    if what == "plugins":
        one.parent.rmdir()
        one.parent.symlink_to(elsewhere)
    elif what == "file":
        one.symlink_to(elsewhere / "stranger.py")
    else:
        one.with_suffix("").symlink_to(elsewhere / "pack")
    trust.trust(stranger, own=True)
    assert "stranger" not in offers(stranger)
    assert not any(elsewhere.rglob("it_ran"))


def test_what_was_read_is_what_runs_though_the_file_changes_between(stranger):
    trust.trust(stranger)
    selection = PluginSelection(find_workspace(stranger, stranger))
    registry = selection.registry  # the folder is read here
    one = stranger / "plugins" / "stranger.py"
    one.write_text(PLUGIN + RUNS, "utf-8")
    assert "stranger" in registry.names(NORMALIZE)
    assert not planted_ran(stranger)


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
        return commands.docproc(*arguments, folder=stranger)

    refused = docproc("plugins", "why", "stranger")
    assert f"docproc trust {stranger}" in refused.stdout
    assert "plugins/stranger.py" in docproc("trust").stderr
    assert "is not in use" in docproc("plugins", "why", "stranger").stdout
    assert "--no-plugins" in docproc("--no-plugins", "plugins", "why", "stranger").stdout


def test_a_new_workspace_over_code_that_was_there_already_does_not_run_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "unzipped"
    (root / "plugins").mkdir(parents=True)
    (root / "plugins" / "stranger.py").write_text(PLUGIN, "utf-8")
    assert init(root) == 0
    assert "stranger" not in offers(root)
    assert not ran(root)


@posix
@pytest.mark.parametrize("name", ["config.toml", ".gitignore"])
def test_a_new_workspace_writes_through_no_link(tmp_path, monkeypatch, name):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "unzipped"
    root.mkdir()
    (root / name).symlink_to(tmp_path / "elsewhere")
    with contextlib.suppress(ConfigError):
        init(root)
    assert not (tmp_path / "elsewhere").exists()


@posix
def test_a_pipe_that_is_called_as_a_drop_in_is_none_and_nothing_waits_for_it(stranger):
    os.mkfifo(stranger / "plugins" / "pipe.py")
    trust.trust(stranger)
    assert "stranger" in offers(stranger)
    assert [path.name for path in drop_in_paths(stranger / "plugins")] == ["stranger.py"]
