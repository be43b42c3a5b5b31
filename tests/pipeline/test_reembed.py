"""Re-embedding: another model over the same catalog; what is wrong with one stops it."""

import itertools
import json
from types import SimpleNamespace

import numpy as np
import pytest
import word_bag as bag

from docproc.errors import (
    ConfigError,
    GateFailed,
    ModelError,
    PluginError,
    TryLater,
    UsageError,
)
from docproc.operations.reports.status import describe_status
from docproc.operations.writing.gate import make_gate
from docproc.operations.writing.runs import prepare_reembedding
from docproc.pipeline.building.embedding import (
    FACTS,
    FIRST,
    KEEP,
    SHARD,
    choose_next_size,
    embed,
    facts_of,
)
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.runs.lock import WriterLock
from docproc.store.vectors.cache import VectorCache, keys_of
from docproc.store.vectors.quantization import open_vectors

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    return bag.make_workspace(tmp_path / "workspace")


@pytest.fixture
def indexed(root):
    bag.index(root)
    return root


def another(root, dimension=20, **about):
    return str(bag.write_model(root / "other.json", dimension, "pepper", **about))


def stale(root):
    return describe_status(bag.application(root))["stale"]


def told(reader):
    raise AssertionError("a source was read")


def test_another_dimension_and_back_and_no_text_is_embedded_twice(indexed, monkeypatch):
    before = bag.current(indexed)
    monkeypatch.setattr("docproc.pipeline.reading.read.Reader.read", told)
    there = bag.reembed(indexed, model=another(indexed))
    made = bag.current(indexed)
    assert there.outcome == "published"
    assert len(bag.LETTERS) < there.embedded < there.texts  # the same words once
    assert (made.manifest.model.dimension, made.manifest.parent) == (20, before.id)
    assert open_vectors(made.vectors / "vectors.npy").shape == (there.texts, 20)
    assert bag.ask(indexed, "Who needs rifles at the frontier?").citations[0].verified
    back = bag.reembed(indexed)
    after = bag.current(indexed)
    assert (back.outcome, back.embedded) == ("published", 0)
    assert after.manifest.model == before.manifest.model
    for name in ("vectors/vectors.npy", "catalog.sqlite"):
        assert after.manifest.files[name] == before.manifest.files[name], name
    assert bag.reembed(indexed).outcome == "nothing to do"


def test_index_goes_on_with_the_model_that_reembed_was_told(indexed):
    model = another(indexed)
    bag.reembed(indexed, model=model)
    assert bag.index(indexed).outcome == "nothing to do"
    assert stale(indexed) == []
    bag.write_letter(indexed, "mill", "Vera Orlova", "The mill stands idle for want of grain.")
    assert bag.index(indexed).outcome == "published"
    assert bag.current(indexed).manifest.model.dimension == 20
    # what config.toml says after that is the later word
    third = bag.write_model(indexed / "third.json", 12)
    config = (indexed / "config.toml").read_text("utf-8")
    own = str(indexed / "model.json")
    (indexed / "config.toml").write_text(config.replace(own, str(third)), "utf-8")
    assert [each["fix"] for each in stale(indexed)] == ["docproc reembed"]
    bag.index(indexed)
    assert bag.current(indexed).manifest.model.dimension == 12


def test_a_precision_is_kept_with_the_cosine_it_leaves(indexed):
    bag.reembed(indexed, precision="int8")
    assert bag.current(indexed).manifest.recipe.embedder.settings["precision"] == "int8"
    model = describe_status(bag.application(indexed))["model"]
    assert (model["precision"], model["cosine"]) == ("int8", 0.99)


def test_what_the_embedder_told_of_a_precision_outlives_the_run_that_measured_it(indexed):
    bag.reembed(indexed, precision="int8")
    bag.reembed(indexed, precision="fp32")
    assert "cosine" not in describe_status(bag.application(indexed))["model"]
    plugin = indexed / "plugins" / "bag.py"
    silent = plugin.read_text("utf-8").replace("self.facts =", "self.untold =")
    plugin.write_text(silent, "utf-8")  # as an embedder that has embedded nothing in this run
    assert bag.reembed(indexed, precision="int8").embedded == 0
    assert describe_status(bag.application(indexed))["model"]["cosine"] == 0.99


