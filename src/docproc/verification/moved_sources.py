"""Find a source that was renamed or moved: by its bytes, or else by its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.dataclass_on_use import dataclass
from docproc.records import CitationId
from docproc.records.citation_id import text_of

if TYPE_CHECKING:
    from docproc.store.generations.generations import Generations
    from docproc.verification.checks import SavedCitation


@dataclass
class MovedSources:
    """Finds the path that a citation's source has now; no index is needed for one unchanged.

    A source of the same bytes is the same source.  Where none is, the published generation
    may hold the same reading text, which the citation's stable name knows by its hash.
    """

    files: Callable[[], Iterable[tuple[str, Path]]]
    """The sources as they are now: the path of each in the workspace, and the file."""
    generations: Generations
    _paths: dict[str, str] | None = field(default=None, init=False)

    def __call__(self, citation: SavedCitation) -> str | None:
        """The path, ``None`` where there is no such source."""
        if self._paths is None:
            self._paths = dict(self._hash_files())
        return self._paths.get(citation.source.sha256) or self._of_text(citation.identifier)

    def _hash_files(self) -> Iterator[tuple[str, str]]:
        for path, file in sorted(self.files(), reverse=True):
            try:
                with file.open("rb") as opened:
                    yield file_digest(opened, "sha256").hexdigest(), path
            except OSError:  # what cannot be read is nothing's new place
                continue

    def _of_text(self, identifier: str) -> str | None:
        from docproc.store.generations.open_catalog import open_catalog

        name = CitationId.parse(identifier)
        generation = self.generations.current() if name else None
        if name is None or generation is None:
            return None
        with open_catalog(generation) as catalog:
            for row in catalog.documents():
                if row.characters == name.length:
                    text = catalog.document(row.id).text
                    if text_of(text) == name.text:
                        return row.source
        return None
