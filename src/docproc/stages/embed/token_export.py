"""Loads a model that gives a vector for each token, and writes it as the graph that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from docproc.dataclass_on_use import dataclass
from docproc.errors import ModelError
from docproc.stages.embed import bundled, models
from docproc.stages.embed import encoder as layout
from docproc.stages.embed.export import PROBES, write_graph
from docproc.stages.embed.harmless import check_harmless
from docproc.stages.embed.late_interaction import KIND, TOKENS, TokenEncoder, unit_rows
from docproc.stages.embed.loading import offline, silence

LEAST_COSINE = 0.999
_LONGEST = 512


@dataclass(frozen=True)
class TokenModel:
    """A network with its tokenizer; *projection* makes its vectors shorter, ``None``: nothing."""

    network: Any
    tokenizer: Any
    projection: Any
    max_tokens: int

    def compute(self, **given: Any) -> Any:
        """The vectors of tokens ``(batch, tokens, d)``, of any norm."""
        hidden = self.network(**given).last_hidden_state
        return hidden if self.projection is None else hidden @ self.projection.T


def load(name: str, folder: Path, max_tokens: int, *, allow_network: bool) -> TokenModel:
    """The model in *folder*: of ColBERT's form, or of sentence-transformers' (without pooling).

    Code of its own is never run, and weights are taken from safetensors alone.  Raises
    ``ModelError``.
    """
    check_harmless(name, folder, unused=models.TOKEN_MODULES)
    offline(allow_network=allow_network)
    with silence():
        from transformers import AutoModel, AutoTokenizer

        where = models.transformer_folder(folder)
        try:
            network = AutoModel.from_pretrained(
                where, local_files_only=True, trust_remote_code=False, use_safetensors=True
            )
            tokenizer = AutoTokenizer.from_pretrained(
                where, local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # the libraries raise whatever they meet
            raise ModelError(f"model {name!r} in {folder} cannot be loaded: {error}") from error
    if not hasattr(tokenizer, "backend_tokenizer"):
        raise ModelError(f"model {name!r}: its tokenizer is not one of the tokenizers library")
    limit = int(getattr(network.config, "max_position_embeddings", None) or _LONGEST)
    limit = min(limit, tokenizer.model_max_length or limit)
    if max_tokens > limit:
        raise ModelError(f"max_tokens = {max_tokens}, but model {name!r} reads {limit} at most")
    projection = models.token_projection(folder)
    found = None if projection is None else torch.from_numpy(projection)
    if found is not None and found.shape[1] != network.config.hidden_size:
        raise ModelError(
            f"model {name!r}: its projection is of {found.shape[1]} numbers, and its vectors have "
            f"{network.config.hidden_size}"
        )
    return TokenModel(
        network.float().eval(),
        tokenizer,
        found,
        max_tokens or min(limit, models.longest_text(folder) or _LONGEST),
    )


def encode(model: TokenModel, texts: Sequence[str]) -> list[Any]:
    """The vectors ``(tokens, d)`` of each of *texts*, those of special tokens left out."""
    found = []
    for text in texts:
        given = model.tokenizer(
            text,
            truncation=True,
            max_length=model.max_tokens,
            return_tensors="pt",
            return_special_tokens_mask=True,
        )
        special = given.pop("special_tokens_mask")[0].numpy().astype(np.bool_)
        with torch.inference_mode():
            made = model.compute(**given)[0].numpy()
        found.append(unit_rows(made, special))
    return found


def export(model: TokenModel, folder: Path, fingerprint: str, prefixes: tuple[str, str]) -> None:
    """Write *model* into the existing empty *folder*.

    Raises ``ModelError`` where what was written does not agree with it.
    """
    features = model.tokenizer(
        ["a short one", "one that is longer than the other one is"],
        padding=True,
        return_tensors="pt",
    )
    tensors = {name: value for name, value in features.items() if isinstance(value, torch.Tensor)}
    write_graph(_Graph(model, list(tensors)), tensors, {TOKENS: {0: "batch", 1: "tokens"}}, folder)
    model.tokenizer.backend_tokenizer.save(str(folder / layout.TOKENIZER))
    about = {
        "kind": KIND,
        "model": fingerprint,
        "max_tokens": model.max_tokens,
        "pad": int(model.tokenizer.pad_token_id or 0),
        "inputs": list(tensors),
        "prefixes": list(prefixes),
    }
    bundled.describe(folder, about)
    right = encode(model, [prefixes[1] + probe for probe in PROBES])
    for probe, one, other in zip(PROBES, right, TokenEncoder(folder).passages(PROBES), strict=True):
        if one.shape != other.shape:
            raise ModelError(f"the exported re-ranker cuts {probe[:40]!r} into other tokens")
        cosines = (one.astype(np.float32) * other.astype(np.float32)).sum(axis=1)
        if not (cosines >= LEAST_COSINE).all():
            raise ModelError(
                f"the exported re-ranker disagrees with the model: cosine {cosines.min():.5f}, at "
                f"least {LEAST_COSINE} expected, on a token of {probe[:40]!r}"
            )


class _Graph(torch.nn.Module):
    """The network as a function of tensors."""

    def __init__(self, model: TokenModel, names: list[str]) -> None:
        super().__init__()
        self.network = model.network
        self.model = model
        self.names = names

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.model.compute(**dict(zip(self.names, tensors, strict=True)))
        return found
