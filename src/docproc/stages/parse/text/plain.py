"""The parser of plain text: the reading text is the decoded file, character for character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from docproc.errors import SourceError
from docproc.formats.form_feeds import with_pages
from docproc.formats.licence import licence_apart
from docproc.formats.page_marks import with_marked_pages
from docproc.records import Document, Metadata, SourceFile, Unread
from docproc.text.encoding.decoding import decode, looks_like_text
from docproc.text.patterns import compile_on_use

_PLAIN = (".txt", ".text")
_NEARLY_PLAIN = (
    ".md",
    ".markdown",
    ".adoc",
    ".asciidoc",
    ".textile",
    ".log",
    ".nfo",
    ".patch",
    ".diff",
)
"""Readable as they stand where no parser of their own is configured."""

_BINARY = (
    *(".pdf", ".docx", ".docm", ".odt", ".epub", ".doc", ".rtf", ".msg", ".zip"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
)
"""Suffixes of formats that are no plain text: a file of words alone is not what it is called."""
_OPENS = compile_on_use(r"\s*[\w\"'«„“(\[#*–—-]")
"""With what a text begins, and no file of those formats."""
_WORD = compile_on_use(r"[^\W\d_]{2,}")
_REMAINS = compile_on_use(r"\d obj\b|endobj|\\(?:[a-z]+\d|ansi|pard?\b)")
"""What is left of a PDF or an RTF that has lost its beginning, and is text to look at."""


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
        if suffix in _BINARY:
            return 0.4 if _is_words(head) else 0.0
        return 0.0

    def parse(self, source: SourceFile, data: bytes) -> Iterable[Document | Unread]:
        """Yield the one document of *source*; raises ``SourceError`` as ``decode`` does."""
        decoded = decode(data)
        document = Document(source, decoded.text, metadata=Metadata(encoding=decoded.encoding))
        if "\f" in document.text:
            document = with_pages(document)
        yield licence_apart(with_marked_pages(document))
        yield from decoded.unread


def _is_words(head: bytes) -> bool:
    """Whether *head*, of a file that is called otherwise, can only be the beginning of a text."""
    if not looks_like_text(head):
        return False
    try:
        words = decode(head[: head.rfind(b" ") + 1] or head).text  # it may end inside a character
    except SourceError:
        return False
    several = len(_WORD.findall(words)) >= 3  # fewer bytes than that are anything
    return several and _OPENS.match(words) is not None and not _REMAINS.search(words)


def make(_: Mapping[str, Any]) -> TextParser:
    """The factory; there are no settings."""
    return TextParser()
