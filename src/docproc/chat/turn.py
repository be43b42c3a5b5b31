"""A turn of a conversation: a question as it was put, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass
from docproc.records import Answer, Scope

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.answers.reading_room import ReadingRoom


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was put, the scope that was in force, and the answer so far.

    Where it leaned on the turns before, ``understood`` says how it was completed, ``searched``
    is what was searched for, ``within`` is where, and ``full`` is the question that the next
    one can lean on.  ``view`` is the number of the citation looked at last.  ``as_typed`` is
    whether nothing was read from the question, and nothing added to it.
    """

    question: str
    scope: Scope
    answer: Answer
    searched: str = ""
    within: Scope = Scope()
    full: str = ""
    understood: str = ""
    view: int = 1
    as_typed: bool = False

    @property
    def said(self) -> str:
        """How the question was completed, and the conditions that were read from it; or ``""``."""
        conditions = "; ".join(self.answer.understood)
        if self.understood or not conditions:
            return "; ".join(filter(None, (self.understood, conditions)))
        return f"understood as: {conditions}"


def ask_as_typed(
    room: ReadingRoom, question: str, scope: Scope, limit: int, *, plain: bool = False
) -> Turn:
    """The turn of *question* just as it is; if *plain*, with no conditions read from it either."""
    if plain:
        answer = room.answering.ask(question, limit=limit, scope=scope, as_typed=True)
    else:
        answer = room.answering.ask(question, limit=limit, scope=scope)
    return Turn(question, scope, answer, question, scope, question, as_typed=plain)
