"""Re-rank: late interaction, which compares every token of a question with those of a passage.

A passage's number is the mean, over the question's tokens, of the best cosine that one of its own
tokens has with it: MaxSim (Khattab and Zaharia, "ColBERT", SIGIR 2020), by the question's length.
The tokens' vectors of all passages are kept in the generation, as float16, memory-mapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docproc.errors import StoreError
from docproc.hooks.indexes import TextEntry
from docproc.stages.embed import bundled, models
from docproc.stages.embed.traits import AS_THE_MODEL_SAYS
from docproc.workspace.arrays import load_array

KIND = "token encoder"
TOKENS = "token_embeddings"
"""The graph's output, which the bundled query encoder has as well."""
VECTORS, STARTS, KEYS = "tokens.npy", "starts.npy", "keys.npy"
AT_ONCE = 256
"""Passages whose tokens are encoded at once."""

Numbers = NDArray[np.float32]


class LateInteractionReranker:
    """The re-ranker over one model: the bundled one, a folder, or a name on the model hub."""

    def __init__(
        self,
        model: str = models.BUNDLED,
        *,
        max_tokens: int = 0,
        download: bool = False,
        revision: str = "",
    ) -> None:
        self.name = model
        self.max_tokens = max_tokens
        self._download = download
        self._revision = revision

    @cached_property
    def folder(self) -> Path:
        """Where the model lies; raises ``ModelError`` if it cannot be had."""
        return models.find_model(self.name, download=self._download, revision=self._revision)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files and the settings that decide the numbers."""
        return models.fingerprint(self.folder, kind=KIND, max_tokens=self.max_tokens)

    def rerank(self, question: str, passages: Sequence[TextEntry]) -> Numbers:
        """The numbers ``(n,)`` by the model library."""
        from docproc.stages.embed.token_export import encode

        asked = encode(self._model, [self._prefixes[0] + question])[0]
        texts = encode(self._model, [self._prefixes[1] + each.body for each in passages])
        return np.array([best_matches(asked, text) for text in texts], np.float32)

    def export_reranker(self, folder: Path) -> None:
        """Write the model as a graph into the empty *folder*.

        Raises ``ModelError`` where it cannot be exported, or the export disagrees with it.
        """
        if bundled.can_export(self.name, self.max_tokens, AS_THE_MODEL_SAYS):
            about = {"kind": KIND, "pad": 0, "prefixes": ["", ""]}
            bundled.export(self.folder, folder, self.fingerprint, about)
            return
        from docproc.stages.embed.token_export import export

        export(self._model, folder, self.fingerprint, self._prefixes)

    def keep_passages(
        self, passages: Iterable[TextEntry], model: Path, folder: Path, before: Path | None
    ) -> dict[str, Any]:
        """Keep the vectors of the tokens of *passages*; those that *before* has are copied."""
        from docproc.stages.embed.token_vectors import write_token_vectors

        return {
            "model": self.name,
            **write_token_vectors(passages, TokenEncoder(model), folder, before),
        }

    def open_reranker(self, model: Path, folder: Path) -> KeptTokens:
        """Open what was exported and kept.  Raises ``StoreError``."""
        return KeptTokens(TokenEncoder(model), folder)

    @cached_property
    def _prefixes(self) -> tuple[str, str]:
        """What stands before a question and before a passage, by the model's own description."""
        return models.token_prefixes(self.folder)

    @cached_property
    def _model(self) -> Any:
        from docproc.stages.embed.token_export import load

        return load(self.name, self.folder, self.max_tokens, allow_network=self._download)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_model"}


class TokenEncoder:
    """The exported model in *folder*: texts to the vectors of their tokens."""

    def __init__(self, folder: Path) -> None:
        from docproc.stages.embed.exported import ExportedGraph

        self._graph = ExportedGraph(folder, KIND)
        self._asked_after, self._told_after = self._graph.about["prefixes"]

    def questions(self, texts: Sequence[str]) -> list[Any]:
        """The vectors ``(tokens, d)`` of each of *texts* as a question."""
        return self._encode([self._asked_after + text for text in texts])

    def passages(self, texts: Sequence[str]) -> list[Any]:
        """The vectors ``(tokens, d)`` of each of *texts* as a passage."""
        return self._encode([self._told_after + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> list[Any]:
        encoded = self._graph.encode(texts)
        found: list[Any] = [None] * len(texts)
        for rows, made in self._graph.compute(encoded, TOKENS) if texts else ():
            for place, row in enumerate(rows):
                special = np.array(encoded[row].special_tokens_mask, np.bool_)
                found[row] = unit_rows(made[place, : len(special)], special)
        return found


class KeptTokens:
    """Late interaction with the vectors kept in *folder*."""

    def __init__(self, encoder: TokenEncoder, folder: Path) -> None:
        self._encoder = encoder
        try:
            self._vectors = load_array(folder / VECTORS, mapped=True)
            self._starts = load_array(folder / STARTS)
            self._keys = load_array(folder / KEYS)
        except (OSError, ValueError, EOFError) as error:
            raise StoreError(f"{folder}: the vectors of tokens cannot be read: {error}") from None
        if len(self._starts) != len(self._keys) + 1 or self._starts[-1] != len(self._vectors):
            raise StoreError(
                f"{folder}: it has not as many vectors of tokens as its passages have tokens"
            )

    def rerank(self, question: str, passages: Sequence[TextEntry]) -> Numbers:
        """The numbers ``(n,)``; a passage that is not kept is encoded now."""
        from docproc.records.identity import text_key

        asked = self._encoder.questions([question])[0]
        found = np.zeros(len(passages), np.float32)
        missing = []
        for place, each in enumerate(passages):
            kept = 0 <= each.row < len(self._keys)
            if kept and self._keys[each.row].tobytes() == text_key(each.body):
                start, end = self._starts[each.row : each.row + 2]
                found[place] = best_matches(asked, self._vectors[start:end])
            else:
                missing.append(place)
        encoded = self._encoder.passages([passages[place].body for place in missing])
        for place, text in zip(missing, encoded, strict=True):
            found[place] = best_matches(asked, text)
        return found


def best_matches(asked: Any, text: Any) -> float:
    """The mean over *asked* ``(q, d)`` of the best cosine with *text* ``(t, d)``; 0 for none."""
    if not len(asked) or not len(text):
        return 0.0
    cosines = asked.astype(np.float32) @ np.asarray(text, np.float32).T
    return float(cosines.max(axis=1).mean())


def unit_rows(vectors: Any, special: Any) -> Any:
    """The *vectors* ``(t, d)`` that are not of *special* tokens, of unit norm, as float16."""
    own = np.asarray(vectors, np.float32)[~special]
    norms = np.maximum(np.linalg.norm(own, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return (own / norms).astype(np.float16)


def in_groups(passages: Iterable[TextEntry]) -> Iterator[list[TextEntry]]:
    """*passages*, so many at once as are encoded at once."""
    group: list[TextEntry] = []
    for each in passages:
        group.append(each)
        if len(group) == AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def make(settings: Mapping[str, Any]) -> LateInteractionReranker:
    """The factory; the settings are those of the registration."""
    model = settings["model"]
    beside = Path(settings["workspace"]) / model
    return LateInteractionReranker(
        str(beside) if beside.is_dir() else model,
        max_tokens=settings["max_tokens"],
        download=settings["download"],
        revision=settings["revision"],
    )
