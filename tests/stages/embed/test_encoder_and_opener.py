from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from docproc.errors import ModelError, StoreError
from docproc.hooks import CountsTokens, QueryEncoder, QueryEncoderOpener
from docproc.stages.embed import models
from docproc.stages.embed.embedder import SentenceTransformersEmbedder
from docproc.stages.embed.encoder import GRAPH, LASTING, lasting_session, make, tokenizer
from docproc.stages.embed.export import PROBES

pytestmark = pytest.mark.slow


def test_questions_get_the_vectors_that_the_model_gives(
    embedder: SentenceTransformersEmbedder, encoder_folder: Path
) -> None:
    opener = make({})
    assert isinstance(opener, QueryEncoderOpener)
    encoder = opener.open(encoder_folder)
    assert isinstance(encoder, QueryEncoder)
    for text in [*PROBES, "a question that is none of the probes", "ё " * 400]:
        vector = encoder.encode_query(text)
        assert (vector.shape, vector.dtype) == ((384,), np.float32)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
        assert np.dot(vector, embedder.encode_query(text)) >= 0.99999


def test_a_question_has_the_same_vector_however_many_were_asked_before(
    encoder_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(encoder_folder, tmp_path / "encoder"))
    lasting, pruned = make({}).open(folder), make({}).open(folder)
    first = lasting.encode_query("How many rifles?")
    for _ in range(2 * LASTING):
        again = lasting.encode_query("How many rifles?")
        np.testing.assert_allclose(again, first, atol=1e-5)
    if sys.platform != "win32":  # which removes nothing that is open
        shutil.rmtree(folder)
        for _ in range(2 * LASTING):
            np.testing.assert_allclose(pruned.encode_query("How many rifles?"), first, atol=1e-5)


def test_one_process_opens_a_lasting_graph_and_reads_a_tokenizer_once(
    encoder_folder: Path, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    shutil.copytree(encoder_folder, linked, copy_function=os.link)
    session = lasting_session(encoder_folder / GRAPH)
    assert lasting_session(linked / GRAPH) is session
    assert tokenizer(linked, 256) is tokenizer(encoder_folder, 256)
    assert tokenizer(linked, 128) is not tokenizer(linked, 256)
    other = Path(shutil.copytree(encoder_folder, tmp_path / "copied"))
    assert lasting_session(other / GRAPH) is not session


def test_two_threads_give_a_question_the_same_bits(
    encoder_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = []
    for threads in ("1", "2"):
        monkeypatch.setenv("OMP_NUM_THREADS", threads)
        encoder = make({}).open(Path(shutil.copytree(encoder_folder, tmp_path / threads)))
        for number in range(LASTING):
            encoder.encode_query(f"Which rifles are number {number}?")
        used = encoder._session.get_session_options().intra_op_num_threads
        assert used == int(threads)
        vectors.append([encoder.encode_query(text).tolist() for text in PROBES])
    assert vectors[0] == vectors[1]


def test_what_was_read_with_a_question_is_kept_when_its_subject_is_read(
    encoder_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = make({}).open(encoder_folder)
    for text in ("How many rifles?", "How many?"):
        encoder.encode_query(text)
    monkeypatch.setattr(encoder, "_run", lambda text: pytest.fail(text))
    assert len(encoder.read_tokens("How many rifles?")[0]) == 4


def test_tokens_are_counted_without_those_that_the_model_adds(encoder_folder: Path) -> None:
    encoder = make({}).open(encoder_folder)
    assert isinstance(encoder, CountsTokens)
    assert encoder.count_tokens("How many rifles?") == 4
    assert encoder.count_tokens("сколько") > 4
    assert encoder.count_tokens("") == 0


@pytest.mark.parametrize("pooling", ["cls", "lasttoken", "max", "mean"])
def test_models_of_other_kinds_are_exported_too(
    small_models: Any, pooling: str, tmp_path: Path
) -> None:
    folder = small_models.make(f"{pooling}-prompted", pooling, prompts={"query": "ask: "})
    embedder = SentenceTransformersEmbedder(str(folder))
    embedder.export_query_encoder(tmp_path)
    encoder = make({}).open(tmp_path)
    assert np.dot(encoder.encode_query("rifles"), embedder.encode_query("rifles")) >= 0.99999
    assert encoder.dimension == 16


def test_a_model_that_cannot_be_exported_is_refused_with_the_reason(
    small_models: Any, tmp_path: Path
) -> None:
    folder = small_models.make("weighted", "weightedmean")
    with pytest.raises(ModelError, match="pools by 'weightedmean'"):
        SentenceTransformersEmbedder(str(folder)).export_query_encoder(tmp_path)


def test_an_export_that_disagrees_is_refused(
    small_models: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = SentenceTransformersEmbedder(str(small_models.make("moved", "mean")))
    elsewhere = np.eye(16, dtype=np.float32)[0]
    monkeypatch.setattr(embedder, "encode_query", lambda text: elsewhere)
    with pytest.raises(ModelError, match=r"disagrees with the model: cosine .* at least 0.9999"):
        embedder.export_query_encoder(tmp_path)


def test_an_export_leaves_only_what_it_describes(encoder_folder: Path) -> None:
    description = json.loads((encoder_folder / "encoder.json").read_text("utf-8"))
    names = {path.name for path in encoder_folder.iterdir()}
    assert names == {*description["files"], "encoder.json"}
    for name, facts in description["files"].items():
        assert models.sha256_of(encoder_folder / name) == facts["sha256"]


def _truncate(folder: Path) -> None:
    with (folder / "model.data").open("r+b") as file:
        file.truncate(1_000_000)


def _rewrite(folder: Path, **changes: Any) -> None:
    path = folder / "encoder.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_truncate, r"model\.data: 1000000 bytes, expected 9\d{7}"),
        (lambda folder: (folder / "tokenizer.json").unlink(), r"tokenizer\.json: cannot be read"),
        (lambda folder: (folder / "encoder.json").unlink(), r"encoder\.json: cannot be read"),
        (lambda folder: (folder / "encoder.json").write_text("{"), "not a description"),
        (lambda folder: _rewrite(folder, format=0), "format 0, expected 1"),
        (lambda folder: _rewrite(folder, files={}, inputs=["x"], max_tokens=None), "not a desc"),
    ],
)
def test_a_damaged_encoder_is_refused_by_name(
    encoder_folder: Path, tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    damage(folder)
    with pytest.raises(StoreError, match=message):
        make({}).open(folder)


def test_a_graph_that_onnx_runtime_cannot_read_is_refused(
    encoder_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    size = (folder / "model.onnx").stat().st_size
    (folder / "model.onnx").write_bytes(b"\xff" * size)
    with pytest.raises(StoreError, match="cannot be opened"):
        make({}).open(folder)


def test_asking_imports_no_model_library(encoder_folder: Path) -> None:
    code = (
        "import sys, pathlib; from docproc.stages.embed.encoder import make;"
        "make({}).open(pathlib.Path(sys.argv[1])).encode_query('How many rifles?');"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'faiss'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(encoder_folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
