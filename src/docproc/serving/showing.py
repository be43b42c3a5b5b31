"""The page of a document: its text with what is marked, notes, neighbours; and permalinks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docproc.browsing.listing import between, name_of
from docproc.citing.written import one_line
from docproc.errors import UsageError
from docproc.passages.governing import own_reference
from docproc.records import Citation, CitationId, Document, DocumentRow, Passage, Span
from docproc.rendering.wording import (
    agree,
    date_phrase,
    headline,
    renamed,
    witness_phrase,
)
from docproc.serving.citation_view import DOWNLOADS, MEDIA, STYLE_NAMES, citation_view, permalink
from docproc.serving.service import library_of, service_of
from docproc.serving.templating import page, told
from docproc.serving.typesetting import Marks, find_words, typeset
from docproc.text.output import clipped
from docproc.verification.stable_names import Standing

if TYPE_CHECKING:
    from docproc.library import Library

_ALTERNATES = ("ris", "bibtex", "csl-json")


def document(request: Request) -> Response:
    """A document by the beginning of its id, or by its file."""
    library = library_of(request)
    name = request.path_params["name"]
    try:
        found = library.room.lookup.find(name)
    except UsageError as error:
        return told(request, "No such document", str(error), status=404)
    if isinstance(found, Passage):
        return RedirectResponse(
            permalink(library.room.lookup.cite(found).identifier) + "#quote", 302
        )
    return _shown(request, found, None, f"/document/{found.id}")


def cited(request: Request) -> Response:
    """What a stable name names, marked in its document; what became of it, where it changed."""
    library = library_of(request)
    name = CitationId.parse(request.path_params["name"])
    if name is None:
        return told(request, "Not a permalink", "This address is not a whole one.", status=404)
    resolution = library.resolve(str(name))
    if resolution.citation is None:
        return told(
            request,
            "What this link names is gone",
            f"It is broken: {clipped(resolution.words)}.",
            f"The name was {name}.",
            status=410,
        )
    citation = resolution.citation
    changed = ""
    if resolution.standing is not Standing.STANDS:
        changed = f"This link was made to an earlier state: {clipped(resolution.words)}."
    shown = library.room.lookup.document(citation.document_id)
    return _shown(request, shown, citation, permalink(str(name)), changed)


def passage(request: Request) -> Response:
    """The permalink of a passage by the beginning of its id."""
    return document(request)


def _shown(
    request: Request,
    document: Document,
    citation: Citation | None,
    here: str,
    changed: str = "",
) -> Response:
    service, library, query = service_of(request), library_of(request), request.query_params
    passages = library.passages(document)
    find = query.get("find", "").strip()[:200]
    mark = citation.span if citation else None
    marks = Marks(
        mark,
        _sentences(query.get("answer", ""), mark),
        find_words(document.text, find),
    )
    wanted = query.get("part", "")
    part = typeset(
        document, passages, marks, int(wanted) if wanted.isascii() and wanted.isdecimal() else None
    )
    drawable = library.around.draws(document)
    images = query.get("page") == "1" and drawable
    view = citation_view(citation, service.cite, full=True) if citation else None
    kept = [("answer", query["answer"])] if query.get("answer") else []
    around = [("page", "1")] if images else []

    def part_link(number: int) -> str:
        pairs = [*kept, *around, *([("find", find)] if find else []), ("part", str(number))]
        return f"{here}?{urlencode(pairs)}"

    context: dict[str, Any] = {
        "id": document.id,
        "headline": clipped(headline(document.metadata, document.source)),
        "summary": _summary(document),
        "facts": _facts(document, len(passages)),
        "language": document.metadata.language or "",
        "citation": view,
        "changed": changed,
        "part": part,
        "part_link": part_link,
        "find": find,
        "kept": [*kept, *around],
        "neighbours": _neighbours(library, document),
        "alike": [_named(row) for row in library.around.duplicates(document)],
        "drawable": drawable,
        "images": _images(document, mark) if images else [],
        "images_failed": "",
        "with_images": f"{here}?{urlencode([*kept, ('page', '1')])}",
        "without_images": f"{here}?{urlencode(kept)}",
        "source_offered": not service.shared,
        "style_names": STYLE_NAMES,
        "downloads": DOWNLOADS,
        "alternates": [(style, MEDIA[style][0]) for style in _ALTERNATES] if citation else [],
    }
    title = headline(document.metadata, document.source)
    return page(request, "document.html", title, context, here="browse")


def _sentences(said: str, mark: Span | None) -> list[Span]:
    """The answering sentences that the address names, within what is marked."""
    found: list[Span] = []
    if mark is None:
        return found
    for each in said.split(",")[:20]:
        start, _, end = each.partition("-")
        numbers = (start, end)
        if all(n.isascii() and n.isdecimal() and len(n) < 12 for n in numbers) and int(start) < int(
            end
        ):
            span = Span(int(start), int(end)).shift(mark.start)
            if mark.contains(span) and not any(span.overlaps(other) for other in found):
                found.append(span)
    return found


def _summary(document: Document) -> list[str]:
    """Where the document is kept, and what is known of the witness."""
    own = own_reference(document)
    said = [f"{own.printed} {renamed(own)}"] if own else []
    said += [witness_phrase(document.witness)] if document.witness else []
    return [clipped(each) for each in said]


def _facts(document: Document, passages: int) -> list[tuple[str, str]]:
    """What is known of the document, in words."""
    metadata = document.metadata
    rows = [
        (label, mention.text)
        for label, mention in (
            ("from", metadata.sender),
            ("to", metadata.recipient),
            ("place", metadata.place),
        )
        if mention
    ]
    first = metadata.dates[0] if metadata.dates else None
    for number, date in enumerate(metadata.dates):
        said = f"{date_phrase(date)} (“{date.printed}” in the {date.place})"
        said += f"; Old Style {date.julian}" if date.julian else ""
        if date.if_old_style:
            said += f"; {date.if_old_style} if that is Old Style, which is not said"
        if number and first and not agree(first, date):
            said += "; disagrees"
        rows.append(("date" if not number else "also dated", said))
    rows += [("kind", metadata.kind)] if metadata.kind else []
    rows += [("encloses", mention.text) for mention in metadata.enclosures]
    collection = metadata.collection
    if collection:
        rows.append(("edition", collection.title))
        rows += [("", collection.statement)] if collection.statement else []
        rows += [("editors", ", ".join(collection.editors))] if collection.editors else []
    if own := own_reference(document):
        rows.append(("reference", f"{own.printed} {renamed(own)}"))
    if document.witness:
        rows.append(
            ("witness", f"{witness_phrase(document.witness)} (“{document.witness.printed}”)")
        )
    rows += [("language", metadata.language)] if metadata.language else []
    rows.append(("source", document.source.path))
    rows += [("within it", document.member)] if document.member else []
    rows.append(("passages", f"{passages:,}"))
    return [(label, clipped(value, 600)) for label, value in rows]


def _neighbours(library: Library, document: Document) -> list[tuple[str, str, dict[str, str]]]:
    around = library.around.neighbours(document)
    told = (
        ("previous-document", "Before", around.previous),
        ("next-document", "After", around.following),
        ("", "Perhaps answers", around.answers),
        ("", "Perhaps answered by", around.reply),
    )
    return [(key, words, _named(row)) for key, words, row in told if row is not None]


def _named(row: DocumentRow) -> dict[str, str]:
    who = between(row)
    name = name_of(row)
    said = one_line(name if not who or who in name else f"{name} ({who})")
    return {"id": row.id, "name": clipped(f"{said}, {row.date}" if row.date else said, 140)}


def _images(document: Document, mark: Span | None) -> list[dict[str, str]]:
    """The address of the image of each page that is shown."""
    span = mark or Span(0, min(len(document.text), 1))
    touched = [page for page in document.pages if page.span.overlaps(span)]
    labels = [f"page {clipped(each.label, 20)}" for each in touched[:3]] or ["the page"]
    return [
        {
            "source": f"/image/{quote(document.id)}/{number}?"
            + urlencode({"start": span.start, "end": span.end}),
            "words": label,
        }
        for number, label in enumerate(labels, 1)
    ]


def page_image(request: Request) -> Response:
    """The image of a page with a passage marked, drawn in a worker as sources are read."""
    library = library_of(request)
    try:
        found = library.room.lookup.document(request.path_params["name"])
    except KeyError:
        return told(request, "No such document", status=404)
    query = request.query_params
    try:
        span = Span(int(query.get("start", "0")), int(query.get("end", "1")))
    except ValueError:
        raise UsageError("the place of the passage is not one") from None
    if span.end > len(found.text):
        raise UsageError("the document ends before that place")
    pages = service_of(request).page_images(library, found, span)
    number = int(request.path_params["number"])
    if not 1 <= number <= len(pages):
        return told(request, "No such page", status=404)
    return Response(pages[number - 1].png, media_type="image/png")
