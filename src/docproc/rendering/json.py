"""Answers and documents as plain dictionaries, for ``--json``.

Texts are the source's own, letter for letter; positions are offsets, in code points, into
the reading text, except ``highlights``, which are offsets into their quote.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from docproc.passages.anchoring import find_anchor
from docproc.passages.governing import own_reference
from docproc.records import (
    Answer,
    ArchivalReference,
    Block,
    BlockKind,
    Citation,
    Copy,
    Document,
    Mention,
    Origin,
    Passage,
    Span,
    Verdict,
    Witness,
)
from docproc.rendering.wording import boilerplate_share, dates_agree

if TYPE_CHECKING:
    from docproc.retrieval.answers.mentions import MentionedPassage as NameMention
    from docproc.retrieval.answers.mentions import Mentions
    from docproc.retrieval.lookup.quotations import QuoteCheck


class Maker(Protocol):
    """A plugin that took part (``docproc.store.manifest.PluginUse``)."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def settings(self) -> dict[str, Any]: ...


def answer_json(answer: Answer) -> dict[str, Any]:
    """*answer* in the published shape of ``docproc ask --json``.

    A refusal also has ``nearest``: the citations that stayed below the floor; and ``not_read``:
    how many files, pages and other parts of files could not be read.  Where shards are missing,
    ``searched`` has ``shards``: how many were searched, of how many; where a vector index did not
    answer, ``vectors``: how many answered, of how many.
    """
    searched = answer.searched
    told = ("generation", "documents", "passages", "scope", "floor", "best")
    found: dict[str, Any] = {
        "question": answer.question,
        "verdict": answer.verdict.value,
        "citations": [citation_json(citation) for citation in answer.citations],
        "searched": _fields(searched, *told),
    }
    if searched.shards:
        found["searched"]["shards"] = {"searched": searched.shards[0], "of": searched.shards[1]}
    if searched.vectors:
        answered, count = searched.vectors
        found["searched"]["vectors"] = {"answered": answered, "of": count}
    found["understood"] = list(answer.understood)
    found["remarks"] = list(answer.remarks)
    found["total"] = answer.total
    if answer.verdict is Verdict.NOT_FOUND:
        found["nearest"] = [citation_json(citation) for citation in answer.nearest]
        found["not_read"] = asdict(searched.not_read)
    return found


def explained_json(
    answer: Answer,
    behind: Sequence[tuple[str, str]],
    makers: Callable[[Citation], Sequence[tuple[str, Maker]]] = lambda _: (),
) -> dict[str, Any]:
    """``answer_json``, and for each citation why it is one, for ``docproc ask --explain``.

    ``signals`` are what each found and what that gave to the score; ``matched`` the words of
    the quote, at offsets into it, that answer to a word of the question, and how like they
    are; *behind* is what took part in making the generation, and *makers* says which plugin made
    what of a citation (``ReadingRoom.makers``).
    """
    found = answer_json(answer)
    shown = [*zip(found["citations"], answer.citations, strict=True)]
    shown += [*zip(found.get("nearest", ()), answer.nearest, strict=False)]
    for printed, citation in shown:
        gave = dict(citation.gave)
        printed["signals"] = {
            name: {"found": value, "gave": gave.get(name)} for name, value in citation.why
        }
        printed["matched"] = [
            {"word": m.word, "start": m.span.start, "end": m.span.end, "likeness": m.likeness}
            for m in citation.matched
        ]
        printed["made_by"] = [
            {"what": what} | _fields(maker, "name", "version", "origin", "settings")
            for what, maker in makers(citation)
        ]
    return {**found, "words": list(answer.searched.words), "behind": dict(behind)}


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation; ``docproc show`` takes ``id``, its passage's, and ``identifier``.

    ``id`` is good for as long as the passage is cut so; ``identifier`` outlives that.
    """
    metadata = citation.metadata
    date, anchored = metadata.date, citation.anchored
    return {
        "rank": citation.rank,
        "id": citation.passage_id,
        "identifier": citation.identifier,
        "quote": citation.quote,
        "highlights": [[span.start, span.end] for span in citation.highlights],
        "document": {
            "id": citation.document_id,
            "member": citation.member,
            "title": _words(metadata.title),
            "date": date.edtf if date else None,
            "date_printed": date.printed if date else None,
            "sender": _words(metadata.sender),
            "recipient": _words(metadata.recipient),
            "number": metadata.number,
        },
        "reference": reference_json(citation.reference),
        "witness": citation.witness.printed if citation.witness else None,
        "kind": citation.kind.value,
        "locator": citation.locator,
        "pages": citation.pages,
        "hand": citation.hand.value if citation.hand else None,
        "anchored": anchored
        and {"quote": anchored.quote, "start": anchored.span.start, "end": anchored.span.end},
        "source": {
            "path": citation.source.path,
            "sha256": citation.source.sha256,
            "start": citation.span.start,
            "end": citation.span.end,
            **_origin(metadata.origin),
        },
        "score": citation.score,
        "verified": citation.verified,
        "verification": citation.verification,
        "states": citation.states or None,
        "also": [copy_json(copy) for copy in citation.also],
    }


def copy_json(copy: Copy) -> dict[str, Any]:
    """Another passage that says the same as one that is cited."""
    return {
        "id": copy.passage_id,
        "document": {"id": copy.document_id, "title": copy.title},
        "reference": reference_json(copy.reference),
        "source": {"path": copy.source},
    }


def reference_json(reference: ArchivalReference | None) -> dict[str, Any] | None:
    """A reference as printed, its archive's names, and its levels by their names."""
    if reference is None:
        return None
    names = _fields(reference, "printed", "archive", "archive_now")
    return {**names, **dict(reference.components), **names}


