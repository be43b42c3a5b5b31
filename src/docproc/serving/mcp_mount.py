"""The MCP server at ``/mcp`` of the reading room, behind the same guard."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from docproc.serving.mcp_server import server
from docproc.serving.safety import MOST_BYTES
from docproc.serving.service import Service


class McpMount:
    """An ASGI application that speaks the protocol while it is ``running``.

    Without sessions: what a request needs it carries, so that nothing is kept for a client that
    went, and none is lost when the server starts again.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._manager: StreamableHTTPSessionManager | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        manager = StreamableHTTPSessionManager(
            server(self._service.reading),
            json_response=True,
            stateless=True,
            session_idle_timeout=None,
            max_request_body_size=MOST_BYTES,
        )
        async with manager.run():
            self._manager = manager
            yield
        self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._manager is None:
            await PlainTextResponse("Not started yet.", 503)(scope, receive, send)
            return
        await self._manager.asgi_app(scope, receive, send)
