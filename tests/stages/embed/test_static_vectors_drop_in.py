"""The drop-in of static vectors: distilled from a model, the same ones each time."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import word_bag as bag
from drop_ins import ODD, drop_in, public

from docproc.errors import ModelError, StoreError
from docproc.operations.reports.status import describe_status
from docproc.plugins.loading.trust import trust
from docproc.testing import EmbedderContract, samples

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[3]
PLUGIN = drop_in("static_vectors")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A cache of one's own, where what is distilled is kept."""
    folder = tmp_path_factory.mktemp("cache") / ODD
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def models(small_models, tmp_path_factory):
    """Real models of one layer, of a vocabulary of a few hundred pieces: distilled in no time."""
    folder = tmp_path_factory.mktemp("few-pieces")
    write_tokenizer(folder)
    return type(small_models)(folder, tmp_path_factory.mktemp("models") / ODD)


def write_tokenizer(folder):
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=900, special_tokens=special, show_progress=False, min_frequency=1
    )
    tokenizer.train_from_iterator([text for _, text in samples.PASSAGES], trainer)
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)


@pytest.fixture(scope="module")
def model(models):
    return models.make("taught", "mean")


@pytest.fixture
def static(model, home, monkeypatch):
    # Another test may have loaded the drop-in again since: classes are pickled by their name.
    monkeypatch.setitem(sys.modules, PLUGIN.__name__, PLUGIN)
    return PLUGIN.StaticEmbedder(str(model), 24)


class TestStaticVectors(EmbedderContract):
    @pytest.fixture
    def plugin(self, static, model, home, monkeypatch):
        monkeypatch.setattr(type(self), "reads", (model, home))  # which its settings name
        return static

    @pytest.fixture
    def opener(self):
        return PLUGIN.StaticOpener()


def test_what_is_distilled_twice_is_the_same(model, static, tmp_path):
    static.encode_query("so that it is made")
    PLUGIN.distill(model, 24, tmp_path)
    for name in ("vectors.npy", "tokenizer.json", "static.json"):
        assert (tmp_path / name).read_bytes() == (static._folder / name).read_bytes()


def test_another_model_or_dimension_is_another_fingerprint_and_needs_no_distilling(
    model, models, home
):
    before = sorted(home.rglob("static.json"))
    other = models.make("other", "cls")
    made = {
        PLUGIN.StaticEmbedder(str(which), dimension).fingerprint
        for which in (model, other)
        for dimension in (8, 24)
    }
    assert len(made) == 4
    assert sorted(home.rglob("static.json")) == before


def test_a_text_lies_between_its_words(static):
    both, mill, bridge, other = static.encode_passages(
        ["mill bridge", "mill", "bridge", "harvest wheat"]
    )
    assert both @ mill > both @ other
    assert both @ bridge > both @ other


def test_the_commoner_a_piece_is_the_less_it_counts(static):
    lengths = np.linalg.norm(PLUGIN._opened(static._folder)._vectors, axis=1)
    assert lengths[4:40].mean() < lengths[-40:].mean() / 2


def test_more_numbers_than_the_model_has_are_refused(model, tmp_path):
    with pytest.raises(ModelError, match=r"dimension: at most 64"):
        PLUGIN.distill(model, 65, tmp_path)


@pytest.mark.parametrize("damage", ["vectors.npy", "tokenizer.json", "static.json"])
def test_a_damaged_table_is_a_store_error(static, tmp_path, damage):
    assert static.export_query_encoder(tmp_path) == PLUGIN.NAME
    PLUGIN.StaticOpener().open(tmp_path)
    (tmp_path / damage).write_text("?", "utf-8")
    with pytest.raises(StoreError, match="no static vectors"):
        PLUGIN.StaticOpener().open(tmp_path)


def test_it_uses_the_public_api_alone():
    assert public("static_vectors") <= {
        "docproc.errors",
        "docproc.hooks",
        "docproc.hooks.protocols",
        "docproc.plugins.registry",
    }


def test_a_workspace_goes_from_the_models_vectors_to_static_ones_and_on_and_back(
    model, home, tmp_path
):
    root = bag.make_workspace(tmp_path / "workspace")
    shutil.copy(REPOSITORY / "plugins" / "static_vectors.py", root / "plugins")
    trust(root, own=True)
    (root / "config.toml").write_text(
        f"[plugins.sentence-transformers]\nmodel = {json.dumps(str(model))}\n"
        f"[plugins.static-vectors]\nmodel = {json.dumps(str(model))}\ndimension = 24\n"
    )
    bag.index(root)
    assert bag.reembed(root, model="static-vectors").outcome == "published"
    assert describe_status(bag.application(root))["model"]["name"] == f"static-vectors of {model}"
    bag.write_letter(root, "mill", "Vera Orlova", "The mill by the weir burned down at night.")
    assert bag.index(root).counts.documents == len(bag.LETTERS) + 1
    assert bag.current(root).manifest.recipe.embedder.name == "static-vectors"
    assert bag.ask(root, "mill burned down at night").searched.documents == len(bag.LETTERS) + 1
    bag.application(root).generations.rollback()
    bag.application(root).generations.rollback()
    assert bag.index(root).counts.documents == len(bag.LETTERS) + 1
    assert bag.current(root).manifest.recipe.embedder.name == "sentence-transformers"
