"""Embed: any sentence-transformers model, in batches of so many tokens."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from docproc.errors import ConfigError, ModelError
from docproc.hooks.protocols import Vectors
from docproc.stages.embed import models
from docproc.stages.embed.agreement import Agreement
from docproc.stages.embed.batching import ahead, batches

QUERY_ENCODER = "onnx"
FP32, BF16, INT8 = "fp32", "bf16", "int8"
PRECISIONS = {FP32: "float32", BF16: "bfloat16", INT8: "int8 by channel and token"}
"""What each means, in a model's fingerprint: to compute otherwise takes another word."""
_AS_DOCUMENTS = ("document", "passage", "corpus")
"""The names that a model's prompt for documents may have; sentence-transformers has the same."""

Batch = tuple[list[int], dict[str, Any]]
"""Rows of a shard, and what the model is given for them."""


@dataclass(slots=True)
class Spent:
    """Seconds of embedding: the model at work, and the model waiting to be given tokens."""

    computing: float = 0.0
    waiting: float = 0.0


class SentenceTransformersEmbedder:
    """The embedder over one model folder.

    The model library is imported and the model loaded when the first text is encoded; the
    fingerprint and, where the model declares it, the dimension need neither.

    ``precision`` is that of the passages.  A question is one short text: it is encoded
    exactly, whatever the precision, and so is a sample of the passages, to tell in ``facts``
    how far the two agree.
    """

    def __init__(
        self,
        model: str = models.BUNDLED,
        *,
        precision: str = FP32,
        batch_tokens: int = 0,
        max_tokens: int = 0,
        device: str = "",
        download: bool = False,
    ) -> None:
        if precision not in PRECISIONS:
            raise ConfigError(
                f"plugins.sentence-transformers.precision: {precision!r} is none of "
                f"{', '.join(PRECISIONS)}"
            )
        self.name = model
        self.precision = precision
        self.spent = Spent()
        self._agreement = Agreement()
        self._batch_tokens = batch_tokens
        self._max_tokens = max_tokens
        self._device = device
        self._download = download

    @cached_property
    def folder(self) -> Path:
        """Where the model lies; raises ``ModelError`` if it cannot be had or was altered."""
        return models.find_model(self.name, download=self._download)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, the length that texts are cut to, the precision."""
        return models.fingerprint(
            self.folder,
            max_tokens=self._max_tokens,
            precision=PRECISIONS[self.precision],
            normalized=True,
        )

    @cached_property
    def dimension(self) -> int:
        """The length of a vector."""
        declared = models.declared_dimension(self.folder)
        return declared or int(self._model.get_embedding_dimension())

    @cached_property
    def device(self) -> str:
        """Where it computes.  Raises ``ConfigError`` if that cannot be; imports torch."""
        from docproc.stages.embed import devices

        return devices.chosen(self._device, self.precision)

    @property
    def facts(self) -> dict[str, Any]:
        """For a reduced precision, its cosine with the exact one on a sample of this run."""
        return self._agreement.facts(self.precision)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm, with the model's own prompt
        for documents where it has one.  Raises ``ModelError`` for a vector with no direction.
        """
        (vectors,) = self.encode_shards([texts])
        return vectors

    def encode_shards(self, shards: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """Yield what ``encode_passages`` returns, for each of *shards*.

        While one is computed, the tokens of the next are made by another thread.
        """
        begun = time.perf_counter()
        for texts, prepared in ahead(self._prepared, self._loaded(shards)):
            vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
            for rows, features in prepared:
                given = time.perf_counter()
                self.spent.waiting += given - begun
                vectors[rows] = self._forward(self._computing, features)
                begun = time.perf_counter()
                self.spent.computing += begun - given
                if self.precision != FP32 and self._agreement.wanted():
                    self._agreement.add(vectors[rows], self._forward(self._model, features))
                    begun = time.perf_counter()
            yield _unit_rows(vectors, texts)
            begun = time.perf_counter()

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

    def _loaded(self, shards: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        """*shards*, with the model loaded by this thread before there is another."""
        for texts in shards:
            if texts:
                _ = self._computing
            yield texts

    def _prepared(self, texts: Sequence[str]) -> tuple[Sequence[str], list[Batch]]:
        """*texts* cut into batches of tokens."""
        if not texts:
            return texts, []
        tokens = self._batch_tokens or self._tokens_at_once
        prompt, made = self._prompt, []
        for rows in batches(self._lengths(texts), tokens):
            some = [texts[row] for row in rows]
            made.append((rows, self._model.preprocess(some, prompt=prompt, task="document")))
        return texts, made

    @cached_property
    def _tokens_at_once(self) -> int:
        from docproc.stages.embed import devices

        return devices.batch_tokens(self.device)

    @cached_property
    def _prompt(self) -> str | None:
        prompts, usual = self._model.prompts, self._model.default_prompt_name
        name = next((name for name in _AS_DOCUMENTS if name in prompts), usual)
        prompt: str | None = prompts.get(name)
        return prompt

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, cut to what the model reads."""
        tokenizer = getattr(self._model, "tokenizer", None)
        limit = self._model.max_seq_length
        if limit is None or not callable(tokenizer):
            return [1 + len(text) // 4 for text in texts]  # all that matters is a like length
        ids = tokenizer(list(texts), truncation=True, max_length=limit)["input_ids"]
        return [len(row) for row in ids]

    def _forward(self, model: Any, features: Mapping[str, Any]) -> Vectors:
        """The vectors of one batch, of any norm."""
        import torch
        from sentence_transformers.util import batch_to_device

        with torch.inference_mode():
            given = batch_to_device(dict(features), model.device)
            vectors = model(given, task="document")["sentence_embedding"]
            if model.truncate_dim:
                vectors = vectors[..., : model.truncate_dim]
            made: Vectors = vectors.float().cpu().numpy()
        return made

    @cached_property
    def _computing(self) -> Any:
        """The model in the precision of passages."""
        if self.precision == FP32:
            return self._model
        from docproc.stages.embed import precision

        reduced = precision.in_bf16 if self.precision == BF16 else precision.in_int8
        return reduced(self._model)

    @cached_property
    def _model(self) -> Any:
        """The model in fp32."""
        from docproc.stages.embed.loading import load

        return load(
            self.name,
            self.folder,
            device=lambda: self.device,
            max_tokens=self._max_tokens,
            allow_network=self._download,
        )


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


def make(settings: Mapping[str, Any]) -> SentenceTransformersEmbedder:
    """The factory; the settings are those of the registration."""
    return SentenceTransformersEmbedder(
        settings["model"],
        precision=settings["precision"],
        batch_tokens=settings["batch_tokens"],
        max_tokens=settings["max_tokens"],
        device=settings["device"],
        download=settings["download"],
    )
