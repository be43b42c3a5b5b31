"""The contracts beyond the stages: observers, commands, output formats, signals.

What docproc hands to these plugins is a record, so that it can grow: a plugin that knows
nothing of a new field goes on working.  What a plugin raises is reported with its name and its
file, and costs only itself: a run goes on without the observer, an answer without the signal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from docproc.dataclass_on_use import dataclass
from docproc.records import Answer, Citation, Document, DocumentRow, Passage

if TYPE_CHECKING:  # no other plugin needs it
    from argparse import ArgumentParser, Namespace


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentParsed:
    """A document was read: parsed by the plugin called ``parser``, and normalized."""

    document: Document
    parser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagesMade:
    """A document was cut: ``passages`` are all of its passages, in the order of its text."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFailed:
    """A source file could not be read, or not all of it; ``cause`` says why, in words."""

    path: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationPublished:
    """A generation was published and answers from now on.

    ``generation`` is its id and ``parent`` that of the one before; the counts are of all that
    it holds, ``embedded`` of the texts that this run had to embed.
    """

    workspace: Path
    generation: str
    parent: str | None
    sources: int
    documents: int
    passages: int
    failures: int
    embedded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much a generation holds; ``failures`` are sources that could not be read."""

    sources: int = 0
    documents: int = 0
    passages: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationDrafted:
    """A generation is built, and not published yet.

    ``now`` is what it holds, ``before`` what the published one holds, ``None`` where there is none;
    ``rows`` gives a row for each of its documents, in the order of their sources.
    """

    workspace: Path
    now: Holdings
    before: Holdings | None
    rows: Callable[[], Iterable[DocumentRow]]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    """A question was answered, or was not found to have an answer, in so many ``seconds``."""

    answer: Answer
    seconds: float


class Observer:
    """Observe: told of what happens, for logs, figures, notifications.

    Inherit from it, and override what you want to be told of; what is returned is ignored.
    An observer is called in the process that runs the command, from one thread at a time, and
    the command waits for it.  What it raises is reported once; it is told of nothing more then.
    """

    def document_parsed(self, event: DocumentParsed, /) -> None:
        """A document was read.  Not published yet: the run may still end without it."""

    def passages_made(self, event: PassagesMade, /) -> None:
        """A document was cut into passages."""

    def source_failed(self, event: SourceFailed, /) -> None:
        """A source file could not be read, or not all of it."""

    def generation_published(self, event: GenerationPublished, /) -> None:
        """A generation was published."""

    def question_answered(self, event: QuestionAnswered, /) -> None:
        """A question was answered, by ``ask`` or in the chat."""


class LibraryAccess(Protocol):
    """The library of the workspace: ask, list, read and cite (``docproc.library.Library``).

    The workspace is indexed first where nothing is published yet.
    """

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        ...

    def ask(self, question: str, *, limit: int | None = None, scope: str = "") -> Answer:
        """Answer *question* with at most *limit* citations (``config.toml``'s without it).

        *scope* says where to look, in the words of ``docproc ask --scope``.  Raises
        ``UsageError`` where it cannot be understood.
        """
        ...

    def search(self, question: str, *, limit: int = 10, scope: str = "") -> Sequence[Citation]:
        """The *limit* best passages, best first, without a verdict."""
        ...

    def documents(self, scope: str = "") -> Sequence[DocumentRow]:
        """A row for each document within *scope*, in order of date."""
        ...

    def document(self, name: str) -> Document:
        """The document that *name* means: an id, a source file's name, a stable name.

        Raises ``UsageError`` where it means none or several.
        """
        ...

    def passages(self, document: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        ...

    def cite(self, *names: str, style: str = "plain") -> str:
        """What *names* mean, cited in *style*.  Raises ``UsageError``."""
        ...


class Conversation(Protocol):
    """What a slash command sees of a conversation."""

    @property
    def library(self) -> LibraryAccess:
        """The workspace, to ask and to read."""
        ...

    @property
    def answers(self) -> Sequence[Answer]:
        """The answers so far, the last one last."""
        ...

    @property
    def citations(self) -> Sequence[Citation]:
        """What numbers refer to: the last answer's citations, or what came nearest to one."""
        ...


@runtime_checkable
class Veto(Protocol):
    """Veto: asked before a generation is published, after it is built; what it says stops that.

    What was published stands then, and what was embedded is kept; `docproc index` ends with the
    exit code of the gate, and `--no-gate` publishes all the same.
    """

    def objection(self, drafted: GenerationDrafted) -> str | None:
        """Why *drafted* must not be published, in words for the operator; ``None`` if it may be.

        Pure.  What it raises stops the publication too, as the plugin's own failure.
        """
        ...


@runtime_checkable
class Command(Protocol):
    """Command: ``docproc NAME``, with arguments and options of its own.

    Its registration's name and summary are read from the source of the module that the entry
    point names, or of the drop-in, without running it: ``docproc --help`` imports no plugin.
    So both must be plain strings there, in the function ``docproc_commands`` itself.
    """

    def declare(self, parser: ArgumentParser) -> None:
        """Add arguments and options to *parser*, which knows ``--workspace`` and ``--help``."""
        ...

    def run(self, arguments: Namespace, library: LibraryAccess) -> int | None:
        """Do it; print results on standard output.  Returns the exit code; ``None`` is 0.

        Raises ``docproc.errors.UsageError`` for what cannot be understood.
        """
        ...


@runtime_checkable
class ChatCommand(Protocol):
    """Slash command: ``/NAME`` in the chat.  Its name and summary are read as a command's are."""

    def run(self, argument: str, conversation: Conversation) -> str:
        """What to show, as plain text; *argument* is what was typed after the name.

        Raises ``docproc.errors.UsageError`` for what cannot be understood.
        """
        ...


@runtime_checkable
class OutputFormat(Protocol):
    """Output format: ``docproc ask --format NAME``, a whole answer as another program wants it."""

    def render(self, answer: Answer) -> str:
        """*answer*, a refusal too, as one text.

        Pure.  Quotations and references stand as they are in the answer.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that may be shown as an answer, with what is known of its document.

    ``score`` is the evidence for it, at or above the floor; ``date`` is EDTF.
    """

    passage: Passage
    score: float
    source: str
    title: str | None = None
    sender: str | None = None
    recipient: str | None = None
    date: str | None = None


@runtime_checkable
class Signal(Protocol):
    """Signal: how much each candidate is to be preferred, beside the evidence.

    Signals are asked after the verdict, of the passages that are above the floor, so that they
    decide neither whether a question is answered nor which passages may answer it: they change
    the order alone.  All of them together add at most 0.05 to a score, and lift no passage
    over one that holds every word of the question and has the better evidence.
    """

    def score(self, question: str, candidates: Sequence[Candidate]) -> Sequence[float]:
        """One number for each of *candidates*, in their order: 0, no better than others, to 1.

        Pure.  Where anything else comes back the signal is left out, and that is said.
        """
        ...
