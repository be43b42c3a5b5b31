"""Embed: any sentence-transformers model, in batches of so many tokens.

The model library is the reference: it exports the model, and computes on a GPU and what cannot be
exported.  Where an export agrees with it, ONNX Runtime computes on the CPU, and the library is not
imported at all (``use_export``).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from docproc.dataclass_on_use import dataclass
from docproc.errors import ConfigError, ModelError
from docproc.hooks.protocols import Vectors
from docproc.stages.embed import bundled, models
from docproc.stages.embed.agreement import Agreement
from docproc.stages.embed.auto_precision import AUTO, AutoPrecision, auto_precision
from docproc.stages.embed.batching import batches, make_ahead
from docproc.stages.embed.traits import AS_THE_MODEL_SAYS, Traits

if TYPE_CHECKING:
    from docproc.stages.embed.export import ReferenceVectors
    from docproc.stages.embed.passage_encoder import PassageEncoder

QUERY_ENCODER = "onnx"
FP32, BF16, INT8 = "fp32", "bf16", "int8"
PRECISIONS = {FP32: "float32", BF16: "bfloat16", INT8: "int8 by channel and token"}
"""What each means, in a model's fingerprint: to compute otherwise takes another word."""
_AS_DOCUMENTS = ("document", "passage", "corpus")
"""The names that a model's prompt for documents may have; sentence-transformers has the same."""
_CPU = "cpu"
_WORTH_A_GPU = 4096
"""Texts of one run after which the model library is loaded where there may be a GPU."""

Batch = tuple[list[int], dict[str, Any]]
"""Rows of a shard, and what the model is given for them."""


