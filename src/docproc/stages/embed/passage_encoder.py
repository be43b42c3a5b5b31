"""Passages through the exported encoder: ONNX Runtime does, and no model library is imported.

One session without threads of its own computes a batch for each of so many threads of Python:
none of them waits for another within a batch, or spins.  Measured on all-MiniLM-L6-v2, one core,
300 texts: 1.07 times the rate of PyTorch in fp32, 1.25 times in int8 (see ``int8_graph``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import onnxruntime

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.hooks.protocols import Vectors
from docproc.stages.embed import encoder as layout
from docproc.stages.embed.batching import Feed, batches, make_feed
from docproc.workspace.processors import free_processors, threads_of_environment

PASSAGES = "passages"
"""Of ``encoder.json``: what else must be known to embed passages; absent where they disagree."""
BATCH_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of what is embedded, and the graph's inputs for them."""

    rows: list[int]
    feed: Feed


class PassageEncoder:
    """The encoder in *folder*, for many texts at once.

    *int8* computes the layers' products in whole numbers, as ``precision`` does.  Raises
    ``StoreError`` where the folder is no encoder, or none for passages.
    """

    def __init__(self, folder: Path, *, int8: bool = False, batch_tokens: int = 0) -> None:
        description = _describe(folder)
        about = description[PASSAGES]
        self.dimension = int(description["dimension"])
        self._folder = folder
        self._prompt = str(about["prompt"])
        self._pad = int(about["pad"])
        self._inputs = [str(name) for name in description["inputs"]]
        self._tokenizer = layout.tokenizer(folder, int(description["max_tokens"]))
        self._int8 = int8
        self._tokens = batch_tokens or BATCH_TOKENS

    def batches(self, texts: Sequence[str]) -> list[Batch]:
        """*texts* as the graph takes them, the longest first."""
        encoded = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        lengths = [len(each.ids) for each in encoded]
        share = -(-sum(lengths) // self._count)  # of few texts, each thread has some
        return [
            Batch(rows, make_feed([encoded[row] for row in rows], self._inputs, self._pad))
            for rows in batches(lengths, min(self._tokens, share))
        ]

    def compute(self, given: Sequence[Batch]) -> Iterator[Vectors]:
        """The vectors of each batch, of any norm, in order."""
        yield from self._threads.map(self._run, given)

    def exact(self, batch: Batch) -> Vectors:
        """The vectors of *batch* in fp32."""
        made: Vectors = self._exact.run([layout.VECTOR], batch.feed)[0]
        return made

    def _run(self, batch: Batch) -> Vectors:
        session = self._reduced if self._int8 else self._exact
        made: Vectors = session.run([layout.VECTOR], batch.feed)[0]
        return made

    @cached_property
    def _count(self) -> int:
        return threads_of_environment() or free_processors()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._count, "embedding")

    @cached_property
    def _exact(self) -> onnxruntime.InferenceSession:
        return layout.lasting_session(self._folder / layout.GRAPH)

    @cached_property
    def _reduced(self) -> onnxruntime.InferenceSession:
        from docproc.stages.embed.int8_graph import in_int8

        return layout.session(in_int8(self._folder / layout.GRAPH))


def open_passages(
    folder: Path, *, int8: bool = False, batch_tokens: int = 0
) -> PassageEncoder | None:
    """The encoder in *folder* for passages; ``None`` where it is not fit for them."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # the cores compute meanwhile
    try:
        return PassageEncoder(folder, int8=int8, batch_tokens=batch_tokens)
    except (StoreError, KeyError, TypeError, ValueError):
        return None


def _describe(folder: Path) -> dict[str, Any]:
    try:
        described: dict[str, Any] = json.loads((folder / layout.DESCRIPTION).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder / layout.DESCRIPTION}: cannot be read: {error}") from None
    if described.get("format") != layout.FORMAT:
        raise StoreError(f"{folder}: an encoder of another format")
    return described
