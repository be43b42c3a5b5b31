"""What is in one published generation, by name: documents, passages, citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from docproc.errors import UsageError, nearest
from docproc.records import (
    Citation,
    CitationId,
    Document,
    DocumentRow,
    NotRead,
    Passage,
    PassageKind,
    Scope,
    Span,
)
from docproc.retrieval.lookup.by_reference import check_known
from docproc.retrieval.weights import WEIGHTS
from docproc.store.catalog import IN_PART, Catalog, not_read
from docproc.verification.cite import Verifier
from docproc.verification.stable_names import Resolution, cite_span, resolve


class Lookup:
    """Finds documents and passages in *catalog* by name, and cites them.

    *verifier* gives what holds a citation against the bytes of its source.
    """

    def __init__(self, catalog: Catalog, verifier: Callable[[], Verifier]) -> None:
        self._catalog = catalog
        self._verifier = verifier

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError``."""
        return self._catalog.document(document_id)

    def passages(self, document_id: str) -> Sequence[Passage]:
        """The passages of a document, in the order of its text."""
        return self._catalog.passages_of(document_id)

    def find(self, name: str) -> Passage | Document:
        """The passage or document whose id begins with *name*, or whose source file is called so.

        Raises ``UsageError`` when there is none or more than one.
        """
        catalog = self._catalog
        name = name.removeprefix("./")
        documents = list(catalog.document_rows([name])) or catalog.finder.documents_of(name)
        if len(documents) > 1:
            documents = self._whole(name, documents)
        rows: list[int] = []
        if not documents and len(name) >= WEIGHTS.shortest_id:
            documents = catalog.finder.documents_starting(name.lower())
            rows = catalog.finder.rows_starting(name.lower())
        if len(documents) + len(rows) > 1:
            raise UsageError(
                f"{name!r} means {len(documents)} documents and {len(rows)} passages; "
                "give more of it"
            )
        if documents:
            return catalog.document(documents[0])
        if rows:
            return catalog.passages(rows)[0]
        every = list(catalog.documents())
        named = [row.id for row in every if PurePosixPath(row.source).stem == name]
        named = named or [row.id for row in every if _row_called(row, name)]
        if named:
            return catalog.document((self._whole(name, named) if len(named) > 1 else named)[0])
        for path, failure in catalog.readings.failures().items():
            if name in (path, PurePosixPath(path).name):
                raise UsageError(f"{path} could not be read: {failure.cause}")
        known = [row.source.rsplit("/", 1)[-1] for row in every]
        raise UsageError(
            f"no document and no passage is called {name!r}{nearest(name, known)}; "
            "`docproc documents` lists what there is"
        )

    def _whole(self, name: str, documents: list[str]) -> list[str]:
        """Of several *documents* called *name*, the one that is no part of its source.

        Such is a message beside what is attached to it.  Raises ``UsageError`` naming them where
        there is none, or more than one.
        """
        found = [self.document(each) for each in documents[: WEIGHTS.documents_named]]
        whole = [each.id for each in found if not each.member]
        if len(whole) == 1 and len({each.source.path for each in found}) == 1:
            return whole
        names = [f"{each.source.path}/{each.member}".rstrip("/") for each in found]
        more = f" and {len(documents) - len(found):,} more" if len(documents) > len(found) else ""
        raise UsageError(
            f"{name!r} means {len(documents):,} documents: {', '.join(names)}{more}; name one so, "
            "or by its id (`docproc documents --json`)"
        )

    def resolve(self, name: CitationId) -> Resolution:
        """What a stable *name* names, where it stands now, or why it is broken."""
        return resolve(name, self._catalog, self._verifier())

    def cite(self, found: Passage | Document) -> Citation:
        """The citation of a passage; of a document, that of its beginning."""
        document = self.document(found.document_id) if isinstance(found, Passage) else found
        passages = self.passages(document.id)
        if isinstance(found, Document) and not passages:
            raise UsageError(f"{document.source.path} has no passage that could be cited")
        span = found.span if isinstance(found, Passage) else _beginning(passages).span
        return cite_span(document, span, passages, self._verifier())

    def cite_span(self, document: Document, span: Span) -> Citation:
        """The citation of a *span* of a document.  Raises ``ValueError`` where no passage is."""
        return cite_span(document, span, self.passages(document.id), self._verifier())

    def recheck(self, citation: Citation) -> Citation:
        """*citation* held again against its source's bytes, as they are now."""
        try:
            document = self.document(citation.document_id)
        except KeyError:
            verified, words = False, "its document is no longer in the index"
        else:
            verified, words = self._verifier().check(document, citation.span, citation.quote)
        return replace(citation, verified=verified, verification=words)

    def hides(self, citation: Citation) -> bool:
        """Whether the document of *citation*, made before, is one that no reader is shown now."""
        source = citation.source.path
        return self._catalog.hides(citation.document_id, source, citation.member)

    def check(self, scope: Scope) -> Scope:
        """*scope* itself; raises ``UsageError`` where no document can be within its reference."""
        return check_known(scope, self._catalog)

    def not_read(self) -> NotRead:
        """What of the sources could not be read."""
        return not_read(self._catalog.readings.failures().values())

    def unread_of(self, path: str) -> str | None:
        """Which parts of the source at *path* could not be read, and why; ``None``: none."""
        failure = self._catalog.readings.failures().get(path)
        return failure.cause.removeprefix(IN_PART) if failure and failure.in_part else None

    def words(self) -> Sequence[str]:
        """Names and titles of the corpus, for completion."""
        seen: dict[str, None] = {}
        for row in self._catalog.documents():
            for text in (row.sender, row.recipient, row.title):
                if text:
                    seen.setdefault(text)
        return list(seen)


def _row_called(row: DocumentRow, name: str) -> bool:
    """Whether *name* is a row's file and its code alone, without the column that names it."""
    source, _, code = name.rpartition("/")
    here = row.source == source or row.source.endswith(f"/{source}")
    return bool(source and code) and here and row.member.endswith(f" {code}")


def _beginning(passages: Sequence[Passage]) -> Passage:
    body = (passage for passage in passages if passage.kind is PassageKind.BODY)
    return next(body, passages[0])
