"""Why a plugin is in use or is not: every reason has its words."""

import pytest

from docproc.hooks import STAGES
from docproc.plugins.explaining.why import explain_plugin, explain_unknown
from docproc.plugins.loading import trust
from docproc.plugins.selection.selection import PluginSelection
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

GOOD = """
from docproc.hooks import Registration, hookimpl

@hookimpl
def docproc_normalizers():
    return [Registration("rule", lambda settings: None)]
"""


@pytest.fixture
def plugins(tmp_path):
    (tmp_path / "plugins").mkdir()
    trust.trust(tmp_path, own=True)

    def write(files=(), config=""):
        for name, text in dict(files).items():
            path = tmp_path / "plugins" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        (tmp_path / "config.toml").write_text(config, "utf-8")
        return PluginSelection(find_workspace(tmp_path))

    return write


NAMED = '[pipeline]\nnormalizers = ["rule"]\n'
REASONS = {
    "in use": ({"rule.py": GOOD}, NAMED, "rule", "is in use: [pipeline] normalizers of"),
    "not named": (
        {"rule.py": GOOD},
        "",
        "rule",
        "does not name it; it chooses: letter, search-text.",
    ),
    "by its file": ({"my_file.py": GOOD}, "", "my_file", "rule (normalize"),
    "broken": ({"rule.py": "1 / 0"}, NAMED, "rule", "left out: drop-in plugins/rule.py: Zero"),
    "clash": (
        {"a.py": GOOD, "rule.py": GOOD},
        NAMED,
        "rule",
        "left out: drop-in plugins/a.py, hook docproc_normalizers: the normalize plugin 'rule' is "
        "already offered by drop-in plugins/rule.py",
    ),
    "a test": ({"test_rule.py": ""}, "", "test_rule", "its name says that it is a test"),
    "a distribution": (
        {"rule/pyproject.toml": ""},
        "",
        "rule",
        "it is a distribution, which must be installed: pip install",
    ),
    "of a stage without a key": ({}, "", "onnx", "it opens what an embedder leaves"),
}


@pytest.mark.parametrize("case", REASONS)
def test_the_reason_is_told(plugins, case):
    files, config, name, said = REASONS[case]
    assert said in "\n".join(explain_plugin(plugins(files, config), name))


def test_of_a_name_that_nobody_has_ever_heard_the_nearest_is_told(plugins):
    application = plugins({"rule.py": GOOD})
    assert explain_plugin(application, "rulle") == []
    assert "did you mean 'rule'?" in explain_unknown(application, "rulle")


def test_every_stage_says_how_its_plugins_are_chosen():
    assert all(bool(stage.key) != bool(stage.use) for stage in STAGES)
