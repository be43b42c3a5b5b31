"""A host that is sent JSON and answers with JSON: for plugins that let another program compute."""

from __future__ import annotations

import http.client
import os
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from docproc.errors import ConfigError, ModelError

__all__ = ["Endpoint"]

_TRIES: Final = 4
_LONGEST_WAIT: Final = 30.0
"""Seconds between two tries at most, whatever the host asks for."""
_BUSY: Final = (408, 429, 500, 502, 503, 504)
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what is sent goes to the host that was allowed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A host that speaks as OpenAI's does, at ``url``; what is sent goes there and nowhere else.

    ``plugin`` is the plugin's name and ``what`` its kind ("embedding endpoint"), for messages.
    ``key_variable`` names the environment variable that holds the key.  One try may take
    ``seconds``; with ``in_all`` all tries together may.  An answer has ``megabytes`` at most.
    Raises ``ConfigError`` where ``url`` or ``model`` is missing, or ``url`` would send texts
    readable by anyone on the way.
    """

    plugin: str
    what: str
    url: str
    model: str
    key_variable: str = ""
    seconds: float = 60.0
    in_all: bool = False
    megabytes: int = 2

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if not self.url or not self.model:
            raise ConfigError(f"plugins.{self.plugin}: url and model must be given")
        if parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise ConfigError(
                f"plugins.{self.plugin}.url: {parts.hostname} is not this machine: http would "
                "send your texts readable by anyone on the way; use https"
            )

    @property
    def host(self) -> str:
        """The host that texts are sent to."""
        return urlsplit(self.url).netloc

    def post(self, path: str, body: bytes) -> bytes:
        """What the host answers to *body*, which is JSON, at ``{url}/{path}``.

        A host that is busy is tried again, after the time that it asks for.  Raises ``ModelError``
        where it refuses, cannot be reached, or takes too long.
        """
        end = time.monotonic() + self.seconds
        for left in reversed(range(_TRIES)):
            seconds = end - time.monotonic() if self.in_all else self.seconds
            try:
                return self._try(path, body, max(seconds, 0.01))
            except urllib.error.HTTPError as error:
                if error.code not in _BUSY or not left:
                    raise self.failure(f"refused: {error.code} {_words_of(error)}") from None
                wait = _seconds(error.headers.get("Retry-After"), _TRIES - left)
            except (OSError, http.client.HTTPException) as error:
                if not left or (self.in_all and isinstance(error, TimeoutError)):
                    raise self.failure(f"cannot be reached: {_cause(error)}") from None
                wait = float(_TRIES - left) / 2
            if self.in_all and time.monotonic() + wait >= end:
                raise self.failure(f"did not answer within {self.seconds:g} seconds")
            time.sleep(wait)
        raise self.failure("cannot be reached")

    def failure(self, how: str) -> ModelError:
        """The error that says *how* it failed; the key is never shown."""
        key = os.environ.get(self.key_variable, "") if self.key_variable else ""
        told = how.replace(key, "…") if key else how
        return ModelError(f"the {self.what} {self.host} (model {self.model!r}) {told}")

    def _try(self, path: str, body: bytes, seconds: float) -> bytes:
        """What the host answers within *seconds* in all, however slowly it sends."""
        opener = urllib.request.build_opener(_NoRedirect, *self._proxies())
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            f"{self.url.rstrip('/')}/{path}", body, self._headers(), method="POST"
        )
        with opener.open(request, timeout=seconds) as response:
            shut = threading.Event()
            late = threading.Timer(seconds, _shut, [response, shut])
            late.daemon = True
            late.start()
            try:
                data: bytes = response.read(self.megabytes * 1_000_000 + 1)
            finally:
                late.cancel()
        if shut.is_set():
            raise TimeoutError("it sends too slowly")
        if len(data) > self.megabytes * 1_000_000:
            raise self.failure(f"gave more than {self.megabytes} MB")
        return data

    def _proxies(self) -> list[urllib.request.ProxyHandler]:
        """No proxy for a host that is this machine: what is sent there never leaves it."""
        local = urlsplit(self.url).hostname in _LOCAL
        return [urllib.request.ProxyHandler({})] if local else []

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


def _shut(response: Any, shut: threading.Event) -> None:
    """End what is being read: a connection that sends a byte a minute never times out."""
    shut.set()
    sock = getattr(getattr(getattr(response, "fp", None), "raw", None), "_sock", None)
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(2)


def _words_of(error: urllib.error.HTTPError) -> str:
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
