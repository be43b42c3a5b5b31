"""``reembed`` with folders of models: other dimensions, poolings, prompts, precisions; and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docproc.errors import ConfigError
from docproc.operations.application import Application
from docproc.operations.published.embedder_choice import name_embedder
from docproc.operations.reading.reading_room import open_reading_room
from docproc.operations.reports.status import describe_status
from docproc.operations.writing.runs import prepare_index, prepare_reembedding
from docproc.pipeline.monitoring.progress import Silent
from docproc.store.vectors.quantization import open_vectors
from docproc.workspace import find_workspace

pytestmark = pytest.mark.slow

LETTERS = {
    "harvest": ("Anna Orlova", "The harvest failed in the whole district after the drought."),
    "rifles": ("Pyotr Sidorov", "We need forty crates of rifles at the northern frontier."),
}
PROMPTS = {"query": "ask: ", "document": "answer: "}


def application(root: Path, device: str = "") -> Application:
    return Application(find_workspace(root), device)


def current(root: Path) -> Any:
    generation = application(root).generations.current()
    assert generation is not None
    return generation


@pytest.fixture(scope="module")
def root(small_models: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workspace")
    (root / "seeds").mkdir()
    for name, (recipient, words) in LETTERS.items():
        letter = f"Ivan Petrov to {recipient}\n\n3 May 1920\n\n{words}\n"
        (root / "seeds" / f"{name}.txt").write_text(letter, "utf-8")
    model = small_models.make("first", "mean")
    settings = f"[plugins.sentence-transformers]\nmodel = {str(model)!r}\n"
    (root / "config.toml").write_text(settings, "utf-8")
    prepare_index(application(root), Silent()).run()
    return root


def test_a_folder_of_another_dimension_pooling_and_prompts_in_int8_and_back(
    root: Path, small_models: Any
) -> None:
    before = current(root)
    second = str(small_models.make("second", "cls", dimension=24, prompts=PROMPTS))
    there = prepare_reembedding(application(root), Silent(), model=second, precision="int8").run()
    made = current(root)
    assert "dimension 16 -> 24" in there.summary()
    assert name_embedder(made.manifest.recipe.embedder) == f"{second} (int8)"
    assert open_vectors(made.vectors / "vectors.npy").shape == (there.texts, 24)
    told = describe_status(application(root))["model"]
    assert told["precision"] == "int8"
    assert 0.99 < told["cosine"] <= 1
    assert 0 < told["compared"] <= there.embedded
    assert told["questions encoded by"] == "onnx"
    room = open_reading_room(application(root))
    assert room is not None
    assert room.answering.ask("Who needs rifles at the frontier?", limit=1).citations[0].verified
    # the exact vectors of the same model are computed anew: no cache is shared
    exact = prepare_reembedding(application(root), Silent(), model=second).run()
    assert exact.embedded == there.embedded
    assert "cosine" not in describe_status(application(root))["model"]
    back = prepare_reembedding(application(root), Silent()).run()
    assert (back.outcome, back.embedded) == ("published", 0)
    for name in ("vectors/vectors.npy", "catalog.sqlite"):
        assert current(root).manifest.files[name] == before.manifest.files[name], name


def test_a_dry_run_measures_with_the_precision_and_the_device_that_are_asked_for(
    root: Path,
) -> None:
    found = prepare_reembedding(application(root, "cpu"), Silent(), precision="bf16").estimate()
    assert 0 < found.missing < found.texts  # identical texts once
    assert found.rate
    assert found.model.endswith("(bf16)")
    assert found.device == "cpu"
    assert " on cpu." in found.summary()
    assert found.as_dict()["device"] == "cpu"


def test_what_cannot_be_chosen_is_refused_and_nothing_is_published(root: Path) -> None:
    published = current(root).id
    with pytest.raises(ConfigError, match="int8 is computed on the CPU only"):
        prepare_reembedding(application(root, "cuda"), Silent(), precision="int8").run()
    assert current(root).id == published
