"""The desk: what commands of plugins may do with a workspace (``docproc.hooks.LibraryAccess``)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.records import Answer, Document, Passage, Scope

if TYPE_CHECKING:
    from docproc.operations.application import Application
    from docproc.retrieval import ReadingRoom


class CommandLibrary:
    """A desk over a workspace; *open_room* is called when something is first asked of it."""

    def __init__(self, application: Application, open_room: Callable[[], ReadingRoom]) -> None:
        self._application = application
        self._open = open_room

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        return self._application.workspace.root

    def ask(self, question: str, *, limit: int | None = None, scope: str = "") -> Answer:
        """Answer *question*; the observers are told as of any other."""
        from docproc.chat.scope_words import parse_scope

        where = (
            parse_scope(scope, grammars=self._application.plugins.grammars)
            if scope.strip()
            else Scope()
        )
        begun = time.perf_counter()
        limit = limit or self._application.workspace.config.ask.limit
        answer = self._room.ask(question, limit=limit, scope=where)
        self._application.extensions.answered(answer, time.perf_counter() - begun)
        return answer

    def documents(self) -> Iterator[Document]:
        """Every document, in the order of the catalog."""
        for row in self._room.holdings.catalog.documents():
            yield self._room.document(row.id)

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError``."""
        return self._room.document(document_id)

    def passages(self, document_id: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        return self._room.passages(document_id)

    @cached_property
    def _room(self) -> ReadingRoom:
        return self._open()
