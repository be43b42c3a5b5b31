"""Blocks: the structure of a document, as spans of its reading text."""

from __future__ import annotations

from enum import StrEnum

from docproc.dataclass_on_use import dataclass
from docproc.records.span import Span


class BlockKind(StrEnum):
    """What a stretch of a document is."""

    FURNITURE = "furniture"
    """Navigation, running heads, page numbers: not the document; never in a passage."""
    EDITION = "edition"
    """The title and compilers of the edition that prints the document."""
    HEADING = "heading"
    DATELINE = "dateline"
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    SIGNATURE = "signature"
    REFERENCE = "reference"
    WITNESS = "witness"
    NOTE = "note"
    REGISTER = "register"
    """An entry of a register of persons, places or books: of the edition, not of the letter."""


class NoteHand(StrEnum):
    """Whose a note is."""

    AUTHOR = "author"
    """Of the document's own author, and so part of it."""
    ARCHIVE = "archive"
    """Of the archive or registry that kept it."""
    EDITOR = "editor"
    """Of those who print it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A kind and a span of ``Document.text``; the blocks of a document do not overlap.

    ``label`` is a list item's or a note's mark as printed, without its punctuation (``"2"``).
    ``anchor`` is, for a note, the span of its mark in the text; ``None`` where the source
    does not mark it or has lost the mark.  ``hand`` is whose
    note it is, ``None`` where nothing says so.  ``level`` is a heading's depth, from 1.
    """

    kind: BlockKind
    span: Span
    label: str | None = None
    anchor: Span | None = None
    level: int | None = None
    hand: NoteHand | None = None