def test_what_was_measured_over_more_texts_stands(tmp_path):
    told = SimpleNamespace(facts={"cosine": 0.9, "compared": 3})
    (tmp_path / FACTS).write_text('{"cosine": 0.99, "compared": 256}', "utf-8")
    assert facts_of(told, tmp_path) == {"cosine": 0.99, "compared": 256}
    told.facts = {"cosine": 0.98, "compared": 300}
    assert facts_of(told, tmp_path) == told.facts
    (tmp_path / FACTS).write_text("{", "utf-8")
    assert facts_of(told, tmp_path) == told.facts


def test_shards_are_handed_over_one_ahead_and_each_is_kept_before_the_next(tmp_path):
    class Shards:
        fingerprint, dimension = "shards", 2

        def encode_passages(self, texts):
            raise AssertionError("it can do better")

        def encode_query(self, text):
            raise AssertionError("nobody asks")

        def encode_shards(self, shards):
            waiting = None
            for texts in shards:
                if waiting is not None:
                    yield np.ones((waiting, 2), np.float32)
                    raise KeyboardInterrupt
                waiting = len(texts)

    texts = [f"text {number}" for number in range(2 * SHARD)]
    cache = VectorCache(tmp_path / "cache", 2, shard=SHARD)
    with pytest.raises(KeyboardInterrupt):
        embed([(keys_of(texts), texts)], len(texts), Shards(), cache, Silent())
    assert len(VectorCache(tmp_path / "cache", 2)) == FIRST


def test_a_shard_grows_until_it_takes_the_seconds_that_a_kill_may_cost():
    assert choose_next_size(FIRST, FIRST, 100.0) == FIRST
    assert choose_next_size(FIRST, FIRST, 0.001) == 4 * FIRST
    assert choose_next_size(512, 512, 2 * KEEP) == 256
    assert choose_next_size(SHARD, SHARD, 0.0) == SHARD


def test_progress_moves_and_work_is_kept_from_the_first_few_texts(tmp_path, monkeypatch):
    clock = itertools.count(step=10.0)
    monkeypatch.setattr("docproc.pipeline.building.embedding.time.monotonic", lambda: next(clock))
    moved, kept = [], []

    class Slow:
        fingerprint, dimension = "slow", 2

        def encode_passages(self, texts):
            kept.append(len(VectorCache(tmp_path / "cache", 2)))
            return np.ones((len(texts), 2), np.float32)

        def encode_query(self, text):
            raise AssertionError("nobody asks")

    class Told(Silent):
        def advance(self, units=1):
            moved.append(units)

    texts = [f"text {number}" for number in range(4 * FIRST)]
    cache = VectorCache(tmp_path / "cache", 2, shard=SHARD)
    embed([(keys_of(texts), texts)], len(texts), Slow(), cache, Told())
    assert moved == [FIRST] * 4
    assert kept == [0, FIRST, 2 * FIRST, 3 * FIRST]


def test_a_choice_that_the_embedder_does_not_offer_is_an_error(indexed):
    plugin = indexed / "plugins" / "bag.py"
    text = plugin.read_text("utf-8")
    plugin.write_text(text.replace('Setting("precision"', 'Setting("exactly"'), "utf-8")
    with pytest.raises(UsageError, match="has no precision to choose"):
        bag.reembed(indexed, precision="int8")


def test_a_model_that_is_missing_is_named_and_the_published_one_stands(indexed):
    published = bag.current(indexed).id
    with pytest.raises(ModelError, match=r"no-such\.json"):
        bag.reembed(indexed, model=str(indexed / "no-such.json"))
    (indexed / "model.json").unlink()
    for run in (bag.index, bag.reembed):
        with pytest.raises(ModelError, match=r"model\.json"):
            run(indexed)
    assert bag.current(indexed).id == published
    (line,) = stale(indexed)
    assert "the model cannot be had" in line["what"]


def test_a_model_changed_under_the_same_name_is_noticed_and_never_mixed(indexed):
    before = bag.current(indexed)
    bag.write_model(indexed / "model.json", 48, "changed")
    (line,) = stale(indexed)
    assert "has changed under its name" in line["what"]
    assert line["fix"] == "docproc reembed"
    with pytest.raises(ModelError, match="has changed under its name since"):
        bag.ask(indexed, "Who needs rifles?")
    report = bag.index(indexed)
    assert report.outcome == "published"
    assert report.embedded > len(bag.LETTERS)
    assert bag.current(indexed).manifest.model != before.manifest.model
    assert bag.ask(indexed, "Who needs rifles?").citations


