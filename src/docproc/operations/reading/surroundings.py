"""What is around a document or a passage: its neighbours, its duplicates, its pages, its like."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docproc.browsing.neighbours import DuplicateGroups, Neighbourhood, Neighbours
    from docproc.operations.application import Application
    from docproc.records import Citation, Document, DocumentRow, DrawnPage, Span
    from docproc.retrieval import ReadingRoom


class Surroundings:
    """What is around the documents and passages of the generation that *room* has open."""

    def __init__(self, application: Application, room: ReadingRoom) -> None:
        self._application = application
        self._room = room

    def neighbours(self, document: Document) -> Neighbours:
        """What stands before and after a document, and which letter may answer it."""
        return self._neighbourhood.of(document.id)

    def duplicates(self, document: Document) -> list[DocumentRow]:
        """The documents that have the words of this one, or nearly, as indexing found them."""
        return self._duplicates.of(document.id)

    def similar(self, citation: Citation, *, limit: int = 8) -> tuple[Citation, ...]:
        """The passages of other documents whose vectors are nearest to that of a passage."""
        from docproc.retrieval.lookup.similar_passages import nearest_passages

        catalog = self._room.opened.catalog
        (passage,) = catalog.passages([catalog.finder.row_of(citation.passage_id)])
        found = nearest_passages(self._room.opened, passage, limit)
        return tuple(
            replace(self._room.lookup.cite(each), rank=rank, score=round(score, 4))
            for rank, (each, score) in enumerate(found, 1)
        )

    def can_draw(self, document: Document) -> bool:
        """Whether the pages of *document* can be drawn (``page_images``), as far as is known."""
        from docproc.hooks.protocols import DrawsImages, DrawsPages
        from docproc.hooks.specs import PARSE

        read_by = self._room.opened.catalog.readings.read_by(document.source.path)
        if read_by is None or read_by[0] not in self._application.workspace.config.pipeline.parsers:
            return False
        parser = self._application.plugins.make(PARSE, read_by[0])
        return isinstance(parser, DrawsPages | DrawsImages)

    def page_images(self, document: Document, span: Span) -> Sequence[DrawnPage]:
        """The pages that *span* touches, marked, as images.  Raises ``SourceError``."""
        return self._application.rereader.draw(document, span)[0]

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        from docproc.browsing.neighbours import Neighbourhood

        return Neighbourhood(self._room.opened.catalog)

    @cached_property
    def _duplicates(self) -> DuplicateGroups:
        from docproc.browsing.neighbours import DuplicateGroups

        return DuplicateGroups(self._room.opened.folder, self._room.opened.catalog)
