"""The bundled model is exported without a model library, to what the model library exports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundled_graph import NOT_KEPT, keep

from docproc.errors import ModelError
from docproc.stages.embed import bundled, models
from docproc.stages.embed.auto_precision import auto_precision
from docproc.stages.embed.embedder import SentenceTransformersEmbedder
from docproc.stages.embed.encoder import DESCRIPTION, WEIGHTS, make
from docproc.stages.embed.passage_encoder import open_passages
from docproc.stages.embed.traits import Traits

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    """Imported where a test of this module runs, not where every worker collects it."""
    global PROBES
    from docproc.stages.embed.export import PROBES


@pytest.fixture(scope="module")
def by_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the model library's exporter makes of the bundled model."""
    from docproc.stages.embed.export import export

    folder = tmp_path_factory.mktemp("by-library")
    embedder = SentenceTransformersEmbedder(device="cpu")
    export(embedder._model, folder, embedder.fingerprint, embedder._reference)
    if os.environ.get("DOCPROC_WRITE_GOLDEN"):
        keep(folder, embedder.folder)
    return folder


def test_it_is_what_the_model_library_exports(by_library: Path, tmp_path: Path) -> None:
    embedder = SentenceTransformersEmbedder(device="cpu")
    assert embedder.export_query_encoder(tmp_path) == "onnx"
    ours, theirs = (
        json.loads((folder / DESCRIPTION).read_text("utf-8")) for folder in (tmp_path, by_library)
    )
    kept = [name for name in theirs if name not in NOT_KEPT]
    assert {name: ours[name] for name in kept} == {name: theirs[name] for name in kept}
    assert ours["model"] == embedder.fingerprint
    one, other = make({}).open(tmp_path), make({}).open(by_library)
    for probe in PROBES:
        assert np.dot(one.encode_query(probe), other.encode_query(probe)) >= 0.999999
        assert np.dot(one.encode_query(probe), embedder.encode_query(probe)) >= 0.99999


def test_passages_get_the_vectors_that_the_model_library_gives(tmp_path: Path) -> None:
    embedder = SentenceTransformersEmbedder(device="cpu")
    embedder.export_query_encoder(tmp_path)
    texts = [*PROBES, "a text that is none of the probes", "ё " * 400]
    reference = embedder.encode_passages(texts)
    embedder.use_export(tmp_path)
    assert embedder._light is not None
    assert (embedder.encode_passages(texts) * reference).sum(axis=1).min() >= 0.99999


def test_a_text_has_one_vector_whatever_stands_beside_it_in_int8(tmp_path: Path) -> None:
    exact = SentenceTransformersEmbedder(device="cpu")
    exact.export_query_encoder(tmp_path)
    by_library = SentenceTransformersEmbedder(device="cpu", precision="int8")
    reference = by_library.encode_passages(PROBES)
    light = SentenceTransformersEmbedder(device="cpu", precision="int8")
    light.use_export(tmp_path)
    together = light.encode_passages(PROBES)
    alone = np.concatenate([light.encode_passages([probe]) for probe in PROBES])
    np.testing.assert_allclose(together, alone, atol=2e-3)
    assert (together * alone).sum(axis=1).min() >= 0.9999
    # roundings that differ in the last digit end in other whole numbers: as near to the exact one;
    # without instructions for products of bytes these add up in pairs that may overflow
    least = 0.99 if auto_precision("cpu").name == "int8" else 0.97
    assert (together * reference).sum(axis=1).min() >= least
    assert light.fingerprint == by_library.fingerprint
    assert light.facts["precision"] == "int8"
    assert 0.98 < light.facts["cosine"] < 1


def test_another_model_or_trait_is_left_to_the_model_library() -> None:
    assert bundled.can_export(models.BUNDLED, 0, Traits())
    assert not bundled.can_export("other", 0, Traits())
    assert not bundled.can_export(models.BUNDLED, 40, Traits())
    assert not bundled.can_export(models.BUNDLED, 0, Traits(prompts={"query": "q: "}))
    assert not bundled.can_export(models.BUNDLED, 0, Traits(dimensions=64))


def test_a_package_without_its_graph_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "GRAPH", tmp_path / "none.xz")
    with pytest.raises(ModelError, match=r"none\.xz: cannot be read.*reinstall docproc"):
        bundled.read()
    (tmp_path / "none.xz").write_bytes(b"spoiled")
    with pytest.raises(ModelError, match="cannot be read"):
        bundled.read()


_LIGHT = """
import pathlib, sys
from docproc.stages.embed.auto_precision import auto_precision
from docproc.stages.embed.embedder import SentenceTransformersEmbedder
folder = pathlib.Path(sys.argv[1])
for precision in ("fp32", "int8"):
    embedder = SentenceTransformersEmbedder(precision=precision)
    if precision == "fp32":
        embedder.export_query_encoder(folder)
    embedder.use_export(folder)
    embedder.encode_passages(["one", "two words"])
    assert embedder.device == "cpu"
heavy = {"torch", "transformers", "sentence_transformers"} & set(sys.modules)
sys.exit(str(heavy) if heavy else 0)
"""


def test_neither_exporting_nor_embedding_imports_a_model_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LIGHT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_encoder_exported_before_is_not_used_for_passages(tmp_path: Path) -> None:
    SentenceTransformersEmbedder(device="cpu").export_query_encoder(tmp_path)
    path = tmp_path / DESCRIPTION
    described: dict[str, Any] = json.loads(path.read_text("utf-8"))
    del described["passages"]
    path.write_text(json.dumps(described), "utf-8")
    assert open_passages(tmp_path) is None


def test_weights_are_laid_out_as_in_the_export(by_library: Path, tmp_path: Path) -> None:
    SentenceTransformersEmbedder(device="cpu").export_query_encoder(tmp_path)
    assert (tmp_path / WEIGHTS).read_bytes() == (by_library / WEIGHTS).read_bytes()


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_each_thread_has_some_of_a_few_texts_and_the_vectors_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", str(threads))
    embedder = SentenceTransformersEmbedder(device="cpu")
    embedder.export_query_encoder(tmp_path)
    encoder = open_passages(tmp_path)
    assert encoder is not None
    texts = [f"letter {number} of the board" for number in range(6)]
    given = encoder.batches(texts)
    assert len(given) == threads
    assert sorted(row for batch in given for row in batch.rows) == list(range(6))
    embedder.use_export(tmp_path)
    alone = np.concatenate([embedder.encode_passages([text]) for text in texts])
    assert (embedder.encode_passages(texts) * alone).sum(axis=1).min() >= 0.99999
    assert encoder.batches([]) == []
