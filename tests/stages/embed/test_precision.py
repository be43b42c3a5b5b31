"""Reduced precision: near the exact vectors, told how near, never mixed with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from docproc.errors import ConfigError, ModelError
from docproc.hooks import EncodesShards
from docproc.stages.embed import agreement
from docproc.stages.embed.agreement import Agreement
from docproc.stages.embed.embedder import PRECISIONS, SentenceTransformersEmbedder

pytestmark = pytest.mark.slow

TEXTS = [
    "How many rifles did Stalin want to send?",
    "plus 6,000 rifles (English or German) plus several million English rug cartridges",
    "the instructors, the money and the cartridges; " * 12,
    "three hours",
    "",
]


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    """Imported where a test of this module runs, not where every worker collects it."""
    global Int8Linear, in_int8, torch
    import torch

    from docproc.stages.embed.precision import Int8Linear, in_int8


@pytest.fixture(scope="module")
def model(small_models: Any) -> str:
    return str(small_models.make("reduced", "mean"))


def cosines(some: Any, others: Any) -> Any:
    return (some * others).sum(axis=1)


@pytest.mark.parametrize(("precision", "least"), [("bf16", 0.999), ("int8", 0.995)])
def test_reduced_vectors_are_near_the_exact_ones_and_the_facts_say_how_near(
    model: str, precision: str, least: float
) -> None:
    exact = SentenceTransformersEmbedder(model).encode_passages(TEXTS)
    embedder = SentenceTransformersEmbedder(model, precision=precision)
    assert embedder.facts == {}
    vectors = embedder.encode_passages(TEXTS)
    found = cosines(vectors, exact)
    assert found.min() > least
    assert np.abs(vectors - exact).max() > 2e-5  # it was indeed computed otherwise
    assert embedder.facts == {
        "precision": precision,
        "cosine": pytest.approx(found.mean(), abs=1e-3),
        "least cosine": pytest.approx(found.min(), abs=1e-3),
        "compared": len(TEXTS),
    }


def test_the_bundled_model_keeps_its_vectors_in_int8(
    embedder: SentenceTransformersEmbedder,
) -> None:
    reduced = SentenceTransformersEmbedder(precision="int8")
    reduced.__dict__["_model"] = embedder._model  # loading it takes seconds
    found = cosines(reduced.encode_passages(TEXTS), embedder.encode_passages(TEXTS))
    assert 0.98 < found.min() < found.max() < 0.9999  # the empty text is the least
    assert reduced.facts["cosine"] == pytest.approx(found.mean(), abs=2e-4)


def test_in_int8_a_row_depends_on_its_text_only(model: str) -> None:
    whole = SentenceTransformersEmbedder(model, precision="int8").encode_passages(TEXTS)
    alone = SentenceTransformersEmbedder(model, precision="int8", batch_tokens=1)
    np.testing.assert_allclose(alone.encode_passages(TEXTS[::-1])[::-1], whole, atol=2e-3)


def test_a_question_is_encoded_exactly_whatever_the_precision(model: str) -> None:
    exact = SentenceTransformersEmbedder(model).encode_query("Who needs rifles?")
    for precision in PRECISIONS:
        embedder = SentenceTransformersEmbedder(model, precision=precision)
        embedder.encode_passages(["rifles"])
        np.testing.assert_allclose(embedder.encode_query("Who needs rifles?"), exact, atol=1e-6)


def test_vectors_of_two_precisions_never_share_a_cache(model: str) -> None:
    prints = {SentenceTransformersEmbedder(model, precision=p).fingerprint for p in PRECISIONS}
    assert len(prints) == len(PRECISIONS)
    assert SentenceTransformersEmbedder(model).fingerprint in prints


def test_fp32_has_nothing_to_tell(model: str) -> None:
    embedder = SentenceTransformersEmbedder(model)
    embedder.encode_passages(TEXTS)
    assert embedder.facts == {}


def test_a_precision_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"precision: 'int4' is none of fp32, bf16, int8"):
        SentenceTransformersEmbedder(precision="int4")


def test_every_channel_and_every_token_has_a_scale_of_its_own() -> None:
    torch.manual_seed(1921)
    linear = torch.nn.Linear(64, 32)
    with torch.no_grad():
        linear.weight[5] *= 1000  # a channel of large weights
    given = torch.randn(2, 7, 64)
    given[0, 3] *= 1000  # a token of large numbers
    exact, made = linear(given), Int8Linear(linear)(given)
    assert made.shape == exact.shape
    most = linear.weight[5].norm() * given.norm(dim=-1)  # if nothing cancelled out
    assert ((made - exact)[..., 5].abs() / most).max() < 0.01
    others = [channel for channel in range(32) if channel != 5]
    beside = (made - exact)[..., others].norm(dim=-1) / exact[..., others].norm(dim=-1)
    assert beside.max() < 0.02  # neither costs its neighbours their digits


def test_what_is_not_linear_is_shared_with_the_exact_model(model: str) -> None:
    exact = SentenceTransformersEmbedder(model)._model
    reduced = in_int8(exact)
    tables = [m.model if hasattr(m, "model") else m.auto_model for m in (exact[0], reduced[0])]
    words = [table.embeddings.word_embeddings.weight for table in tables]
    assert words[0] is words[1]
    assert not any(isinstance(module, Int8Linear) for module in exact.modules())
    assert any(isinstance(module, Int8Linear) for module in reduced.modules())
    assert type(reduced[2].linear) is torch.nn.Linear  # the dense layer after the pooling


def test_a_model_without_linear_layers_has_no_int8() -> None:
    with pytest.raises(ModelError, match="Embedding has no linear layer"):
        in_int8(torch.nn.Sequential(torch.nn.Embedding(4, 4)))


def test_vectors_that_are_far_from_the_exact_ones_are_refused() -> None:
    told = Agreement()
    rows = np.eye(4, dtype=np.float32)
    told.add(rows, 3 * rows)
    with pytest.raises(ModelError, match=r"cosine 0\.500 over 8 texts"):
        told.add(rows, np.roll(rows, 1, axis=0))
    with pytest.raises(ModelError, match="cosine nan"):
        Agreement().add(rows * np.nan, rows)


def test_one_batch_in_so_many_is_compared_until_the_sample_is_full() -> None:
    told = Agreement()
    assert [told.wanted() for _ in range(agreement.EVERY + 1)] == [
        True, *[False] * (agreement.EVERY - 1), True
    ]  # fmt: skip
    told.compared = agreement.SAMPLE
    assert not any(told.wanted() for _ in range(2 * agreement.EVERY))


def test_shards_give_what_each_of_them_would_by_itself(model: str) -> None:
    embedder = SentenceTransformersEmbedder(model)
    assert isinstance(embedder, EncodesShards)
    shards = [TEXTS, [], TEXTS[:1], TEXTS[3:]]
    for shard, vectors in zip(shards, embedder.encode_shards(shards), strict=True):
        np.testing.assert_allclose(vectors, embedder.encode_passages(shard), atol=1e-6)
    assert embedder.spent.computing > 0
    assert embedder.spent.waiting > 0


def test_the_tokens_of_the_next_shard_are_made_while_one_is_computed(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from docproc.stages.embed import computing

    embedder = SentenceTransformersEmbedder(model)
    embedder.encode_passages(["loads the model"])
    second = threading.Event()
    prepare, launch = embedder._prepare, computing.start_batch

    def preparing(texts: Any) -> Any:
        made = prepare(texts)
        if texts == ["second"]:
            second.set()
        return made

    def launching(model: Any, features: Any) -> Any:
        assert second.wait(600), "the second shard was not prepared while the first was computed"
        return launch(model, features)

    monkeypatch.setattr(embedder, "_prepare", preparing)
    monkeypatch.setattr(computing, "start_batch", launching)
    assert len(list(embedder.encode_shards([["first"], ["second"]]))) == 2


def test_a_folder_of_a_model_of_another_dimension_is_taken(small_models: Any) -> None:
    folder = Path(small_models.make("other", "cls"))
    assert SentenceTransformersEmbedder(str(folder)).encode_passages(["one"]).shape == (1, 16)
