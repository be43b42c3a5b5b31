"""Columns of a catalog: one value for every row, or for every document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from docproc.store.catalog.tables.queries import Queries
from docproc.store.vectors.key_table import Keys
from docproc.store.vectors.shard import KEY_BYTES


class Columns:
    """What embedding, and taking over from an earlier catalog, read of all rows or documents."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def embed_keys(self) -> Keys:
        """The keys ``(n, 32)`` of all passages' vectors: SHA-256 of ``embed_text``, by row."""
        found = self._queries.all("SELECT hashes FROM rows ORDER BY document")
        data = b"".join(hashes for (hashes,) in found)
        return np.frombuffer(data, np.uint8).reshape(-1, KEY_BYTES)

    def sentence_counts(self) -> NDArray[np.int64]:
        """How many sentences each passage has, ``(n,)``, by row."""
        return self._queries.facts["sentences"].astype(np.int64)

    def characters(self) -> int:
        """How many characters the texts of all documents have."""
        ((total,),) = self._queries.all("SELECT total(characters) FROM documents")
        return int(total)

    def place_earlier(self, earlier: Columns) -> NDArray[np.int64]:
        """Where each document of *earlier* stands here, in its order; -1 where it is gone.

        *earlier* are those of the catalog that this one was made from.  What it has in common
        with this one stands in the same order in both, before everything new.
        """
        documents, before = self._queries.documents, earlier._queries.documents
        at = np.searchsorted(documents, before)
        inside = np.minimum(at, max(len(documents) - 1, 0))
        if not len(documents) or not len(at):
            return np.full(len(at), -1, np.int64)
        same = documents[inside] == before
        here, then = (
            np.array([id_ for (id_,) in each._queries.all("SELECT id FROM documents ORDER BY key")])
            for each in (self, earlier)
        )
        same &= here[inside] == then
        return np.where(same, at, -1).astype(np.int64)
