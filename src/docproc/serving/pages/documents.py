"""The page of a document: its text with what is marked, notes, neighbours; and permalinks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docproc.browsing.listing import correspondents_phrase, name_document
from docproc.citing.written import one_line
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError, UsageError
from docproc.passages.governing import own_reference
from docproc.records import Citation, CitationId, Document, DocumentRow, Page, Passage, Span
from docproc.rendering.document_view import list_facts
from docproc.rendering.wording import headline, phrase_renamed, witness_phrase
from docproc.serving.service.service import library_of, message_of, service_of
from docproc.serving.views.citation_view import (
    DOWNLOADS,
    MEDIA,
    STYLE_NAMES,
    citation_view,
    permalink,
)
from docproc.serving.views.templating import page, parse_number, show_message, turn_page
from docproc.serving.views.typesetting import PageMarks, find_words, typeset
from docproc.text.output import clip
from docproc.verification.stable_names import Standing

if TYPE_CHECKING:
    from docproc.library import Library

_ALTERNATES = ("ris", "bibtex", "csl-json")
_NEAR = 3
"""How many pages before and after the one that is shown are named."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a document, and the list of the documents that share it."""

    label: str
    value: str
    link: str


@dataclass(frozen=True, slots=True)
class PageView:
    """The page of the source beside the text; ``failed``: why it is not; ``near``: others."""

    number: int
    label: str
    source: str
    failed: str
    marked: str
    near: tuple[tuple[str, str], ...]


def document(request: Request) -> Response:
    """A document by the beginning of its id, or by its file."""
    library = library_of(request)
    name = request.path_params["name"]
    try:
        found = library.room.lookup.find(name)
    except UsageError as error:
        return show_message(request, "No such document", str(error), status=404)
    if isinstance(found, Passage):
        return RedirectResponse(
            permalink(library.room.lookup.cite(found).identifier) + "#quote", 302
        )
    return _show(request, found, None, f"/document/{found.id}")


def show_cited(request: Request) -> Response:
    """What a stable name names, marked in its document; what became of it, where it changed."""
    library = library_of(request)
    name = CitationId.parse(request.path_params["name"])
    if name is None:
        return show_message(request, "Not a permalink", "This address is incomplete.", status=404)
    resolution = library.resolve(str(name))
    if resolution.standing is Standing.WITHHELD:
        said = clip(resolution.words)
        return show_message(request, "What this link names is not shown", f"{said}.", status=403)
    if resolution.citation is None:
        return show_message(
            request,
            "What this link names is gone",
            f"It is broken: {clip(resolution.words)}.",
            f"The name was {name}.",
            status=410,
        )
    citation = resolution.citation
    changed = ""
    if resolution.standing is not Standing.STANDS:
        changed = f"This link was made to an earlier state: {clip(resolution.words)}."
    shown = library.room.lookup.document(citation.document_id)
    return _show(request, shown, citation, permalink(str(name)), changed)


def passage(request: Request) -> Response:
    """The permalink of a passage by the beginning of its id."""
    return document(request)


