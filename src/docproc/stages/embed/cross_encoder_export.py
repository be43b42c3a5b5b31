"""Loads a cross-encoder with sentence-transformers, and writes it as the graph that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from docproc.errors import ModelError
from docproc.stages.embed import bundled
from docproc.stages.embed import encoder as layout
from docproc.stages.embed.cross_encoder import KIND, SCORE, ExportedCrossEncoder
from docproc.stages.embed.export import PROBES, write_graph
from docproc.stages.embed.harmless import check_harmless
from docproc.stages.embed.loading import offline, silence

CLOSE = 1e-3
"""The share of the numbers' range by which the export may differ from the model."""


def load(name: str, folder: Path, max_tokens: int, *, allow_network: bool) -> Any:
    """The ``CrossEncoder`` in *folder*, on the CPU; code of its own is never run.

    Raises ``ModelError`` where it cannot be loaded, or gives no one number for a pair.
    """
    check_harmless(name, folder)
    offline(allow_network=allow_network)
    with silence():
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(
                str(folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:  # the libraries raise whatever they meet
            raise ModelError(f"model {name!r} in {folder} cannot be loaded: {error}") from error
    labels = getattr(_network(model).config, "num_labels", None)
    if labels != 1:
        raise ModelError(
            f"model {name!r} gives {labels} numbers for a question and a passage: a re-ranker is a "
            "cross-encoder that gives one"
        )
    if not hasattr(model.tokenizer, "backend_tokenizer"):
        raise ModelError(f"model {name!r}: its tokenizer is not one of the tokenizers library")
    limit = getattr(_network(model).config, "max_position_embeddings", None) or 512
    if max_tokens > limit:
        raise ModelError(f"max_tokens = {max_tokens}, but model {name!r} reads {limit} at most")
    setattr(model, _length(model), max_tokens or min(_max_tokens(model) or limit, limit))
    return model.eval()


def _length(model: Any) -> str:
    """The name that this version of the library has for how many tokens are read."""
    return "max_seq_length" if hasattr(type(model), "max_seq_length") else "max_length"


def _max_tokens(model: Any) -> int:
    return int(getattr(model, _length(model)) or 0)


def score(model: Any, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """The numbers of *pairs* by *model*, before any activation."""
    if not pairs:
        return np.zeros(0, np.float32)
    given = model.predict(
        list(pairs), activation_fn=torch.nn.Identity(), show_progress_bar=False, batch_size=16
    )
    found: NDArray[np.float32] = np.asarray(given, np.float32).reshape(len(pairs))
    return found


def export(model: Any, folder: Path, fingerprint: str) -> None:
    """Write *model* into the existing empty *folder*.

    Raises ``ModelError`` where what was written does not agree with it.
    """
    network, tokenizer = _network(model), model.tokenizer
    pairs = [["a short one", "a text"], ["one that is longer than", "the other one is, by far"]]
    features = tokenizer(pairs, padding=True, return_tensors="pt")
    tensors = {name: value for name, value in features.items() if isinstance(value, torch.Tensor)}
    write_graph(_Graph(network, list(tensors)), tensors, {SCORE: {0: "batch"}}, folder)
    tokenizer.backend_tokenizer.save(str(folder / layout.TOKENIZER))
    about = {
        "kind": KIND,
        "model": fingerprint,
        "max_tokens": _max_tokens(model),
        "pad": int(tokenizer.pad_token_id or 0),
        "inputs": list(tensors),
    }
    bundled.describe(folder, about)
    probes = [(one, other) for one in PROBES for other in PROBES[::3]]
    right, found = score(model, probes), ExportedCrossEncoder(folder, context=False).score(probes)
    most = CLOSE * max(1.0, float(np.ptp(right)))
    if not np.isfinite(right).all():
        raise ModelError("the model gives numbers that are not finite")
    apart = np.abs(right - found)
    if not float(apart.max()) <= most:
        at = int(apart.argmax())
        raise ModelError(
            f"the exported re-ranker disagrees with the model: {found[at]:.5f}, where it gives "
            f"{right[at]:.5f}, on {probes[at][0][:40]!r} with {probes[at][1][:40]!r}"
        )


def _network(model: Any) -> Any:
    return model.model


class _Graph(torch.nn.Module):
    """The network as a function of tensors."""

    def __init__(self, network: Any, names: list[str]) -> None:
        super().__init__()
        self.network = network
        self.names = names

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        given = dict(zip(self.names, tensors, strict=True))
        found: torch.Tensor = self.network(**given).logits
        return found
