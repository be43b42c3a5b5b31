"""The server: clients of it, and what its failures mean."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeVar

from docproc.errors import IndexSilent, PluginError, StoreError

NAME: Final = "milvus"
_UNKNOWN_COLLECTION: Final = 100
"""Milvus's code for a collection that it does not have (``merr.ErrCollectionNotFound``)."""
_SOON_AGAIN: Final = {
    "grpc.initial_reconnect_backoff_ms": 200,
    "grpc.max_reconnect_backoff_ms": 3_000,
}
"""A server that is back is found at once: gRPC would wait for up to two minutes."""

T = TypeVar("T")


def library() -> Any:
    """Pymilvus.  Raises ``PluginError`` where it is not installed."""
    try:
        return import_module("pymilvus")
    except ModuleNotFoundError as error:
        missing = (error.name or NAME).partition(".")[0]
        raise PluginError(
            f"the vector index {NAME!r} needs {missing}, which is not installed: "
            "pip install 'docproc[milvus]'"
        ) from None


def connect(uri: str, token: str, patience: float) -> Any:
    """A client, after Milvus has answered it.  Raises ``IndexSilent`` where it does not."""
    made = library()
    if "://" not in uri:
        Path(uri).parent.mkdir(parents=True, exist_ok=True)
    options = {"grpc_options": _SOON_AGAIN}
    return asked(uri, lambda: made.MilvusClient(uri, token=token, timeout=patience, **options))


def failures() -> tuple[type[Exception], ...]:
    """What pymilvus, and gRPC below it, raise where a server fails."""
    milvus = import_module("pymilvus.exceptions").MilvusException
    return (milvus, import_module("grpc").RpcError, OSError, IndexSilent)


def asked(uri: str, step: Callable[[], T]) -> T:
    """What Milvus answers.

    Raises ``StoreError`` for a collection that it does not have, ``IndexSilent`` where it does
    not answer.
    """
    try:
        return step()
    except failures() as error:
        if getattr(error, "code", None) == _UNKNOWN_COLLECTION:
            raise StoreError(f"Milvus at {uri}: {first_line(error)}: index again") from error
        raise IndexSilent(f"Milvus at {uri} does not answer: {first_line(error)}") from error


def first_line(error: Exception) -> str:
    """What *error* says first."""
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return f"{said:.200}"


def drop(client: Any, name: str) -> None:
    """Drop the collection of that very name, if it is there; a later run does else."""
    if client is None:
        return
    try:
        if client.has_collection(name):
            client.drop_collection(name)
    except Exception:  # noqa: S110 - the server may be what is gone
        pass
