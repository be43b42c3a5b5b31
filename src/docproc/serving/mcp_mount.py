"""The MCP server at ``/mcp`` of the reading room, behind the same guard.

The SDK takes longer to import than all of the reading room: it is imported at the first request.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import anyio
from anyio.abc import TaskGroup, TaskStatus
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from docproc.serving.safety import MOST_BYTES
from docproc.serving.service import Service

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpMount:
    """An ASGI application that speaks the protocol while it is ``running``.

    Without sessions: what a request needs it carries, so that nothing is kept for a client that
    went, and none is lost when the server starts again.
    """

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

        from docproc.serving.mcp_server import server

        return StreamableHTTPSessionManager(
            server(self._service.reading),
            json_response=True,
            stateless=True,
            session_idle_timeout=None,
            max_request_body_size=MOST_BYTES,
        )
