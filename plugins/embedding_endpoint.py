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
import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import numpy as np

from docproc.errors import ConfigError, ModelError
from docproc.hooks import Registration, Setting, hookimpl

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOCPROC_API_VERSION = 1

NAME: Final = "embedding-endpoint"
_TRIES: Final = 4
_LONGEST_WAIT: Final = 30.0
"""Seconds between two tries at most, whatever the host asks for."""
_MOST_BYTES: Final = 256_000_000
_BUSY: Final = (408, 429, 500, 502, 503, 504)
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")
_NOTHING: Final = "."
"""Sent for a text of white space alone, which endpoints refuse."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what is sent goes to the host that was allowed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


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
        parts = urlsplit(self.url)
        if not self.url or not self.model:
            raise ConfigError(f"plugins.{NAME}: url and model must be given")
        if parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise ConfigError(
                f"plugins.{NAME}.url: {parts.hostname} is not this machine: http would send your "
                "texts readable by anyone on the way; take https"
            )
        if wrong := [name for name in self.prompts if name not in ("query", "document")]:
            raise ConfigError(f"plugins.{NAME}.prompts: {wrong[0]!r} is neither query nor document")

    @property
    def host(self) -> str:
        """The host that texts are sent to, for messages."""
        return urlsplit(self.url).netloc

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
        return {"texts are sent to": self.host}

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
            raise self._failed(f"gave vectors of {found.shape[1]} numbers, not {self.dimension}")
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not norms.all():
            raise self._failed("gave a vector without a direction (NaN or zero)")
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
        answer = self._sent(json.dumps(body | {"encoding_format": "float"}).encode())
        try:
            data = sorted(json.loads(answer)["data"], key=lambda each: each["index"])
            rows = [[float(value) for value in each["embedding"]] for each in data]
            numbers = [each["index"] for each in data]
        except (ValueError, KeyError, TypeError) as error:
            raise self._failed(f"gave something else than embeddings: {error!r}") from None
        if numbers != list(range(len(texts))) or len({len(row) for row in rows}) != 1:
            raise self._failed(f"gave {len(rows)} vectors for {len(texts)} texts")
        if not self.dimensions:
            self.__dict__.setdefault("dimension", len(rows[0]))  # which nobody needs to ask for now
        return rows

    def _sent(self, body: bytes) -> bytes:
        opener = urllib.request.build_opener(_NoRedirect)
        for left in reversed(range(_TRIES)):
            request = urllib.request.Request(  # noqa: S310 - the scheme was checked
                f"{self.url.rstrip('/')}/embeddings", body, self._headers(), method="POST"
            )
            try:
                with opener.open(request, timeout=self.seconds) as response:
                    data: bytes = response.read(_MOST_BYTES + 1)
                if len(data) > _MOST_BYTES:
                    raise self._failed("gave more than 256 MB")
                return data
            except urllib.error.HTTPError as error:
                if error.code not in _BUSY or not left:
                    raise self._failed(f"refused: {error.code} {_said(error)}") from None
                wait = _seconds(error.headers.get("Retry-After"), _TRIES - left)
            except (OSError, http.client.HTTPException) as error:
                if not left:
                    raise self._failed(f"cannot be reached: {_cause(error)}") from None
                wait = float(_TRIES - left) / 2
            time.sleep(wait)
        raise self._failed("cannot be reached")

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "User-Agent": "docproc"}
        if self.key_variable:
            key = os.environ.get(self.key_variable, "")
            if not key:
                raise ModelError(
                    f"the environment variable {self.key_variable}, which is to hold the key for "
                    f"{self.host}, is not set"
                )
            headers["Authorization"] = f"Bearer {key}"
        return headers

    def _failed(self, how: str) -> ModelError:
        key = os.environ.get(self.key_variable, "") if self.key_variable else ""
        told = how.replace(key, "…") if key else how
        return ModelError(f"the embedding endpoint {self.host} (model {self.model!r}) {told}")


def _said(error: urllib.error.HTTPError) -> str:
    """The first words of what the host says of *error*."""
    try:
        return " ".join(error.read(400).decode("utf-8", "replace").split())[:200]
    except OSError:
        return str(error.reason)


def _cause(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    return str(reason) or type(error).__name__


def _seconds(asked: str | None, tried: int) -> float:
    """How long to wait: what the host asks for, where that is a number, within bounds."""
    try:
        return min(max(float(asked or ""), 0.0), _LONGEST_WAIT)
    except ValueError:
        return float(2 ** (tried - 1))


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
