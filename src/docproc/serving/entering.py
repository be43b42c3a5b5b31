"""The page that asks for the password of a shared reading room."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docproc.serving.safety import set_cookie
from docproc.serving.service import service_of
from docproc.serving.templating import bare

_PAUSE = 1.0
"""Seconds that a wrong password costs, one after another for everyone."""
_ONE_AT_A_TIME = anyio.Semaphore(1)


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
    return bare(request, "enter.html", {"wrong": wrong}, status=403 if wrong else 200)
