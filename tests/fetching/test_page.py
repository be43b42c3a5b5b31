"""The source that the documentation shows passes the check."""

import re
from pathlib import Path

import pytest

from docproc.plugins.explaining.check import check_with_kit

pytest_plugins = ["docproc.testing.fixtures"]

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"


@pytest.mark.slow
def test_the_example_of_the_page_passes_the_check(docproc_workspace, monkeypatch):
    monkeypatch.setattr("docproc.plugins.explaining.check._import_seconds", lambda *_: 0.0)
    (code,) = re.findall(
        r"```python\n(# plugins/letters_list.py.*?)```", PAGE.read_text("utf-8"), re.S
    )
    (docproc_workspace.root / "plugins" / "letters_list.py").write_text(code, "utf-8")
    plugins = docproc_workspace.application().plugins
    done = check_with_kit(plugins, plugins.registry.offer("source", "letters-list"))
    assert done.broken == ()
    assert done.passed > 12
