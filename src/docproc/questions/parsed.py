"""A question as it is understood: what to search for, under which conditions, for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from docproc.dataclass_on_use import dataclass
from docproc.questions.positions import Position
from docproc.records import Scope, Span
from docproc.text.names.matching import name_matcher


class Field(StrEnum):
    """What is known of a document, and may be asked for."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    PLACE = "place"
    DATE = "date"
    REFERENCE = "reference"
    WITNESS = "witness"


class Quantity(StrEnum):
    """Whether a question wants every document that there is, or how many there are."""

    ALL = "all"
    COUNT = "how many"


@dataclass(frozen=True, slots=True)
class TimeCondition:
    """A time that a question names, and what it says of it.

    ``earliest`` and ``latest`` are days, both included, ``None`` where it is open.  A *limit*
    (before, after, since, until, between) holds of every answer; another time (in 1921, on 2
    May) holds of what is asked about, which a later document may tell of.  ``printed`` is as it
    was typed, and stands at ``span`` of the question, with the words that govern it.
    """

    earliest: date | None
    latest: date | None
    printed: str
    span: Span
    limit: bool
    days: tuple[date, ...] = ()
    """Where it is one of two days, those: no day between them is meant."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that no text has, and the word of the texts that is meant."""

    typed: str
    meant: str

    def __str__(self) -> str:
        return f"{self.typed}: {self.meant}"


@dataclass(frozen=True, slots=True)
class Party:
    """A correspondent or a place that a question names, at ``span`` of it."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question as it is understood.

    ``typed`` is what was typed, without control sequences; ``text`` the sentence of it that
    asks, its misspelt words corrected: what is searched for where no condition is read.
    ``topic`` is what is left of ``text`` without its conditions, ``""`` where that says nothing.
    ``sender``, ``recipient`` and ``place`` are of the documents asked for, ``mutual`` whether also
    of what the recipient wrote to the sender.  ``phrases`` must be
    held word for word, or one of them where ``either``.  ``field`` is what of a document is asked
    for, ``about_documents`` whether it speaks of documents at all ("letter of", "wrote to"), and
    ``position`` which of them by date ("the first letter").
    """

    typed: str
    text: str
    topic: str = ""
    times: tuple[TimeCondition, ...] = ()
    sender: Party | None = None
    recipient: Party | None = None
    place: Party | None = None
    mutual: bool = False
    phrases: tuple[str, ...] = ()
    either: bool = False
    field: Field | None = None
    quantity: Quantity | None = None
    kind: str | None = None
    position: Position | None = None
    about_documents: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def parties(self) -> bool:
        """Whether it names a correspondent or a place of the documents asked for."""
        return bool(self.sender or self.recipient or self.place)

    def within(self, scope: Scope, *, times: bool = True, parties: bool = True) -> Scope:
        """*scope*, narrowed to the documents that the conditions describe."""
        said = []
        if parties:
            if self.sender and _adds(self.sender, scope.sender):
                scope = replace(scope, sender=_both(scope.sender, self.sender))
                said.append(f"from {self.sender.name}")
            if self.recipient and _adds(self.recipient, scope.recipient):
                scope = replace(scope, recipient=_both(scope.recipient, self.recipient))
                said.append(f"to {self.recipient.name}")
            if self.place and _adds(self.place, scope.place):
                scope = replace(scope, place=_both(scope.place, self.place))
                said.append(f"written at {self.place.name}")
        for time in self.times if times else ():
            scope = replace(
                scope,
                earliest=max(filter(None, (scope.earliest, time.earliest)), default=None),
                latest=min(filter(None, (scope.latest, time.latest)), default=None),
            )
            said.append(time.printed)
        if not said:
            return scope
        printed = ", ".join([*filter(None, [scope.printed]), *said])
        return replace(scope, printed=printed)


def _adds(asked: Party, known: str | None) -> bool:
    """Whether *asked* says something else than what the scope says of it."""
    return not known or not name_matcher(asked.name, partly=False)(known)


def _both(known: str | None, asked: Party) -> str:
    """Every word of both: nobody may be called so, as Ann where only Ralph is in view."""
    return f"{known} {asked.name}" if known else asked.name
