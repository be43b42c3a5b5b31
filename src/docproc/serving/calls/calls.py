"""Calls: what the HTTP API and the MCP server both offer, each with what it takes and gives.

A call takes one record, whose fields are its arguments, and gives the plain values that the
command line prints with ``--json``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from docproc.browsing.listing import as_json
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.records import Document
from docproc.rendering.json import (
    answer_json,
    citation_json,
    mentions_json,
    quote_check_json,
    reference_json,
)
from docproc.retrieval.answers.mentions import MentionedPassage
from docproc.serving.calls import shapes

if TYPE_CHECKING:
    from docproc.checking.check import CheckedDraft
    from docproc.library import Library

_CHECKING = Lock()
PART = 8_000
"""How many characters of a document one part holds, about: 2,000 tokens."""
Question = Annotated[str, Meta(min_length=1, max_length=2000)]
Name = Annotated[str, Meta(min_length=1, max_length=500)]
ScopeWords = Annotated[
    str,
    Meta(
        max_length=500,
        description="Where: 'F. 558. Op. 2', 'from 1921', 'to 1923', 'sender Orlov', "
        "'language ru'; several combine",
    ),
]
Count = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[
    str, Meta(max_length=200, description="'next' of the result before; an old one is refused")
]


class AskCall(msgspec.Struct, forbid_unknown_fields=True):
    """A question."""

    question: Question
    scope: ScopeWords = ""
    limit: Count = 3


class SearchCall(msgspec.Struct, forbid_unknown_fields=True):
    """A search."""

    question: Question
    scope: ScopeWords = ""
    limit: Count = 10


class ReadCall(msgspec.Struct, forbid_unknown_fields=True):
    """A document or a passage to be read."""

    name: Annotated[
        str,
        Meta(min_length=1, max_length=500, description="A stable name, id or source file's name"),
    ]
    cursor: Cursor = ""


class QuoteCall(msgspec.Struct, forbid_unknown_fields=True):
    """Words to be found letter for letter."""

    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    reference: Annotated[str, Meta(max_length=500)] = ""


class MentionsCall(msgspec.Struct, forbid_unknown_fields=True):
    """A name."""

    name: Name
    scope: ScopeWords = ""
    limit: Count = 20
    cursor: Cursor = ""


class CiteCall(msgspec.Struct, forbid_unknown_fields=True):
    """What to cite, and how."""

    names: Annotated[list[Name], Meta(min_length=1, max_length=50)]
    style: Annotated[
        str, Meta(max_length=100, description="chicago, gost, ris, bibtex, csl-json, tei, …")
    ] = "plain"


class DocumentsCall(msgspec.Struct, forbid_unknown_fields=True):
    """Which documents to list."""

    scope: ScopeWords = ""
    kind: Annotated[str, Meta(max_length=100, description="letter, telegram, …")] = ""
    sort: Annotated[str, Meta(max_length=20)] = "date"
    limit: Count = 50
    cursor: Cursor = ""


class DraftCall(msgspec.Struct, forbid_unknown_fields=True):
    """A draft, as Markdown or plain text."""

    text: Annotated[str, Meta(min_length=1, max_length=2_000_000)]


class StatusCall(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing: the status is asked for."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its *name*, what it *takes*, what makes its result, and the result's shape."""

    name: str
    takes: type[msgspec.Struct]
    make: Callable[[Library, Any], dict[str, Any]]
    gives: type[msgspec.Struct]


def ask(library: Library, call: AskCall) -> dict[str, Any]:
    """As ``docproc ask --json``."""
    return answer_json(library.ask(call.question, limit=call.limit, scope=call.scope))


def search(library: Library, call: SearchCall) -> dict[str, Any]:
    """The best passages, without a verdict."""
    found = library.search(call.question, limit=call.limit, scope=call.scope)
    return {
        "question": call.question,
        "passages": [citation_json(each) for each in found],
        "generation": library.generation,
    }


def read(library: Library, call: ReadCall) -> dict[str, Any]:
    """A document in parts, from where the name points; and what the name cites."""
    start = _place(library, call.cursor)
    citation = library.citation(call.name)
    document = library.room.lookup.document(citation.document_id)
    if start is None:
        whole = call.name == document.id or not _is_passage(library, call.name)
        start = 0 if whole else _around(document.text, citation.span.start)
    end = _end(document.text, start)
    passages = library.passages(document)
    row = library.room.opened.catalog.document_row(document.id)
    return {
        "document": as_json(row),
        "citation": citation_json(citation),
        "start": start,
        "end": end,
        "characters": len(document.text),
        "text": document.text[start:end],
        "passages": [
            {
                "id": each.id,
                "locator": each.locator,
                "kind": each.kind.value,
                "start": each.span.start,
                "end": each.span.end,
                "reference": reference_json(each.reference),
            }
            for each in passages
            if start <= each.span.start < end
        ],
        "generation": library.generation,
        "next": _cursor(library, end) if end < len(document.text) else None,
    }


