"""The cross-encoder: exported once, asked without a model library, agreeing with it."""

import json
import subprocess
import sys

import numpy as np
import pytest
import tiny_cross_encoder as tiny
from drop_ins import ODD

from docproc.errors import ConfigError, ModelError, StoreError
from docproc.stages import docproc_rerankers
from docproc.stages.embed.cross_encoder import CrossEncoderReranker, ExportedCrossEncoder, make
from docproc.testing import RerankerContract
from docproc.testing.contracts.rerankers import passages

pytestmark = pytest.mark.slow

WORDS = [
    "who", "asked", "for", "the", "mill", "at", "sloka", "since", "when", "has", "it", "stood",
    "idle", "easter", "bridge", "river",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a cross-encoder of two layers with random weights."""
    folder = tmp_path_factory.mktemp("models") / ODD / "cross-encoder"
    tiny.make(folder, WORDS)
    return folder


@pytest.fixture(scope="module")
def exported(folder, tmp_path_factory):
    into = tmp_path_factory.mktemp("exported")
    CrossEncoderReranker(str(folder)).export_reranker(into)
    return into


class TestCrossEncoder(RerankerContract):
    hooks = "docproc.stages"
    examples = 5

    @pytest.fixture
    def plugin(self, folder, monkeypatch):
        monkeypatch.setattr(type(self), "reads", (folder,))  # which its settings name
        return CrossEncoderReranker(str(folder))

    @pytest.fixture
    def variants(self, folder):
        return {
            "max_tokens": CrossEncoderReranker(str(folder), max_tokens=24),
            "context": CrossEncoderReranker(str(folder), context=False),
        }


def test_the_export_gives_what_sentence_transformers_gives(folder, exported):
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    pairs = [("since when has the mill stood idle", each.body) for each in passages()]
    right = CrossEncoder(str(folder), device="cpu").predict(pairs, activation_fn=Identity())
    found = ExportedCrossEncoder(exported, context=False).score(pairs)
    np.testing.assert_allclose(found, right, atol=1e-4)


def test_asking_imports_no_model_library(exported):
    code = (
        "import sys; from docproc.stages.embed.cross_encoder import ExportedCrossEncoder\n"
        "from docproc.hooks import TextEntry; from pathlib import Path\n"
        "found = ExportedCrossEncoder(Path(sys.argv[1]), context=True)\n"
        "print(len(found.rerank('who', [TextEntry(0, 'the mill', '', None)])))\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(exported)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["1", "[]"]


def test_none_are_no_numbers(exported):
    assert ExportedCrossEncoder(exported, context=True).rerank("who", []).shape == (0,)


def test_a_model_must_be_named():
    (registration,) = [each for each in docproc_rerankers() if each.name == "cross-encoder"]
    with pytest.raises(ConfigError, match=r"plugins\.cross-encoder\.model: name a model"):
        make(registration.complete())


def test_a_folder_is_looked_for_in_the_workspace(folder):
    (registration,) = [each for each in docproc_rerankers() if each.name == "cross-encoder"]
    settings = registration.complete(folder.parent) | {"model": folder.name}
    assert make(settings).folder == folder.resolve()


def test_a_model_that_is_not_here_is_said():
    with pytest.raises(ModelError, match="there is no such folder"):
        _ = CrossEncoderReranker("./no/such/model").fingerprint


def test_a_model_of_several_labels_is_refused(tmp_path):
    tiny.make(tmp_path / "three", WORDS, labels=3)
    with pytest.raises(ModelError, match="gives 3 numbers"):
        CrossEncoderReranker(str(tmp_path / "three")).rerank("who", passages())


def test_pickled_weights_are_refused(tmp_path, folder):
    other = tmp_path / "pickled"
    other.mkdir()
    for path in folder.iterdir():
        if path.suffix != ".safetensors":
            (other / path.name).write_bytes(path.read_bytes())
    (other / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelError, match="its weights are pickled"):
        CrossEncoderReranker(str(other)).rerank("who", passages())


def test_code_of_the_model_s_own_is_never_run(tmp_path, folder):
    other = tmp_path / "own"
    other.mkdir()
    for path in folder.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    config = json.loads((other / "config.json").read_text("utf-8"))
    config["model_type"] = "own"
    config["auto_map"] = {
        "AutoConfig": "own.OwnConfig",
        "AutoModelForSequenceClassification": "own.Own",
    }
    (other / "config.json").write_text(json.dumps(config), "utf-8")
    ran = tmp_path / "ran"
    (other / "own.py").write_text(f"open({str(ran)!r}, 'w')\n", "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        CrossEncoderReranker(str(other)).rerank("who", passages())
    assert not ran.exists()


def test_more_tokens_than_it_reads_are_refused(folder):
    with pytest.raises(ModelError, match="reads 128 at most"):
        CrossEncoderReranker(str(folder), max_tokens=1000).rerank("who", passages())


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    import torch

    network = tiny.make(tmp_path / "spoilt", WORDS)
    torch.nn.init.constant_(network.classifier.weight, float("nan"))
    network.save_pretrained(tmp_path / "spoilt")
    (tmp_path / "into").mkdir()
    with pytest.raises(ModelError, match="not finite"):
        CrossEncoderReranker(str(tmp_path / "spoilt")).export_reranker(tmp_path / "into")


@pytest.mark.parametrize("name", ["model.onnx", "model.data", "tokenizer.json", "encoder.json"])
def test_a_damaged_export_is_refused(exported, tmp_path, name):
    for path in exported.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(StoreError):
        ExportedCrossEncoder(tmp_path, context=True)
