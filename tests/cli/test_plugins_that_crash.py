"""``docproc plugins list`` outlives a plugin that ends the process when it is imported."""

import pytest
import word_bag as bag

from docproc.operations.application import Application
from docproc.plugins.explaining.why import explain_plugin
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow


def test_a_plugin_that_crashes_when_it_is_imported_costs_itself(tmp_path):
    root = bag.make_workspace(tmp_path / "workspace")
    for name, does in (("crashing", "os.abort()"), ("leaving", "os._exit(3)"), ("odd", "1 / 0")):
        (root / "plugins" / f"{name}.py").write_text(f"import os\nprint(7)\n{does}\n", "utf-8")
    bag.trust(root, own=True)
    plugins = Application.probing(find_workspace(root)).plugins
    assert "bag" in {offer.name for offer in plugins.registry.offers}
    said = {fault.origin.name: fault.cause for fault in plugins.registry.faults}
    assert said["plugins/crashing.py"] == "importing it crashes the process (SIGABRT)"
    assert said["plugins/leaving.py"] == "importing it ends the process (exit code 3)"
    assert said["plugins/odd.py"].startswith("ZeroDivisionError")
    assert explain_plugin(plugins, "crashing") == [
        "left out: drop-in plugins/crashing.py: importing it crashes the process (SIGABRT)"
    ]