def verify_quote(library: Library, call: QuoteCall) -> dict[str, Any]:
    """Whether words stand in the documents, letter for letter."""
    return quote_check_json(library.verify_quote(call.text, reference=call.reference))


def mentions(library: Library, call: MentionsCall) -> dict[str, Any]:
    """As ``docproc mentions --json``, some at a time."""
    start = _place(library, call.cursor) or 0
    found = library.mentions(call.name, scope=call.scope)
    end = start + call.limit
    shown: Sequence[MentionedPassage] = found.mentions[start:end]
    more = end < len(found.mentions)
    return mentions_json(found, shown) | {"next": _cursor(library, end) if more else None}


def cite(library: Library, call: CiteCall) -> dict[str, Any]:
    """As ``docproc cite`` prints it."""
    return {"style": call.style, "text": library.cite(*call.names, style=call.style)}


def list_documents(library: Library, call: DocumentsCall) -> dict[str, Any]:
    """As ``docproc documents --json``, some at a time."""
    start = _place(library, call.cursor) or 0
    page = library.paged_list.page(call.scope, call.kind or None, call.sort, start, call.limit)
    end = start + call.limit
    return {
        "documents": [as_json(row) for row in page.rows],
        "found": page.found,
        "next": _cursor(library, end) if end < page.found else None,
    }


def check_draft(library: Library, call: DraftCall) -> dict[str, Any]:
    """As ``docproc check --json``; nothing of the draft is kept."""
    from docproc.checking.report import as_json as checked_json

    checked = check_file(library, call.text.encode("utf-8", "replace"), ".md")
    return checked_json(checked.findings, checked.documents)


def check_file(library: Library, data: bytes, suffix: str) -> CheckedDraft:
    """What becomes of a draft that is a file of this suffix; it is read in the workers."""
    with tempfile.TemporaryDirectory(prefix="docproc-draft-") as folder:
        draft = Path(folder, f"draft{suffix}")
        draft.write_bytes(data)
        with _CHECKING:  # one at a time: a draft is held against every document
            return library.check(draft)


def status(library: Library, _call: StatusCall) -> dict[str, Any]:
    """As ``docproc status --json``."""
    from docproc.operations.reports.status import STATES

    found = library.status()
    return found | {"exit code": int(STATES[found["state"]])}


CALLS = (
    Call("ask", AskCall, ask, shapes.AnswerShape),
    Call("search", SearchCall, search, shapes.FoundShape),
    Call("read", ReadCall, read, shapes.PartShape),
    Call("verify_quote", QuoteCall, verify_quote, shapes.QuoteCheckShape),
    Call("mentions", MentionsCall, mentions, shapes.MentionsShape),
    Call("cite", CiteCall, cite, shapes.CitedShape),
    Call("list_documents", DocumentsCall, list_documents, shapes.DocumentsShape),
    Call("check_draft", DraftCall, check_draft, shapes.CheckedShape),
    Call("status", StatusCall, status, shapes.StatusShape),
)
"""Every call, in the order in which they are listed."""


def run_call(library: Library, call: Call, given: dict[str, Any], *, strict: bool = True) -> Any:
    """The result of *call* with *given*.  Raises ``UsageError`` naming the wrong argument."""
    try:
        taken = msgspec.convert(given, call.takes, strict=strict)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        key = where.rstrip("`")
        known = ", ".join(call.takes.__struct_fields__) or "none"
        said = f"{key}: {what}" if key else what
        raise UsageError(f"{call.name}: {said}; its arguments are: {known}") from None
    return call.make(library, taken)


def _is_passage(library: Library, name: str) -> bool:
    return name.startswith("docproc:") or not isinstance(library.room.lookup.find(name), Document)


def _around(text: str, place: int) -> int:
    """Where a part begins that has *place* in its first third: at a paragraph's beginning."""
    least = max(0, place - PART // 3)
    if not least:
        return 0
    at = text.find("\n", least, place)
    return at + 1 if at >= 0 else place


def _end(text: str, start: int) -> int:
    """Where the part that begins at *start* ends: at the end of a line, if there is one."""
    if len(text) - start <= PART:
        return len(text)
    at = text.rfind("\n", start + PART // 2, start + PART)
    return at + 1 if at >= 0 else start + PART


def _cursor(library: Library, place: int) -> str:
    return f"{library.generation}@{place}"


def _place(library: Library, cursor: str) -> int | None:
    """The place that *cursor* names.  Raises ``UsageError`` for one of another generation."""
    if not cursor:
        return None
    generation, _, place = cursor.rpartition("@")
    if not (place.isascii() and place.isdecimal() and len(place) < 12):
        raise UsageError(f"{cursor!r} is not a cursor; give the 'next' of the result before")
    if generation != library.generation:
        raise UsageError(
            "the documents have been published again since this cursor was given: begin again "
            "without it"
        )
    return int(place)
