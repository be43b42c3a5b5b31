"""The reading room as an ASGI application: its addresses, its errors, its guard."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from docproc.errors import DocprocError, UsageError
from docproc.serving import (
    api,
    asking,
    choosing,
    comparing,
    condition,
    entering,
    exporting,
    keeping,
    naming,
    showing,
)
from docproc.serving.safety import Guard, TooMuch
from docproc.serving.service import Service, message_of
from docproc.serving.templating import STATIC, told
from docproc.serving.typesetting import clipped

if TYPE_CHECKING:
    from docproc.serving.mcp_mount import McpMount

THREADS = 4
"""How many requests are worked on at once; the others wait for their turn."""


def application(service: Service) -> Starlette:
    """The application that serves *service*; nothing is opened or started before its first use."""
    mount = _mcp(service)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        async with contextlib.AsyncExitStack() as stack:
            if mount is not None:
                await stack.enter_async_context(mount.running())
            yield

    made = Starlette(
        routes=[*routes(), *([Route("/mcp", mount)] if mount is not None else [])],
        middleware=[Middleware(Guard, entry=service.entry)],
        exception_handlers={
            HTTPException: _http_error,
            DocprocError: _foreseen,
            TooMuch: _too_much,
            Exception: _unforeseen,
        },
        lifespan=lifespan,
    )
    made.state.service = service
    return made


def _mcp(service: Service) -> McpMount | None:
    """The MCP server; ``None`` without ``docproc[mcp]``."""
    try:
        from docproc.serving.mcp_mount import McpMount
    except ImportError:
        return None
    return McpMount(service)


def routes() -> Sequence[BaseRoute]:
    """Every address of the reading room."""
    return [
        Route("/", asking.home),
        Route("/ask", asking.ask),
        Route("/document/{name:path}", showing.document),
        Route("/passage/{name}", showing.passage),
        Route("/cite/{name}", showing.cited),
        Route("/cite/{name}/{style}", exporting.cited_as),
        Route("/image/{name}/{number:int}", showing.page_image),
        Route("/source/{name}", exporting.source),
        Route("/enter", entering.enter, methods=["GET", "POST"]),
        Route("/browse", choosing.browse),
        Route("/correspondents", choosing.correspondents),
        Route("/mentions", naming.mentions),
        Route("/mentions.{form}", naming.exported),
        Route("/check", comparing.check, methods=["GET", "POST"]),
        Route("/alike/{name}", comparing.alike),
        Route("/compare/{one}/{other}", comparing.compare),
        Route("/dossiers", keeping.listed),
        Route("/dossiers/keep", keeping.keep, methods=["GET", "POST"]),
        Route("/dossiers/{name}", keeping.shown),
        Route("/dossiers/{name}/{form}", keeping.exported),
        Route("/status", condition.status),
        *api.routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "There is no such page", 405: "This cannot be done here"}
    return told(
        request, words.get(error.status_code, clipped(error.detail)), status=error.status_code
    )


def _foreseen(request: Request, error: Exception) -> Response:
    assert isinstance(error, DocprocError)
    status = 400 if isinstance(error, UsageError) else 503
    return told(
        request, "That did not work", clipped(message_of(request, error), 600), status=status
    )


def _too_much(request: Request, _error: Exception) -> Response:
    return told(request, "That is too large", status=413)


def _unforeseen(request: Request, error: Exception) -> Response:
    return told(
        request,
        "An error that was not foreseen",
        f"{type(error).__name__}. The terminal that runs `docproc read` says where.",
        status=500,
    )
