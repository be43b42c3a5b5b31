"""Whether a document, as a parser or a normalizer hands it on, is sound."""

from __future__ import annotations

from collections.abc import Iterator

from docproc.records import Document, Span


def flaw(document: Document) -> str | None:
    """The first thing wrong with *document*, in words; ``None`` if it is sound."""
    if not isinstance(document, Document):
        return f"it is no Document but {type(document).__name__}"
    return next(_flaws(document), None)


def _flaws(document: Document) -> Iterator[str]:
    text = document.text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        yield f"the text holds half a character (a lone surrogate) at {error.start}"
    end = 0
    for block in document.blocks:
        span = block.span
        if span.start < end:
            yield f"the block {block.kind.value} {_at(span)} overlaps or precedes the one before"
        end = span.end
    for name, span in _spans(document):
        if span.end > len(text):
            yield f"{name} {_at(span)} lies outside the text of {len(text)} characters"
    for reference in document.references:
        if reference.span and reference.span.of(text) != reference.printed:
            yield (
                f"the reference {reference.printed!r} is not what stands "
                f"{_at(reference.span)}: {reference.span.of(text)!r}"
            )
        if not reference.printed.strip():
            yield "a reference prints nothing"


def _spans(document: Document) -> Iterator[tuple[str, Span]]:
    """Every span in *document*, with what it is the span of."""
    for block in document.blocks:
        yield f"the block {block.kind.value}", block.span
        if block.anchor:
            yield f"the anchor of note {block.label}", block.anchor
    metadata = document.metadata
    for name in ("title", "sender", "recipient", "place"):
        mention = getattr(metadata, name)
        if mention and mention.span:
            yield f"the {name}", mention.span
    for date in metadata.dates:
        if date.span:
            yield f"the date {date.printed!r}", date.span
    for reference in document.references:
        if reference.span:
            yield f"the reference {reference.printed!r}", reference.span
    if document.witness and document.witness.span:
        yield "the witness", document.witness.span
    for page in document.pages:
        yield f"page {page.label}", page.span
    for edit in document.search.edits:
        yield "the edit of the search text", edit.span


def _at(span: Span) -> str:
    return f"at {span.start}..{span.end}"
