"""The folders and file names below ``embeddings/``: the only place that spells them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.text.patterns import compile_on_use

MANIFEST = "manifest.json"
CATALOG = "catalog.sqlite"
TEXT = "text"
VECTORS = "vectors"
ENCODER = "encoder"
RERANKER = "reranker"
RERANKER_MODEL = f"{RERANKER}/model"
"""What a re-ranker exported of its model."""
RERANKER_PASSAGES = f"{RERANKER}/passages"
"""What a re-ranker keeps of each passage."""

DUPLICATES = "duplicates.json"
"""Which documents are the same, or nearly."""
SIGNATURES = "signatures.npy"
"""What each document is compared by; see ``docproc.pipeline.publishing.duplicates``."""

PASSAGE_TEXT = "passages"
"""Below ``text/``: the text index over passages; its rows are the catalog's."""
DOCUMENT_TEXT = "documents"
"""Below ``text/``: the text index over whole documents, numbered in the catalog's order."""
UNIT_VECTORS = "vectors.npy"
"""Below ``vectors/``: one row each, packed (``store.packed``), the passages' and then the
sentences'."""
DOCUMENT_VECTORS = "documents.npy"
"""Below ``vectors/``: one row a document, packed, the mean of its passages'."""
UNIT_OWNERS = "owners.npy"
"""Below ``vectors/``: int32 ``(n,)``, the row of the passage that each vector belongs to."""
UNIT_KEYS = "keys.npy"
"""Below ``vectors/``: uint8 ``(n, 32)``, the SHA-256 of the text of each vector."""
VECTOR_INDEX = "index"
"""Below ``vectors/``: the folder of the vector index."""

SHARDS = "shards"
"""Of a generation in shards: the folder of their folders, each laid out as a generation is."""
PLACES = f"{SHARDS}/places.npy"
"""Where each of its documents stands; see ``docproc.store.catalog.shard_map``."""

PARTS = frozenset(
    {MANIFEST, CATALOG, TEXT, VECTORS, ENCODER, RERANKER, DUPLICATES, SIGNATURES, SHARDS}
)
"""All that stands directly in the folder of a generation."""
_MODEL_FOLDER = compile_on_use(r"(?:[A-Za-z0-9._-]{1,40}-)?[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one ``embeddings/`` folder; computing a path creates nothing."""

    root: Path

    @property
    def current(self) -> Path:
        """The file that names the published generation."""
        return self.root / "CURRENT"

    @property
    def held(self) -> Path:
        """The file that keeps runs from publishing, while it is there."""
        return self.root / "HELD"

    @property
    def generations(self) -> Path:
        return self.root / "generations"

    @property
    def runs(self) -> Path:
        """Run reports, one JSON file each."""
        return self.root / "runs"

    @property
    def unfinished(self) -> Path:
        """What an unfinished run has read; see :mod:`docproc.store.runs.unfinished`."""
        return self.root / "unfinished"

    @property
    def withdrawn(self) -> Path:
        """The documents that no reader shows; see :mod:`docproc.store.hidden`."""
        return self.root / "withdrawn.json"

    @property
    def lock(self) -> Path:
        """The file that the operating system's lock is taken on; its content means nothing."""
        return self.root / "writer.lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock.  Apart from it, since Windows lets no one read a locked file."""
        return self.root / "writer.json"

    def generation(self, generation_id: str) -> Path:
        return self.generations / generation_id

    def cache(self, fingerprint: str) -> Path:
        """The vector cache of the model with this *fingerprint*."""
        return self.root / "cache" / folder_name(fingerprint)

    def encoder(self, fingerprint: str) -> Path:
        """The exported query encoder of the model with this *fingerprint*."""
        return self.root / "encoders" / folder_name(fingerprint)


def is_folder_name(name: str) -> bool:
    """Whether *name* has the form that ``folder_name`` gives."""
    return _MODEL_FOLDER.fullmatch(name) is not None


def folder_name(fingerprint: str) -> str:
    """A name for a folder, legible and safe on every file system, and distinct.

    A fingerprint is any string a plugin chose: it may hold ``/`` or ``:``, may be long, may
    differ from another one in case only.
    """
    legible = re.sub(r"[^A-Za-z0-9._-]+", "-", fingerprint).strip("-.")[:40]
    digest = hashlib.sha256(fingerprint.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{legible}-{digest}" if legible else digest
