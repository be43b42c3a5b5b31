"""Loads a model's folder with sentence-transformers, silently and away from the network."""

from __future__ import annotations

import importlib
import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docproc.errors import ModelError
from docproc.stages.embed.harmless import check_harmless


def load(
    name: str, folder: Path, *, device: Callable[[], str], max_tokens: int, allow_network: bool
) -> Any:
    """The ``SentenceTransformer`` in *folder*, in fp32; *name* is what a person calls it.

    *device* is asked when torch may be imported; *max_tokens* cuts texts shorter than the
    model would, 0: it does not.  Raises ``ModelError``, and what *device* raises.
    """
    check_harmless(name, folder)
    offline(allow_network=allow_network)
    with silence():
        from sentence_transformers import SentenceTransformer

        where = device()
        # beside a GPU the processor's cores have nothing else to do; on the CPU they have
        os.environ.setdefault("TOKENIZERS_PARALLELISM", str(where != "cpu").lower())
        try:
            model = SentenceTransformer(str(folder), device=where, local_files_only=True).float()
        except Exception as error:  # the libraries raise whatever they meet
            raise ModelError(f"model {name!r} in {folder} cannot be loaded: {error}") from error
    if max_tokens:
        positions = getattr(getattr(model[0], "config", None), "max_position_embeddings", None)
        if positions is not None and max_tokens > positions:
            raise ModelError(
                f"max_tokens = {max_tokens}, but model {name!r} reads {positions} at most"
            )
        model.max_seq_length = max_tokens
    return model.eval()


def offline(*, allow_network: bool) -> None:
    """Keep the model libraries off the network; they read this when they are imported."""
    if not allow_network:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


@contextmanager
def silence() -> Iterator[None]:
    """Without the libraries' bars and notices while they are imported and load a model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        notices: Any = importlib.import_module("transformers.utils.logging")
        notices.disable_progress_bar()
        notices.set_verbosity_error()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        yield
