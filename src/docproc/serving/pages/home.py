"""The first page; and the page that asks for the password of a shared reading room."""

from __future__ import annotations

import anyio
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docproc.serving.service.safety import set_cookie
from docproc.serving.service.service import library_of, service_of
from docproc.serving.views.templating import bare_page, page

_PAUSE = 1.0
"""Seconds that a wrong password costs, one after another for everyone."""
_ONE_AT_A_TIME = anyio.Semaphore(1)


def home(request: Request) -> Response:
    """The first page: a question, and what there is.  What answers is opened behind it."""
    service = service_of(request)
    about = service.about(None)
    if not about.generation:
        library_of(request)  # which says what to do where nothing is published
    scope = request.query_params.get("scope", "").strip()[:500]
    context = {
        "turns": (),
        "scope": scope,
        "kept": (),
        "large_question": True,
        "span": about.span,
    }
    made = page(request, "home.html", "Ask", context, here="ask")
    made.background = BackgroundTask(service.warm_up)
    return made


async def enter(request: Request) -> Response:
    """Ask for the password; with the right one, let the browser in."""
    service = service_of(request)
    if not service.shared:
        return RedirectResponse("/", 303)
    wrong = False
    if request.method == "POST":
        async with request.form(max_files=0, max_fields=4) as form:
            password = str(form.get("password", ""))
        if service.entry.admits(password):
            response = RedirectResponse("/", 303)
            set_cookie(response, request.scope, service.entry.token)
            return response
        wrong = True
        async with _ONE_AT_A_TIME:
            await anyio.sleep(_PAUSE)
    return bare_page(request, "enter.html", {"wrong": wrong}, status=403 if wrong else 200)
