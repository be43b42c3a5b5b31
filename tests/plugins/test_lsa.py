"""An embedder that learns from the texts, and how docproc keeps what one has learned."""

import random
import sys
from pathlib import Path

import pytest

from docproc.errors import PluginError
from docproc.operations.writing.runs import prepare_index
from docproc.plugins.registry import load
from docproc.store.manifest import LEARNED, without_learning
from docproc.testing import EmbedderContract

pytestmark = pytest.mark.slow

pytest_plugins = ["docproc.testing.fixtures"]

PLUGINS = Path(__file__).parents[2] / "plugins"
REGISTRY = load(drop_ins=PLUGINS)
LSA = REGISTRY.offer("embed", "lsa").registration
OWN = sys.modules[LSA.factory.__module__]


@pytest.fixture(autouse=True)
def own_module(monkeypatch):
    """The module whose classes are pickled here, though another test has loaded it once more."""
    monkeypatch.setitem(sys.modules, OWN.__name__, OWN)


class TestLsa(EmbedderContract):
    @pytest.fixture
    def plugin(self):
        return LSA.make(LSA.defaults())

    @pytest.fixture
    def opener(self):
        return REGISTRY.offer("encode query", "lsa").registration.make({})


class TestLsaThatHasLearned(EmbedderContract):
    @pytest.fixture
    def plugin(self, texts):
        made = LSA.make(LSA.defaults())
        return made.with_learned(
            made.fit(list(texts) * 2 + ["The mill again.", "The bread again."])
        )

    @pytest.fixture
    def opener(self):
        return REGISTRY.offer("encode query", "lsa").registration.make({})


def test_words_of_the_same_passages_lie_near_each_other():
    sea = ["quay", "harbour", "ship", "boat", "tar", "rope", "anchor", "sail"]
    land = ["wheat", "rye", "field", "harvest", "plough", "barn", "mill", "flour"]
    chance = random.Random(1)
    texts = [" ".join(chance.sample(words, 4)) for words in (sea, land) for _ in range(60)]
    made = LSA.make(LSA.defaults() | {"dimension": 2})
    learned = made.with_learned(made.fit(texts))
    assert float(learned.encode_query("anchor") @ learned.encode_query("tar")) > 0.5
    assert float(learned.encode_query("anchor") @ learned.encode_query("plough")) < 0.2


LETTERS = {
    "a.txt": "The boats at the quay of Sloka lie idle since Easter.",
    "b.txt": "Forty barrels of tar were sent to the yard at Memel.",
    "c.txt": "The school has neither firewood nor a single teacher left.",
}


@pytest.fixture
def space(docproc_workspace):
    docproc_workspace.drop_in(PLUGINS / "lsa.py")
    docproc_workspace.configure({"embedder": "lsa"})
    for name, text in LETTERS.items():
        docproc_workspace.add(name, text)
    return docproc_workspace


def model(space):
    return space.application().generations.current().manifest.model


def test_what_was_learned_is_kept_in_the_generation_and_in_its_fingerprint(space):
    space.index()
    first = model(space)
    assert without_learning(first.fingerprint) == "lsa-1-128"
    assert LEARNED in first.fingerprint
    assert first.query_encoder == "lsa"
    assert space.ask("Who lies idle since Easter?").citations[0].source.path == "seeds/a.txt"
    assert space.index().outcome == "nothing to do"
    from docproc.operations.reports.status import describe_status

    assert describe_status(space.application())["stale"] == []


def test_other_texts_are_learned_again_and_all_is_embedded_again(space):
    space.index()
    first = model(space).fingerprint
    space.add("d.txt", "The bridge across the river was carried away by the flood.")
    report = space.index()
    assert model(space).fingerprint != first
    assert report.embedded == len(LETTERS) + 1  # each is a passage and a sentence alike
    assert (
        space.ask("What was carried away by the flood?").citations[0].source.path == "seeds/d.txt"
    )


def test_what_was_learned_does_not_hang_on_the_order_of_the_files(space):
    space.index()
    first = model(space).fingerprint
    for name in LETTERS:
        (space.root / "seeds" / name).rename(space.root / "seeds" / f"{9 - ord(name[0]) % 9}.txt")
    space.index()
    assert model(space).fingerprint == first


RAISES = "raise SystemExit(0)\n        return _learn("
FAULTS = {
    "raises": ("return _learn(", RAISES, "failed in fit: SystemExit"),
    "a list": ("return _learn(", "return []  # (", "fit gave list, not bytes"),
    "with": ("return type(self)(self.dimension, learned)", "return None", "which is no embedder"),
    "no place": ("def export_query_encoder", "def export_nothing", "must leave a query encoder"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_whatever_goes_wrong_is_the_plugins_own(space, old, new, said):
    path = space.root / "plugins" / "lsa.py"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PluginError, match=said):
        space.index()


def test_shards_cannot_have_one(space):
    from docproc.pipeline.monitoring.progress import Silent

    with pytest.raises(PluginError, match="learns from all texts"):
        prepare_index(space.application(), Silent(), shards=2).run()
