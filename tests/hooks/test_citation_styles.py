"""A plugin's citation style is found beside docproc's own, and is named when it fails."""

from __future__ import annotations

import pytest

from docproc.errors import PluginError, UsageError
from docproc.operations.application import Application
from docproc.plugins.loading.trust import trust
from docproc.workspace import find_workspace

PLUGIN = """
from docproc.hooks import Registration, hookimpl

class Shouted:
    def render(self, citations):
        {body}

@hookimpl
def docproc_citation_styles():
    return [Registration("shouted", lambda settings: Shouted())]
"""


def application(root, body="return ' '.join(c.upper() for c in citations)"):
    (root / "plugins").mkdir()
    (root / "plugins" / "shouted.py").write_text(PLUGIN.format(body=body), "utf-8")
    (root / "config.toml").write_text("", "utf-8")
    trust(root, own=True)
    return Application(find_workspace(root))


def test_a_style_of_a_plugin_is_found_by_its_name(tmp_path):
    wired = application(tmp_path)
    assert wired.extensions.citation_style("shouted").render(["ice"]) == "ICE"
    assert wired.extensions.citation_style("plain").render([]) == ""
    with pytest.raises(UsageError, match="did you mean 'shouted'"):
        wired.extensions.citation_style("shouter")


@pytest.mark.parametrize(
    ("body", "said"), [("return 1 / 0", "ZeroDivisionError"), ("return 7", "7 is not text")]
)
def test_a_style_that_fails_is_named_with_its_file(tmp_path, body, said):
    style = application(tmp_path, body).extensions.citation_style("shouted")
    with pytest.raises(PluginError, match=said) as caught:
        style.render([])
    assert "plugins/shouted.py: the citation style 'shouted'" in str(caught.value)
