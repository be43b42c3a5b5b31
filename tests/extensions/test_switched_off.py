"""One plugin can be left out: by ``[plugins.NAME] enabled = false``, or by ``--without NAME``."""

import pytest
import word_bag as bag

from docproc.config import WITHOUT
from docproc.errors import ConfigError, PluginError, UsageError
from docproc.hooks.specs import NORMALIZE

TWO = """
from docproc.hooks import Registration, Setting, hookimpl


class Same:
    def __init__(self, loud):
        self.loud = loud

    def normalize(self, document):
        return document


@hookimpl
def docproc_normalizers():
    settings = (Setting("loud", False, "Whether to be loud."),)
    return [Registration(name, lambda s: Same(s["loud"]), settings=settings) for name in NAMES]


@hookimpl
def docproc_commands():
    return [Registration("hello", lambda _: None)]


NAMES = ("first", "second")
"""


@pytest.fixture
def workspace(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    config = root / "config.toml"
    usual = config.read_text("utf-8")
    (root / "plugins" / "pair.py").write_text(TWO, "utf-8")
    bag.trust(root, own=True)

    def make(more=""):
        chosen = '[pipeline]\nnormalizers = ["...", "first", "second"]'
        config.write_text(usual.replace("[pipeline]", chosen) + more, "utf-8")
        return bag.application(root)

    return make


def used(application):
    return application.plugins.in_use()[NORMALIZE]


def test_a_plugin_is_switched_off_in_config_toml(workspace):
    application = workspace("\n[plugins.first]\nenabled = false\nloud = true\n")
    assert used(application) == ("letter", "search-text", "second")
    assert "first" not in application.plugins.registry.names(NORMALIZE)
    (fault,) = application.plugins.registry.faults
    assert fault.wanted
    assert "'first': it is switched off" in str(fault)
    assert [each.name for each in application.plugins.recipe().normalizers] == list(
        used(application)
    )


def test_what_is_not_switched_off_keeps_its_settings(workspace):
    application = workspace("\n[plugins.first]\nenabled = true\nloud = true\n")
    assert application.plugins.make(NORMALIZE, "first").loud


def test_the_command_line_can_leave_one_out_or_a_file(workspace, monkeypatch):
    monkeypatch.setenv(WITHOUT, "second")
    assert used(workspace()) == ("letter", "search-text", "first")
    monkeypatch.setenv(WITHOUT, "pair")
    application = workspace()
    assert application.plugins.registry.names(NORMALIZE) == ["letter", "search-text"]
    with pytest.raises(PluginError, match=r"drop-in plugins/pair\.py: it is switched off"):
        application.plugins.offer(NORMALIZE, "first")


def test_what_must_be_there_cannot_be_left_out(workspace, monkeypatch):
    monkeypatch.setenv(WITHOUT, "bag")
    with pytest.raises(ConfigError, match=r"pipeline.embedder: 'bag' is switched off"):
        workspace()


def test_nobody_is_left_out_by_a_mistake(workspace, monkeypatch):
    monkeypatch.setenv(WITHOUT, "frist")
    with pytest.raises(UsageError, match="--without frist: no plugin has that name"):
        workspace().plugins.recipe()


def test_enabled_is_true_or_false(workspace):
    with pytest.raises(ConfigError, match=r"line \d+: plugins.first.enabled: it is true or false"):
        workspace('\n[plugins.first]\nenabled = "no"\n')