@pytest.mark.parametrize(
    ("fault", "said"), [({"gives": 7}, r"of shape \(.*, 7\)"), ({"nan": True}, "not numbers")]
)
def test_vectors_of_another_dimension_or_no_numbers_are_never_published(indexed, fault, said):
    published = bag.current(indexed).id
    with pytest.raises(PluginError, match=said):
        bag.reembed(indexed, model=another(indexed, **fault))
    assert bag.current(indexed).id == published
    assert bag.application(indexed).generations.ids() == [published]
    assert bag.reembed(indexed, model=another(indexed)).outcome == "published"


def test_a_plugins_embedder_is_taken_by_its_name(indexed):
    plugin = (indexed / "plugins" / "bag.py").read_text("utf-8")
    second = plugin.replace('"bag",', '"sack",').replace(
        '"model", ""', f'"model", {another(indexed)!r}'
    )
    (indexed / "plugins" / "sack.py").write_text(second, "utf-8")
    bag.reembed(indexed, model="sack")
    assert bag.current(indexed).manifest.recipe.embedder.name == "sack"
    (indexed / "plugins" / "sack.py").unlink()
    with pytest.raises(PluginError, match="sack"):
        bag.ask(indexed, "Who needs rifles?")


def test_a_dry_run_says_what_would_be_embedded_and_changes_nothing(indexed):
    files = sorted(path for path in (indexed / "embeddings").rglob("*"))
    found = prepare_reembedding(
        bag.application(indexed), Silent(), model=another(indexed)
    ).estimate()
    assert 0 < found.missing < found.texts
    assert found.rate > 0
    assert found.disk > found.texts * 20 * 4
    assert "texts would be embedded" in found.summary()
    assert prepare_reembedding(bag.application(indexed), Silent()).estimate().missing == 0
    assert sorted(path for path in (indexed / "embeddings").rglob("*")) == files


def test_with_nothing_published_it_says_what_to_do(root):
    with pytest.raises(ConfigError, match="docproc index"):
        bag.reembed(root)


def test_two_writers_at_once_one_of_them_is_sent_away(indexed):
    with (
        WriterLock(bag.application(indexed).generations.layout),
        pytest.raises(TryLater, match="since 20"),
    ):
        bag.reembed(indexed, model=another(indexed))


QUESTIONS = [
    {"question": "Who needs crates of rifles?", "gold": ["rifles.txt"], "answers": ["rifles"]},
    {"question": "What did the flood carry away?", "gold": ["bridge.txt"]},
]


def test_the_gate_keeps_out_what_answers_worse_and_says_which_questions_were_lost(
    indexed, monkeypatch
):
    path = bag.golden(indexed / "golden.jsonl", *QUESTIONS)
    published = bag.current(indexed).id
    good = bag.reembed(
        indexed, model=another(indexed, 64), gate=make_gate(bag.application(indexed), path)
    )
    assert good.judgement.passed
    assert bag.current(indexed).manifest.facts["gate"]["nDCG@10"] == 1.0
    published = bag.current(indexed).id
    # a retriever that has lost its way in the draft: every question finds the harvest first
    from docproc.retrieval.answers.answering import Answering

    honest = Answering.trial

    def lost(self, question):
        ranking, confidence, answered = honest(self, question)
        if ".draft-" in str(self._opened.folder):
            ranking = sorted(ranking, key=lambda hit: "harvest" not in hit.source)
        return ranking, confidence, answered

    monkeypatch.setattr(Answering, "trial", lost)
    with pytest.raises(
        GateFailed, match=r"lost: What did the flood carry away\?: .*rank 2"
    ) as shut:
        bag.reembed(indexed, gate=make_gate(bag.application(indexed), path))
    assert bag.current(indexed).id == published
    assert json.dumps(shut.value.details["lost"])
    loose = make_gate(bag.application(indexed), path, tolerance=1.0)
    assert bag.reembed(indexed, gate=loose).judgement.lost


def test_the_gate_of_the_configuration_is_read_before_anything_is_embedded(indexed):
    with (indexed / "config.toml").open("a", encoding="utf-8") as config:
        config.write('\n[gate]\nquestions = "golden.jsonl"\n')
    with pytest.raises(ConfigError, match=r"gate\.questions: .*golden\.jsonl"):
        make_gate(bag.application(indexed))
    bag.golden(indexed / "golden.jsonl", *QUESTIONS)
    assert make_gate(bag.application(indexed)) is not None