@dataclass(slots=True)
class Spent:
    """Seconds of embedding: the model at work, and the model with nothing to do.

    It waits for tokens, or for anyone who takes its vectors.
    """

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
        traits: Traits = AS_THE_MODEL_SAYS,
    ) -> None:
        self._auto: AutoPrecision | None = None
        if precision == AUTO:
            self._auto = auto_precision(device)
            precision = self._auto.name
        if precision not in PRECISIONS:
            raise ConfigError(
                f"plugins.sentence-transformers.precision: {precision!r} is none of "
                f"{', '.join(PRECISIONS)}, {AUTO}"
            )
        for setting, value in (("batch_tokens", batch_tokens), ("max_tokens", max_tokens)):
            if value < 0:
                raise ConfigError(
                    f"plugins.sentence-transformers.{setting}: {value} is out of its range, "
                    "at least 0"
                )
        self.name = model or models.BUNDLED
        self.precision = precision
        self.spent = Spent()
        self._agreement = Agreement()
        self._batch_tokens = batch_tokens
        self._max_tokens = max_tokens
        self._device = device
        self._download = download
        self._traits = traits
        self._export: Path | None = None

    @cached_property
    def folder(self) -> Path:
        """Where the model lies; raises ``ModelError`` if it cannot be had or was altered."""
        return models.find_model(self.name, download=self._download, revision=self._traits.revision)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, its traits that were chosen, and the precision."""
        return models.fingerprint(
            self.folder,
            max_tokens=self._max_tokens,
            precision=PRECISIONS[self.precision],
            normalized=True,
            **self._traits.of_vectors(),
        )

    @cached_property
    def dimension(self) -> int:
        """The length of a vector.  Raises ``ModelError`` if the model's are shorter than wanted."""
        declared = models.declared_dimension(self.folder)
        return self._traits.cut(declared or int(self._model.get_embedding_dimension()), self.name)

    @property
    def device(self) -> str:
        """Where it computes.  Raises ``ConfigError`` if that cannot be; may import torch."""
        return _CPU if self._light is not None else self._device_of_model

    @cached_property
    def _device_of_model(self) -> str:
        from docproc.stages.embed import devices

        return devices.choose_device(self._device, self.precision)

    @property
    def facts(self) -> dict[str, Any]:
        """What was chosen of the model's traits; and, for a reduced precision, its cosine with
        the exact one on a sample of this run.
        """
        measured = self._agreement.facts(self.precision)
        if self._auto is not None:
            measured["precision"] = f"{self.precision}: {AUTO}, as {self._auto.because}"
        return measured | self._traits.facts(self.name, self.folder)

    def use_export(self, folder: Path) -> None:
        """Embed with the encoder in *folder*, that this embedder exported, where that will do.

        On the CPU, in fp32 and int8.  What a GPU may do faster is left to the model library
        after the first texts of a run.
        """
        self._export = folder
        self.__dict__.pop("_light", None)

    @cached_property
    def _light(self) -> PassageEncoder | None:
        """The exported encoder for passages, where there is one and it will do."""
        if self._export is None or self.precision == BF16 or self._device not in ("", _CPU):
            return None
        from docproc.stages.embed.passage_encoder import open_passages

        return open_passages(
            self._export, int8=self.precision == INT8, batch_tokens=self._batch_tokens
        )

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
        left = iter(shards)
        if self._light is not None:
            yield from self._encode_lightly(self._light, left)
        yield from self._encode_by_model(left)

    def _encode_lightly(
        self, encoder: PassageEncoder, shards: Iterator[Sequence[str]]
    ) -> Iterator[Vectors]:
        """The vectors of *shards* by the exported encoder, until a GPU would be worth it."""
        from docproc.stages.embed import accelerators

        done = 0
        elsewhere = (
            self.precision == FP32 and not self._device and accelerators.accelerator_likely()
        )
        for texts in shards:
            begun = time.perf_counter()
            vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
            given = encoder.batches(texts) if texts else []
            for batch, made in zip(given, encoder.compute(given), strict=True):
                vectors[batch.rows] = made[:, : self.dimension]
            self.spent.computing += time.perf_counter() - begun
            if self.precision != FP32:
                for batch in given:
                    if self._agreement.wanted():
                        exact = encoder.exact(batch)[:, : self.dimension]
                        self._agreement.add(vectors[batch.rows], exact)
            yield _unit_rows(vectors, texts)
            done += len(texts)
            if elsewhere and done >= _WORTH_A_GPU:
                return

    def _encode_by_model(self, shards: Iterator[Sequence[str]]) -> Iterator[Vectors]:
        idle = time.perf_counter()
        for texts, prepared in make_ahead(self._prepare, self._load_first(shards)):
            vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
            given = time.perf_counter()
            for rows, made in _fetch(self._launch(prepared)):
                vectors[rows] = made
            done = time.perf_counter()
            if prepared:
                self.spent.waiting += given - idle
                self.spent.computing += done - given
            self._compare(prepared, vectors)
            idle = time.perf_counter()  # to compare is no part of the speed
            yield _unit_rows(vectors, texts)

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm, with the model's prompt for questions."""
        vector = self._model.encode_query([text], show_progress_bar=False)
        unit: Vectors = _unit_rows(np.asarray(vector, dtype=np.float32), [text])[0]
        return unit

    def export_query_encoder(self, folder: Path) -> str:
        """Write the ONNX encoder into the empty *folder*; return the name of its opener.

        Raises ``ModelError`` if this model cannot be exported or the export disagrees with it.
        """
        if bundled.can_export(self.name, self._max_tokens, self._traits):
            bundled.export(self.folder, folder, self.fingerprint)
            return QUERY_ENCODER
        from docproc.stages.embed.export import export

        device = self._model.device
        try:
            self._model.cpu()
            export(self._model, folder, self.fingerprint, self._reference)
        finally:
            self._model.to(device)
        return QUERY_ENCODER

    @property
    def _reference(self) -> ReferenceVectors:
        """What an export is held to."""
        from docproc.stages.embed.export import ReferenceVectors

        return ReferenceVectors(
            dimension=self.dimension,
            query=self.encode_query,
            passages=self._exactly,
            passage_prompt=self._prompt or "",
        )

    def _exactly(self, texts: Sequence[str]) -> Vectors:
        """The vectors of *texts* by the model in fp32."""
        from docproc.stages.embed import computing

        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows, features in self._prepare(texts, tokens=1024)[1]:
            vectors[rows] = computing.wait_for_vectors(computing.start_batch(self._model, features))
        return _unit_rows(vectors, texts)

    def _load_first(self, shards: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        """*shards*, with the model loaded by this thread before there is another."""
        for texts in shards:
            if texts:
                _ = self._computing
            yield texts

    def _prepare(self, texts: Sequence[str], tokens: int = 0) -> tuple[Sequence[str], list[Batch]]:
        """*texts* cut into batches of *tokens*; 0: what suits."""
        if not texts:
            return texts, []
        tokens = tokens or self._batch_tokens or self._tokens_at_once
        prompt, made = self._prompt, []
        for rows in batches(self._lengths(texts), tokens):
            some = [texts[row] for row in rows]
            made.append((rows, self._model.preprocess(some, prompt=prompt, task="document")))
        return texts, made

    @cached_property
    def _tokens_at_once(self) -> int:
        from docproc.stages.embed import devices

        return devices.batch_tokens(self._device_of_model)

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

    def _launch(self, prepared: Iterable[Batch]) -> Iterator[tuple[list[int], Any]]:
        """The rows of each batch, and their vectors where they are computed."""
        from docproc.stages.embed import computing

        for rows, features in prepared:
            yield rows, computing.start_batch(self._computing, features)

    def _compare(self, prepared: Iterable[Batch], vectors: Vectors) -> None:
        """For a reduced precision, compare a few of the batches with what is exact."""
        if self.precision == FP32:
            return
        from docproc.stages.embed import computing

        for rows, features in prepared:
            if self._agreement.wanted():
                exact = computing.wait_for_vectors(computing.start_batch(self._model, features))
                self._agreement.add(vectors[rows], exact)

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

        model = load(
            self.name,
            self.folder,
            device=lambda: self._device_of_model,
            max_tokens=self._max_tokens,
            allow_network=self._download,
        )
        self._traits.give(model)
        return model


def _fetch(launched: Iterable[tuple[list[int], Any]]) -> Iterator[tuple[list[int], Vectors]]:
    """The rows and the vectors of each batch, fetched when the next has been launched.

    So a GPU has work while this thread takes what is done and gives it what comes after that.
    """
    from docproc.stages.embed import computing

    before: tuple[list[int], Any] | None = None
    for each in launched:
        if before is not None:
            yield before[0], computing.wait_for_vectors(before[1])
        before = each
    if before is not None:
        yield before[0], computing.wait_for_vectors(before[1])


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
        traits=Traits(
            prompts=dict(settings.get("prompts") or {}),
            dimensions=int(settings.get("dimensions", 0)),
            revision=str(settings.get("revision", "")),
        ),
    )
