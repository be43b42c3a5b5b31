"""How a passage and a reference are laid into their tables, and taken out again."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from docproc.errors import PluginError
from docproc.records import ArchivalReference, Document, Mention, Passage, PassageKind, Span
from docproc.store.catalog.tables import schema
from docproc.store.catalog.tables.compressed import compress, restore

PASSAGE = (
    'key, start, "end", kind, locator, note, language, reference, search_text, embed_head,'
    " embed_joined, sentences"
)
"""The columns that ``from_row`` takes."""


def check(document: Document, passages: Sequence[Passage]) -> None:
    """Raise ``PluginError`` for passages that are not the document's own words."""
    where, document_id = document.source.path, document.id
    if len(passages) >> schema.SHIFT or len(document.text) >> schema.SHIFT >= schema.PIECE:
        raise PluginError(f"{where}: a document of {len(passages)} passages is too large")
    seen = set()
    for passage in passages:
        if passage.document_id != document_id:
            raise PluginError(f"{where}: the segmenter gave a passage of another document")
        if passage.text != passage.span.of(document.text):
            raise PluginError(f"{where}: the segmenter changed the text of {passage.locator!r}")
        if not all(passage.span.contains(sentence) for sentence in passage.sentences):
            raise PluginError(f"{where}: a sentence of {passage.locator!r} reaches outside it")
        if passage.span in seen:
            raise PluginError(f"{where}: the segmenter gave {passage.locator!r} twice")
        seen.add(passage.span)


def to_row(key: int, passage: Passage, reference: int) -> tuple[object, ...]:
    """The row of *passage*, governed by the reference of that ordinal, or -1 for none."""
    start = passage.span.start
    joined = passage.embed_text.endswith(passage.search_text)
    head = passage.embed_text
    if joined:
        head = head[: len(head) - len(passage.search_text)]
    ends = [at - start for span in passage.sentences for at in (span.start, span.end)]
    searched = None
    if passage.search_text != passage.text:
        searched = compress(passage.search_text, passage.text)
    return (
        key, schema.tag_of(passage.id), start, passage.span.end, passage.kind.value,
        passage.locator, passage.note, passage.language, None if reference < 0 else reference,
        searched, head, joined, struct.pack(f"<{len(ends)}I", *ends),
    )  # fmt: skip


def levels_of(reference: ArchivalReference) -> Iterator[tuple[str, str]]:
    """What a reference can be found by: each level's value, and both names of its archive."""
    for level, value in reference.components:
        yield level, schema.fold_value(value)
    for name in (reference.archive, reference.archive_now):
        if name:
            yield schema.ARCHIVE, schema.fold_value(name)


def more_names(document: Document) -> Iterator[tuple[str, str]]:
    """What else a document can be found by: its witness, its correspondents, its register."""
    if document.witness:
        for value in document.witness.values:
            yield schema.WITNESS, value
    about = document.metadata
    for level, mention in ((schema.SENDER, about.sender), (schema.RECIPIENT, about.recipient)):
        if mention and mention.identity:
            yield level, mention.identity
    for person in document.persons:
        yield schema.PERSON, msgspec.json.encode(person).decode()


def searched_name(mention: Mention) -> str:
    """A correspondent as ``--sender`` compares it: folded, with every other name of theirs."""
    said = mention.text
    if mention.name and mention.name not in said:
        said = f"{said} ({mention.name})"
    return schema.fold(schema.OWN_NAME.join((said, *mention.own_names)))


def piece_keys(document: int, span: Span) -> range:
    """The keys of the pieces of text that *span* of the *document* stands in."""
    base = document << schema.SHIFT
    return range(base + span.start // schema.PIECE, base + -(-span.end // schema.PIECE))


def cut_span(document: int, span: Span, pieces: dict[int, str]) -> str:
    """The text of *span*, from its pieces by key."""
    keys = piece_keys(document, span)
    start = span.start - span.start // schema.PIECE * schema.PIECE
    return "".join(pieces[key] for key in keys)[start : start + len(span)]


def pieces_of(row: tuple[Any, ...]) -> range:
    """The keys of the pieces that the passage in *row* is cut from."""
    key, start, end, *_ = row
    return piece_keys(key >> schema.SHIFT, Span(start, end))


def reference_of(row: tuple[Any, ...]) -> tuple[int, int | None]:
    """The document and the ordinal of the reference that governs the passage in *row*."""
    return row[0] >> schema.SHIFT, row[7]


def from_row(
    row: tuple[Any, ...],
    document_id: str,
    pieces: dict[int, str],
    references: dict[tuple[int, int | None], ArchivalReference],
) -> Passage:
    """The passage in *row*, of the columns ``PASSAGE``."""
    key, start, end, kind, locator, note, language, reference, search, head, joined, spans = row
    span = Span(start, end)
    text = cut_span(key >> schema.SHIFT, span, pieces)
    search_text = text if search is None else restore(search, text)
    ends = iter(struct.unpack(f"<{len(spans) // 4}I", spans))
    return Passage(
        document_id=document_id,
        span=span,
        text=text,
        kind=PassageKind(kind),
        locator=locator,
        embed_text=head + search_text if joined else head,
        search_text=search_text,
        sentences=tuple(Span(start + a, start + b) for a, b in zip(ends, ends, strict=True)),
        reference=None if reference is None else references[reference_of(row)],
        note=note,
        language=language,
    )
