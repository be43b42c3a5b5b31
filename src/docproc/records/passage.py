"""Passages: what is searched and what is quoted."""

from __future__ import annotations

from enum import StrEnum

from docproc.dataclass_on_use import dataclass
from docproc.records.identity import identity
from docproc.records.reference import ArchivalReference
from docproc.records.span import Span


class PassageKind(StrEnum):
    """Which part of its document a passage belongs to."""

    BODY = "body"
    NOTE = "note"
    APPARATUS = "apparatus"
    """Heading, date, reference, witness, edition: what surrounds the document's own words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one document, with ``text == document.text[span.start:span.end]``, always.

    ``reference`` is the one that governs the passage: the document's own, or, in a note
    that cites its own source, that one.  ``locator`` is for a reader (``"paragraph 4"``,
    ``"note 2"``).  ``sentences`` are spans of ``Document.text`` within ``span``, in order.
    ``embed_text`` is what the embedder reads: derived, with context, never shown.
    ``search_text`` is what the text index reads: the cleaned ``text``, never shown.
    """

    document_id: str
    span: Span
    text: str
    kind: PassageKind
    locator: str
    embed_text: str
    search_text: str
    sentences: tuple[Span, ...] = ()
    reference: ArchivalReference | None = None
    note: str | None = None
    """The label of the note that the passage stands in."""
    language: str | None = None

    @property
    def context(self) -> str:
        """What ``embed_text`` says before the passage's own words: what it is part of."""
        return self.embed_text.removesuffix(self.search_text).strip()

    @property
    def id(self) -> str:
        """SHA-256 over the document, the place and the words; never over vectors."""
        return identity("passage", self.document_id, self.span.start, self.span.end, self.text)
