"""Embed: any sentence-transformers model, in batches of so many tokens."""

from __future__ import annotations

import importlib
import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from docproc.errors import ModelError
from docproc.hooks.protocols import Vectors
from docproc.stages.embed import models

QUERY_ENCODER = "onnx"


class SentenceTransformersEmbedder:
    """The embedder over one model folder.

    The model library is imported and the model loaded when the first text is encoded; the
    fingerprint and, where the model declares it, the dimension need neither.
    """

    def __init__(
        self,
        model: str = models.BUNDLED,
        *,
        batch_tokens: int = 1024,
        max_tokens: int = 0,
        device: str = "",
        download: bool = False,
    ) -> None:
        self.name = model
        self._batch_tokens = batch_tokens
        self._max_tokens = max_tokens
        self._device = device or None
        self._download = download

    @cached_property
    def folder(self) -> Path:
        """Where the model lies; raises ``ModelError`` if it cannot be had or was altered."""
        return models.find_model(self.name, download=self._download)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, the length that texts are cut to, the precision."""
        return models.fingerprint(
            self.folder, max_tokens=self._max_tokens, precision="float32", normalized=True
        )

    @cached_property
    def dimension(self) -> int:
        """The length of a vector."""
        declared = models.declared_dimension(self.folder)
        return declared or int(self._model.get_embedding_dimension())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm, with the model's own prompt
        for documents where it has one.  Raises ``ModelError`` for a vector with no direction.
        """
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        for batch in batches(self._lengths(texts), self._batch_tokens):
            vectors[batch] = self._model.encode_document(
                [texts[row] for row in batch], batch_size=len(batch), show_progress_bar=False
            )
        return _unit_rows(vectors, texts)

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm, with the model's prompt for questions."""
        vector = self._model.encode_query([text], show_progress_bar=False)
        unit: Vectors = _unit_rows(np.asarray(vector, dtype=np.float32), [text])[0]
        return unit

    def export_query_encoder(self, folder: Path) -> str:
        """Write the ONNX encoder into the empty *folder*; return the name of its opener.

        Raises ``ModelError`` if this model cannot be exported or the export disagrees with it.
        """
        from docproc.stages.embed.export import export

        device = self._model.device
        try:
            export(self._model.cpu(), folder, self.fingerprint, self.encode_query)
        finally:
            self._model.to(device)
        return QUERY_ENCODER

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, cut to what the model reads."""
        tokenizer = getattr(self._model, "tokenizer", None)
        limit = self._model.max_seq_length
        if limit is None or not callable(tokenizer):
            return [1 + len(text) // 4 for text in texts]  # all that matters is a like length
        ids = tokenizer(list(texts), truncation=True, max_length=limit)["input_ids"]
        return [len(row) for row in ids]

    @cached_property
    def _model(self) -> Any:
        folder = self.folder
        _offline(allow_network=self._download)
        with _silence():
            from sentence_transformers import SentenceTransformer

            try:
                model = SentenceTransformer(
                    str(folder), device=self._device, local_files_only=True
                ).float()
            except Exception as error:  # the libraries raise whatever they meet
                raise ModelError(
                    f"model {self.name!r} in {folder} cannot be loaded: {error}"
                ) from error
        if self._max_tokens:
            self._cut(model)
        return model

    def _cut(self, model: Any) -> None:
        positions = getattr(getattr(model[0], "config", None), "max_position_embeddings", None)
        if positions is not None and self._max_tokens > positions:
            raise ModelError(
                f"max_tokens = {self._max_tokens}, but model {self.name!r} reads "
                f"{positions} at most"
            )
        model.max_seq_length = self._max_tokens


def batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Cut the rows into batches of like length that, padded, hold at most *tokens* tokens.

    The longest come first, so that memory runs out at once or never.  A text longer than
    *tokens* is a batch of its own.
    """
    batch: list[int] = []
    width = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and width * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        if not batch:
            width = lengths[row]
        batch.append(row)
    if batch:
        yield batch


def _unit_rows(vectors: Vectors, texts: Sequence[str]) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1)
    bad = np.flatnonzero(~np.isfinite(norms) | (norms == 0))
    if len(bad):
        raise ModelError(
            f"the model gave a vector without a direction (NaN or zero) for {len(bad)} of "
            f"{len(texts)} texts; the first begins {texts[bad[0]][:60]!r}"
        )
    unit: Vectors = (vectors / norms[:, np.newaxis]).astype(np.float32, copy=False)
    return unit


def _offline(*, allow_network: bool) -> None:
    """Keep the model libraries off the network; they read this when they are imported."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # two kinds of threads, one too many
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if not allow_network:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


@contextmanager
def _silence() -> Iterator[None]:
    """Without the libraries' bars and notices while they are imported and load a model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        notices: Any = importlib.import_module("transformers.utils.logging")
        notices.disable_progress_bar()
        notices.set_verbosity_error()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        yield


def make(settings: Mapping[str, Any]) -> SentenceTransformersEmbedder:
    """The factory; the settings are those of the registration."""
    return SentenceTransformersEmbedder(
        settings["model"],
        batch_tokens=settings["batch_tokens"],
        max_tokens=settings["max_tokens"],
        device=settings["device"],
        download=settings["download"],
    )
