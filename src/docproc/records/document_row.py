"""One line of the list of documents."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document in the list; its passages begin at ``first_row``, ``reference`` is as printed."""

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
    own_names: str | None = None
    """By what other names the letter itself calls its correspondents, folded."""
