"""Several processes on one socket: who is busy takes no connection, and none is lost."""

from __future__ import annotations

import asyncio
import socket

import uvicorn

from docproc.serving.process import shared_socket as sharing_out
from docproc.serving.process.shared_socket import AT_ONCE, TakingTurnsServer

LENGTH = [(b"content-length", b"4")]


class Slow:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = asyncio.Event()

    async def __call__(self, scope, _receive, send):
        self.asked += 1
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": LENGTH})
        await send({"type": "http.response.body", "body": b"done"})


async def ask(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    answered = await reader.read()  # until the server closes
    writer.close()
    return answered


async def until(true) -> None:
    for _ in range(30_000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


def serving(test, count: int = 1) -> None:
    """Run *test* beside *count* servers of one socket, given their applications and the port."""

    async def run() -> None:
        apps = [Slow() for _ in range(count)]
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            servers = [
                TakingTurnsServer(uvicorn.Config(app, lifespan="off", log_config=None))
                for app in apps
            ]
            running = [
                asyncio.create_task(server._serve(sockets=[listening.dup()])) for server in servers
            ]
            await until(lambda: all(server.started for server in servers))
            await test(apps, servers, port)
            for app, server in zip(apps, servers, strict=True):
                app.go.set()
                server.should_exit = True
            await asyncio.gather(*running)

    asyncio.run(run())


def test_a_busy_server_leaves_what_comes_to_the_socket_and_answers_all_in_the_end():
    async def test(apps, servers, port):
        (app,), (server,) = apps, servers
        asking = [asyncio.create_task(ask(port)) for _ in range(7)]
        await until(lambda: app.asked == AT_ONCE)
        await asyncio.sleep(0.05)
        assert app.asked == AT_ONCE
        app.go.set()
        for answered in await asyncio.gather(*asking):
            assert answered.startswith(b"HTTP/1.1 200")
            assert answered.endswith(b"done")
            assert b"connection: close" in answered.lower()
        assert app.asked == 7
        assert not server._busy

    serving(test)


def test_what_one_server_cannot_take_another_does():
    async def test(apps, _servers, port):
        asking = [asyncio.create_task(ask(port)) for _ in range(2 * AT_ONCE)]
        await until(lambda: sum(app.asked for app in apps) == 2 * AT_ONCE)
        assert [app.asked for app in apps] == [AT_ONCE, AT_ONCE]
        for app in apps:
            app.go.set()
        await asyncio.gather(*asking)

    serving(test, 2)


def test_connections_on_which_nothing_is_asked_keep_nobody_out(monkeypatch):
    monkeypatch.setattr(sharing_out, "_SETTLES", 0.01)

    async def test(apps, _servers, port):
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3 * AT_ONCE)]
        apps[0].go.set()
        assert (await asyncio.wait_for(ask(port), 5)).endswith(b"done")
        for _, writer in idle:
            writer.close()

    serving(test)


def test_readers_who_never_end_keep_nobody_out(monkeypatch):
    monkeypatch.setattr(sharing_out, "_LONG", 0.05)

    async def test(apps, _servers, port):
        asking = [asyncio.create_task(ask(port)) for _ in range(3 * AT_ONCE)]
        await until(lambda: apps[0].asked == 3 * AT_ONCE)
        apps[0].go.set()
        await asyncio.gather(*asking)

    serving(test)
