"""Conversations without a memory of their own: the questions are asked again, or remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass

if TYPE_CHECKING:
    from docproc.chat.turn import Turn

REMEMBERED = 256
"""How many conversations are remembered: a few megabytes."""


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    """The *questions* of one conversation, in order, within a *scope* in words.

    ``typed`` are the numbers, from 1, of those that are asked just as they were typed; with a
    ``limit``, the last brings so many citations, those far behind the best as well.
    """

    questions: tuple[str, ...]
    typed: frozenset[int] = frozenset()
    scope: str = ""
    limit: int = 0

    def before(self) -> AskedQuestions:
        """The conversation without its last question."""
        questions = self.questions[:-1]
        typed = frozenset(number for number in self.typed if number <= len(questions))
        return AskedQuestions(questions, typed, self.scope)

    def as_query(self) -> list[tuple[str, str]]:
        """What the address of the conversation holds, for a further question."""
        pairs = [("q", question) for question in self.questions]
        pairs += [("typed", str(number)) for number in sorted(self.typed)]
        return pairs + ([("scope", self.scope)] if self.scope else [])


class Conversations:
    """Remembers the turns of the latest conversations."""

    def __init__(self) -> None:
        self._turns: OrderedDict[tuple[str, AskedQuestions], tuple[Turn, ...]] = OrderedDict()
        self._lock = Lock()

    def turns(
        self,
        generation: str,
        asked: AskedQuestions,
        answer: Callable[[AskedQuestions, Sequence[Turn]], Turn],
    ) -> tuple[Turn, ...]:
        """Every turn of *asked* in one generation; *answer* gives the last, after those before."""
        if not asked.questions:
            return ()
        key = (generation, asked)
        with self._lock:
            if key in self._turns:
                self._turns.move_to_end(key)
                return self._turns[key]
        before = self.turns(generation, asked.before(), answer)
        turns = (*before, answer(asked, before))
        with self._lock:
            self._turns[key] = turns
            while len(self._turns) > REMEMBERED:
                self._turns.popitem(last=False)
        return turns
