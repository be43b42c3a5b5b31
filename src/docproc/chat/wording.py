"""How a citation stands, and how things are counted; its other phrases are in ``citing``."""

from __future__ import annotations

from docproc.citing.wording import (
    correspondents,
    date_phrase,
    headline,
    renamed,
    witness_phrase,
)
from docproc.records import Citation

__all__ = [
    "correspondents",
    "counted",
    "date_phrase",
    "headline",
    "renamed",
    "standing",
    "witness_phrase",
]


def located(citation: Citation) -> str:
    """``"note 2"``, and whose it is where that is known: ``"note 2 (editor's)"``."""
    return f"{citation.locator} ({citation.hand}’s)" if citation.hand else citation.locator


def standing(citation: Citation) -> tuple[str, str]:
    """The mark of a citation and its style: verbatim in the source's bytes, or what is wrong."""
    if citation.verified:
        return "✓ verbatim", "good"
    return f"⚠ {citation.verification or 'not checked against the source'}", "warning"


def counted(number: int, one: str, many: str | None = None) -> str:
    """``"1 passage"``, ``"2 passages"``, ``"12,000 passages"``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
