"""``reembed --model`` of a drop-in that is not trusted says so, and speaks of no download."""

from __future__ import annotations

from pathlib import Path

import pytest
import word_bag as bag

from docproc.errors import ModelError, PluginError
from docproc.operations.published.embedder_choice import with_requested_embedder
from docproc.plugins.loading.trust import forget

MARKER = "THE DROP-IN RAN"
DROP_IN = f"""
from docproc.hooks import Registration, hookimpl
print({MARKER!r})

@hookimpl
def docproc_embedders():
    return [Registration("shifted", lambda settings: None)]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = bag.make_workspace(tmp_path / "workspace")
    (root / "plugins" / "p.py").write_text(DROP_IN, "utf-8")
    forget(root)
    return root


def test_it_is_not_trusted_and_that_is_what_is_said(root, capfd) -> None:
    application = bag.application(root)
    with pytest.raises(PluginError, match=r"'shifted'(?s:.*)not trusted.*docproc trust"):
        with_requested_embedder(application.plugins, "shifted", None)
    assert MARKER not in "".join(capfd.readouterr())


def test_a_model_that_it_does_not_name_is_still_a_model(root) -> None:
    config = (root / "config.toml").read_text("utf-8")
    lines = [line for line in config.splitlines() if not line.startswith("embedder")]
    (root / "config.toml").write_text("\n".join(lines), "utf-8")
    asked = with_requested_embedder(bag.application(root).plugins, "some-model", None)
    name = asked.workspace.config.pipeline.embedder
    assert asked.workspace.config.plugins[name]["model"] == "some-model"
    with pytest.raises(ModelError, match="not on this machine"):
        _ = asked.make(_embed(), name).fingerprint


def _embed():
    from docproc.hooks.specs import EMBED

    return EMBED
