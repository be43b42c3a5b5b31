"""The pages of dossiers: passages kept with notes, re-checked; saved searches, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docproc.citing.written import visible
from docproc.dataclass_on_use import dataclass
from docproc.errors import UsageError
from docproc.records import Citation
from docproc.serving.dossiers.dossiers import (
    Dossier,
    DossierPage,
    Dossiers,
    KeptPassage,
    SavedSearch,
    Selector,
)
from docproc.serving.dossiers.files import DossierEntry, as_docx, as_markdown
from docproc.serving.pages.downloads import download
from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.citation_view import MEDIA, citation_view, permalink
from docproc.serving.views.templating import page, show_message
from docproc.text.output import clip
from docproc.text.words import count_phrase
from docproc.verification.stable_names import Standing

if TYPE_CHECKING:
    from docproc.library import Library

EXPORTS = ("docx", "markdown", "json", "ris", "bibtex", "csl-json", "chicago-bibliography")
FORM_NAMES = {
    "markdown": "Markdown",
    "json": "its own JSON",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "chicago-bibliography": "a bibliography (Chicago)",
}
STYLES_OF_NOTES = ("chicago", "gost", "plain")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOOKED_AT = 500
"""How many passages of a dossier the list of dossiers looks at: each takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as it stands now: ``words`` say how, and the citation is there unless it is gone."""

    item: KeptPassage
    standing: str
    words: str
    citation: Citation | None

    @property
    def quote(self) -> str:
        """The words as they were kept; none of what is withheld now."""
        return "" if self.standing == Standing.WITHHELD.value else self.item.target.selector.exact


def list_dossiers(request: Request) -> Response:
    """The dossiers of this workspace."""
    dossiers, library = _dossiers(request), library_of(request)
    rows = []
    for name in dossiers.names():
        dossier = dossiers.read(name)
        looked = [check_item(library, item).standing for item in dossier.items[:_LOOKED_AT]]
        changed = sum(standing != Standing.STANDS.value for standing in looked)
        new = sum(len(find_news(library, search)[0]) for search in dossier.searches)
        rows.append(
            {
                "name": name,
                "link": f"/dossiers/{quote(name)}",
                "passages": count_phrase(len(dossier.items), "passage"),
                "searches": count_phrase(len(dossier.searches), "saved search", "saved searches"),
                "changed": f"{count_phrase(changed, 'passage')} changed or gone" if changed else "",
                "new": f"{new:,} new since it was last looked at" if new else "",
            }
        )
    return page(request, "dossiers.html", "Dossiers", {"rows": rows}, here="dossiers")


def show_dossier(request: Request) -> Response:
    """One dossier: each passage as it stands now, each saved search with what is new."""
    name = request.path_params["name"]
    dossier = _dossiers(request).read(name)
    library, service = library_of(request), service_of(request)
    kept = [check_item(library, item) for item in dossier.items]
    searches = []
    for each in dossier.searches:
        new, _ = find_news(library, each)
        searches.append(
            {
                "question": clip(each.question, 300),
                "scope": clip(each.scope, 200),
                "new": [citation_view(found, service.cite) for found in new],
                "link": f"/ask?{urlencode([('q', each.question), ('scope', each.scope)])}",
                "own": each.question,
                "own_scope": each.scope,
            }
        )
    context = {
        "name": name,
        "items": [
            {
                "id": each.item.id,
                "quote": clip(each.quote, 2_000),
                "note": visible(each.item.note),
                "tags": [clip(tag, 60) for tag in each.item.tags],
                "kept": each.item.created[:10],
                "standing": each.standing,
                "words": clip(each.words, 300),
                "link": permalink(each.item.target.source),
                "view": citation_view(each.citation, service.cite) if each.citation else None,
            }
            for each in kept
        ],
        "searches": searches,
        "exports": [
            ("DOCX", f"/dossiers/{quote(name)}/docx"),
            ("DOCX with notes after GOST", f"/dossiers/{quote(name)}/docx?style=gost"),
            *(
                (FORM_NAMES.get(form, form), f"/dossiers/{quote(name)}/{form}")
                for form in EXPORTS[1:]
            ),
        ],
    }
    return page(request, "dossier.html", name, context, here="dossiers")


def export_dossier(request: Request) -> Response:
    """A dossier as a file: Markdown with footnotes, its own JSON, or a bibliography."""
    name, form = request.path_params["name"], request.path_params["form"]
    if form not in EXPORTS:
        raise HTTPException(404)
    dossier = _dossiers(request).read(name)
    library, service = library_of(request), service_of(request)
    kept = [check_item(library, item) for item in dossier.items]
    if form == "json":
        own = msgspec.json.format(msgspec.json.encode(_drop_withheld(dossier, kept)), indent=1)
        return download(own.decode(), f"{name}.dossier.json", "application/ld+json")
    cited = [each.citation for each in kept if each.citation]
    if form in ("markdown", "docx"):
        style = request.query_params.get("style", "chicago")
        if style not in STYLES_OF_NOTES:
            raise UsageError(f"notes are written in {', '.join(STYLES_OF_NOTES)}, not {style!r}")
        entries = _entries(kept, service.cite, style)
        sources = service.cite(cited, "chicago-bibliography").splitlines() if cited else []
        sources = list(dict.fromkeys(line.strip() for line in sources if line.strip()))
        if form == "docx":
            written_docx = as_docx(dossier.label, entries, sources)
            return download(written_docx, f"{name}.docx", DOCX)
        written = as_markdown(dossier.label, entries, sources)
        return download(written, f"{name}.md", "text/markdown")
    media, suffix = MEDIA.get(form, ("text/plain", "txt"))
    written = visible(service.cite(cited, form)) if cited else ""
    return download(written + "\n", f"{name}.{suffix}", media)


async def keep(request: Request) -> Response:
    """The form that keeps a passage or a search, and what it sends."""
    dossiers = _dossiers(request)
    if request.method != "POST":
        return await run_in_threadpool(_form, request, dossiers)
    async with request.form(max_files=0, max_fields=12) as form:
        given = {key: str(value) for key, value in form.items()}
    return await run_in_threadpool(_redirect, request, dossiers, given)


def _form(request: Request, dossiers: Dossiers) -> Response:
    query = request.query_params
    name, question = query.get("name", ""), query.get("q", "")
    view = None
    if name:
        found = library_of(request).resolve(name)
        if found.citation is None:
            return show_message(request, "What this names is gone", clip(found.words), status=410)
        view = citation_view(found.citation, service_of(request).cite)
    elif not question:
        raise UsageError("name what is to be kept")
    context = {
        "view": view,
        "question": question,
        "scope": query.get("scope", ""),
        "names": dossiers.names(),
    }
    return page(request, "keep.html", "Keep", context, here="dossiers")


def _redirect(request: Request, dossiers: Dossiers, given: dict[str, str]) -> Response:
    library = library_of(request)
    name = " ".join((given.get("new") or given.get("dossier") or "").split())
    match given.get("does", "keep"):
        case "remove":
            dossiers.remove(name, given.get("item", ""))
        case "search" | "seen":
            search = SavedSearch(given.get("q", "").strip(), given.get("scope", "").strip())
            known = dossiers.read(name).searches if name in dossiers.names() else []
            same = [s for s in known if (s.question, s.scope) == (search.question, search.scope)]
            dossiers.save_search(name, find_news(library, same[0] if same else search)[1])
        case _:
            found = library.resolve(given.get("name", ""))
            if found.citation is None:
                raise UsageError(f"what this names is no longer here: {found.words}")
            tags = given.get("tags", "").split(",")
            dossiers.keep(name, found.citation, given.get("note", ""), tags)
    return RedirectResponse(f"/dossiers/{quote(name)}", 303)


def _dossiers(request: Request) -> Dossiers:
    """The dossiers of the workspace; no page of a shared room shows them."""
    if service_of(request).shared:
        raise HTTPException(404)
    return Dossiers(library_of(request).workspace)


def check_item(library: Library, item: KeptPassage) -> ShownItem:
    """How *item* stands in what is published now."""
    try:
        found = library.resolve(item.target.source)
    except UsageError as error:
        return ShownItem(item, "broken", str(error), None)
    return ShownItem(item, found.standing.value, found.words, found.citation)


def _drop_withheld(dossier: Dossier, kept: Sequence[ShownItem]) -> Dossier:
    """*dossier* without the words of what is withheld now."""
    items = [
        msgspec.structs.replace(
            each.item,
            target=msgspec.structs.replace(each.item.target, selector=Selector(each.quote)),
        )
        for each in kept
    ]
    return msgspec.structs.replace(dossier, first=DossierPage(items))


def find_news(library: Library, search: SavedSearch) -> tuple[list[Citation], SavedSearch]:
    """What *search* brings that it had not brought before; and the search as looked at now."""
    found = library.ask(search.question, limit=20, scope=search.scope).citations
    seen = set(search.seen)
    new = [each for each in found if each.identifier not in seen]
    names = list(dict.fromkeys([*search.seen, *(each.identifier for each in found)]))
    return new, msgspec.structs.replace(search, seen=names)


def _entries(
    kept: Sequence[ShownItem], cite: Callable[[Sequence[Citation], str], str], style: str
) -> list[DossierEntry]:
    """*kept* as entries of a file to write with, each cited in *style*."""
    return [
        DossierEntry(
            each.quote,
            cite([each.citation], style) if each.citation else f"Gone: {each.words}",
            each.item.note,
            tuple(each.item.tags),
            "" if each.standing == Standing.STANDS.value else f"Changed: {each.words}",
            (each.citation.metadata.language or "") if each.citation else "",
        )
        for each in kept
    ]
