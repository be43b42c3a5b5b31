"""A conversation: its questions and answers and the scope in force.  No terminal here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docproc.chat.antecedents import Context, Narrowing
from docproc.chat.followup import Completion, complete
from docproc.chat.scope_words import parse_scope
from docproc.chat.wording import date_phrase, headline, renamed
from docproc.errors import UsageError
from docproc.records import Answer, Citation, Document, Passage, Scope, Span, Verdict

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.room import ReadingRoom

LIMIT = 3
CLEAR = 1.25
"""Times the floor: so well answered, a question that only may be a follow-up is left as typed."""
NEAR = 0.85
"""Share of the best score anywhere that the best in the document in view must reach."""
GROUND = {True: 0.6, False: 0.9}
"""Share of the floor that what was typed must reach without what was added to it: where it
leans surely, and where it may."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was put, the scope that was in force, and the answer so far.

    Where it leaned on the turns before, ``understood`` says how it was completed, ``searched``
    is what was searched for, ``within`` is where, and ``full`` is the question that the next
    one can lean on.  ``view`` is the number of the citation looked at last.
    """

    question: str
    scope: Scope
    answer: Answer
    searched: str = ""
    within: Scope = Scope()
    full: str = ""
    understood: str = ""
    view: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with its passages; the span of the passage to look at, and its sentences'."""

    document: Document
    passages: Sequence[Passage]
    mark: Span
    highlights: tuple[Span, ...]


