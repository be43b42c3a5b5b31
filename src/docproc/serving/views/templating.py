"""Templates: one environment, what every page gets, and how a page is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from docproc.serving.service.service import service_of
from docproc.text.output import clip, visible

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"
PLACES = (
    ("/", "ask", "Ask"),
    ("/browse", "browse", "Browse"),
    ("/correspondents", "correspondents", "Correspondents"),
    ("/mentions", "mentions", "Mentions"),
    ("/check", "check", "Check a draft"),
    ("/dossiers", "dossiers", "Dossiers"),
    ("/status", "status", "Status"),
)
"""The places of the reading room: where, which, and what they are called."""


@cache
def environment() -> Environment:
    """The templates; everything that they are given is escaped unless it is ``Markup``."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["clip"] = clip
    made.filters["short"] = short_locator
    made.filters["visible"] = visible
    return made


@cache
def version() -> str:
    """What changes when style or script does, so that browsers fetch them again."""
    digests = []
    for path in sorted(STATIC.iterdir()):
        with path.open("rb") as file:
            digests.append(file_digest(file, "sha256").hexdigest()[:6])
    return "".join(digests)


def short_locator(locator: str) -> str:
    """``"¶ 4"`` for ``"paragraph 4"``; ``""`` for what does not fit a margin."""
    last = locator.partition(" (")[0].rpartition(", ")[2]
    short = re.sub(r"paragraphs? ", "¶ ", last).replace("note ", "n. ")
    fits = len(short) <= 9 and not short.startswith("heading")
    return short.replace(" ", "\u00a0") if fits else ""


def parse_number(said: str | None, default: int = 1) -> int:
    """The number that an address says; *default* where it says none."""
    plain = said and said.isascii() and said.isdecimal() and len(said) < 12
    return int(said) if said and plain else default


def turn_page(said: str | None, count: int, size: int) -> tuple[int, int]:
    """The page of a list of *count* that an address says, from 1, and how many there are."""
    pages = max(1, -(-count // size))
    return min(max(1, parse_number(said)), pages), pages


def bar(label: str, count: int, most: int, link: str) -> dict[str, str]:
    """One bar of a histogram whose longest stands for *most*."""
    share = f"{100 * count / most:.1f}"
    return {"gap": "", "label": label, "count": f"{count:,}", "share": share, "link": link}


def page(
    request: Request,
    template: str,
    title: str,
    context: Mapping[str, Any],
    *,
    here: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The page that *template* makes of *context*, with what every page gets."""
    service = service_of(request)
    library = getattr(request.state, "library", None)
    about, notice = service.about(library), service.notice(library)
    common = {
        "title": clip(title, 120),
        "places": [place for place in PLACES if not (service.shared and place[1] == "dossiers")],
        "here": here,
        "room": service.name,
        "version": version(),
        "counts": about.counts,
        "generation": about.generation,
        "notice": notice,
        "shared": service.shared,
        "large_question": False,
    }
    written = environment().get_template(template).render({**common, **context})
    return HTMLResponse(written, status)


def show_message(request: Request, title: str, *lines: str, status: int = 200) -> HTMLResponse:
    """A page of a title and a few *lines*."""
    return page(request, "plain.html", title, {"lines": lines}, status=status)


def bare_page(
    request: Request, template: str, context: Mapping[str, Any], status: int = 200
) -> HTMLResponse:
    """A page outside the room: it tells nothing of the library but its name."""
    common = {"room": service_of(request).name, "version": version()}
    return HTMLResponse(environment().get_template(template).render({**common, **context}), status)
