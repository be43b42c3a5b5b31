"""The parser of plain text: the reading text is the decoded file, character for character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from docproc.records import Document, Metadata, SourceFile
from docproc.text.decoding import decode, looks_like_text

_PLAIN = (".txt", ".text")
_NEARLY_PLAIN = (".md", ".markdown")
"""Readable as they stand where no parser of their own is configured."""


class TextParser:
    """Reads plain text; leaves structure to the normalizers."""

    isolated: ClassVar[bool] = False

    def confidence(self, source: SourceFile, head: bytes) -> float:
        """By suffix, and by what the first bytes look like.

        A ``.txt`` is claimed whatever it holds: if it is binary, ``parse`` says so.
        """
        suffix = source.suffix
        if suffix in _PLAIN:
            return 0.9 if looks_like_text(head) else 0.2
        if suffix in _NEARLY_PLAIN:
            return 0.3 if looks_like_text(head) else 0.0
        if not suffix or suffix[1:].strip().isdigit():  # "letter", "Letter no. 12"
            return 0.5 if looks_like_text(head) else 0.0
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document]:
        """Yield the one document of *source*; raises ``SourceError`` as ``decode`` does."""
        decoded = decode(data)
        yield Document(source, decoded.text, metadata=Metadata(encoding=decoded.encoding))


def make(_: Mapping[str, Any]) -> TextParser:
    """The factory; there are no settings."""
    return TextParser()
