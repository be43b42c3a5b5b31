"""Late interaction: vectors of tokens kept in the generation, compared with the question's."""

import json
import subprocess
import sys

import numpy as np
import pytest
import tiny_cross_encoder as tiny

from docproc.errors import ModelError, StoreError
from docproc.hooks import TextEntry
from docproc.stages.embed.late_interaction import LateInteractionReranker, best_matches
from docproc.testing import RerankerContract
from docproc.testing.contracts.rerankers import passages

pytestmark = pytest.mark.slow

WORDS = ["who", "asked", "for", "the", "mill", "at", "sloka", "since", "bridge", "river", "[Q]"]


def colbert(folder, *, out=16, pylate=False):
    """A model of late interaction with random weights, of ColBERT's form or of PyLate's."""
    import torch
    from safetensors.torch import load_file, save_file
    from transformers import BertConfig, BertModel

    folder.mkdir(parents=True)
    torch.manual_seed(1921)
    tiny.save_tokenizer(WORDS, folder)
    config = BertConfig(
        vocab_size=4 + len(WORDS) + 136, hidden_size=32, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=64, max_position_embeddings=128,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    linear = torch.randn(out, 32)
    if not pylate:
        path = folder / "model.safetensors"
        save_file({**load_file(path), "linear.weight": linear}, path, {"format": "pt"})
        return folder
    dense = folder / "1_Dense"
    dense.mkdir()
    save_file({"linear.weight": linear}, dense / "model.safetensors")
    about = {"in_features": 32, "out_features": out, "bias": False}
    (dense / "config.json").write_text(json.dumps(about), "utf-8")
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Dense", "type": "pylate.models.Dense.Dense"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    said = {"query_prefix": "[Q] ", "document_prefix": "the ", "document_length": 64}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(said), "utf-8")
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("models")
    return {
        "colbert": str(colbert(root / "colbert")),
        "pylate": str(colbert(root / "pylate", pylate=True)),
    }


class TestColbert(RerankerContract):
    hooks = "docproc.stages"
    examples = 5

    @pytest.fixture
    def plugin(self, folders):
        return LateInteractionReranker(folders["colbert"])

    @pytest.fixture
    def variants(self, folders):
        return {"max_tokens": LateInteractionReranker(folders["colbert"], max_tokens=8)}


def prepared(reranker, place, some, before=None):
    model, folder = place / "model", place / "passages"
    for each in (model, folder):
        each.mkdir(parents=True)
    reranker.export_reranker(model)
    return reranker.keep_passages(iter(some), model, folder, before), model, folder


def test_pylate_s_projection_and_prefixes_are_those_of_the_model(folders, tmp_path):
    reranker = LateInteractionReranker(folders["pylate"])
    facts, model, folder = prepared(reranker, tmp_path, passages())
    assert facts["dimension"] == 16
    assert json.loads((model / "encoder.json").read_text("utf-8"))["prefixes"] == ["[Q] ", "the "]
    found = reranker.open_reranker(model, folder).rerank("who asked", passages())
    np.testing.assert_allclose(found, reranker.rerank("who asked", passages()), atol=2e-3)


def test_the_bundled_model_is_exported_and_asked_without_a_model_library(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from docproc.stages.embed.late_interaction import LateInteractionReranker\n"
        "from docproc.testing.contracts.rerankers import passages\n"
        "place, reranker = Path(sys.argv[1]), LateInteractionReranker()\n"
        "for name in ('m', 'p'): (place / name).mkdir()\n"
        "reranker.export_reranker(place / 'm')\n"
        "print(reranker.keep_passages(iter(passages()), place / 'm', place / 'p', None))\n"
        "opened = reranker.open_reranker(place / 'm', place / 'p')\n"
        "print(opened.rerank('Since when has the mill stood idle?', passages()).argmax())\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    facts, best, loaded = done.stdout.splitlines()[-3:]
    assert "'dimension': 384" in facts
    assert (best, loaded) == ("0", "[]")


def test_the_vectors_are_kept_in_half_precision_and_mapped(folders, tmp_path):
    facts, _, folder = prepared(LateInteractionReranker(folders["colbert"]), tmp_path, passages())
    kept = np.load(folder / "tokens.npy", mmap_mode="r")
    assert (kept.dtype, kept.shape) == (np.float16, (facts["tokens"], 16))
    np.testing.assert_allclose(np.linalg.norm(np.asarray(kept, np.float32), axis=1), 1, atol=2e-3)
    assert facts["passages encoded"] == len(passages())
    assert sorted(path.name for path in folder.iterdir()) == [
        "keys.npy", "starts.npy", "tokens.npy",
    ]  # fmt: skip


def test_what_was_kept_before_is_copied(folders, tmp_path):
    reranker = LateInteractionReranker(folders["colbert"])
    _, _, before = prepared(reranker, tmp_path / "one", passages())
    some = [TextEntry(0, "the bridge at the river", "", "en"), *passages()[3:6]]
    rows = [TextEntry(row, each.body, "", None) for row, each in enumerate(some)]
    facts, model, folder = prepared(reranker, tmp_path / "two", rows, before)
    assert facts["passages encoded"] == 1
    found = reranker.open_reranker(model, folder).rerank("the bridge", rows)
    np.testing.assert_allclose(found, reranker.rerank("the bridge", rows), atol=2e-3)


def test_a_row_that_holds_another_text_is_not_believed(folders, tmp_path):
    reranker = LateInteractionReranker(folders["colbert"])
    _, model, folder = prepared(reranker, tmp_path, passages())
    opened = reranker.open_reranker(model, folder)
    other = [TextEntry(0, "the bridge at the river", "", "en")]
    np.testing.assert_allclose(
        opened.rerank("the bridge", other), reranker.rerank("the bridge", other), atol=2e-3
    )


def test_no_passages_are_kept_as_none(folders, tmp_path):
    reranker = LateInteractionReranker(folders["colbert"])
    facts, model, folder = prepared(reranker, tmp_path, [])
    assert facts["tokens"] == 0
    assert reranker.open_reranker(model, folder).rerank("who", []).shape == (0,)


@pytest.mark.parametrize("name", ["tokens.npy", "starts.npy", "keys.npy"])
def test_damaged_vectors_are_refused(folders, tmp_path, name):
    reranker = LateInteractionReranker(folders["colbert"])
    _, model, folder = prepared(reranker, tmp_path, passages())
    (folder / name).write_bytes(b"\x93NUMPY")
    with pytest.raises(StoreError):
        reranker.open_reranker(model, folder)


def test_vectors_of_other_passages_are_refused(folders, tmp_path):
    reranker = LateInteractionReranker(folders["colbert"])
    _, model, folder = prepared(reranker, tmp_path, passages())
    np.save(folder / "starts.npy", np.array([0, 1]))
    with pytest.raises(StoreError, match="not as many vectors"):
        reranker.open_reranker(model, folder)


def test_a_projection_of_another_width_is_refused(tmp_path):
    from safetensors.torch import load_file, save_file

    folder = colbert(tmp_path / "wide")
    path = folder / "model.safetensors"
    weights = load_file(path)
    save_file({**weights, "linear.weight": weights["linear.weight"][:, :8].clone()}, path,
              {"format": "pt"})  # fmt: skip
    with pytest.raises(ModelError, match="its projection is of 8 numbers"):
        LateInteractionReranker(str(folder)).rerank("who", passages())


def test_a_module_of_another_s_is_refused(tmp_path):
    folder = colbert(tmp_path / "own", pylate=True)
    modules = (folder / "modules.json").read_text("utf-8")
    (folder / "modules.json").write_text(modules.replace("pylate.models", "own.models"), "utf-8")
    with pytest.raises(ModelError, match=r"names 'own\.models\.Dense\.Dense'"):
        LateInteractionReranker(str(folder)).rerank("who", passages())


def test_the_best_match_of_each_token_counts():
    asked = np.eye(3, dtype=np.float16)[:2]
    text = np.array([[0, 1, 0], [0.6, 0.8, 0]], np.float16)
    assert best_matches(asked, text) == pytest.approx((0.6 + 1) / 2, abs=1e-3)
    assert best_matches(asked[:0], text) == best_matches(asked, text[:0]) == 0.0
