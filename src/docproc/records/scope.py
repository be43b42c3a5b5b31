"""A scope: the part of the corpus that a question is put to."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from docproc.dataclass_on_use import dataclass
from docproc.records.passage import PassageKind
from docproc.records.reference import ArchivalReference


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages may answer; every condition that is set must hold.

    ``earliest`` and ``latest`` are days, both included: a document is within them if any
    day that its ranking date can mean is.  ``sender``, ``recipient`` and ``place`` (where it
    was written) are parts of the name, however it is written (``docproc.text.names.matching``).
    ``witness`` are words of ``WITNESS_VALUES``: all of them must be known of the document.
    ``reference`` is met by every reference that agrees with all of its components.
    ``documents`` are document ids.  ``printed`` is the scope in the words of the person who set
    it, for showing.
    """

    documents: tuple[str, ...] = ()
    reference: ArchivalReference | None = None
    kinds: tuple[PassageKind, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    sender: str | None = None
    recipient: str | None = None
    place: str | None = None
    language: str | None = None
    witness: tuple[str, ...] = ()
    printed: str | None = None

    @property
    def everything(self) -> bool:
        """Whether no condition is set."""
        return all(not getattr(self, f.name) for f in fields(self) if f.name != "printed")
