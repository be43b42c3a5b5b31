"""The shapes of results, as records, and the schemas of calls.

The HTTP API describes both in full, and tests hold results to them; a model that pays by the
token is given the schemas short.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Shape(msgspec.Struct, kw_only=True):
    """A JSON object with these keys; later versions may add others."""


class Reference(msgspec.Struct, kw_only=True):
    """A reference as printed, its archive's names, and its levels under their own names."""

    printed: str
    archive: str | None
    archive_now: str | None


class CitedDocument(Shape):
    """The document of a citation; ``member`` is its place in a source that holds several."""

    id: str
    title: str | None
    date: str | None
    date_printed: str | None
    sender: str | None
    recipient: str | None
    member: str | msgspec.UnsetType = msgspec.UNSET
    number: str | msgspec.UnsetType | None = msgspec.UNSET


class Place(Shape):
    """Where a quotation stands: offsets, in code points, into the reading text."""

    path: str
    sha256: str
    start: int
    end: int
    address: str | msgspec.UnsetType = msgspec.UNSET
    fetched: str | msgspec.UnsetType = msgspec.UNSET


class Noted(Shape):
    """The sentence that a note belongs to."""

    quote: str
    start: int
    end: int


class NamedDocument(Shape):
    """A document and its title."""

    id: str
    title: str


class CopySource(Shape):
    """The source of a copy."""

    path: str


class CopyShape(Shape):
    """Another passage that says the same."""

    id: str
    document: NamedDocument
    reference: Reference | None
    source: CopySource


class CitationShape(Shape):
    """A passage quoted letter for letter; ``identifier`` is its stable name."""

    rank: int
    id: str
    identifier: str
    quote: str
    highlights: list[tuple[int, int]]
    document: CitedDocument
    reference: Reference | None
    witness: str | None
    kind: str
    locator: str
    hand: str | None
    anchored: Noted | None
    source: Place
    score: float
    verified: bool
    verification: str
    states: str | None
    also: list[CopyShape]
    pages: str | msgspec.UnsetType | None = msgspec.UNSET


class ShardsShape(Shape):
    """How many shards were searched, of how many: some are missing."""

    searched: int
    of: int


class VectorsShape(Shape):
    """How many vector indexes answered, of how many: the others lie elsewhere, and are silent."""

    answered: int
    of: int


class SearchedShape(Shape):
    """What was searched, and against which floor."""

    generation: str
    documents: int
    passages: int
    scope: str | None
    floor: float
    best: float
    shards: ShardsShape | msgspec.UnsetType = msgspec.UNSET
    vectors: VectorsShape | msgspec.UnsetType = msgspec.UNSET


class NotReadShape(Shape):
    """How much of the sources could not be read."""

    files: int
    pages: int
    parts: int


class AnswerShape(Shape):
    """An answer, or ``not_found`` with what came nearest.

    ``understood`` are the conditions that were read from the question, ``total`` is how many
    documents there are where it asked for all of them or for their number.
    """

    question: str
    verdict: str
    citations: list[CitationShape]
    searched: SearchedShape
    understood: list[str]
    remarks: list[str]
    total: int | None
    nearest: list[CitationShape] | msgspec.UnsetType = msgspec.UNSET
    not_read: NotReadShape | msgspec.UnsetType = msgspec.UNSET


class FoundShape(Shape):
    """The best passages, without a verdict."""

    question: str
    passages: list[CitationShape]
    generation: str


class RowShape(Shape):
    """One line of the list of documents."""

    id: str
    source: str
    member: str
    title: str | None
    sender: str | None
    recipient: str | None
    place: str | None
    date: str | None
    date_printed: str | None
    kind: str | None
    language: str | None
    reference: str | None
    passages: int


class PassageShape(Shape):
    """A passage of the part that was read."""

    id: str
    locator: str
    kind: str
    start: int
    end: int
    reference: Reference | None


class PartShape(Shape):
    """A part of a document; ``next`` leads on, ``None`` at its end."""

    document: RowShape
    citation: CitationShape
    start: int
    end: int
    characters: int
    text: str
    passages: list[PassageShape]
    generation: str
    next: str | None


class QuoteCheckShape(Shape):
    """Whether words stand in the documents."""

    text: str
    verdict: str
    in_source: bool
    under_reference: bool | None
    difference: str | None
    places: list[CitationShape]


class YearShape(Shape):
    """How many passages are of one year; of none that is known, ``None``."""

    year: str | None
    passages: int


class SpellingShape(Shape):
    """How a name is printed, and how often."""

    printed: str
    times: int


class MentionPlace(Shape):
    """Where a mention stands."""

    path: str
    member: str
    start: int
    end: int


class MentionShape(Shape):
    """A passage that names what was looked for; ``highlights`` are of its quote."""

    id: str
    quote: str
    highlights: list[tuple[int, int]]
    document: CitedDocument
    reference: Reference | None
    kind: str
    locator: str
    source: MentionPlace


class MentionsShape(Shape):
    """Every mention of a name, some at a time."""

    name: str
    passages: int
    documents: int
    years: list[YearShape]
    spellings: list[SpellingShape]
    mentions: list[MentionShape]
    next: str | None


class CitedShape(Shape):
    """Citations in a style."""

    style: str
    text: str


class DocumentsShape(Shape):
    """Documents, some at a time."""

    documents: list[RowShape]
    found: int
    next: str | None


class CheckedShape(Shape):
    """What became of a draft: each quotation with its verdict, as ``docproc check --json``."""

    quotations: int
    stand: int
    verdicts: dict[str, int]
    compared_with: int
    findings: list[dict[str, Any]]


class StatusShape(msgspec.Struct, kw_only=True):
    """What is published, stale or unreadable: as ``docproc status --json`` has it."""

    state: str
    exit_code: int = msgspec.field(name="exit code")


class Problem(Shape):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


def schema_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """*kind* as JSON Schema, in full: what a call takes, or gives."""
    _, components = msgspec.json.schema_components([kind], ref_template="{name}")
    schema: dict[str, Any] = components[kind.__name__]
    return schema


def input_schema(takes: type[msgspec.Struct]) -> dict[str, Any]:
    """The arguments of a call as JSON Schema, with what only costs tokens left out."""
    whole = schema_of(takes)
    left_out = ("title", "default", "maxLength", "minLength")
    properties = {
        name: {key: value for key, value in each.items() if key not in left_out}
        for name, each in whole["properties"].items()
    }
    for each in properties.values():
        if "items" in each:
            each["items"] = {"type": each["items"]["type"]}
    made: dict[str, Any] = {
        "type": "object", "properties": properties, "additionalProperties": False,
    }  # fmt: skip
    return made | ({"required": whole["required"]} if whole["required"] else {})


def output_schema(gives: type[msgspec.Struct]) -> dict[str, Any]:
    """The keys of a result and their types; the HTTP API describes them in full."""
    whole = schema_of(gives)
    kinds = {name: _kinds(each) for name, each in whole["properties"].items()}
    return {
        "type": "object",
        "properties": {
            name: {"type": kind[0] if len(kind) == 1 else kind} for name, kind in kinds.items()
        },
        "required": whole["required"],
    }


def _kinds(schema: dict[str, Any]) -> list[str]:
    """The types that *schema* allows; what it refers to is an object."""
    return [str(each.get("type", "object")) for each in schema.get("anyOf", [schema])]