def _show(
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
    marks = PageMarks(
        mark,
        _sentences(query.get("answer", ""), mark),
        find_words(document.text, find),
    )
    drawable = library.around.can_draw(document)
    beside = query.get("page", "") if drawable else ""
    view = citation_view(citation or library.citation(document.id), service.cite, full=True)
    kept = [("answer", query["answer"])] if query.get("answer") else []
    plain = f"{here}?{urlencode(kept)}" if kept else here
    joint = "&" if kept else "?"
    page_link = f"{plain}{joint}page=" if drawable else ""
    wanted = parse_number(query.get("part"), -1)
    part = typeset(document, passages, marks, wanted if wanted >= 0 else None, page_link)
    number = _page_number(document, beside, mark) if beside else 0
    around = [("page", f"{number}")] if beside else []

    def part_link(number: int) -> str:
        pairs = [*kept, *around, *([("find", find)] if find else []), ("part", str(number))]
        return f"{here}?{urlencode(pairs)}"

    context: dict[str, Any] = {
        "id": document.id,
        "headline": clip(headline(document.metadata, document.source)),
        "summary": _summary(document),
        "facts": _facts(library, document, passages),
        "language": document.metadata.language or "",
        "citation": view,
        "marked": citation is not None,
        "changed": changed,
        "part": part,
        "part_link": part_link,
        "find": find,
        "kept": [*kept, *around],
        "neighbours": _neighbours(library, document),
        "alike": [_name_row(row) for row in library.around.duplicates(document)],
        "drawable": drawable,
        "image": _page_view(request, document, mark, number, plain) if beside else None,
        "with_image": f"{plain}{joint}page=1",
        "without_image": plain,
        "page_link": page_link,
        "source_offered": not service.shared,
        "style_names": STYLE_NAMES,
        "downloads": DOWNLOADS,
        "alternates": [(style, MEDIA[style][0]) for style in _ALTERNATES],
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
    said = [f"{own.printed} {phrase_renamed(own)}"] if own else []
    said += [witness_phrase(document.witness)] if document.witness else []
    return [clip(each) for each in said]


_CHOOSE = {"from": "sender", "to": "recipient", "place": "place", "kind": "kind",
           "language": "language"}  # fmt: skip
"""The facts by which documents are chosen, and what the list calls them."""


def _facts(library: Library, document: Document, passages: Sequence[Passage]) -> list[Fact]:
    """What is known of the document, as the terminal says it, each with the list of its like."""
    unread = library.room.lookup.unread_of(document.source.path)
    row = library.room.opened.catalog.document_row(document.id)
    found = []
    for label, value in list_facts(document, passages, unread):
        condition = _CHOOSE.get(label, "")
        like = getattr(row, condition) if condition else None
        link = f"/browse?{urlencode({condition: like})}" if like else ""
        found.append(Fact(label, clip(value, 600), link))
    return found


def _neighbours(library: Library, document: Document) -> list[tuple[str, str, dict[str, str]]]:
    around = library.around.neighbours(document)
    show_message = (
        ("previous-document", "Before", around.previous),
        ("next-document", "After", around.following),
        ("", "Perhaps answers", around.answers),
        ("", "Perhaps answered by", around.reply),
    )
    return [(key, words, _name_row(row)) for key, words, row in show_message if row is not None]


def _name_row(row: DocumentRow) -> dict[str, str]:
    who = correspondents_phrase(row)
    name = name_document(row)
    show_message = all(
        one_line(each or "") in one_line(name) for each in (row.sender, row.recipient)
    )
    said = one_line(name if not who or show_message else f"{name} ({who})")
    return {"id": row.id, "name": clip(f"{said}, {row.date}" if row.date else said, 140)}


def _page_number(document: Document, asked: str, mark: Span | None) -> int:
    """The number of the page to show, from 1: the one asked for, else that of the mark."""
    if mark is not None and asked in ("", "0", "1"):
        at = bisect_right([page.span.start for page in document.pages], mark.start)
        return max(1, at)
    return turn_page(asked, len(document.pages), 1)[0]


def _name_page(page: Page | None) -> str:
    """A page in words: ``"page 4"``, ``"fol. 71r"``, ``"image ledger.png"``."""
    if page is None:
        return "the page"
    label = clip(page.label, 40)
    return label if label.startswith(("fol.", "image")) else f"page {label}"


def _page_view(
    request: Request, document: Document, mark: Span | None, number: int, address: str
) -> PageView:
    """Page *number* of *document*, drawn now so that what fails can be said in words."""
    pages, failed = document.pages, ""
    page = pages[number - 1] if pages else None
    here = page.span if page else Span(0, len(document.text))
    marked = mark is not None and (here.overlaps(mark) or not pages)
    if mark is not None and marked:
        span = Span(max(mark.start, here.start), min(mark.end, here.end))
    else:
        text = document.text[here.start : here.end]
        first = here.start + len(text) - len(text.lstrip())
        span = Span(first, min(first + 1, len(document.text)))
    try:
        service_of(request).page_images(library_of(request), document, span)
    except SourceError as error:
        failed = clip(message_of(request, error), 400)
    joint = "&" if "?" in address else "?"
    around = range(max(1, number - _NEAR), min(len(pages), number + _NEAR) + 1)
    return PageView(
        number=number,
        label=_name_page(page),
        source=f"/image/{quote(document.id)}/1?"
        + urlencode({"start": span.start, "end": span.end}),
        failed=failed,
        marked="with the passage marked" if marked else "marked where its text begins",
        near=tuple(
            (clip(pages[n - 1].label, 20), "" if n == number else f"{address}{joint}page={n}")
            for n in around
        )
        if len(pages) > 1
        else (),
    )


def page_image(request: Request) -> Response:
    """The image of a page with a passage marked, drawn in a worker as sources are read."""
    library = library_of(request)
    try:
        found = library.room.lookup.document(request.path_params["name"])
    except KeyError:
        return show_message(request, "No such document", status=404)
    query = request.query_params
    try:
        span = Span(int(query.get("start", "0")), int(query.get("end", "1")))
    except ValueError:
        raise UsageError("this is not the place of a passage") from None
    if span.end > len(found.text):
        raise UsageError("the document ends before that place")
    pages = service_of(request).page_images(library, found, span)
    number = int(request.path_params["number"])
    if not 1 <= number <= len(pages):
        return show_message(request, "No such page", status=404)
    return Response(pages[number - 1].png, media_type="image/png")
