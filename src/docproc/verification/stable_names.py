"""Resolving a stable name: what it named, where that stands now, or why it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from docproc.dataclass_on_use import dataclass
from docproc.records import Citation, CitationId, Document, Passage, Span
from docproc.records.citation_id import quote_of, text_of
from docproc.store.catalog import Catalog
from docproc.verification.cite import Verifier, cite


class Standing(StrEnum):
    """What became of what a stable name names."""

    STANDS = "stands"
    RENAMED = "renamed"
    """The same text, under another path."""
    CHANGED = "changed"
    """The words at their place, in a text that has changed elsewhere."""
    MOVED = "moved"
    WITHHELD = "withheld"
    """In the documents, and closed to readers: by a rule of access, or since it was withdrawn."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a name stands, in words; and, unless it is broken, the citation of what it names."""

    standing: Standing
    words: str
    citation: Citation | None = None


def resolve(name: CitationId, catalog: Catalog, verifier: Verifier) -> Resolution:
    """Find what *name* names in the generation of *catalog*, and cite it again.

    Neither passages nor vectors take part: another segmenter, another model, another
    generation change nothing.  Where the text has changed, the words are looked for again.
    """
    standing, words, document, span = _find(name, catalog)
    if document is None or span is None:
        return Resolution(standing, words)
    citation = cite_span(document, span, catalog.passages_of(document.id), verifier)
    return Resolution(standing, words, citation)


def cite_span(
    document: Document, span: Span, passages: Sequence[Passage], verifier: Verifier
) -> Citation:
    """The citation of *span* of *document*, wherever its *passages* begin and end now.

    Kind, reference and locator are those of the passage that holds the most of it.
    """
    touched = [passage for passage in passages if passage.span.overlaps(span)]
    if not touched:  # furniture, or a document without passages
        raise ValueError(f"no passage of {document.source.path} holds characters {span}")
    most = max(touched, key=lambda p: min(p.span.end, span.end) - max(p.span.start, span.start))
    same = [passage for passage in touched if passage.kind is most.kind]
    locator = most.locator
    if len({passage.locator for passage in same}) > 1:
        locator = f"{same[0].locator} to {same[-1].locator}"
    quoted = replace(most, span=span, text=span.of(document.text), locator=locator)
    made = cite(1, quoted, document, score=1.0, highlights=(), why=(), verifier=verifier)
    return replace(made, passage_id=most.id)


_Found = tuple[Standing, str, Document | None, Span | None]


def _find(name: CitationId, catalog: Catalog) -> _Found:
    if why := catalog.withholds(name):
        return Standing.WITHHELD, f"what it names is withheld: {why}", None, None
    here = catalog.finder.documents_at_place(name.place)
    documents = [catalog.document(row.id) for row in here]
    for document in documents:
        if text_of(document.text) == name.text and _says(document, name.span, name):
            return Standing.STANDS, "stands at its place", document, name.span
    for row in catalog.documents():
        if row.characters != name.length or row in here:
            continue
        document = catalog.document(row.id)
        if text_of(document.text) == name.text and _says(document, name.span, name):
            part = f", and its part {row.member}" if row.member else ""
            words = f"its source is called {row.source} now{part}"
            return Standing.RENAMED, words, document, name.span
    for document in documents:
        if _says(document, name.span, name):
            words = f"{document.source.path} has changed, but not at this place"
            return Standing.CHANGED, words, document, name.span
    for document in documents:
        at = find_again(document.text, name)
        if at is not None:
            words = (
                f"moved: {document.source.path} has changed, and the words stand at characters "
                f"{at.start} to {at.end}, not {name.span.start} to {name.span.end}"
            )
            return Standing.MOVED, words, document, at
    if documents:
        path = documents[0].source.path
        return Standing.BROKEN, f"{path} has changed, and the words are gone from it", None, None
    words = (
        "no document stands at its place and none has its text: its source is gone from the "
        "index, or was renamed and changed"
    )
    return Standing.BROKEN, words, None, None


def find_again(text: str, name: CitationId) -> Span | None:
    """Where the words that *name* names stand in *text* now, the nearest place to their own.

    Only their hash is known, so every stretch of their length is tried: first those that
    begin where a word does, then all others.
    """
    size = len(name.span)
    for starts in (_word_starts(text), range(len(text) - size + 1)):
        found = [
            at
            for at in starts
            if at + size <= len(text) and quote_of(text[at : at + size]) == name.quote
        ]
        if found:
            at = min(found, key=lambda start: abs(start - name.span.start))
            return Span(at, at + size)
    return None


def _word_starts(text: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(r"\S+", text))


def _says(document: Document, span: Span, name: CitationId) -> bool:
    return span.end <= len(document.text) and quote_of(span.of(document.text)) == name.quote
