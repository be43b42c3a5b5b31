"""A conversation: its questions and answers and the scope in force.  No terminal here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docproc.chat.scope_words import parse_scope
from docproc.chat.wording import date_phrase, headline, renamed
from docproc.errors import UsageError
from docproc.records import Answer, Citation, Document, Passage, Scope, Span

if TYPE_CHECKING:  # the interface alone: a conversation loads nothing that searches
    from docproc.retrieval.room import ReadingRoom

LIMIT = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was put, the scope it was put within, and the answer so far."""

    question: str
    scope: Scope
    answer: Answer


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

    def ask(self, question: str) -> Answer:
        """Put *question* to the room within the scope in force."""
        question = " ".join(question.split())
        answer = self.room.ask(question, limit=self.limit, scope=self.scope)
        self.turns.append(Turn(question, self.scope, answer))
        return answer

    def more(self) -> tuple[Citation, ...]:
        """The next citations for the last question; none if there are no more.

        Raises ``UsageError`` before the first question.
        """
        turn = self._last()
        shown = len(turn.answer.citations)
        if not shown:
            return ()
        answer = self.room.ask(turn.question, limit=shown + self.limit, scope=turn.scope)
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
