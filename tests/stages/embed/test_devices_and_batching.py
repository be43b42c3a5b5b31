"""Devices are chosen, batches filled and prepared ahead; GPUs are played by fakes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from docproc.errors import ConfigError
from docproc.stages.embed import devices
from docproc.stages.embed.batching import make_ahead
from docproc.stages.embed.embedder import SentenceTransformersEmbedder

pytestmark = pytest.mark.slow


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> Any:
    import torch  # where a test runs, not where every worker collects it

    def play(count: int) -> None:
        monkeypatch.setattr(torch.cuda, "is_available", lambda: count > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: count)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)

    return play


def test_the_best_device_is_taken_where_none_is_named(gpus: Any) -> None:
    gpus(0)
    assert devices.choose_device("", "fp32") == "cpu"
    gpus(1)
    assert devices.choose_device("", "fp32") == devices.choose_device("", "bf16") == "cuda"
    assert devices.choose_device("", "int8") == "cpu"


def test_a_device_that_is_named_is_taken_or_refused_with_the_reason(gpus: Any) -> None:
    gpus(1)
    assert devices.choose_device("cuda:0", "bf16") == "cuda:0"
    assert devices.choose_device("cpu", "int8") == "cpu"
    with pytest.raises(ConfigError, match="there are 1, from cuda:0"):
        devices.choose_device("cuda:1", "fp32")
    with pytest.raises(ConfigError, match="int8 is computed on the CPU only"):
        devices.choose_device("cuda", "int8")
    with pytest.raises(ConfigError, match="no such device"):
        devices.choose_device("abacus", "fp32")
    gpus(0)
    with pytest.raises(ConfigError, match="no CUDA device can be used here"):
        devices.choose_device("cuda", "fp32")
    with pytest.raises(ConfigError, match="there is none here"):
        devices.choose_device("mps", "fp32")


def test_a_gpu_is_given_more_tokens_at_once() -> None:
    assert devices.batch_tokens("cuda:0") > devices.batch_tokens("cpu")


def test_the_embedder_refuses_a_device_before_it_loads_a_model(gpus: Any) -> None:
    gpus(0)
    with pytest.raises(ConfigError, match="no CUDA device"):
        SentenceTransformersEmbedder(device="cuda").encode_passages(["rifles"])


def test_what_is_made_ahead_comes_in_order_and_is_read_by_the_callers_thread() -> None:
    readers, makers = set(), set()

    def given() -> Iterator[int]:
        for number in range(20):
            readers.add(threading.get_ident())
            yield number

    def make(number: int) -> int:
        makers.add(threading.get_ident())
        return number * number

    assert list(make_ahead(make, given())) == [n * n for n in range(20)]
    assert readers == {threading.get_ident()}
    assert len(makers) == 1
    assert makers != readers


def test_no_more_is_taken_ahead_than_was_asked() -> None:
    taken: list[int] = []

    def given() -> Iterator[int]:
        for number in range(9):
            taken.append(number)
            yield number

    made = make_ahead(lambda number: number, given(), depth=2)
    assert next(made) == 0
    assert taken == [0, 1, 2]
    made.close()
    assert taken == [0, 1, 2]


def test_an_error_is_raised_in_its_turn_and_ends_the_thread() -> None:
    def make(number: int) -> float:
        return 1 / number

    made = make_ahead(make, [2, 1, 0, 5])
    assert [next(made), next(made)] == [0.5, 1.0]
    with pytest.raises(ZeroDivisionError):
        next(made)
    assert not [t for t in threading.enumerate() if t.name.startswith("ahead")]
