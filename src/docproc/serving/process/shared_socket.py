"""Several processes on one socket: each takes a connection when it has least to do, and only then.

What waits, waits in the system's one queue, and is answered in the order in which it came.  Were
each process to take what it can get, as servers do otherwise, one would have six readers waiting
while another has none; and so too would it be if connections stayed open, for a reader stays with
the process that has taken it.  So each connection is for one page.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

AT_ONCE = 1
"""Pages a process works on before it takes no more: at 50 questions a second over 100,000 passages
the slowest in twenty waited 162 ms with one, 241 with two, which share one core."""
_LEAVE = 0.004
"""Seconds that a process which is busy leaves a connection to one that is not."""
_SETTLES = 0.05
"""Seconds after which a connection on which nothing was asked counts no more: browsers open some
beforehand."""

_LONG = 1.0
"""Seconds after which a page counts no more: it waits for who reads it slowly, or forever, as a
stream of MCP does."""


class TakingTurnsServer(uvicorn.Server):
    """Serves the first of its sockets beside other processes that do."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._working: set[object] = set()
        self._expected: dict[Any, asyncio.TimerHandle] = {}
        self._watching = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take connections, of the first of *sockets* alone."""
        assert sockets
        await super().startup(sockets=[])
        self._listening = sockets[0]
        self._app: ASGIApp = self.config.loaded_app
        self.config.loaded_app = self._count
        self._listening.setblocking(False)
        self._watch()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, and finish."""
        self._rest()
        await super().shutdown(sockets)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application, and how much it has to do."""

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        client = scope.get("client")
        self._forget(tuple(client) if client else None)
        self._working.add(request := object())
        timer = asyncio.get_running_loop().call_later(_LONG, self._finish, request)
        try:
            await self._app(scope, receive, closing)
        finally:
            timer.cancel()
            self._finish(request)

    def _finish(self, request: object) -> None:
        self._working.discard(request)
        self._watch()

    @property
    def _busy(self) -> int:
        return len(self._working) + len(self._expected)

    def _watch(self) -> None:
        """Look for connections, unless there is enough to do."""
        if not self._watching and not self.should_exit and self._busy < AT_ONCE:
            self._watching = True
            asyncio.get_running_loop().add_reader(self._listening, self._come)

    def _rest(self) -> None:
        if self._watching:
            self._watching = False
            asyncio.get_running_loop().remove_reader(self._listening)

    def _come(self) -> None:
        """Take a connection at once; where this is busy, leave it to the others for a moment."""
        if not self._busy:
            self._take()
            return
        self._rest()
        asyncio.get_running_loop().call_later(_LEAVE, self._take_what_is_left)

    def _take_what_is_left(self) -> None:
        if self._busy < AT_ONCE and not self.should_exit:
            self._take()
        self._watch()

    def _take(self) -> None:
        try:
            connection, address = self._listening.accept()
        except OSError:  # another process has taken it, or who came has gone
            return
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        client = tuple(address[:2])
        self._expected[client] = loop.call_later(_SETTLES, self._forget, client)
        task = loop.create_task(self._connect(connection))
        self.server_state.tasks.add(task)
        task.add_done_callback(self.server_state.tasks.discard)
        if self._busy >= AT_ONCE:
            self._rest()

    async def _connect(self, connection: socket.socket) -> None:
        await asyncio.get_running_loop().connect_accepted_socket(self._protocol, connection)

    def _protocol(self) -> asyncio.Protocol:
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made

    def _forget(self, client: Any) -> None:
        """Expect no more that *client* asks at once."""
        timer = self._expected.pop(client, None)
        if timer is not None:
            timer.cancel()
            self._watch()
