"""A model's folder brings weights and words, and no program."""

import json
import pickle
import shutil

import pytest

from docproc.errors import ConfigError, ModelError
from docproc.hooks.specs import EMBED
from docproc.plugins.loading import trust
from docproc.plugins.selection.selection import PluginSelection
from docproc.stages.embed.harmless import check_harmless
from docproc.stages.embed.loading import load
from docproc.stages.embed.models import find_model
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

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


def test_safetensors_of_another_name_do_not_stand_for_those_that_are_loaded(folder):
    (folder / "model.safetensors").rename(folder / "decoy.safetensors")
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps({}))
    with pytest.raises(ModelError, match="its weights are pickled"):
        check_harmless("mine", folder)


def test_weights_in_shards_are_looked_at_wherever_they_lie(folder):
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "pytorch_model-00001-of-00002.bin").write_bytes(pickle.dumps({}))
    with pytest.raises(ModelError, match="its weights are pickled"):
        check_harmless("mine", folder)


def test_a_folder_has_no_pickled_weights_taken_by_what_it_sets(folder, tmp_path):
    """Seen to run code with sentence-transformers 6.2 and transformers 5."""
    write(
        folder / "sentence_bert_config.json",
        {"model_args": {"use_safetensors": False, "weights_only": False}},
    )
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps({}))
    with pytest.raises(ModelError, match=r"sets model_args\.use_safetensors = false"):
        load("mine", folder, device=lambda: "cpu", max_tokens=0, allow_network=False)


@pytest.mark.parametrize(
    "set_there",
    [
        {"model_args": {"weights_only": False}},
        {"model_kwargs": {"trust_remote_code": True}},
        {"config_args": {"something_new": 1}},
        {"tokenizer_args": {"subfolder": "../elsewhere"}},
        {"processor_kwargs": {"padding_side": {"a": 1}}},
        {"model_args": {"attn_implementation": "somebody/kernels"}},
        {"attn_implementation": "somebody/kernels"},
        {"_attn_implementation": "./kernels"},
        {"modality_config": {"text": {"method": "push_to_hub"}}},
    ],
)
def test_what_could_have_code_loaded_is_not_for_the_folder_to_set(folder, set_there):
    for path in (folder / "sentence_bert_config.json", folder / "1_Pooling" / "config.json"):
        write(path, set_there)
        with pytest.raises(ModelError, match=r"may not decide that|not a method that computes"):
            check_harmless("mine", folder)
        path.unlink()


def test_what_models_do_set_is_left_to_them(folder):
    write(
        folder / "sentence_bert_config.json",
        {
            "max_seq_length": 512,
            "model_args": {"add_pooling_layer": False, "torch_dtype": "float32"},
            "tokenizer_args": {"padding_side": "left"},
            "config_kwargs": {"attn_implementation": "sdpa"},
            "modality_config": {"text": {"method": "forward"}},
        },
    )
    write(folder / "tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["other.Tokenizer"]}})
    check_harmless("mine", folder)  # auto_map: not without trust_remote_code


@pytest.mark.parametrize("part", ["../elsewhere", "/tmp/elsewhere", "a/../../b", "C:\\elsewhere",
                                  "..\\elsewhere"])  # fmt: skip
def test_a_part_that_lies_outside_of_the_folder_is_refused(folder, part):
    for name, about in (
        ("modules.json", [{"type": f"{OWN}Transformer", "path": part}]),
        ("router_config.json", {"types": {part: f"{OWN}Transformer"}}),
        ("router_config.json", {"structure": {"query": [part]}}),
    ):
        write(folder / name, about)
        with pytest.raises(ModelError, match="which lies outside of it"):
            check_harmless("mine", folder)
        (folder / name).unlink()


def test_parts_of_parts_and_what_a_link_leads_to_are_looked_at(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    write(elsewhere / "deep" / "modules.json", [{"type": "other.Module", "path": ""}])
    (elsewhere / "round").symlink_to(elsewhere)
    (folder / "2_Sentence").symlink_to(elsewhere)
    with pytest.raises(ModelError, match=r"deep/modules\.json names 'other\.Module'"):
        check_harmless("mine", folder)


@pytest.mark.parametrize(
    "kind",
    [
        "sentence_transformers.util",
        "sentence_transformers.util.pickle",
        "sentence_transformers.util.torch.load",
        "sentence_transformers..X",
        "sentence_transformers.x.Y\n",
    ],
)
def test_a_module_or_a_function_is_no_part_of_a_model(folder, kind):
    write(folder / "modules.json", [{"type": kind, "path": ""}])
    with pytest.raises(ModelError, match="not part of sentence-transformers"):
        check_harmless("mine", folder)


def test_an_adapter_which_names_another_model_is_refused(folder):
    write(folder / "adapter_config.json", {"base_model_name_or_path": "../elsewhere"})
    with pytest.raises(ModelError, match="an adapter, which has another model loaded"):
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
        lambda name, *, download, **_: asked.append((name, download)) or bundled,
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
