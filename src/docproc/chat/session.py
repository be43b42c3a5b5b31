"""A conversation: its questions and answers and the scope in force.  No terminal here."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.chat.asking import ask_in_context, go_on
from docproc.chat.scope_words import parse_scope
from docproc.chat.turn import Turn, ask_as_typed
from docproc.citing import built_in_style
from docproc.config import Config
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.followup.context import Context
from docproc.followup.dependence import may_depend
from docproc.hooks import CitationStyle
from docproc.records import Answer, Citation, Document, Passage, Scope, Span, Verdict, WrittenAnswer
from docproc.store.files.outputs import Outputs

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.chat.history import ConversationHistory
    from docproc.retrieval.answers.reading_room import ReadingRoom

LIMIT = Config().ask.limit


@dataclass(frozen=True, slots=True)
class PluggedCommand:
    """A slash command of a plugin: *run* is given what follows its name, and the conversation."""

    name: str
    summary: str
    run: Callable[[str, Session], str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with its passages; the span of the passage to look at, and its sentences'."""

    document: Document
    passages: Sequence[Passage]
    mark: Span
    highlights: tuple[Span, ...]


class Session:
    """What a conversation remembers.

    ``limit`` is how many citations a question brings, and ``more`` adds; ``since`` is the
    number of the turn with which the context began that a question can lean on; ``began`` is
    when the conversation did, UTC, ISO 8601.  ``kept`` is the history that it goes into,
    ``saved_as`` the files that it may be saved in again, ``styles`` finds a citation style, and
    ``more_styles`` are the names of those of plugins.
    ``plugged`` are commands of plugins; ``told`` is told each answer and the seconds it took,
    and ``writes`` has a plugin write one, where there is one.
    """

    def __init__(self, room: ReadingRoom, scope: Scope | None = None, limit: int = LIMIT) -> None:
        self.room = room
        self.scope = scope or Scope()
        self.limit = limit
        self.turns: list[Turn] = []
        self.since = 0
        self.kept: ConversationHistory | None = None
        self.saved_as: set[Path] = set()
        self.outputs = Outputs()
        self.styles: Callable[[str], CitationStyle] = built_in_style
        self.plugged: Sequence[PluggedCommand] = ()
        self.more_styles: Sequence[str] = ()
        self.writes: Callable[[Answer], WrittenAnswer | None] | None = None
        self.told: Callable[[Answer, float], None] = lambda *_: None
        self.began = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def ask(self, question: str) -> Answer:
        """Ask *question* within the scope in force, completed from what was said before."""
        question = " ".join(question.split())
        turns = self.turns[self.since :]
        here = bool(turns) and turns[-1].scope == self.scope
        begun = time.perf_counter()
        turn = go_on(self.room, question, turns[-1], self.limit) if here else None
        turn = turn or ask_in_context(
            self.room, question, self.context, self.scope, self.limit, here=here
        )
        self.turns.append(turn)
        self.told(turn.answer, time.perf_counter() - begun)
        return turn.answer

    def forget(self) -> Turn | None:
        """Begin a fresh context.

        Where the last question was completed, or conditions were read from it, it is asked again
        as it was typed: that turn is
        returned, and takes the place of the one before.
        """
        turn = self.turns[-1] if self.turns[self.since :] else None
        self.since = len(self.turns)
        if turn is None or not (turn.understood or turn.answer.understood):
            return None
        plain = not turn.understood
        self.since -= 1
        self.turns[-1] = ask_as_typed(self.room, turn.question, self.scope, self.limit, plain=plain)
        return self.turns[-1]

    @property
    def context(self) -> Context:
        """What the next question can lean on, since ``forget``."""
        turns = self.turns[self.since :]
        if not turns:
            return Context("")
        answered = [turn for turn in reversed(turns) if turn.answer.citations]
        last = turns[-1]
        if (
            answered
            and answered[0] is not last
            and not (last.understood or may_depend(last.question))
        ):
            answered = []  # a complete question without an answer ends what was in view
        cited: list[Citation] = []
        for turn in answered:
            view = [c for c in turn.answer.citations if c.rank == turn.view]
            cited += [*view, *(c for c in turn.answer.citations if c not in view)]
        first = len(answered[0].answer.citations) if answered else 0
        listed = self._find_list(turns)
        return Context(turns[-1].full, tuple(cited[:first]), tuple(cited[first:]), listed)

    @staticmethod
    def _find_list(turns: Sequence[Turn]) -> tuple[Citation, ...]:
        """What cited several documents last, as far back as each turn leans on the one before."""
        for turn in reversed(turns):
            if len({each.document_id for each in turn.answer.citations}) > 1:
                return turn.answer.citations
            if not turn.understood:
                break
        return ()

    def more(self) -> tuple[Citation, ...]:
        """The next citations for the last question.  Raises ``UsageError`` before the first."""
        turn = self._last()
        if not turn.answer.citations:
            return ()
        shown = turn.answer.citations[-1].rank
        limit = shown + self.limit
        answer = self.room.answering.ask(
            turn.searched, limit=limit, scope=turn.within, every=True, as_typed=turn.as_typed
        )
        if len(answer.citations) <= shown:
            return ()
        self.turns[-1] = replace(turn, answer=answer)
        return answer.citations[shown:]

    def move(self, room: ReadingRoom) -> None:
        """Go on in another generation; answers stay, except for what is hidden now."""
        self.room = room
        self.turns = [self._hide(turn) for turn in self.turns]

    def _hide(self, turn: Turn) -> Turn:
        """*turn* without the citations of documents that are hidden now."""
        answer, hides = turn.answer, self.room.lookup.hides
        if not any(map(hides, (*answer.citations, *answer.nearest))):
            return turn
        kept, nearest = (
            tuple(each for each in some if not hides(each))
            for some in (answer.citations, answer.nearest)
        )
        remark = "Some of what was shown here is withheld now."
        verdict = answer.verdict if kept else Verdict.NOT_FOUND
        left = replace(
            answer, verdict=verdict, citations=kept, nearest=nearest,
            remarks=(*answer.remarks, remark),
        )  # fmt: skip
        return replace(turn, answer=left)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What numbers refer to: the last answer's citations, or what came nearest to one."""
        if not self.turns:
            return ()
        answer = self.turns[-1].answer
        return answer.citations or answer.nearest

    def citation(self, number: int) -> Citation:
        """The citation of that rank in the last answer.  Raises ``UsageError``."""
        self._last()
        for citation in self.citations:
            if citation.rank == number:
                return citation
        ranks = [c.rank for c in self.citations]
        if not ranks:
            raise UsageError("the last question brought no citation")
        known = f"{ranks[0]} to {ranks[-1]}" if len(ranks) > 1 else f"only {ranks[0]}"
        raise UsageError(f"there is no citation {number}; there is {known}")

    def open(self, number: int) -> Opened:
        """The document of citation *number*, and where the citation stands in it.

        The citation is checked against its source again, and is in view from then on.  Raises
        ``UsageError`` where there is no such citation, or its document is not in the generation
        that is open now.
        """
        citation = self.recheck(number)
        self.turns[-1] = replace(self.turns[-1], view=number)
        try:
            document = self.room.lookup.document(citation.document_id)
        except KeyError:
            raise UsageError(
                f"the document of citation {number} is no longer in the index: "
                f"{citation.source.path} has changed or gone; ask again"
            ) from None
        highlights = tuple(span.shift(citation.span.start) for span in citation.highlights)
        passages = self.room.lookup.passages(citation.document_id)
        return Opened(document, passages, citation.span, highlights)

    def recheck(self, number: int) -> Citation:
        """Citation *number* held against its source as it is now.  Raises ``UsageError``."""
        checked = self.room.lookup.recheck(self.citation(number))
        answer = self.turns[-1].answer
        citations, nearest = (
            tuple(checked if c.rank == number else c for c in each)
            for each in (answer.citations, answer.nearest)
        )
        answer = replace(answer, citations=citations, nearest=nearest)
        self.turns[-1] = replace(self.turns[-1], answer=answer)
        return checked

    def write(self) -> WrittenAnswer | None:
        """What the writer makes of the last answer; ``None`` of a refusal.

        Raises ``UsageError`` before the first question, and where there is no writer.
        """
        turn = self._last()
        if self.writes is None:
            raise UsageError("no plugin writes answers in this conversation")
        return self.writes(turn.answer)

    def cite(self, number: int, style: str = "plain") -> str:
        """Citation *number* in a citation *style*.  Raises ``UsageError``."""
        return self.styles(style).render([self.citation(number)])

    def set_scope(self, words: str) -> Scope:
        """Put the next questions within the scope in *words*.  Raises ``UsageError``."""
        scope = parse_scope(words, self.citations, self.room.grammars)
        self.scope = self.room.lookup.check(scope)
        return self.scope

    def describe_scope(self) -> str:
        """The scope in force in one phrase."""
        return scope_phrase(self.scope) or "every document"

    def _last(self) -> Turn:
        if not self.turns:
            raise UsageError("ask a question first")
        return self.turns[-1]


def scope_phrase(scope: Scope) -> str:
    """A scope in the words of who set it, or in its own; ``""`` for everything."""
    if scope.everything:
        return ""
    if scope.printed:
        return scope.printed
    parts = [scope.reference.printed] if scope.reference else []
    parts += [f"from {scope.earliest.isoformat()}"] if scope.earliest else []
    to = "to" if scope.earliest else "up to"
    parts += [f"{to} {scope.latest.isoformat()}"] if scope.latest else []
    for name in ("sender", "recipient", "language"):
        value = getattr(scope, name)
        parts += [f"{name} {value}"] if value else []
    parts += [f"kind {' '.join(scope.kinds)}"] if scope.kinds else []
    parts += [f"witness {' '.join(scope.witness)}"] if scope.witness else []
    parts += [f"document {identifier[:12]}" for identifier in scope.documents]
    return " ".join(parts)
