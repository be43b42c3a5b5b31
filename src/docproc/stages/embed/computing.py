"""One batch through a model: launched, and fetched; on a GPU the first does not wait."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import Any

import torch
from sentence_transformers.util import batch_to_device

from docproc.errors import ModelError
from docproc.hooks.protocols import Vectors

Launched = list[torch.Tensor]
"""The vectors of a batch, in order, where they were computed; on a GPU perhaps not there yet."""


def start_batch(model: Any, features: Mapping[str, Any]) -> Launched:
    """Give *model* a batch, ``features`` on the CPU; on a GPU return before it is computed.

    Where the device has not memory enough, each half by itself.  Raises ``ModelError`` where it
    has not enough for one text, or fails otherwise.
    """
    try:
        with torch.inference_mode():
            given = batch_to_device(dict(features), model.device)
            vectors = model(given, task="document")["sentence_embedding"]
            return [vectors[..., : model.truncate_dim] if model.truncate_dim else vectors]
    except torch.OutOfMemoryError as error:
        cause = str(error).partition(". ")[0]
    except RuntimeError as error:
        raise _unfit(model, str(error)) from error
    # here, and not in `except`: the error's traceback holds the tensors that took the room
    gc.collect()
    torch.cuda.empty_cache()  # does nothing where CUDA was not used
    count = len(features["input_ids"]) if "input_ids" in features else 1
    if count < 2:
        raise _unfit(
            model, f"{cause}, for one text; take another device, or cut texts by max_tokens"
        )
    half = count // 2
    return [
        *start_batch(model, _rows(features, count, slice(0, half))),
        *start_batch(model, _rows(features, count, slice(half, count))),
    ]


def wait_for_vectors(launched: Launched) -> Vectors:
    """The vectors of a batch ``(n, d)``, of any norm; waits until they are computed.

    Raises ``ModelError`` where the device failed meanwhile.
    """
    try:
        made: Vectors = torch.cat(launched).float().cpu().numpy()
    except RuntimeError as error:
        raise ModelError(f"the computing device failed: {error}") from error
    return made


def _rows(features: Mapping[str, Any], count: int, rows: slice) -> dict[str, Any]:
    """The features of some of the *count* texts of a batch."""
    return {
        name: value[rows] if isinstance(value, torch.Tensor) and len(value) == count else value
        for name, value in features.items()
    }


def _unfit(model: Any, cause: str) -> ModelError:
    return ModelError(f"the model cannot compute on {model.device}: {cause.strip()}")
