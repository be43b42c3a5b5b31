"""Answers: exact passages with their references, or an honest "not found"."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from docproc.dataclass_on_use import dataclass
from docproc.records.block import NoteHand
from docproc.records.document import Metadata, Witness
from docproc.records.passage import PassageKind
from docproc.records.reference import ArchivalReference
from docproc.records.source import SourceFile
from docproc.records.span import Span


class Verdict(StrEnum):
    """Whether the documents hold an answer."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a quote that answers to a word of the question.

    ``word`` is the question's, folded; ``span`` is *of the quote*; ``likeness`` is 1 for
    another form of the same word and less for another spelling.
    """

    word: str
    span: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Copy:
    """Another passage that says the same as one that is cited, in a document of its own."""

    passage_id: str
    document_id: str
    title: str
    source: str
    reference: ArchivalReference | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    """The sentence that a note belongs to: ``quote == reading_text[span.start:span.end]``."""

    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage quoted in answer to a question.

    ``quote == reading_text[span.start:span.end]``.  ``highlights`` are spans *of the quote*:
    the answering sentences, best first.  ``score`` lies in 0..1; ``why`` names what each
    signal found, ``gave`` what that added to the score, ``matched`` the words that matched.
    ``verified`` is whether the quote was found again, at its place, in the source file's bytes
    when the answer was made; ``verification`` says in words how that went.  A note has the
    sentence that it is ``anchored`` to, verified with it, and whose note it is.  ``identifier`` is
    a ``CitationId`` as written.  ``states`` names the field of the document that the quote
    states, where that was asked for (``"sender: A. Lind"``).  ``also`` are the copies of the
    passage.  ``member`` tells the documents of one source apart.  ``reference`` governs the
    passage; ``document_reference`` is the document's own, and another one where a note cites its
    source.  ``pages`` are those of the edition or the original that the quote stands on, as
    printed (``"58–59"``).
    """

    rank: int
    quote: str
    span: Span
    highlights: tuple[Span, ...]
    passage_id: str
    document_id: str
    metadata: Metadata
    kind: PassageKind
    locator: str
    source: SourceFile
    score: float
    verified: bool
    verification: str
    reference: ArchivalReference | None = None
    document_reference: ArchivalReference | None = None
    witness: Witness | None = None
    identifier: str = ""
    why: tuple[tuple[str, float], ...] = ()
    gave: tuple[tuple[str, float], ...] = ()
    matched: tuple[Match, ...] = ()
    anchored: Anchored | None = None
    hand: NoteHand | None = None
    pages: str | None = None
    member: str = ""
    states: str = ""
    also: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRead:
    """How much of the sources could not be read: whole files; of others, pages and other parts."""

    files: int = 0
    pages: int = 0
    parts: int = 0

    def __bool__(self) -> bool:
        return self != NotRead()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, and against which floor the best score was held.

    ``words`` are the words of the question that were looked for, folded.  ``not_read`` is reported
    with a refusal: what was not found may stand there.  ``shards`` is how many of how many shards
    were searched, where that was not all of them; ``vectors`` how many of how many vector indexes
    answered, where not all did: what the others would have found was searched by its words alone.
    """

    generation: str
    documents: int
    passages: int
    floor: float
    best: float = 0.0
    scope: str | None = None
    words: tuple[str, ...] = ()
    not_read: NotRead = NotRead()
    shards: tuple[int, int] | None = None
    vectors: tuple[int, int] | None = None

    @property
    def in_part(self) -> bool:
        """Whether a part of what is published could not be searched."""
        return self.shards is not None or self.vectors is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    When the verdict is ``not_found``, ``citations`` is empty and ``nearest`` holds the best
    passages that stayed below the floor; they are offered as a way on, never as the answer.
    ``understood`` are the conditions that were read from the question, in words, ``remarks`` what
    must be known of the answer.  ``total`` is how many documents there are, where a question
    asked for all of them or for their number.
    """

    question: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    searched: Searched
    nearest: tuple[Citation, ...] = field(default=())
    understood: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    total: int | None = None
