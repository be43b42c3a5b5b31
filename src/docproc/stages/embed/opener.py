"""Encode query: opens the ONNX encoder that a generation carries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docproc.stages.embed.encoder import OnnxQueryEncoder, open_encoder


class OnnxQueryEncoderOpener:
    """Opens what the sentence-transformers embedder exported."""

    def open(self, folder: Path) -> OnnxQueryEncoder:
        """Open read-only, checking the files' sizes; their hashes are the manifest's to check.

        Raises ``StoreError`` if *folder* does not hold what its description says.
        """
        return open_encoder(folder)


def make(_settings: Mapping[str, Any]) -> OnnxQueryEncoderOpener:
    """The factory; it has no settings."""
    return OnnxQueryEncoderOpener()
