"""One line of the list of documents."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One line of the list of documents; its passages are ``first_row`` and those after it.

    ``reference`` is the first of the document's references, as printed.
    """

    id: str
    source: str
    member: str
    title: str | None
    sender: str | None
    recipient: str | None
    place: str | None
    date: str | None
    """The ranking date, as EDTF."""
    date_printed: str | None
    kind: str | None
    language: str | None
    reference: str | None
    characters: int
    first_row: int
    passages: int
