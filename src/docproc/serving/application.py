"""The reading room as an ASGI application: its addresses, its errors, its guard.

What answers a request is imported at the first request for it: the first page waits for no other.
"""

from __future__ import annotations

import contextlib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, request_response
from starlette.staticfiles import StaticFiles

from docproc.errors import DocprocError, UsageError
from docproc.serving.service.safety import MOST_BYTES, BodyTooLarge, Guard
from docproc.serving.service.service import Service, message_of
from docproc.serving.views.templating import STATIC, show_message
from docproc.text.output import clip

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from anyio.abc import TaskGroup, TaskStatus
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send


class McpMount:
    """An ASGI application that speaks the protocol while it is ``running``, without sessions."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._group: TaskGroup | None = None
        self._lock: anyio.Lock | None = None
        self._app: ASGIApp | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with anyio.create_task_group() as group:
            self._group, self._lock = group, anyio.Lock()
            yield
            group.cancel_scope.cancel()
        self._group = self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._group is None or self._lock is None:
            await PlainTextResponse("Not started yet.", 503)(scope, receive, send)
            return
        async with self._lock:
            app = self._app = self._app or await self._group.start(self._run)
        await app(scope, receive, send)

    async def _run(self, *, task_status: TaskStatus[ASGIApp]) -> None:
        """Run the SDK's manager, in one task from its beginning to its end, as it must be."""
        manager = await run_in_threadpool(self._manager)
        async with manager.run():
            task_status.started(manager.asgi_app)
            await anyio.sleep_forever()

    def _manager(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from docproc.serving.interfaces.mcp_server import server

        return StreamableHTTPSessionManager(
            server(self._service.reading),
            json_response=True,
            stateless=True,
            session_idle_timeout=None,
            max_request_body_size=MOST_BYTES,
        )


THREADS = 4
"""How many requests are worked on at once; the others wait for their turn."""


class LazyEndpoint:
    """What a module of this package has, an endpoint or, *made* by a call, an application.

    The module is imported at the first request.
    """

    def __init__(self, module: str, name: str, *, made: bool = False) -> None:
        self.module = module
        self.name = name
        self._made = made
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            found = await run_in_threadpool(self.endpoint)
            self._app = found() if self._made else request_response(found)
        await self._app(scope, receive, send)

    def endpoint(self) -> Any:
        """The function that answers, or that makes what does."""
        return getattr(import_module(f"docproc.serving.{self.module}"), self.name)


def application(service: Service) -> Starlette:
    """The application that serves *service*; nothing is opened or started before its first use."""
    mount = McpMount(service) if find_spec("mcp") else None  # which needs docproc[mcp]

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
            BodyTooLarge: _too_much,
            Exception: _unforeseen,
        },
        lifespan=lifespan,
    )
    made.state.service = service
    return made


def routes() -> Sequence[BaseRoute]:
    """Every address of the reading room."""
    return [
        _page("/", "home", "home"),
        _page("/ask", "questions", "ask"),
        _page("/document/{name:path}", "documents", "document"),
        _page("/passage/{name}", "documents", "passage"),
        _page("/cite/{name}", "documents", "show_cited"),
        _page("/cite/{name}/{style}", "downloads", "download_citation"),
        _page("/image/{name}/{number:int}", "documents", "page_image"),
        _page("/source/{name}", "downloads", "source"),
        _page("/enter", "home", "enter", "POST"),
        _page("/browse", "browsing", "browse"),
        _page("/correspondents", "browsing", "correspondents"),
        _page("/mentions", "mentions", "mentions"),
        _page("/mentions.{form}", "mentions", "export_mentions"),
        _page("/check", "comparison", "check", "POST"),
        _page("/alike/{name}", "comparison", "show_alike"),
        _page("/compare/{one}/{other}", "comparison", "compare"),
        _page("/dossiers", "dossiers", "list_dossiers"),
        _page("/dossiers/keep", "dossiers", "keep", "POST"),
        _page("/dossiers/{name}", "dossiers", "show_dossier"),
        _page("/dossiers/{name}/{form}", "dossiers", "export_dossier"),
        _page("/status", "status", "status"),
        Mount("/api/v1", LazyEndpoint("interfaces.http_api", "router", made=True)),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _page(path: str, module: str, name: str, *methods: str) -> Route:
    return Route(path, LazyEndpoint(f"pages.{module}", name), methods=["GET", *methods])


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "There is no such page", 405: "This cannot be done here"}
    return _refuse(request, words.get(error.status_code, clip(error.detail)), error.status_code)


def _refuse(request: Request, title: str, status: int, *lines: str) -> Response:
    """A page of *title* and *lines*; a program that called the API gets the last in its form."""
    if not request.scope["path"].startswith("/api/"):
        return show_message(request, title, *lines, status=status)
    from docproc.serving.interfaces.http_api import problem

    return problem(UsageError(lines[-1] if lines else title), status)


def _foreseen(request: Request, error: Exception) -> Response:
    assert isinstance(error, DocprocError)
    status = 400 if isinstance(error, UsageError) else 503
    said = clip(message_of(request, error), 600)
    return show_message(request, "That did not work", said, status=status)


def _too_much(request: Request, _error: Exception) -> Response:
    return _refuse(request, "That is too large", 413)


def _unforeseen(request: Request, error: Exception) -> Response:
    said = f"{type(error).__name__}. The terminal that runs `docproc read` says where."
    return _refuse(request, "An unexpected error", 500, said)
