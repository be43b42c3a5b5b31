"""A model's folder brings weights and words, and no program."""

import json
import pickle
import shutil

import pytest

from docproc.errors import ConfigError, ModelError
from docproc.hooks.specs import EMBED
from docproc.plugins import trust
from docproc.plugins.selection import PluginSelection
from docproc.stages.embed.harmless import check_harmless
from docproc.stages.embed.loading import load
from docproc.stages.embed.models import find_model
from docproc.workspace import find_workspace

OWN = "sentence_transformers.models."


@pytest.fixture
def folder(tmp_path):
    """A model's folder as the library writes it, without the weights' bytes."""
    root = tmp_path / "model"
    (root / "1_Pooling").mkdir(parents=True)
    write(root / "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": f"{OWN}Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{OWN}Pooling"},
    ])  # fmt: skip
    write(root / "config.json", {"model_type": "bert"})
    write(root / "1_Pooling" / "config.json", {"pooling_mode": "mean"})
    (root / "model.safetensors").write_bytes(b"")
    return root


def write(path, value):
    path.write_text(json.dumps(value), "utf-8")


def test_a_model_of_the_librarys_own_parts_is_harmless_and_so_is_the_bundled_one(folder):
    check_harmless("mine", folder)
    check_harmless("bundled", find_model("all-MiniLM-L6-v2"))


def test_a_module_that_the_folder_brings_is_refused_before_the_library_is_imported(
    folder, tmp_path
):
    (folder / "other_module.py").write_text(
        f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Other: pass\n", "utf-8"
    )
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    for kind in ("other_module.Other", "os.system", "", "sentence_transformers_evil.X"):
        write(folder / "modules.json", [*modules, {"idx": 9, "path": "", "type": kind}])
        with pytest.raises(ModelError, match="which is not part of sentence-transformers"):
            load("mine", folder, device=lambda: "cpu", max_tokens=0, allow_network=False)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("2_Dense/config.json",
         {"in_features": 2, "out_features": 2, "activation_function": "subprocess.run"}),
        ("2_Dense/config.json",
         {"in_features": 2, "out_features": 2, "activation_function": "torch.hub.load"}),
        ("router_config.json", {"types": {"a": "other_module.Other"}}),
        ("0_Words/wordembedding_config.json", {"tokenizer_class": "other_module.Other"}),
    ],
)  # fmt: skip
def test_a_class_that_a_part_names_is_looked_at_too(folder, name, about):
    (folder / name).parent.mkdir(exist_ok=True)
    write(folder / name, about)
    with pytest.raises(ModelError, match="which is not part of sentence-transformers"):
        check_harmless("mine", folder)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "pytorch_model-00001-of-00002.bin",
                                  "model.pt", "2_Dense/pytorch_model.bin"])  # fmt: skip
def test_pickled_weights_are_refused_with_the_reason_unless_there_are_others(folder, name):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    write(path.parent / "config.json", {})
    path.write_bytes(pickle.dumps({}))
    if path.parent == folder:
        check_harmless("mine", folder)  # the library takes the safetensors
        (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="its weights are pickled, and to unpickle"):
        check_harmless("mine", folder)


@pytest.fixture
def foreign(tmp_path, monkeypatch):
    """A workspace from elsewhere that wants a model fetched, and what the hub was asked."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "config.toml").write_text(
        '[plugins.sentence-transformers]\nmodel = "some/model"\ndownload = true\n', "utf-8"
    )
    asked, bundled = [], find_model("all-MiniLM-L6-v2")
    monkeypatch.setattr(
        "docproc.stages.embed.models._from_hub",
        lambda name, *, download: asked.append((name, download)) or bundled,
    )
    return root, asked


def embedder(root):
    return PluginSelection(find_workspace(root, root)).make(EMBED, "sentence-transformers")


def test_a_workspace_from_elsewhere_has_nothing_fetched_before_it_is_allowed(foreign):
    root, asked = foreign
    with pytest.raises(ConfigError) as caught:
        _ = embedder(root).folder
    assert "plugins.sentence-transformers.download" in str(caught.value)
    assert f"docproc trust {root}" in str(caught.value)
    assert asked == []
    trust.trust(root)
    assert embedder(root).folder
    assert asked == [("some/model", True)]


def test_another_folder_at_the_path_of_ones_own_has_nothing_fetched_either(foreign):
    root, asked = foreign
    trust.trust(root, own=True)
    assert embedder(root).folder
    shutil.rmtree(root / "embeddings")
    with pytest.raises(ConfigError):
        _ = embedder(root).folder
    assert len(asked) == 1
