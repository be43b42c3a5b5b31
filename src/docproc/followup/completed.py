"""How a question that leaned on the conversation was understood."""

from __future__ import annotations

from docproc.dataclass_on_use import dataclass
from docproc.followup.antecedents import Narrowing


@dataclass(frozen=True, slots=True)
class Completion:
    """How a question was understood.

    ``question`` is what is searched for and ``full`` the question that the next one can lean
    on; ``own`` is what of ``question`` was typed, ``""`` where it says nothing by itself.
    The search is tried within each of ``places`` in turn, the last being the widest.
    ``firm`` is whether the words name these places themselves ("the note", "the same fond"),
    so that nothing outside them can be the answer; ``note`` is the number of the one note that
    is meant; ``sure`` is whether the question leans
    at all beyond doubt.  ``says_itself`` is whether ``full`` is the question as it was typed, which
    the next one can lean on even where this one is refused.  ``shown`` is the question for the
    reader.  ``named`` is whether nothing but names was put for its pronouns.  ``thing`` are the
    words of what was only named, as in "and the bread?".  ``held`` are words that what answers in
    the nearest place must hold; ``nearest_first`` is whether that place goes before the others
    whatever they find.  ``by_date`` is whether what answers is put in the order of time: -1 the
    latest first, 1 the earliest.  ``topic`` are the words of the thing that was asked about, where
    nothing but the time is another.
    """

    question: str
    full: str
    shown: str
    own: str
    places: tuple[Narrowing, ...]
    firm: bool
    sure: bool
    note: str = ""
    says_itself: bool = False
    thing: tuple[str, ...] = ()
    named: bool = False
    held: tuple[str, ...] = ()
    nearest_first: bool = False
    by_date: int = 0
    topic: tuple[str, ...] = ()

    @property
    def place_alone(self) -> bool:
        """Whether it asks for what stands in a place that it names, and for nothing in it."""
        return self.firm and not self.own

    def phrase(self, place: Narrowing) -> str:
        """``"understood as: … · in the letter of 2 November 1921"``."""
        return f"understood as: {self.shown}" + (f" · {place.phrase}" if place.phrase else "")
