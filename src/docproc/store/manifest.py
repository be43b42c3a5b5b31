"""The manifest: what a generation was made of and by what, and the checksum of every file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from docproc.dataclass_on_use import dataclass
from docproc.errors import StoreError
from docproc.store.files.durable import reading, write_atomically
from docproc.text.patterns import compile_on_use

FORMAT = 1
_SEAL = compile_on_use(rb'"seal": "([0-9a-f]{64})"')
_NO_SEAL = "0" * 64


EMBEDDING: Final = "embedding"
"""Among the ``facts``: what the embedder says of itself, and what config.toml said."""
CALIBRATION_METHOD: Final = 4
"""Changes whenever the same corpus would be measured otherwise: an older measure is taken again."""


@dataclass(frozen=True, slots=True)
class PluginUse:
    """A plugin that took part: its registered name, its version, where it came from, settings."""

    name: str
    version: str
    origin: str
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Every plugin that took part, by stage; the normalizers in the order in which they ran."""

    parsers: tuple[PluginUse, ...]
    normalizers: tuple[PluginUse, ...]
    segmenter: PluginUse
    embedder: PluginUse
    vector_index: PluginUse
    text_index: PluginUse
    references: tuple[PluginUse, ...] = ()
    knowledge: tuple[PluginUse, ...] = ()
    reranker: PluginUse | None = None


def calibrated_as_now(calibration: Mapping[str, Any]) -> bool:
    """Whether *calibration* was measured as it would be today; so is one that says nothing."""
    return "method" not in calibration or calibration["method"] == CALIBRATION_METHOD


LEARNED = "+learned:"
"""Stands in the fingerprint of an embedder that learns, before a digest of what it learned."""


def without_learning(fingerprint: str) -> str:
    """The fingerprint of an embedder as it is before it learns from a workspace's texts."""
    return fingerprint.partition(LEARNED)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The embedding model, and the query encoder that stands for it when asking.

    ``query_encoder`` is the registered opener's name; or ``None``, and then
    ``no_encoder_because`` says why questions must be encoded by the embedder itself.
    """

    fingerprint: str
    dimension: int
    query_encoder: str | None = None
    no_encoder_because: str | None = None


RERANKER: Final = "reranker"
"""Among a manifest's facts: the ``fingerprint`` of the re-ranker, and what it says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a generation holds; ``failures`` are sources that could not be read."""

    sources: int = 0
    failures: int = 0
    documents: int = 0
    passages: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class FileSum:
    """One file of the generation: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardEntry:
    """One shard of a generation: its folder below ``shards/``, and how much it holds."""

    name: str
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``manifest.json``.

    ``id``, ``created`` (UTC, ISO 8601), ``files`` and ``seal`` are filled in by publication.
    ``files`` is by path relative to the generation, with ``/``, all but the manifest itself.
    ``facts`` is what the indexers said of what they built, by stage; ``calibration`` belongs
    to retrieval; ``parent`` is the generation that was current when this one was begun.
    ``shards`` are those of a generation that is made of several; its counts are of all of them.
    """

    id: str = ""
    created: str = ""
    docproc: str
    parent: str | None = None
    recipe: Recipe
    model: Model
    counts: Counts = field(default_factory=Counts)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    calibration: dict[str, Any] = field(default_factory=dict)
    shards: tuple[ShardEntry, ...] = ()
    files: dict[str, FileSum] = field(default_factory=dict)
    format: int = FORMAT
    seal: str = _NO_SEAL
    """SHA-256 of the file with this field's digits all 0: a changed byte is found."""


def reranker_fingerprint(manifest: Manifest) -> str | None:
    """The fingerprint of the re-ranker that *manifest* was calibrated with; ``None``: of none."""
    found = manifest.facts.get(RERANKER, {}).get("fingerprint")
    return str(found) if found and manifest.recipe.reranker else None


def recipe_hash(*uses: PluginUse) -> str:
    """SHA-256 over *uses* in order: over names, versions and settings, and not over origins."""
    parts = [(use.name, use.version, use.settings) for use in uses]
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def write_manifest(path: Path, manifest: Manifest) -> Manifest:
    """Seal *manifest*, write it to *path*, durably, and return it as it was written."""
    data = _encode(manifest)
    seal = hashlib.sha256(data).hexdigest()
    head, _, tail = data.rpartition(_NO_SEAL.encode())
    write_atomically(path, head + seal.encode() + tail)
    return read_manifest(path)


def read_manifest(path: Path) -> Manifest:
    """Read the manifest at *path*.  ``StoreError`` if missing, altered or of another format."""
    with reading(path):
        data = path.read_bytes()
    try:
        known = msgspec.json.decode(data, type=_Format).format
    except msgspec.MsgspecError as error:
        raise StoreError(f"{path}: not a manifest: {error}; `docproc index` rebuilds it") from None
    if known != FORMAT:
        raise StoreError(
            f"{path}: written in format {known}, but this docproc reads format {FORMAT}; "
            "use the docproc that wrote it, or `docproc index` again"
        )
    seals = list(_SEAL.finditer(data))
    if not seals or _seal(data, seals[-1]) != seals[-1][1].decode():
        raise StoreError(
            f"{path}: altered since it was published: it does not match its own checksum"
        )
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise StoreError(f"{path}: not a manifest: {error}") from None
    if outside := [name for name in manifest.files if not _is_within(name)]:
        raise StoreError(f"{path}: lists {outside[0]!r}, which is not a file of the generation")
    return manifest


def _is_within(name: str) -> bool:
    """Whether *name* is the path of a file below the generation, on every platform."""
    parts = name.split("/")
    return not ({"", ".", ".."} & {*parts}) and not set(name) & set("\\:\0")


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


def _encode(manifest: Manifest) -> bytes:
    unsealed = replace(manifest, seal=_NO_SEAL)
    return msgspec.json.format(msgspec.json.encode(unsealed), indent=2) + b"\n"


def _seal(data: bytes, seal: re.Match[bytes]) -> str:
    unsealed = data[: seal.start(1)] + _NO_SEAL.encode() + data[seal.end(1) :]
    return hashlib.sha256(unsealed).hexdigest()
