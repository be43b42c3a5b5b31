"""Checking plugins that one did not write: load, contract, conformance, time to import."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from docproc.errors import ConfigError, DocprocError
from docproc.hooks.protocols import Parser
from docproc.hooks.specs import EMBED, PARSE
from docproc.plugins.promises import PROMISES
from docproc.plugins.registry import Offer
from docproc.plugins.selection import PluginSelection
from docproc.workspace import Workspace

_TEST = """\
from pathlib import Path

import pytest

from docproc.testing import {contract}
from docproc.hooks.specs import stage_called
from docproc.plugins.check import samples_in
from docproc.testing.samples import taken_by
from docproc.plugins.selection import PluginSelection
from docproc.workspace import find_workspace

PLUGINS = PluginSelection(find_workspace(Path({root}), Path({root})))


class TestPlugin({contract}):
    hooks = PLUGINS.module_of(stage_called({stage!r}), {name!r})

    @pytest.fixture
    def plugin(self):
        return PLUGINS.make(stage_called({stage!r}), {name!r})
"""
_WITH_SAMPLES = """
    @pytest.fixture
    def samples(self, plugin):
        return {**taken_by(plugin), **samples_in(PLUGINS.workspace, plugin)}
"""
_WITH_QUERY_ENCODERS = """
    def query_encoder(self, plugin, name):
        return PLUGINS.make(stage_called("encode query"), name)
"""
_SAMPLES = 6
_LARGEST_SAMPLE = 100_000
_LOOKED_AT = 2000
_IMPORT = """\
import sys, time
from pathlib import Path
import docproc.plugins.registry
from docproc.hooks.specs import stage_called
from docproc.plugins.selection import PluginSelection
from docproc.workspace import find_workspace
plugins = PluginSelection(find_workspace(Path(sys.argv[1]), Path(sys.argv[1])))
begun = time.perf_counter()
plugins.offer(stage_called(sys.argv[2]), sys.argv[3])
print(time.perf_counter() - begun)
"""
_OF_PYTEST = ("=", "E   \n", "All traceback entries are hidden")
_COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)")


@dataclass(frozen=True, slots=True)
class Checked:
    """How one plugin did.

    ``broken`` is one text for each promise that it breaks; ``passed`` how many it keeps, or
    ``None`` where its stage has no conformance class; ``import_seconds`` what finding it took.
    """

    offer: Offer
    import_seconds: float
    passed: int | None
    skipped: int
    broken: tuple[str, ...]


def check(plugins: PluginSelection, offer: Offer) -> Checked:
    """Make the plugin, hold it to its contract, and run the conformance kit over it.

    Raises ``ConfigError`` where the kit's own libraries are not installed.
    """
    seconds = _import_seconds(plugins, offer)
    try:
        plugins.make(offer.stage, offer.name)
    except DocprocError as error:
        return Checked(offer, seconds, 0, 0, (str(error),))
    contract = offer.stage.contract or None
    if contract is None:
        promises = PROMISES.get(offer.stage)
        if promises is None:
            return Checked(offer, seconds, None, 0, ())
        broken = tuple(filter(None, (promise(plugins, offer) for promise in promises)))
        return Checked(offer, seconds, len(promises) - len(broken), 0, broken)
    for library in ("pytest", "hypothesis"):
        if importlib.util.find_spec(library) is None:
            raise ConfigError(
                f"the conformance kit needs {library}: pip install 'docproc[testing]'"
            )
    counts, broken = _conformance(plugins.workspace.root, contract, offer)
    return Checked(offer, seconds, counts.get("passed", 0), counts.get("skipped", 0), broken)


def samples_in(workspace: Workspace, parser: Parser) -> dict[str, bytes]:
    """A few small sources of *workspace* that *parser* takes, by name: it is checked with them."""
    from docproc.formats.sniffing import head_of
    from docproc.pipeline.read import load
    from docproc.pipeline.scan import scan

    found: dict[str, bytes] = {}
    for each in islice(scan(workspace), _LOOKED_AT):
        if len(found) == _SAMPLES:
            break
        if each.obstacle is None and 0 < each.size <= _LARGEST_SAMPLE:
            source, data = load(each)
            if parser.confidence(source, head_of(data)) > 0:
                found[source.path] = data
    return found


def _import_seconds(plugins: PluginSelection, offer: Offer) -> float:
    """What it takes, in a process of its own, to find out what the plugin offers."""
    command = [
        sys.executable,
        "-c",
        _IMPORT,
        str(plugins.workspace.root),
        offer.stage.name,
        offer.name,
    ]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    said = done.stdout.strip().splitlines()
    return float(said[-1]) if done.returncode == 0 else time.perf_counter() - begun


def _conformance(root: Path, contract: str, offer: Offer) -> tuple[dict[str, int], tuple[str, ...]]:
    """The counts of pytest, and the message of each failure."""
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder) / "test_conformance.py"
        text = _TEST.format(
            contract=contract, root=ascii(str(root)), stage=offer.stage.name, name=offer.name
        )
        text += {PARSE: _WITH_SAMPLES, EMBED: _WITH_QUERY_ENCODERS}.get(offer.stage, "")
        test.write_text(text, "utf-8")
        options = ["-q", "--tb=line", "-p", "no:cacheprovider", "-c", os.devnull]
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "pytest", *options, "--rootdir", folder, str(test)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            check=False,
        )
    counts = {what: int(number) for number, what in _COUNT.findall(done.stdout.splitlines()[-1])}
    broken = _messages(done.stdout)
    if done.returncode and not broken:
        broken = ((done.stdout + done.stderr).strip()[-2000:],)
    return counts, broken


def _messages(said: str) -> tuple[str, ...]:
    """What pytest says of each failure, between its headings."""
    _, _, failures = said.partition("= FAILURES =")
    failures, _, _ = failures.partition("short test summary info")
    lines = [line for line in failures.splitlines() if not line.startswith(_OF_PYTEST)]
    text = "\n".join(line.removeprefix("E   ").removeprefix("    ").rstrip() for line in lines)
    parts = re.split(r"(?m)^(?:\S*?: )?docproc\.testing\.contract\.ContractBroken: ", text)
    found: list[str] = []
    for part in map(str.strip, parts[1:]):  # the last line of each failure says it once more
        if part and not any(other.startswith(part) for other in found):
            found.append(part)
    return tuple(found)
