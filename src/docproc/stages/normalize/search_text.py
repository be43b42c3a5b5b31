"""The normalizer of search text: edits that let words be found, and change nothing shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from docproc.records import Document
from docproc.text.layout.cleaning import search_edits


class SearchTextNormalizer:
    """Cleans ``Document.search`` only, on top of what normalizers before it have cleaned."""

    def normalize(self, document: Document) -> Document:
        """Return *document* with its search text cleaned."""
        later = search_edits(document.search.apply(document.text))
        return replace(document, search=document.search.then(document.text, later))


def make(_: Mapping[str, Any]) -> SearchTextNormalizer:
    """The factory; there are no settings."""
    return SearchTextNormalizer()