def document_json(
    document: Document, passages: Sequence[Passage], unread: str | None = None
) -> dict[str, Any]:
    """All that is known of *document*, for ``docproc show --json``.

    ``reference`` is the document's own; those that a note cites stand with the note, and
    all of them, in the order of the text, in ``references``.  ``not_taken`` says what is in no
    passage: the share of the words that is furniture, and what of the source is *unread*.
    """
    metadata = document.metadata
    notes = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    owners = [_owner(reference, notes) for reference in document.references]
    pairs = list(zip(document.references, owners, strict=True))
    collection, own = metadata.collection, own_reference(document)
    return {
        "id": document.id,
        "title": _words(metadata.title),
        "kind": metadata.kind,
        "sender": _words(metadata.sender),
        "recipient": _words(metadata.recipient),
        "place": _words(metadata.place),
        "dates": [
            _fields(d, "printed", "edtf", "julian", "if_old_style", "place")
            | {
                "ranks": number == 0,
                "agrees": dates_agree(metadata.dates[0], d),
                "span": _span(d.span),
            }
            for number, d in enumerate(metadata.dates)
        ],
        "enclosures": [mention.text for mention in metadata.enclosures],
        "salutation": _first(document, BlockKind.SALUTATION),
        "paragraphs": _texts(document, BlockKind.PARAGRAPH),
        "list_items": [
            {"label": block.label, "text": block.span.of(document.text)}
            for block in document.blocks
            if block.kind is BlockKind.LIST_ITEM
        ],
        "signature": _first(document, BlockKind.SIGNATURE),
        "collection": collection
        and _fields(collection, "title", "statement", "year")
        | {"editors": list(collection.editors)},
        "reference": _reference(own, None) if own else None,
        "references": [_reference(r, owner.label if owner else None) for r, owner in pairs],
        "witness": _witness(document.witness),
        "notes": [
            {
                "label": note.label,
                "text": note.span.of(document.text),
                "span": _span(note.span),
                "anchor": _span(note.anchor),
                "anchored_at": _span(find_anchor(document, note.span)),
                "hand": note.hand.value if note.hand else None,
                "references": [_reference(r, note.label) for r, owner in pairs if owner is note],
            }
            for note in notes
        ],
        "furniture": _texts(document, BlockKind.FURNITURE),
        "not_taken": {"furniture": round(boilerplate_share(document), 4), "unread": unread},
        "blocks": [_block(block) for block in document.blocks],
        "pages": [
            {"label": page.label, "span": _span(page.span)}
            | ({"image": page.image} if page.image else {})
            for page in document.pages
        ],
        "passages": [_passage(passage) for passage in passages],
        "source": asdict(document.source) | _origin(metadata.origin),
        "encoding": metadata.encoding,
        "language": metadata.language,
        "other": dict(metadata.other),
        "text": document.text,
    }


def quote_check_json(check: QuoteCheck) -> dict[str, Any]:
    """Whether words stand in the documents: the verdict, what differs, and where they stand."""
    return {
        "text": check.text,
        "verdict": check.verdict,
        "in_source": check.verdict == "verbatim",
        "under_reference": check.under_reference,
        "difference": check.difference or None,
        "places": [citation_json(each) for each in check.places],
    }


def mentions_json(found: Mentions, shown: Sequence[NameMention] | None = None) -> dict[str, Any]:
    """Every mention of a name: how many, by year and by spelling, and those *shown* (or all)."""
    return {
        "name": found.name,
        "passages": len(found.mentions),
        "documents": found.documents,
        "years": [{"year": year, "passages": count} for year, count in found.years],
        "spellings": [{"printed": words, "times": count} for words, count in found.spellings],
        "mentions": [_mention(each) for each in (found.mentions if shown is None else shown)],
    }


def _mention(mention: NameMention) -> dict[str, Any]:
    row, passage = mention.document, mention.passage
    return {
        "id": passage.id,
        "quote": passage.text,
        "highlights": [[span.start, span.end] for span in mention.spans],
        "document": _fields(row, "id", "title", "date", "date_printed", "sender", "recipient"),
        "reference": reference_json(passage.reference),
        "kind": passage.kind.value,
        "locator": passage.locator,
        "source": {
            "path": row.source,
            "member": row.member,
            "start": passage.span.start,
            "end": passage.span.end,
        },
    }


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _words(mention: Mention | None) -> str | None:
    return mention.text if mention else None


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None


def _texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is kind]


def _first(document: Document, kind: BlockKind) -> str | None:
    return next(iter(_texts(document, kind)), None)


def _owner(reference: ArchivalReference, notes: Sequence[Block]) -> Block | None:
    """The note that *reference* stands in, if it stands in one."""
    span = reference.span
    return next((note for note in notes if span is not None and note.span.contains(span)), None)


def _reference(reference: ArchivalReference, note: str | None) -> dict[str, Any]:
    found = reference_json(reference) or {}
    return {**found, "scheme": reference.scheme, "note": note, "span": _span(reference.span)}


def _witness(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return asdict(witness) | {"span": _span(witness.span)}


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "span": _span(block.span),
        "label": block.label,
        "level": block.level,
        "anchor": _span(block.anchor),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "kind": passage.kind.value,
        "locator": passage.locator,
        "span": _span(passage.span),
        "reference": passage.reference.printed if passage.reference else None,
        "language": passage.language,
    }


def _origin(origin: Origin | None) -> dict[str, Any]:
    return asdict(origin) if origin else {}
