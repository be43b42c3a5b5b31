"""How a citation stands, and how things are counted; its other phrases are in ``citing``."""

from __future__ import annotations

from datetime import date

from docproc.citing.wording import (
    correspondents,
    date_phrase,
    headline,
    phrase_renamed,
    witness_phrase,
)
from docproc.records import BlockKind, Citation, Document, NotRead, StatedDate
from docproc.text.words import count_phrase

__all__ = [
    "correspondents",
    "count_phrase",
    "date_phrase",
    "dates_agree",
    "describe_check",
    "headline",
    "name_place",
    "not_read_phrase",
    "phrase_renamed",
    "witness_phrase",
]  # fmt: skip


def name_place(citation: Citation) -> str:
    """``"note 2"``, and whose it is where that is known: ``"note 2 (editor's)"``."""
    return f"{citation.locator} ({citation.hand}’s)" if citation.hand else citation.locator


def dates_agree(one: StatedDate, other: StatedDate) -> bool:
    """Whether two dates can mean the same day, in either calendar."""
    spans = [
        [_bounds(edtf) for edtf in (each.edtf, each.julian, each.if_old_style) if edtf]
        for each in (one, other)
    ]
    return any(a[0] <= b[1] and b[0] <= a[1] for a in spans[0] for b in spans[1])


def _bounds(edtf: str) -> tuple[date, date]:
    from docproc.references import date_bounds  # an answer is shown without it

    try:
        return date_bounds(edtf)
    except ValueError:  # a plugin's own: it can mean any day
        return date.min, date.max


def boilerplate_share(document: Document) -> float:
    """Of the words of *document*, those in navigation, running heads or the like: 0 to 1."""
    words = len(document.text.split())
    furniture = (b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.FURNITURE)
    return sum(len(each.split()) for each in furniture) / words if words else 0.0


def describe_check(citation: Citation) -> tuple[str, str]:
    """The mark of a citation and its style: verbatim in the source's bytes, or what is wrong."""
    if citation.verified:
        return "✓ verbatim", "good"
    return f"⚠ {citation.verification or 'not checked against the source'}", "warning"


def not_read_phrase(missing: NotRead) -> str:
    """``"2 files and 37 pages could not be read"``; empty where all could."""
    counts = (
        (missing.files, "file", "files"),
        (missing.pages, "page", "pages"),
        (missing.parts, "part of a file", "parts of files"),
    )
    told = [count_phrase(count, one, many) for count, one, many in counts if count]
    if not told:
        return ""
    *first, last = told
    return (
        f"{', '.join(first)} and {last} could not be read" if first else f"{last} could not be read"
    )
