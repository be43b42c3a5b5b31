"""A plugin that is gone is named, with what it came from and the ways back."""

import pytest
import word_bag as bag

from docproc.errors import ConfigError, PluginError
from docproc.hooks.specs import ENCODE_QUERY
from docproc.operations.reports.status import describe_status
from docproc.plugins.explaining.why import explain_plugin

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]

ASKED = "How many crates of rifles do we need?"
PARSER = """
from docproc.hooks import Registration, Setting, hookimpl
from docproc.records import Document


class Parser:
    isolated = False

    def confidence(self, source, head):
        return 0.9 if source.suffix == ".note" else 0.0

    def parse(self, source, data):
        yield Document(source, data.decode())


@hookimpl
def docproc_parsers():
    settings = (Setting("strict", False, "Whether to be strict."),)
    return [Registration("notes", lambda _: Parser(), settings=settings)]
"""


@pytest.fixture
def root(tmp_path):
    """Indexed with a parser that is a drop-in, which is gone since; its settings are not."""
    root = bag.make_workspace(tmp_path / "workspace", "\n[plugins.notes]\nstrict = true\n")
    (root / "plugins" / "notes.py").write_text(PARSER, "utf-8")
    config = root / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("[pipeline]", '[pipeline]\nparsers = ["...", "notes"]'), "utf-8")
    (root / "seeds" / "a.note").write_text("The ferry is laid up until the thaw.\n", "utf-8")
    bag.trust(root, own=True)
    bag.index(root)
    (root / "plugins" / "notes.py").unlink()
    return root


def test_questions_are_answered_all_the_same(root):
    assert bag.ask(root, ASKED).citations


def test_a_run_says_what_is_gone_and_how_it_comes_back(root):
    with pytest.raises(PluginError) as caught:
        bag.index(root)
    said = str(caught.value)
    assert "parse plugin 'notes' (drop-in plugins/notes.py" in said
    assert f"generation {bag.current(root).id}" in said
    assert "put plugins/notes.py back" in said


def test_its_settings_alone_are_told_of_too(root):
    config = root / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text.replace('parsers = ["...", "notes"]', ""), "utf-8")
    assert bag.ask(root, ASKED).citations
    with pytest.raises(PluginError, match=r"\[plugins.notes\] is of the parse plugin 'notes'"):
        bag.index(root)
    text = config.read_text("utf-8")
    config.write_text(text.replace("[plugins.notes]\nstrict = true", ""), "utf-8")
    assert bag.index(root).outcome == "published"


def test_status_is_a_state(root):
    found = describe_status(bag.application(root))
    assert found["state"] == "stale"
    assert "'notes'" in str(found["stale"])


def test_why_knows_it(root):
    (said,) = explain_plugin(bag.application(root).plugins, "notes")
    assert said.startswith("the parse plugin 'notes' (drop-in plugins/notes.py, version ")
    assert "is gone; generation" in said
    assert "put plugins/notes.py back" in said


def test_settings_of_a_plugin_that_never_was_are_a_mistake_in_config_toml(root):
    config = root / "config.toml"
    config.write_text(config.read_text("utf-8") + "\n[plugins.notse]\nstrict = true\n", "utf-8")
    with pytest.raises(ConfigError, match="no plugin has that name"):
        bag.ask(root, ASKED)


def test_the_query_encoder_of_what_is_published_is_in_use(docproc_workspace):
    docproc_workspace.add("a.txt", "The ferry is laid up until the thaw.\n")
    docproc_workspace.index()
    plugins = docproc_workspace.application().plugins
    assert plugins.in_use()[ENCODE_QUERY] == ("tiny",)
    said = [line for line in explain_plugin(plugins, "tiny") if "encode query" in line]
    assert "is in use: what is published names it." in said[0]
