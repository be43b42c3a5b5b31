"""Re-rank: a cross-encoder of sentence-transformers, which reads question and passage together.

The model library is the reference, which exports the model once; questions are asked of the export
by ONNX Runtime, and the library is not imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.errors import ConfigError
from docproc.hooks.indexes import TextEntry
from docproc.stages.embed import models

KIND = "cross-encoder"
SCORE = "score"

Numbers = NDArray[np.float32]


class CrossEncoderReranker:
    """The re-ranker over one model: a folder, or a name on the model hub."""

    def __init__(
        self,
        model: str,
        *,
        max_tokens: int = 0,
        context: bool = True,
        download: bool = False,
        revision: str = "",
    ) -> None:
        if not model:
            raise ConfigError(
                "plugins.cross-encoder.model: name a model of sentence-transformers that is a "
                "CrossEncoder: a folder, or a name on the model hub"
            )
        self.name = model
        self.max_tokens = max_tokens
        self._context = context
        self._download = download
        self._revision = revision

    @cached_property
    def folder(self) -> Path:
        """Where the model lies; raises ``ModelError`` if it cannot be had."""
        return models.find_model(self.name, download=self._download, revision=self._revision)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files and the settings that decide the numbers."""
        return models.fingerprint(
            self.folder, kind=KIND, max_tokens=self.max_tokens, context=self._context
        )

    def rerank(self, question: str, passages: Sequence[TextEntry]) -> Numbers:
        """The model's own numbers ``(n,)``, before any activation, by the model library."""
        from docproc.stages.embed.cross_encoder_export import score

        return score(self._model, self.pairs(question, passages))

    def export_reranker(self, folder: Path) -> None:
        """Write the model as a graph into the empty *folder*.

        Raises ``ModelError`` where it cannot be exported, or the export disagrees with it.
        """
        from docproc.stages.embed.cross_encoder_export import export

        export(self._model, folder, self.fingerprint)

    def keep_passages(
        self, passages: Iterable[TextEntry], model: Path, folder: Path, before: Path | None
    ) -> dict[str, Any]:
        """Nothing is kept: the passages are read with each question."""
        del passages, model, folder, before
        return {"model": self.name}

    def open_reranker(self, model: Path, folder: Path) -> ExportedCrossEncoder:
        """Open what was exported into *model*.  Raises ``StoreError``."""
        del folder
        return ExportedCrossEncoder(model, context=self._context)

    def pairs(self, question: str, passages: Sequence[TextEntry]) -> list[tuple[str, str]]:
        """What the model is given."""
        return make_pairs(question, passages, context=self._context)

    @cached_property
    def _model(self) -> Any:
        from docproc.stages.embed.cross_encoder_export import load

        return load(self.name, self.folder, self.max_tokens, allow_network=self._download)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_model"}


class ExportedCrossEncoder:
    """The exported model in *folder*."""

    def __init__(self, folder: Path, *, context: bool) -> None:
        from docproc.stages.embed.exported import ExportedGraph

        self._graph = ExportedGraph(folder, KIND)
        self._context = context

    def rerank(self, question: str, passages: Sequence[TextEntry]) -> Numbers:
        """The model's numbers ``(n,)``."""
        return self.score(make_pairs(question, passages, context=self._context))

    def score(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        """The numbers of *pairs*."""
        found = np.zeros(len(pairs), np.float32)
        for rows, made in self._graph.compute(self._graph.encode(pairs), SCORE) if pairs else ():
            found[rows] = made[:, 0]
        return found


def make_pairs(
    question: str, passages: Sequence[TextEntry], *, context: bool
) -> list[tuple[str, str]]:
    """The question with each passage, before which stands what it is part of, in *context*."""
    if not context:
        return [(question, each.body) for each in passages]
    return [(question, f"{each.context}\n{each.body}".strip()) for each in passages]


def make(settings: Mapping[str, Any]) -> CrossEncoderReranker:
    """The factory; the settings are those of the registration."""
    model = settings["model"]
    beside = Path(settings["workspace"]) / model
    return CrossEncoderReranker(
        str(beside) if model and beside.is_dir() else model,
        max_tokens=settings["max_tokens"],
        context=settings["context"],
        download=settings["download"],
        revision=settings["revision"],
    )
