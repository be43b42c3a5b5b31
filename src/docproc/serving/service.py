"""What the pages share: the library, what is remembered of it, and who may enter."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from docproc.serving.conversations import Asked, Conversations
from docproc.serving.safety import Entry
from docproc.serving.typesetting import clipped
from docproc.text.quantities import counted

if TYPE_CHECKING:
    from docproc.chat.asking import Turn

LOOK_EVERY = 20.0
"""Seconds for which what is said of stale sources holds."""


@dataclass(frozen=True, slots=True)
class About:
    """What every page says of the library."""

    generation: str
    counts: str
    span: str
    notice: str


class Service:
    """One library, served: to this machine's user, or shared."""

    def __init__(self, library: Any, entry: Entry, name: str = "") -> None:
        self.library = library
        self.entry = entry
        self.name = clipped(name, 60) or "docproc"
        self._conversations = Conversations(self._answer)
        self._about: tuple[float, About] | None = None
        self._lock = Lock()

    @property
    def shared(self) -> bool:
        """Whether others read here too: nothing can be changed then."""
        return self.entry.shared

    def converse(self, asked: Asked) -> Sequence[Turn]:
        """The turns of a conversation."""
        return self._conversations.turns(self.library.generation, asked)

    def about(self) -> About:
        """The generation, how much it holds, and what is stale; looked into now and then."""
        now, known = time.monotonic(), self._about
        if known and known[1].generation == self.library.generation:
            if now - known[0] < LOOK_EVERY or not self._lock.acquire(blocking=False):
                return known[1]
            self._lock.release()
        library = self.library
        counts = library.counts
        said = f"{counted(counts.documents, 'document')}, {counted(counts.passages, 'passage')}"
        span = known[1].span if known and known[1].generation == library.generation else None
        made = About(
            library.generation,
            said,
            self._span() if span is None else span,
            clipped(library.notice or "", 400),
        )
        self._about = (now, made)
        return made

    def _span(self) -> str:
        """``"1616 to 1921"``: the years that the documents are dated within."""
        days = self.library.first_days()
        if not days:
            return ""
        first, last = (f"{day // 10000:d}" for day in days)
        return first if first == last else f"{first} to {last}"

    def _answer(self, asked: Asked, before: Sequence[Turn]) -> Turn:
        turn: Turn = self.library.turn(
            asked.questions[-1],
            before,
            scope=asked.scope,
            limit=asked.limit,
            as_typed=len(asked.questions) in asked.typed,
        )
        return turn
