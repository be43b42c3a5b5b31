"""An embedder that another program computes: any endpoint that speaks as OpenAI's does.

``POST {url}/embeddings`` with ``{"model": …, "input": [texts]}``: Ollama, llama.cpp, vLLM, Text
Embeddings Inference, LM Studio on this machine or in your house; OpenAI, Mistral, Voyage and
others elsewhere.  The texts of your documents and your questions go to that host, so docproc sends
nothing before you have allowed it, once for a workspace:

    docproc trust --host localhost:11434

```toml
[pipeline]
embedder = "embedding-endpoint"

[plugins.embedding-endpoint]
url = "http://localhost:11434/v1"
model = "nomic-embed-text"
prompts = { query = "search_query: ", document = "search_document: " }
key_variable = "EMBEDDING_KEY"      # the name of an environment variable, never the key itself
```

Questions are sent there too: such a workspace cannot be asked without it.  Nobody can see from here
whether the model behind a name has changed; write another ``version`` when you know it has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from docproc.errors import ConfigError
from docproc.hooks import Registration, Setting, hookimpl
from docproc.hooks.endpoints import Endpoint

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOCPROC_API_VERSION = 1

NAME: Final = "embedding-endpoint"
_NOTHING: Final = "."
"""Sent for a text of white space alone, which endpoints refuse."""


@dataclass(frozen=True)
class EmbeddingEndpoint:
    """Vectors from ``url``; see the head of this file for what the fields mean."""

    url: str
    model: str
    key_variable: str = ""
    prompts: Mapping[str, str] = field(default_factory=dict)
    dimensions: int = 0
    batch: int = 64
    max_characters: int = 8000
    seconds: float = 60.0
    version: str = ""

    def __post_init__(self) -> None:
        self.endpoint  # noqa: B018 - checks the address
        if wrong := [name for name in self.prompts if name not in ("query", "document")]:
            raise ConfigError(f"plugins.{NAME}.prompts: {wrong[0]!r} is neither query nor document")

    @cached_property
    def endpoint(self) -> Endpoint:
        """Where the texts are sent."""
        return Endpoint(
            plugin=NAME,
            what="embedding endpoint",
            url=self.url,
            model=self.model,
            key_variable=self.key_variable,
            seconds=self.seconds,
            megabytes=256,
        )

    @cached_property
    def fingerprint(self) -> str:
        """What can be known of the vectors: where they come from, and how they are asked for."""
        told = [self.url, self.model, dict(self.prompts), self.dimensions, self.max_characters]
        digest = hashlib.sha256(json.dumps([*told, self.version], sort_keys=True).encode())
        return f"endpoint-{digest.hexdigest()}"

    @cached_property
    def dimension(self) -> int:
        """The length of a vector: as asked for, or as the endpoint gives it."""
        return self.dimensions or len(self._asked([_NOTHING])[0])

    @property
    def facts(self) -> dict[str, Any]:
        """For ``status``: where texts are sent."""
        return {"texts are sent to": self.endpoint.host}

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32 ``(len(texts), dimension)``, unit norm.  Raises ``ModelError``."""
        return self._vectors(self.prompts.get("document", ""), texts)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return float32 ``(dimension,)``, unit norm.  Raises ``ModelError``."""
        vector: NDArray[np.float32] = self._vectors(self.prompts.get("query", ""), [text])[0]
        return vector

    def _vectors(self, prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
        given = [prompt + self._sendable(text) for text in texts]
        rows: list[list[float]] = []
        for start in range(0, len(given), self.batch):
            rows += self._asked(given[start : start + self.batch])
        if not rows:
            return np.empty((0, self.dimension), np.float32)
        found = np.asarray(rows, np.float32)
        if found.shape[1] != self.dimension:
            raise self.endpoint.failure(
                f"gave vectors of {found.shape[1]} numbers, not {self.dimension}"
            )
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not norms.all():
            raise self.endpoint.failure("gave a vector without a direction (NaN or zero)")
        unit: NDArray[np.float32] = (found / norms).astype(np.float32)
        return unit

    def _sendable(self, text: str) -> str:
        """*text*, as long as it may be, and never of white space alone."""
        cut = text[: self.max_characters].encode("utf-8", "replace").decode("utf-8")
        return cut if cut.strip() else _NOTHING

    def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of *texts*, of any norm, in their order."""
        body: dict[str, Any] = {"model": self.model, "input": list(texts)}
        body |= {"dimensions": self.dimensions} if self.dimensions else {}
        answer = self.endpoint.post(
            "embeddings", json.dumps(body | {"encoding_format": "float"}).encode()
        )
        try:
            data = sorted(json.loads(answer)["data"], key=lambda each: each["index"])
            rows = [[float(value) for value in each["embedding"]] for each in data]
            numbers = [each["index"] for each in data]
        except (ValueError, KeyError, TypeError) as error:
            raise self.endpoint.failure(f"gave something else than embeddings: {error!r}") from None
        if numbers != list(range(len(texts))) or len({len(row) for row in rows}) != 1:
            raise self.endpoint.failure(f"gave {len(rows)} vectors for {len(texts)} texts")
        if not self.dimensions:
            self.__dict__.setdefault("dimension", len(rows[0]))  # which nobody needs to ask for now
        return rows


def make(settings: Mapping[str, Any]) -> EmbeddingEndpoint:
    """The factory; the settings are those of the registration."""
    known = {each.name for each in fields(EmbeddingEndpoint)}
    return EmbeddingEndpoint(**{name: settings[name] for name in known & settings.keys()})


@hookimpl
def docproc_embedders() -> list[Registration]:
    """Register the embedder."""
    return [
        Registration(
            NAME,
            make,
            summary="An endpoint that speaks as OpenAI's does: texts are sent to it.",
            settings=(
                Setting(
                    "url", "", "Its address, up to /v1; https, or this machine.", sends_to=True
                ),
                Setting("model", "", "What it calls the model."),
                Setting("key_variable", "", "The environment variable that holds its key."),
                Setting("prompts", {}, "What stands before texts: query, document."),
                Setting("dimensions", 0, "Ask for so many numbers a vector; 0: do not ask."),
                Setting("batch", 64, "How many texts are sent at once."),
                Setting("max_characters", 8000, "Longer texts are cut to so many."),
                Setting("seconds", 60.0, "How long an answer may take."),
                Setting("version", "", "Change it when the model behind the name has changed."),
            ),
        )
    ]
