"""A tiny real embedder: hashed pieces of words, of a few hundred numbers, made in no time.

Texts that share words, or parts of them, are near each other, in any language; so that a
workspace with it answers questions, and a test waits for no model.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from docproc.errors import StoreError
from docproc.hooks.protocols import Vectors

OPENER = "tiny"
_DESCRIPTION = "tiny.json"
_WORD = re.compile(r"\w+")


class TinyEmbedder:
    """Embeds a text as the sum of what its words, and their pieces of four letters, hash to.

    Weinberger et al., Feature Hashing for Large Scale Multitask Learning, ICML 2009.
    """

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.fingerprint = f"tiny-{dimension}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 ``(len(texts), dimension)``, unit norm."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.encode_query(text)
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """Return float32 ``(dimension,)``, unit norm."""
        vector = np.zeros(self.dimension, np.float64)
        folded = unicodedata.normalize("NFKD", text).casefold()
        for word in _WORD.findall(folded) or [text]:
            marked = f"^{word}$"
            pieces = [marked[i : i + 4] for i in range(max(1, len(marked) - 3))]
            for weight, piece in [(1.0, word), *((0.5, piece) for piece in pieces)]:
                digest = blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                number = int.from_bytes(digest, "little")
                vector[(number >> 1) % self.dimension] += weight if number & 1 else -weight
        norm = float(np.linalg.norm(vector))
        if norm == 0.0:
            vector[0] = norm = 1.0
        return np.asarray(vector / norm, dtype=np.float32)

    def export_query_encoder(self, folder: Path) -> str:
        """Write into *folder* all that its questions need: the number of dimensions."""
        (folder / _DESCRIPTION).write_text(json.dumps({"dimension": self.dimension}), "utf-8")
        return OPENER


class TinyOpener:
    """Opens what ``export_query_encoder`` wrote."""

    def open(self, folder: Path) -> TinyEmbedder:
        """Open *folder*.  Raises ``StoreError`` if it does not hold what it should."""
        try:
            description = json.loads((folder / _DESCRIPTION).read_text("utf-8"))
            return TinyEmbedder(int(description["dimension"]))
        except (OSError, KeyError, ValueError) as error:
            raise StoreError(f"{folder}: not a tiny query encoder: {error!r}") from None
