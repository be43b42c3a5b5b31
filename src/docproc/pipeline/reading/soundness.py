"""Whether a record, as a plugin hands it over, is sound: types, bounds, and words where they stand.

It is asked at every seam, so that what is wrong is told of the plugin that gave it, and never of
the next one, which only met it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from docproc.records import BlockKind, Document, Passage, Span
from docproc.text.calls import type_name
from docproc.text.patterns import compile_on_use

_PLACE = compile_on_use(r"(.*?)(?: - at `\$(.*)`)?", re.DOTALL)
UNSENDABLE = (ValueError, TypeError, OverflowError, RecursionError, NotImplementedError)
"""What encoding raises for a value that no frame can hold; ``UnicodeEncodeError`` among them."""


def find_type_error(record: Any, kind: Any) -> str | None:
    """What of *record* has another type than *kind* and its fields say; ``None`` if nothing has."""
    if isinstance(kind, type) and not isinstance(record, kind):
        return f"it is no {kind.__name__} but {type_name(record)}"
    try:
        msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=kind)
    except UnicodeEncodeError as error:
        return f"it holds half a character (a lone surrogate) at {error.start}"
    except UNSENDABLE as error:
        found = _PLACE.fullmatch(str(error))
        what, place = found.groups() if found else (str(error), None)
        what = what[:1].lower() + what[1:]
        return f"{place.lstrip('.')}: {what}" if place else what
    return None


def find_document_error(document: Any, *, words: bool = True) -> str | None:
    """What is wrong with *document*, in words; ``None``: nothing.  *words*: spans are read."""
    return find_type_error(document, Document) or find_place_error(document, words=words)


def find_place_error(document: Document, *, words: bool = True) -> str | None:
    """What of *document*, whose fields are sound, stands where it cannot; ``None``: nothing."""
    return next(_flaws(document, words), None)


def find_passage_error(passages: Sequence[Any]) -> str | None:
    """The first of *passages* that is no passage, or has a field of another type, in words."""
    for number, passage in enumerate(passages, 1):
        wrong = find_type_error(passage, Passage)
        if wrong:
            return f"its passage {number}: {wrong}"
    return None


def _flaws(document: Document, compared: bool) -> Iterator[str]:
    text = document.text
    end = 0
    for block in document.blocks:
        span = block.span
        if not isinstance(block.kind, BlockKind):
            yield f"the block {_at(span)} has the kind {block.kind!r}, which is no BlockKind"
        if span.start < end:
            yield f"the block {block.kind} {_at(span)} overlaps or precedes the one before"
        end = span.end
    whole = len(text)
    for name, of, span, _ in _spans(document):
        if span.end > whole:
            yield f"{name % of} {_at(span)} lies outside the text of {whole} characters"
    for reference in document.references:
        if reference.span and reference.span.of(text) != reference.printed:
            yield (
                f"the reference {reference.printed!r} is not what stands "
                f"{_at(reference.span)}: {reference.span.of(text)!r}"
            )
        if not reference.printed.strip():
            yield "a reference prints nothing"
    for name, of, span, words in _spans(document) if compared else ():
        if words is not None and not _same(words, span.of(text)):
            yield f"{name % of} is not what stands {_at(span)}: {span.of(text)[:60]!r}"


def _spans(document: Document) -> Iterator[tuple[str, Any, Span, str | None]]:
    """Every span in *document*, how what it is the span of is called, and the words there."""
    for block in document.blocks:
        yield "the block %s", block.kind, block.span, None
        if block.anchor:
            yield "the anchor of note %s", block.label, block.anchor, None
    metadata = document.metadata
    mentions = [(n, getattr(metadata, n)) for n in ("title", "sender", "recipient", "place")]
    for name, mention in [*mentions, *(("enclosure", each) for each in metadata.enclosures)]:
        if mention and mention.span:
            yield f"the {name} %r", mention.text, mention.span, mention.text
    for date in metadata.dates:
        if date.span:
            yield "the date %r", date.printed, date.span, date.printed
    for reference in document.references:
        if reference.span:
            yield "the reference %r", reference.printed, reference.span, None
    if document.witness and document.witness.span:
        yield "the witness", (), document.witness.span, document.witness.printed
    for page in document.pages:
        yield "page %s", page.label, page.span, None
    for edit in document.search.edits:
        yield "the edit of the search text", (), edit.span, None


def _same(words: str, standing: str) -> bool:
    """Whether *words* are what is *standing* there, up to white space."""
    return words == standing or words.split() == standing.split()


def _at(span: Span) -> str:
    return f"at {span.start}..{span.end}"
