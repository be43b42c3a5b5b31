"""The drop-in of a sparse index, with a sparse model of the tests' own: a piece for a piece."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import word_bag as bag
from drop_ins import PLUGINS, drop_in

from docproc.errors import ConfigError, ModelError, StoreError
from docproc.hooks import TextEntry
from docproc.plugins.trust import trust
from docproc.stages.index_tantivy.indexer import TantivyIndexer
from docproc.testing import TextIndexContract, samples

pytestmark = pytest.mark.slow

PLUGIN = drop_in("sparse_index")


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("sparse"))


def make_model(folder: Path) -> Path:
    """A masked language model without layers, which finds in a text the pieces that it has."""
    import torch
    from sentence_transformers import SparseEncoder
    from sentence_transformers.sentence_transformer.modules import Router
    from sentence_transformers.sparse_encoder.modules import (
        MLMTransformer,
        SparseStaticEmbedding,
        SpladePooling,
    )
    from transformers import BertConfig, BertForMaskedLM

    tokenizer = write_tokenizer(folder / "bare")
    size = len(tokenizer)
    config = BertConfig(
        vocab_size=size, hidden_size=size, num_hidden_layers=0, num_attention_heads=1,
        intermediate_size=8, hidden_act="relu", tie_word_embeddings=False,
    )  # fmt: skip
    bare = BertForMaskedLM(config).eval()
    with torch.no_grad():
        for parameter in bare.parameters():
            parameter.zero_()
        bare.bert.embeddings.word_embeddings.weight.copy_(torch.eye(size))
        bare.bert.embeddings.LayerNorm.weight.fill_(1)
        bare.cls.predictions.transform.dense.weight.copy_(torch.eye(size))
        bare.cls.predictions.transform.LayerNorm.weight.fill_(1)
        bare.cls.predictions.decoder.weight.copy_(torch.eye(size))
        bare.cls.predictions.decoder.bias.fill_(-1.0)
        bare.cls.predictions.decoder.bias[:5] = -1000.0  # what the tokenizer itself adds
    bare.save_pretrained(folder / "bare")
    weights = torch.ones(size)
    weights[5:] = 1 / torch.arange(1, size - 4).float().flip(0).sqrt() + 0.5
    router = Router.for_query_document(
        query_modules=[SparseStaticEmbedding(tokenizer=tokenizer, weight=weights)],
        document_modules=[MLMTransformer(str(folder / "bare")), SpladePooling()],
    )
    SparseEncoder(modules=[router]).save_pretrained(str(folder / "model"))
    return folder / "model"


def write_tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.train_from_iterator(
        [text for _, text in samples.PASSAGES],
        trainers.WordPieceTrainer(vocab_size=900, special_tokens=special, show_progress=False),
    )
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip
    fast.save_pretrained(folder)
    return fast


def indexer(model: Path) -> Any:
    return PLUGIN.SparseIndexer(str(model), 0.3, TantivyIndexer())


class TestContract(TextIndexContract):
    test_it_reads_and_writes_nothing_else = None  # it reads the model that its settings name

    @pytest.fixture
    def plugin(self, model: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setitem(sys.modules, PLUGIN.__name__, PLUGIN)  # whatever loaded it since
        return indexer(model)


ENTRIES = [
    TextEntry(0, "The mill at Sloka burned down.", "Orlova to Lindqvist", "en"),
    TextEntry(1, "The bridge was repaired in May.", "Lindqvist to Orlova", "en"),
    TextEntry(2, "The account of the mill was paid.", "", "en"),
]


def test_what_goes_and_what_comes_is_as_in_an_index_that_was_built_again(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / name for name in ("before", "after", "again")]
    for folder in folders:
        folder.mkdir()
    many = [TextEntry(n, f"Account {n} of the mill.", "", "en") for n in range(600)]
    indexer(model).build(many, folders[0])
    carried = np.arange(600) - 1
    new = [TextEntry(599, "The bridge was repaired.", "Orlova", "en")]
    made = indexer(model)
    asked: list[int] = []
    computed = made._computed
    monkeypatch.setattr(made, "_computed", lambda e, n: asked.append(len(e)) or computed(e, n))
    facts = made.extend(folders[0], carried, iter(new), folders[1])
    assert facts is not None
    assert asked == [1]
    rest = [TextEntry(n, many[n + 1].body, "", "en") for n in range(599)]
    indexer(model).build([*rest, *new], folders[2])
    one, other = (indexer(model).open(folder) for folder in folders[1:])
    for question in ("account 7", "the bridge", "Orlova", "mill 599"):
        first, second = (index.search(question, 20, None) for index in (one, other))
        assert first.rows.tolist() == second.rows.tolist()
        np.testing.assert_allclose(first.scores, second.scores, rtol=1e-5)


def test_a_model_that_computes_its_questions_is_refused(model: Path, tmp_path: Path) -> None:
    from sentence_transformers import SparseEncoder
    from sentence_transformers.sparse_encoder.modules import MLMTransformer, SpladePooling

    both = SparseEncoder(modules=[MLMTransformer(str(model.parent / "bare")), SpladePooling()])
    both.save_pretrained(str(tmp_path / "splade"))
    (tmp_path / "index").mkdir()
    with pytest.raises(ModelError, match="computes its questions"):
        indexer(tmp_path / "splade").build(ENTRIES, tmp_path / "index")
    with pytest.raises(ConfigError, match=r"plugins\.sparse\.model"):
        PLUGIN.SparseIndexer("", 0.3, None)


@pytest.mark.parametrize(
    "name",
    ["sparse.json", "starts.npy", "rows.npy", "weights.npy", "question.npy", "tokenizer.json"],
)
def test_a_damaged_index_is_a_store_error(model: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "index").mkdir()
    indexer(model).build(ENTRIES, tmp_path / "index")
    (tmp_path / "index" / name).write_bytes(b"?")
    with pytest.raises(StoreError, match="sparse index"):
        indexer(model).open(tmp_path / "index")


def test_a_workspace_is_asked_by_it(model: Path, tmp_path: Path) -> None:
    root = bag.make_workspace(tmp_path / "workspace")
    shutil.copy(PLUGINS / "sparse_index.py", root / "plugins")
    trust(root, own=True)
    config = (root / "config.toml").read_text("utf-8")
    assert "[pipeline]" in config
    chosen = config.replace("[pipeline]", '[pipeline]\ntext_index = "sparse"', 1)
    (root / "config.toml").write_text(f"{chosen}\n[plugins.sparse]\nmodel = {str(model)!r}\n")
    assert bag.index(root).outcome == "published"
    facts = bag.current(root).manifest.facts["text index"]
    assert facts["sparse model"] == str(model)
    bag.ask(root, "harvest")
