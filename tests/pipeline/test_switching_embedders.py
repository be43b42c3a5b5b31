"""Every embedder of the project goes through a workspace's whole life, and back."""

import pytest
import word_bag as bag

from docproc.operations.reports.status import describe_status
from docproc.plugins.loading.trust import trust
from docproc.plugins.scaffold import write_drop_in

pytestmark = pytest.mark.slow

TINY = """
from docproc.hooks import Registration, Setting, hookimpl
from docproc.testing.examples.tiny_embedder import TinyEmbedder, TinyOpener


@hookimpl
def docproc_embedders():
    settings = (Setting("dimension", 64, "how many numbers"),)
    return [Registration("tiny", lambda given: TinyEmbedder(given["dimension"]), settings=settings)]


@hookimpl
def docproc_query_encoders():
    return [Registration("tiny", lambda _: TinyOpener())]
"""


@pytest.fixture
def root(tmp_path):
    return bag.make_workspace(tmp_path / "workspace")


def put_in(root, name):
    if name == "tiny":
        (root / "plugins" / "tiny.py").write_text(TINY, "utf-8")
    elif name == "made-by-scaffold":
        write_drop_in("embed", name, root / "plugins")
    trust(root, own=True)


def published(root):
    return bag.current(root).manifest.recipe.embedder.name


@pytest.mark.parametrize("name", ["tiny", "made-by-scaffold"])
def test_an_embedder_goes_through_index_reembed_add_index_rollback_index(root, name):
    put_in(root, name)
    bag.index(root)
    done = bag.reembed(root, model=name)
    assert done.outcome == "published"
    assert name in done.summary()
    assert describe_status(bag.application(root))["model"]["name"].startswith(name)
    assert describe_status(bag.application(root))["stale"] == []
    bag.write_letter(root, "mill", "Vera Orlova", "The mill by the weir burned down at night.")
    assert bag.index(root).outcome == "published"
    assert published(root) == name
    assert bag.ask(root, "Which mill burned down at night?").citations
    assert bag.index(root).outcome == "nothing to do"
    bag.application(root).generations.rollback()
    bag.application(root).generations.rollback()
    assert published(root) == "bag"
    assert bag.index(root).counts.documents == len(bag.LETTERS) + 1
    assert bag.ask(root, "Which mill burned down at night?").citations


def test_settings_of_one_of_two_plugins_of_one_name_are_no_error_for_the_other(root):
    put_in(root, "tiny")
    with (root / "config.toml").open("a") as config:
        config.write("\n[plugins.tiny]\ndimension = 32\n")
    bag.index(root)
    bag.reembed(root, model="tiny")
    assert bag.current(root).manifest.model.dimension == 32
    assert bag.ask(root, "Who needs rifles at the frontier?").citations


def test_what_reembed_was_told_is_kept_even_where_there_was_nothing_to_embed(root):
    bag.index(root)
    first = root / "model.json"
    other = bag.write_model(root / "other.json", 20, "pepper")
    config = root / "config.toml"
    config.write_text(config.read_text().replace(str(first), str(other)), "utf-8")
    done = bag.reembed(root, model=str(first))
    assert done.embedded == 0
    bag.write_letter(root, "mill", "Vera Orlova", "The mill by the weir burned down at night.")
    bag.index(root)
    assert bag.current(root).manifest.recipe.embedder.settings["model"] == str(first)
    assert bag.reembed(root, model=str(first)).outcome == "nothing to do"
