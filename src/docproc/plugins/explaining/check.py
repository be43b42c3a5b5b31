"""Checking plugins that one did not write: load, contract, conformance, time to import."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, DocprocError
from docproc.hooks.specs import (
    ACCESS,
    COMMAND,
    EMBED,
    ENCODE_QUERY,
    NORMALIZE,
    PARSE,
    REFERENCE,
    RERANK,
    REWRITE,
    SEGMENT,
    SOURCE,
    VETO,
)
from docproc.plugins.registry import Offer
from docproc.plugins.selection.selection import PluginSelection

PLACE = "DOCPROC_CHECKED"
"""The variable that names the file into which the reporting plugin writes."""

_TEST = """\
from pathlib import Path

import pytest

from docproc.testing import {contract}
from docproc.hooks.specs import find_stage
from docproc.testing.plugin_check import products
from docproc.plugins.selection.selection import PluginSelection
from docproc.workspace import find_workspace

PLUGINS = PluginSelection(find_workspace(Path({root}), Path({root})))
STAGE = find_stage({stage!r})


class TestPlugin({contract}):
    hooks = PLUGINS.module_of(STAGE, {name!r})
    name = {name!r}
    reads = products.paths_in_settings(PLUGINS, STAGE, {name!r})

    @pytest.fixture
    def plugin(self):
        return {made}
"""
_MADE = "PLUGINS.make_again(STAGE, {name!r})"
_MADE_WITH_EXAMPLES = "products.source(PLUGINS, STAGE, {name!r})"
_FIXTURE = """
    @pytest.fixture
    def {fixture}(self, plugin):
        return products.{given}(PLUGINS, STAGE, {name!r}, plugin)
"""
_FIXTURES = {
    PARSE: {"samples": "samples"},
    NORMALIZE: {"documents": "documents"},
    SEGMENT: {"documents": "documents"},
    EMBED: {"texts": "texts", "variants": "variants"},
    REFERENCE: {"references": "by_example"},
    ENCODE_QUERY: {"embedder": "embedder"},
    COMMAND: {"arguments": "arguments"},
    ACCESS: {"closed": "as_it_comes"},
    VETO: {"refused": "as_it_comes"},
    SOURCE: {"answers": "answers", "files": "files"},
    RERANK: {"variants": "variants"},
    REWRITE: {"rewritten": "by_example", "ignored": "ignored"},
}
"""The fixtures of a contract that a workspace, or the plugin's own examples, can add to, each
with the function of ``docproc.testing.plugin_check.products`` that gives it."""
_WITH_QUERY_ENCODERS = """
    def query_encoder(self, plugin, name):
        return PLUGINS.make(find_stage("encode query"), name)
"""
_IMPORT = """\
import sys, time
from pathlib import Path
import docproc.plugins.registry
from docproc.hooks.specs import find_stage
from docproc.plugins.selection.selection import PluginSelection
from docproc.workspace import find_workspace
plugins = PluginSelection(find_workspace(Path(sys.argv[1]), Path(sys.argv[1])))
begun = time.perf_counter()
plugins.offer(find_stage(sys.argv[2]), sys.argv[3])
print(time.perf_counter() - begun)
"""


@dataclass(frozen=True, slots=True)
class CheckedPlugin:
    """How one plugin did.

    ``broken`` is one text for each promise that it breaks, ``caught`` the check that found it;
    ``passed`` how many it keeps, or ``None`` where its stage has no conformance class;
    ``skipped`` how many were not tried, ``warned`` what a person should look at.
    ``import_seconds`` is what finding it took.
    """

    offer: Offer
    import_seconds: float
    passed: int | None
    skipped: int
    broken: tuple[str, ...]
    caught: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()


def check_with_kit(plugins: PluginSelection, offer: Offer) -> CheckedPlugin:
    """Check the plugin with the conformance kit.  Raises ``ConfigError`` without its libraries."""
    seconds = _import_seconds(plugins, offer)
    try:
        if offer.stage != SOURCE:  # it is made with settings of its examples, or [sources.NAME]
            plugins.make(offer.stage, offer.name)
    except DocprocError as error:
        return CheckedPlugin(offer, seconds, 0, 0, (str(error),), ("made",))
    if not offer.stage.contract:
        return CheckedPlugin(offer, seconds, None, 0, ())
    for library in ("pytest", "hypothesis"):
        if importlib.util.find_spec(library) is None:
            raise ConfigError(
                f"the conformance kit needs {library}: pip install 'docproc[testing]'"
            )
    return _conformance(plugins.workspace.root, offer, seconds)


def _import_seconds(plugins: PluginSelection, offer: Offer) -> float:
    """What it takes, in a process of its own, to find out what the plugin offers."""
    command = [
        sys.executable, "-c", _IMPORT, str(plugins.workspace.root), offer.stage.name, offer.name,
    ]  # fmt: skip
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    said = done.stdout.strip().splitlines()
    return float(said[-1]) if done.returncode == 0 else time.perf_counter() - begun


def _conformance(root: Path, offer: Offer, seconds: float) -> CheckedPlugin:
    """What pytest, run in a process of its own, makes of the plugin."""
    stage, name = offer.stage, offer.name
    made = (_MADE_WITH_EXAMPLES if stage == SOURCE else _MADE).format(name=name)
    text = _TEST.format(
        contract=stage.contract, root=ascii(str(root)), stage=stage.name, name=name, made=made
    )
    for fixture, given in _FIXTURES.get(stage, {}).items():
        text += _FIXTURE.format(fixture=fixture, given=given, name=name)
    text += _WITH_QUERY_ENCODERS if stage == EMBED else ""
    if any(setting.sends_to for setting in offer.registration.settings):
        text += "\n    asks = True\n"
    with tempfile.TemporaryDirectory() as folder:
        test, written = Path(folder) / "test_conformance.py", Path(folder) / "checked.json"
        test.write_text(text, "utf-8")
        options = [
            "-q",
            "--tb=line",
            "-p",
            "no:cacheprovider",
            "-p",
            "docproc.testing.plugin_check.reporting",
        ]
        command = [sys.executable, "-m", "pytest", *options, "-c", os.devnull, "--rootdir", folder]
        # what the user gives to pytest otherwise (PYTEST_ADDOPTS), and the plugins that are
        # installed for it, which take up to a second to load, are not about these checks
        kept = {name: each for name, each in os.environ.items() if not name.startswith("PYTEST_")}
        own = {PLACE: str(written), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [*command, str(test)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd=folder,
            env=kept | own,
            check=False,
        )
        try:
            found = json.loads(written.read_text("utf-8"))
        except (OSError, ValueError):
            said = (done.stdout + done.stderr).strip()[-2000:]
            how = f"the process that checked it ended with {done.returncode}"
            return CheckedPlugin(offer, seconds, 0, 0, (f"{how}\n{said}".strip(),), ("checked",))
    failed = found["failed"]
    if done.returncode and not failed:
        failed = [("collected", (done.stdout + done.stderr).strip()[-2000:])]
    return CheckedPlugin(
        offer,
        seconds,
        found["passed"],
        len(found["skipped"]),
        tuple(message for _, message in failed),
        tuple(check_plugin for check_plugin, _ in failed),
        tuple(dict.fromkeys(message for _, message in found["warned"])),
    )
