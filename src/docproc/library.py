"""The library: one workspace opened for reading, and what every front stands on.

``docproc.open()`` makes one.  The commands, the reading room, the HTTP API, MCP, commands of
plugins and notebooks call it and nothing below it.  What writes (``index``, ``reembed``) is
apart, in :attr:`Library.operations`.
"""

from __future__ import annotations

import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.errors import ConfigError, UsageError
from docproc.operations.application import Application
from docproc.records import Answer, Citation, CitationId, Document, Passage, Scope
from docproc.records.citation_id import SCHEME
from docproc.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docproc.browsing.paged_list import PagedList
    from docproc.chat.session import Session
    from docproc.checking.check import CheckedDraft
    from docproc.checking.listed import ListedQuotation
    from docproc.operations.reading.answer_writing import AnswerWriting
    from docproc.operations.reading.surroundings import Surroundings
    from docproc.operations.writing.operations import Operations
    from docproc.records import DocumentRow
    from docproc.retrieval import ReadingRoom
    from docproc.retrieval.answers.mentions import Mentions
    from docproc.retrieval.lookup.quotations import QuoteCheck
    from docproc.verification.checks import Check
    from docproc.verification.stable_names import Resolution


class Library:
    """One workspace opened for reading; it answers from the generation that it opened.

    *when_empty* is called where nothing is published yet, and may publish something.  Opening
    is lazy: a library that is asked nothing reads nothing.
    """

    def __init__(
        self, application: Application, when_empty: Callable[[Application], None] | None = None
    ) -> None:
        self.application = application
        self._when_empty = when_empty
        self._hiding = application.hiding
        """What decided which documents are hidden when the room was opened."""

    def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        scope: str | Scope = "",
        as_typed: bool = False,
    ) -> Answer:
        """Answer *question* with exact passages, at most *limit* (``[ask] limit``) of them.

        What the question says of the documents that answer (dates, correspondents, quotations)
        narrows the search, unless *as_typed*; ``answer.understood`` says what was read.

        *scope* narrows what is searched, in the words of ``docproc ask --scope``.  The verdict
        is ``not_found`` where no passage reaches the floor.  Raises ``UsageError`` for an empty
        question or a scope that is not understood.
        """
        if not question.strip():
            raise UsageError("the question is empty")
        where = scope_of(self.application, scope)
        limit = limit or self.application.workspace.config.ask.limit
        room = self.room
        begun = time.perf_counter()
        answer = room.answering.ask(question, limit=limit, scope=where, as_typed=as_typed)
        self.application.extensions.report_answer(answer, time.perf_counter() - begun)
        return answer

    @property
    def writing(self) -> AnswerWriting:
        """The writer of the workspace, by which answers are written out, each on its quotations."""
        from docproc.operations.reading.answer_writing import AnswerWriting

        return AnswerWriting(self.application)

    def search(
        self, question: str, *, limit: int = 10, scope: str | Scope = ""
    ) -> tuple[Citation, ...]:
        """The *limit* best passages for *question*, best first, without a verdict."""
        return self.room.answering.search(
            question, limit=limit, scope=scope_of(self.application, scope)
        )

    def documents(
        self,
        scope: str | Scope = "",
        *,
        kind: str | None = None,
        sort: str = "date",
        reverse: bool = False,
    ) -> list[DocumentRow]:
        """The documents within *scope* and of that *kind*, sorted by one of ``SORTS``.

        Rows are plain dataclasses: ``pandas.DataFrame(library.documents())`` is a table.
        Raises ``UsageError`` for what is not understood.
        """
        from docproc.browsing.listing import documents_within, sort_rows

        catalog, where = self.room.opened.catalog, scope_of(self.application, scope)
        rows = documents_within(catalog, self.room.lookup.check(where), kind)
        return sort_rows(rows, sort, reverse=reverse)

    def mentions(self, name: str, *, scope: str | Scope = "") -> Mentions:
        """Every passage within *scope* that names *name*, in every spelling that search knows.

        All of them, by date.  Raises ``UsageError`` where *name* has no word to look for.
        """
        from docproc.retrieval.answers.mentions import mentions

        where = self.room.lookup.check(scope_of(self.application, scope))
        return mentions(self.room.opened, name, where)

    def verify_quote(self, text: str, *, reference: str = "") -> QuoteCheck:
        """Whether *text* stands in the documents letter for letter, and under that *reference*.

        Raises ``UsageError`` for what has no words, or for what is no reference.
        """
        from docproc.references import parse_reference
        from docproc.retrieval.lookup.quotations import QuoteCheck, find_quotation, levels_agree

        asked = None
        if reference.strip():
            asked = parse_reference(reference.strip(), self.application.plugins.grammars)
            if asked is None:
                raise UsageError(f"{reference!r} is not a reference such as F. 17. Op. 3. D. 5")
        found = find_quotation(self.room.opened, text)
        places = [self.room.lookup.cite_span(each.document, each.span) for each in found]
        verbatim = bool(found) and not found[0].difference
        under = None
        if asked is not None and found:
            under = any(
                levels_agree(asked, own)
                for each in places
                for own in (each.reference, each.document_reference)
            )
        verdict = "verbatim" if verbatim else "altered" if found else "not_found"
        difference = found[0].difference if found else ""
        return QuoteCheck(text, verdict, under, difference, tuple(places))

    def document(self, name: str) -> Document:
        """The document that *name* means, or that of the passage it means.

        *name* is a stable name, the beginning of an id, or a source file's name.  Raises
        ``UsageError`` where it means none or several.
        """
        if name.startswith(SCHEME):
            return self.room.lookup.document(self.citation(name).document_id)
        found = self.room.lookup.find(name)
        return self.room.lookup.document(found.document_id) if isinstance(found, Passage) else found

    def passages(self, document: str | Document) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        found = document if isinstance(document, Document) else self.document(document)
        return self.room.lookup.passages(found.id)

    def citation(self, name: str) -> Citation:
        """The citation of the passage that *name* means; of a document, that of its beginning.

        Raises ``UsageError`` where the name means nothing, several things, or what is gone.
        """
        if not name.startswith(SCHEME):
            return self.room.lookup.cite(self.room.lookup.find(name))
        found = self.resolve(name)
        if found.citation is None:
            withheld = found.standing == "withheld"
            raise UsageError(f"{name} {'' if withheld else 'is broken: '}{found.words}")
        return found.citation

    def resolve(self, name: str) -> Resolution:
        """How the stable *name* stands now, in words, and the citation of what it names.

        Raises ``UsageError`` for what is not a whole stable name.
        """
        return self.room.lookup.resolve(parse_name(name))

    def cite(self, *names: str, style: str = "plain") -> str:
        """What *names* mean, cited in *style* (``chicago``, ``ris``, ``csl-json``, …).

        Raises ``UsageError`` for an unknown name or style.
        """
        chosen = self.application.extensions.citation_style(style)
        return chosen.render([self.citation(name) for name in names])

    def verify(self, what: Path | Sequence[ListedQuotation] | None = None) -> list[Check]:
        """Check citations, or every published passage (``None``), against the sources.

        *what* is a file: what ``docproc ask --json`` printed; or a list of quotations (CSV, RIS,
        BibTeX), or a draft, whose quotations with notes are held against the documents.  Or it
        is quotations with their references.  Raises ``UsageError`` where it cannot be read.
        """
        from docproc.operations.reading.verifying import (
            is_draft,
            is_list,
            read_list,
            verify_listed,
            verify_notes,
        )

        if isinstance(what, Path) and is_list(what):
            what = read_list(self.application, what)
        if what is None or (isinstance(what, Path) and not is_draft(what)):
            return self.application.rereader.verify(what)
        catalog = self.room.opened.catalog
        if isinstance(what, Path):
            return verify_notes(self.application, catalog, what)
        return verify_listed(self.application, catalog, what)

    def check(self, draft: Path) -> CheckedDraft:
        """Hold every quotation of the manuscript *draft* against the documents.

        It is read in the workers and not kept.  Raises ``UsageError`` where it cannot be read.
        """
        from docproc.checking.check import check_draft
        from docproc.operations.reading.verifying import read_draft

        read = read_draft(self.application, draft)
        grammars = self.application.plugins.grammars
        return check_draft(read, self.room.opened.catalog, grammars)

    def conversation(self, scope: str | Scope = "") -> Session:
        """A conversation, whose questions can lean on those before them."""
        from docproc.chat.session import Session

        limit = self.application.workspace.config.ask.limit
        session = Session(self.room, scope_of(self.application, scope), limit)
        session.styles = self.application.extensions.citation_style
        session.told = self.application.extensions.report_answer
        session.writes = self.writing.write
        return session

    def status(self) -> dict[str, Any]:
        """What is published, what is stale and what could not be read, as plain values."""
        from docproc.operations.reports.status import describe_status

        return describe_status(self.application)

    def renew(self) -> bool:
        """Move on to a generation that was published since; whether there was one.

        Or to the same one without what was withdrawn since, and what is closed on another day.
        """
        opened = self.__dict__.get("room")
        if opened is None:
            return False
        hiding = self.application.hiding
        published = self.application.generations.current_id()
        if (published, hiding) == (opened.generation, self._hiding):
            return False
        self._hiding = hiding
        moved = self._open_room()
        if moved is None:
            return False
        self.__dict__["room"] = moved
        self.__dict__.pop("around", None)
        self.__dict__.pop("paged_list", None)
        return True

    @cached_property
    def paged_list(self) -> PagedList:
        """What ``documents`` gives, a page at a time: a further page costs its own documents."""
        from docproc.browsing.paged_list import PagedList

        application, room = self.application, self.room
        return PagedList(
            room.opened.catalog, lambda scope: room.lookup.check(scope_of(application, scope))
        )

    @cached_property
    def around(self) -> Surroundings:
        """What is around a document or a passage: neighbours, duplicates, pages, its like."""
        from docproc.operations.reading.surroundings import Surroundings

        return Surroundings(self.application, self.room)

    def _open_room(self) -> ReadingRoom | None:
        from docproc.operations.reading.reading_room import open_reading_room  # answers

        return open_reading_room(self.application)

    @cached_property
    def room(self) -> ReadingRoom:
        """The open generation.  Raises ``ConfigError`` where nothing is published."""
        self._hiding = self.application.hiding
        room = self._open_room()
        if room is None and self._when_empty is not None:
            self._when_empty(self.application)
            room = self._open_room()
        if room is None:
            sources = self.application.workspace.sources
            raise ConfigError(
                f"nothing is indexed here yet: put documents into {sources}, then `docproc index`"
            )
        return room

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        return self.room.generation

    @property
    def view(self) -> str:
        """The id of the generation and of what is hidden of it: for what is remembered of it."""
        return self.room.opened.view

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        return self.application.workspace.root

    @cached_property
    def operations(self) -> Operations:
        """What writes: index, reembed, generations."""
        from docproc.operations.writing.operations import Operations

        return Operations(self.application)


def pin(library: Library) -> Library:
    """*library* as it is, which stays with the generation that it has open now."""
    made = Library(library.application)
    made.__dict__.update(room=library.room, around=library.around, paged_list=library.paged_list)
    return made


def scope_of(application: Application, words: str | Scope) -> Scope:
    """The scope that *words* describe; everything for none.  Raises ``UsageError``."""
    if isinstance(words, Scope):
        return words
    if not words.strip():
        return Scope()
    from docproc.chat.scope_words import parse_scope

    return parse_scope(words, grammars=application.plugins.grammars)


def parse_name(name: str) -> CitationId:
    """The stable name that *name* is.  Raises ``UsageError`` where it is none."""
    parsed = CitationId.parse(name)
    if parsed is None:
        raise UsageError(
            f"{name!r} is not a whole stable name; `docproc ask --json` gives them as 'identifier'"
        )
    return parsed


def open_library(path: str | Path | None = None) -> Library:
    """Open the workspace at *path*, or the nearest one at or above the current folder.

    Raises ``ConfigError`` where there is none or its ``config.toml`` is wrong.
    """
    return Library(Application(find_workspace(Path.cwd(), Path(path) if path else None)))