class Session:
    """What a conversation remembers.

    ``limit`` is how many citations a question brings, and ``more`` adds.
    """

    def __init__(self, room: ReadingRoom, scope: Scope | None = None, limit: int = LIMIT) -> None:
        self.room = room
        self.scope = scope or Scope()
        self.limit = limit
        self.turns: list[Turn] = []
        self._since = 0

    def ask(self, question: str) -> Answer:
        """Put *question* to the room within the scope in force.

        A question that leans on those before it is completed from them first.
        """
        question = " ".join(question.split())
        turn = self._completed(question) or self._as_typed(question)
        self.turns.append(turn)
        return turn.answer

    def forget(self) -> Turn | None:
        """Begin a fresh context.

        Where the last question was completed, it is asked again as it was typed: that turn is
        returned, and takes the place of the one before.
        """
        turn = self.turns[-1] if self.turns[self._since :] else None
        self._since = len(self.turns)
        if turn is None or not turn.understood:
            return None
        self._since -= 1
        self.turns[-1] = self._as_typed(turn.question)
        return self.turns[-1]

    @property
    def context(self) -> Context:
        """What the next question can lean on, since ``forget``."""
        turns = self.turns[self._since :]
        if not turns:
            return Context("")
        answered = [turn for turn in reversed(turns) if turn.answer.citations]
        if answered and answered[0] is not turns[-1] and not turns[-1].understood:
            answered = []  # a complete question without an answer ends what was in view
        cited: list[Citation] = []
        for turn in answered:
            view = [c for c in turn.answer.citations if c.rank == turn.view]
            cited += [*view, *(c for c in turn.answer.citations if c not in view)]
        first = len(answered[0].answer.citations) if answered else 0
        return Context(turns[-1].full, tuple(cited[:first]), tuple(cited[first:]))

    def _as_typed(self, question: str) -> Turn:
        answer = self.room.ask(question, limit=self.limit, scope=self.scope)
        return Turn(question, self.scope, answer, question, self.scope, question)

    def _completed(self, question: str) -> Turn | None:
        """The turn of a question that leans on those before; ``None`` for one that does not."""
        context = self.context
        turns = self.turns[self._since :]
        here = bool(turns) and turns[-1].scope == self.scope
        completion = complete(question, context, self.scope, here=here)
        if completion is None:
            return None
        typed = None
        if not completion.sure:
            typed = self._as_typed(question)
            if _score(typed.answer) >= CLEAR * typed.answer.searched.floor:
                return typed
        turn = self._tried(question, completion)
        if completion.firm or turn.answer.verdict is Verdict.ANSWERED:
            return turn
        typed = typed or self._as_typed(question)
        return typed if typed.answer.verdict is Verdict.ANSWERED or not completion.sure else turn

    def _tried(self, question: str, completion: Completion) -> Turn:
        """The completed question in the nearest of its places that answers it well enough."""
        turns = [self._put(question, completion, place) for place in completion.places]
        widest = turns[-1]
        least = NEAR * _score(widest.answer)
        for turn in turns:
            if turn.answer.verdict is Verdict.ANSWERED and _score(turn.answer) >= least:
                return turn
        return turns[0] if completion.firm else widest

    def _put(self, question: str, completion: Completion, place: Narrowing) -> Turn:
        """The completed question within one place.

        What the conversation adds to a question must not answer it: what was typed has to
        be found by itself, if less surely.
        """
        answer = self.room.ask(completion.question, limit=self.limit, scope=place.scope)
        if answer.citations and completion.own and completion.own != completion.question:
            alone = self.room.ask(completion.own, limit=self.limit, scope=place.scope)
            answer = _grounded(answer, alone, GROUND[completion.sure])
        answered = answer.verdict is Verdict.ANSWERED
        return Turn(
            question,
            self.scope,
            answer,
            completion.question,
            place.scope,
            completion.full if answered else self.context.question,
            completion.phrase(place),
        )

    def more(self) -> tuple[Citation, ...]:
        """The next citations for the last question; none if there are no more.

        Raises ``UsageError`` before the first question.
        """
        turn = self._last()
        shown = len(turn.answer.citations)
        if not shown:
            return ()
        answer = self.room.ask(turn.searched, limit=shown + self.limit, scope=turn.within)
        if len(answer.citations) <= shown:
            return ()
        self.turns[-1] = replace(turn, answer=answer)
        return answer.citations[shown:]

    def move(self, room: ReadingRoom) -> None:
        """Go on in another generation; what was answered stays as it was answered."""
        self.room = room

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

        Raises ``UsageError`` where there is no such citation, or its document is not in the
        generation that is open now.
        """
        citation = self.citation(number)
        try:
            document = self.room.document(citation.document_id)
        except KeyError:
            raise UsageError(
                f"the document of citation {number} is no longer in the index: "
                f"{citation.source.path} has changed or gone; ask again"
            ) from None
        highlights = tuple(span.shift(citation.span.start) for span in citation.highlights)
        passages = self.room.passages(citation.document_id)
        return Opened(document, passages, citation.span, highlights)

    def cite(self, number: int) -> str:
        """Citation *number* as one line to paste into a footnote.  Raises ``UsageError``."""
        return plain_citation(self.citation(number))

    def set_scope(self, words: str) -> Scope:
        """Put the next questions within the scope in *words*.  Raises ``UsageError``."""
        self.scope = parse_scope(words, self.citations)
        return self.scope

    def describe_scope(self) -> str:
        """The scope in force in one phrase."""
        return scope_phrase(self.scope) or "every document"

    def _last(self) -> Turn:
        if not self.turns:
            raise UsageError("ask a question first")
        return self.turns[-1]


def _grounded(answer: Answer, alone: Answer, share: float) -> Answer:
    """*answer* to a completed question, held to the answer to what was typed *alone*.

    A refusal where what was typed does not reach *share* of the floor; else the sentences that
    stand out are those that what was typed picks, where it finds the same passage.
    """
    if _score(alone) < share * alone.searched.floor:
        return replace(
            answer,
            verdict=Verdict.NOT_FOUND,
            citations=(),
            nearest=answer.citations,
            searched=replace(answer.searched, best=_score(alone)),
        )
    picked = {c.passage_id: c.highlights for c in (*alone.citations, *alone.nearest)}
    citations = (
        replace(c, highlights=picked.get(c.passage_id, c.highlights)) for c in answer.citations
    )
    return replace(answer, citations=tuple(citations))


def _score(answer: Answer) -> float:
    """The best score: 0 where nothing was searched."""
    return answer.searched.best


def scope_phrase(scope: Scope) -> str:
    """A scope in the words of who set it, or in its own; ``""`` for everything."""
    if scope.everything:
        return ""
    if scope.printed:
        return scope.printed
    parts = [scope.reference.printed] if scope.reference else []
    parts += [f"from {scope.earliest.isoformat()}"] if scope.earliest else []
    parts += [f"to {scope.latest.isoformat()}"] if scope.latest else []
    for name in ("sender", "recipient", "language"):
        value = getattr(scope, name)
        parts += [f"{name} {value}"] if value else []
    parts += [f"kind {' '.join(scope.kinds)}"] if scope.kinds else []
    parts += [f"document {identifier[:12]}" for identifier in scope.documents]
    return " ".join(parts)


def plain_citation(citation: Citation) -> str:
    """Title, date, reference as printed with the archive's present name, place, source."""
    metadata = citation.metadata
    parts = [headline(metadata, citation.source)]
    if metadata.date and metadata.date.printed not in (parts[0], date_phrase(metadata.date)):
        parts[0] += f" [“{metadata.date.printed}”]"
    if citation.reference:
        parts.append(f"{citation.reference.printed} {renamed(citation.reference)}".rstrip())
    parts.append(citation.locator[:1].upper() + citation.locator[1:])
    if metadata.collection:
        collection = metadata.collection
        editors = f", comp. {', '.join(collection.editors)}" if collection.editors else ""
        parts.append(f"In: {collection.title}{editors}")
    parts.append(f"Source: {citation.source.path}")
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)
