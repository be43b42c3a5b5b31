"""What a GPU would be asked to do, with a processor playing one; and what is done if it fails."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from docproc.errors import ModelError
from docproc.stages.embed.embedder import SentenceTransformersEmbedder

pytestmark = pytest.mark.slow

TEXTS = [f"letter {number} " + "of the harvest " * (number % 9) for number in range(40)]


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    """Imported where a test of this module runs, not where every worker collects it."""
    global computing, torch
    import torch

    from docproc.stages.embed import computing


@pytest.fixture(scope="module")
def folder(small_models: Any) -> str:
    return str(Path(small_models.make("played", "mean")))


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """As if there were one GPU, whose models are loaded on the processor; where they were to go."""
    import sentence_transformers

    asked: list[str] = []
    made = sentence_transformers.SentenceTransformer

    def load(path: str, device: str, **others: Any) -> Any:
        asked.append(device)
        return made(path, device="cpu", **others)

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", load)
    monkeypatch.delenv("TOKENIZERS_PARALLELISM", raising=False)
    return asked


class Small:
    """A model on a device that has room for so many texts at once."""

    def __init__(self, model: Any, room: int) -> None:
        self._model, self._room = model, room
        self.device, self.truncate_dim = model.device, model.truncate_dim
        self.sizes: list[int] = []

    def __call__(self, features: Any, **task: str) -> Any:
        self.sizes.append(len(features["input_ids"]))
        if self.sizes[-1] > self._room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return self._model(features, **task)


def test_on_a_gpu_passages_are_computed_in_half_precision_in_batches_filled_by_tokens(
    folder: str, played: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from docproc.stages.embed import devices

    monkeypatch.setattr(devices, "_TOKENS_ELSEWHERE", 128)
    exact = SentenceTransformersEmbedder(folder, device="cpu").encode_passages(TEXTS)
    monkeypatch.delenv("TOKENIZERS_PARALLELISM")
    embedder = SentenceTransformersEmbedder(folder, precision="bf16")
    launched = []
    launch = computing.start_batch

    def launching(model: Any, features: Any) -> Any:
        launched.append((next(model.parameters()).dtype, features["input_ids"].shape))
        return launch(model, features)

    monkeypatch.setattr(computing, "start_batch", launching)
    vectors = embedder.encode_passages(TEXTS)
    assert played == ["cpu", "cuda"]
    assert os.environ["TOKENIZERS_PARALLELISM"] == "true"  # the cores have nothing else to do
    half = [shape for dtype, shape in launched if dtype == torch.bfloat16]
    assert sum(count for count, _ in half) == len(TEXTS)
    assert all(count * width <= 128 for count, width in half)
    assert len({width for _, width in half}) > 1  # of like length, so that there is no padding
    assert torch.float32 in {dtype for dtype, _ in launched}  # a sample, to compare
    assert embedder.facts["cosine"] > 0.99
    assert (vectors * exact).sum(axis=1).min() > 0.99
    assert vectors.dtype == np.float32


def test_a_batch_is_launched_before_the_one_before_it_is_fetched(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = SentenceTransformersEmbedder(folder, batch_tokens=64)
    expected = embedder.encode_passages(TEXTS)
    told = []
    for name in ("start_batch", "wait_for_vectors"):
        call = getattr(computing, name)

        def noting(*given: Any, name: str = name, call: Any = call) -> Any:
            told.append(name)
            return call(*given)

        monkeypatch.setattr(computing, name, noting)
    np.testing.assert_array_equal(embedder.encode_passages(TEXTS), expected)
    assert told[:4] == ["start_batch", "start_batch", "wait_for_vectors", "start_batch"]
    assert told[-2:] == ["wait_for_vectors", "wait_for_vectors"]
    assert told.count("start_batch") == told.count("wait_for_vectors") > 2


def test_a_batch_that_finds_no_memory_is_computed_by_halves(folder: str) -> None:
    embedder = SentenceTransformersEmbedder(folder, batch_tokens=100_000)
    expected = embedder.encode_passages(TEXTS)
    model = Small(embedder._model, 12)
    embedder.__dict__["_computing"] = model
    np.testing.assert_allclose(embedder.encode_passages(TEXTS), expected, atol=1e-6)
    assert model.sizes == [40, 20, 10, 10, 20, 10, 10]


def test_a_device_without_memory_for_one_text_or_that_fails_is_named(folder: str) -> None:
    embedder = SentenceTransformersEmbedder(folder)
    embedder.__dict__["_computing"] = Small(embedder._model, 0)
    with pytest.raises(ModelError, match="compute on cpu: CUDA out of memory, for one text"):
        embedder.encode_passages(TEXTS)

    class Broken(Small):
        def __call__(self, features: Any, **task: str) -> Any:
            raise RuntimeError("CUDA error: unspecified launch failure")

    embedder.__dict__["_computing"] = Broken(embedder._model, 0)
    with pytest.raises(ModelError, match="unspecified launch failure"):
        embedder.encode_passages(TEXTS)
