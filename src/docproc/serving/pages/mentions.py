"""The page of mentions: every passage that names someone, by year, by spelling, by date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from docproc.browsing.listing import known_bounds, name_document
from docproc.browsing.mention_table import mentions_csv
from docproc.errors import UsageError
from docproc.rendering.json import mentions_json
from docproc.retrieval.answers.mentions import MentionedPassage, Mentions
from docproc.serving.pages.downloads import download
from docproc.serving.service.service import library_of
from docproc.serving.views.templating import bar, page, turn_page
from docproc.serving.views.typesetting import excerpt
from docproc.text.output import clip, json_text
from docproc.text.words import count_phrase

PAGE = 40
_YEARS = 80


def mentions(request: Request) -> Response:
    """Every mention of a name; without one, the question for it."""
    query = request.query_params
    name, scope = query.get("name", "").strip()[:200], query.get("scope", "").strip()[:500]
    if not name:
        return page(request, "mentions.html", "Mentions", _empty(scope), here="mentions")
    found = library_of(request).mentions(name, scope=scope)
    year = query.get("year", "")
    chosen = [each for each in found.mentions if not year or _year(each) == year]
    number, pages = turn_page(query.get("page"), len(chosen), PAGE)
    own = {"name": name, "scope": scope}
    context = _empty(scope) | {
        "name": name,
        "found": f"{count_phrase(len(found.mentions), 'passage')} of "
        f"{count_phrase(found.documents, 'document')}",
        "year": year,
        "all_years": _link(own),
        "spellings": [(clip(words, 80), f"{n:,}") for words, n in found.spellings[:40]],
        "periods": _bars(found, own),
        "undated": sum(n for each, n in found.years if each is None),
        "rows": [_view(each) for each in chosen[(number - 1) * PAGE : number * PAGE]],
        "pages": pages,
        "page": number,
        "previous_page": _link(own | {"year": year, "page": str(number - 1)}),
        "next_page": _link(own | {"year": year, "page": str(number + 1)}),
        "exports": [(form, _link(own, f"/mentions.{form}")) for form in ("csv", "json")],
    }
    return page(request, "mentions.html", f"Mentions of {name}", context, here="mentions")


def export_mentions(request: Request) -> Response:
    """Every mention, as a table or as JSON, to be saved."""
    query, form = request.query_params, request.path_params["form"]
    if form not in ("csv", "json"):
        raise HTTPException(404)
    name = query.get("name", "").strip()
    if not name:
        raise UsageError("a name is needed: /mentions.csv?name=…")
    found = library_of(request).mentions(name, scope=query.get("scope", ""))
    if form == "json":
        written = json_text(mentions_json(found), indent=1)
        return download(written, "mentions.json", "application/json")
    return download(mentions_csv(found.mentions), "mentions.csv", "text/csv")


def _empty(scope: str) -> dict[str, Any]:
    return {"name": "", "scope": scope, "rows": [], "periods": [], "spellings": [], "pages": 1}


def _link(pairs: Mapping[str, str], path: str = "/mentions") -> str:
    return f"{path}?{urlencode([pair for pair in pairs.items() if pair[1]])}"


def _year(mention: MentionedPassage) -> str:
    days = known_bounds(mention.document.date)
    return f"{days[0].year:04d}" if days and days[0].year == days[1].year else ""


def _bars(found: Mentions, own: Mapping[str, str]) -> list[dict[str, str]]:
    """The years as bars, with what lies between them counted."""
    years = [(year, count) for year, count in found.years if year is not None][:_YEARS]
    most = max((count for _, count in years), default=1)
    bars: list[dict[str, str]] = []
    last = None
    for year, count in years:
        if last is not None and int(year) - last > 1:
            bars.append({"gap": f"{count_phrase(int(year) - last - 1, 'year')} without any"})
        last = int(year)
        bars.append(bar(year, count, most, _link({**own, "year": year})))
    return bars


def _view(mention: MentionedPassage) -> dict[str, Any]:
    row, passage = mention.document, mention.passage
    reference = passage.reference
    return {
        "link": f"/passage/{passage.id}",
        "document": clip(name_document(row), 160),
        "date": clip(row.date, 40),
        "where": clip(passage.locator, 80),
        "quote": excerpt(passage.text, mention.spans),
        "language": passage.language or row.language or "",
        "reference": clip(reference.printed, 160) if reference else "",
    }
