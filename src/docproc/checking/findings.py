"""What checking a draft finds: one finding for each quotation."""

from __future__ import annotations

from enum import StrEnum

from docproc.checking.quotations import Quotation
from docproc.dataclass_on_use import dataclass
from docproc.records import ArchivalReference, Document, Span


class Matched(StrEnum):
    """How a quotation stands against the archive."""

    EXACT = "exact"
    DIFFERS = "differs"
    """Its nearest span says something else, in some words or stops."""
    STITCHED = "stitched"
    """Its parts stand in the archive, but not so: in another order, or in several documents."""
    ELSEWHERE = "wrong reference"
    """It stands in the archive, under another reference, page or date than the draft gives."""
    NOT_FOUND = "not found"
    TRANSLATED = "translated"
    """The draft says that the words are a translation; they cannot be compared."""
    TOO_SHORT = "too short"
    TITLE = "a title"
    """Words in marks within a note that look like the title of an article; not in the archive."""


@dataclass(frozen=True, slots=True)
class AlignedPart:
    """A stretch of a quotation, and where in the archive it stands: words of both, same or not."""

    quoted: Span
    """In the draft's text."""
    document: Document
    span: Span
    """In the source document's text."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ: the draft's at ``at``, the source's at ``there``; one may be empty."""

    quoted: str
    source: str
    at: Span = Span(0, 0)
    there: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation, its verdict, and what the archive has.

    ``tolerated`` names differences that editors make; ``changes`` are the words that differ;
    ``cautions`` tell what is no error but should be looked at; ``given`` is the reference that
    the draft gives and ``own`` the one that the source states.
    """

    quotation: Quotation
    held: Matched
    parts: tuple[AlignedPart, ...] = ()
    tolerated: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    cautions: tuple[str, ...] = ()
    given: ArchivalReference | None = None
    own: ArchivalReference | None = None
    why: str = ""
    likeness: float = 0.0

    @property
    def stands(self) -> bool:
        """Whether nothing is wrong with it, as far as can be told."""
        return self.held in (
            Matched.EXACT,
            Matched.TRANSLATED,
            Matched.TOO_SHORT,
            Matched.TITLE,
        )
