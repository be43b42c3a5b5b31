"""Cite: a passage to a citation that says where it stands, and whether it still stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.errors import DocprocError
from docproc.passages.anchoring import find_anchor
from docproc.passages.governing import Governing
from docproc.passages.locators import Locators
from docproc.records import (
    Anchored,
    Citation,
    CitationId,
    Document,
    Passage,
    PassageKind,
    SourceFile,
    Span,
)

Reparse = Callable[[SourceFile, bytes], Sequence[Document]]
"""Parses a source's bytes again, as the pipeline would; raises ``SourceError``."""

VERBATIM = "verbatim"


@dataclass(slots=True)
class Verifier:
    """Re-checks quotations against the source files of a workspace.

    What was read is kept for one answer only, so that each source is read once.
    """

    root: Path
    reparse: Reparse
    _read: dict[str, tuple[str, dict[str, str]] | str] = field(default_factory=dict)

    def check(self, document: Document, span: Span, quote: str) -> tuple[bool, str]:
        """Whether *quote* stands at *span* in the source's bytes as they were indexed.

        Returns the verdict and its words: ``(True, "verbatim")``, or ``False`` with what is
        the matter: the source is gone, has changed (and whether the quote still stands in it).
        """
        return self.stands(document.source, document.member, span, quote)

    def stands(self, source: SourceFile, member: str, span: Span, quote: str) -> tuple[bool, str]:
        """The same of the document called *member* of *source*."""
        if source.path not in self._read:
            self._read[source.path] = self._read_again(source)
        found = self._read[source.path]
        if isinstance(found, str):
            return False, found
        digest, texts = found
        text = texts.get(member)
        stands = text is not None and span.of(text) == quote
        if digest == source.sha256:
            if stands:
                return True, VERBATIM
            return False, "the source reads otherwise now: its parser has changed since indexing"
        if stands:
            return False, "source changed since indexing; the quote still stands at its place"
        if any(quote in other for other in texts.values()):
            return False, "source changed since indexing; the quote has moved in it"
        return False, "source changed since indexing; the quote no longer stands in it"

    def _read_again(self, source: SourceFile) -> tuple[str, dict[str, str]] | str:
        try:
            data = (self.root / source.path).read_bytes()
        except FileNotFoundError:
            return "source gone since indexing"
        except OSError as error:
            return f"source cannot be read: {(error.strerror or str(error)).lower()}"
        digest = hashlib.sha256(data).hexdigest()
        now = SourceFile(source.path, source.media_type, len(data), digest)
        try:
            documents = self.reparse(now, data)
            # with the files that were read with it, its hash is of all of them
            read = documents[0].source.sha256 if documents else digest
            return read, {each.member: each.text for each in documents}
        except DocprocError as error:
            changed = "" if digest == source.sha256 else "source changed since indexing, and "
            return f"{changed}cannot be parsed again: {error}"


def cite(
    rank: int,
    passage: Passage,
    document: Document,
    *,
    score: float,
    highlights: Sequence[Span],
    why: Sequence[tuple[str, float]],
    verifier: Verifier,
) -> Citation:
    """Make the citation of *passage*; *highlights* are spans of ``document.text``, best first."""
    verified, words = verifier.check(document, passage.span, passage.text)
    at = find_anchor(document, passage.span) if passage.kind is PassageKind.NOTE else None
    anchored = Anchored(at.of(document.text), at) if at else None
    if anchored and verified:
        verified, words = verifier.check(document, anchored.span, anchored.quote)
    notes = (b for b in document.blocks if b.span.contains(passage.span))
    return Citation(
        rank=rank,
        quote=passage.text,
        span=passage.span,
        highlights=tuple(span.shift(-passage.span.start) for span in highlights),
        passage_id=passage.id,
        document_id=passage.document_id,
        metadata=document.metadata,
        kind=passage.kind,
        locator=passage.locator,
        source=document.source,
        member=document.member,
        score=score,
        verified=verified,
        verification=words,
        reference=passage.reference,
        document_reference=Governing(document).own,
        identifier=str(CitationId.of(document, passage.span)),
        # the description of the letter's witness says nothing of what a note quotes
        witness=None if passage.note else document.witness,
        why=tuple(why),
        anchored=anchored,
        hand=next((note.hand for note in notes), None),
        pages=Locators((), document.pages).pages(at or passage.span),
    )
