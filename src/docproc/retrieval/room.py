"""The reading room: one published generation, opened for questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from docproc.records import Answer, Document, Passage, Scope


class ReadingRoom(Protocol):
    """What the chat and the commands ask of an opened generation."""

    generation: str
    """The id of the generation that is open."""
    notice: str | None
    """One line on what is stale, if anything is."""

    def ask(self, question: str, *, limit: int, scope: Scope) -> Answer:
        """Answer *question* from the passages within *scope*, with at most *limit* citations."""
        ...

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError``."""
        ...

    def passages(self, document_id: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        ...

    def find(self, name: str) -> Passage | Document:
        """The passage or document whose id begins with *name*, or whose source file is called so.

        Raises ``UsageError`` when there is none or more than one.
        """
        ...

    def words(self) -> Sequence[str]:
        """Names and titles of the corpus, for completion."""
        ...
