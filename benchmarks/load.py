"""A load of readers, as light as can be: ``python -m benchmarks.load ADDRESS``; prints JSON.

The paths asked for stand on standard input, one a line.  With ``--rate`` they arrive as those of
many independent readers do (a Poisson process), whether or not those before are answered, and the
time of each is counted from when it was due, so that no wait is left out (Tene, "coordinated
omission").  Without it, ``--readers`` each ask the next one as soon as they have a page: the most
that there is.

It runs beside the server on the same cores, so it parses nothing but the status and the length of
a response, and says what it cost itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import sys
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class Reader(asyncio.Protocol):
    """One connection, which is used again for the next page where the server leaves it open."""

    def __init__(self) -> None:
        self.open = True
        self._left = -1
        self._head = b""
        self._closes = False
        self._status = 0
        self._done: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, request: bytes) -> asyncio.Future[int]:
        """Send *request*; the future is the status of its response, once that is whole."""
        assert self._transport is not None
        self._left, self._head = -1, b""
        self._done = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._done

    def data_received(self, data: bytes) -> None:
        if self._left < 0:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            head, data = self._head[: end + 2], self._head[end + 4 :]
            self._status = int(head[9:12])
            found = _LENGTH.search(head)
            self._left = int(found[1]) if found else 0
            self._closes = _CLOSES.search(head) is not None
        self._left -= len(data)
        if self._left > 0:
            return
        if self._closes:
            self.close()
        self._end(self._status)

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        self._end(0)

    def close(self) -> None:
        """Use it no more."""
        self.open = False
        if self._transport is not None:
            self._transport.close()

    def _end(self, status: int) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_result(status)


class Readers:
    """Those who ask one server, over as many connections as are wanted at once."""

    def __init__(self, address: str) -> None:
        split = urlsplit(address)
        self._host, self._port = split.hostname or "", split.port or 80
        token = split.query.removeprefix("token=")
        self._rest = (
            f" HTTP/1.1\r\nhost: {split.netloc}\r\nauthorization: Bearer {token}\r\n"
            "accept: text/html\r\n\r\n"
        ).encode()
        self._idle: deque[Reader] = deque()
        self.seconds: list[float] = []
        self.failed = 0

    async def draw(self, path: str, due: float) -> None:
        """Ask for one page, which was *due* then."""
        request = b"GET " + path.encode() + self._rest
        status, reader = 0, self._take()
        while reader is not None and not status:  # the server may close one that is idle
            status = await reader.ask(request)
            if not status:
                reader = self._take()
        if reader is None:
            loop = asyncio.get_running_loop()
            _, reader = await loop.create_connection(Reader, self._host, self._port)
            status = await reader.ask(request)
        if reader.open:
            self._idle.append(reader)
        self.seconds.append(time.perf_counter() - due)
        self.failed += status != 200

    def _take(self) -> Reader | None:
        """A connection that is open and idle."""
        while self._idle:
            if (reader := self._idle.popleft()).open:
                return reader
        return None

    async def arrive(self, paths: list[str], rate: float) -> None:
        """All of *paths*, so many a second, each at a time of its own."""
        draw = random.Random(rate)
        due = time.perf_counter()
        going = []
        for path in paths:
            due += draw.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            going.append(asyncio.create_task(self.draw(path, due)))
        await asyncio.gather(*going)

    async def press(self, paths: list[str], readers: int) -> None:
        """All of *paths*, asked by so many at once."""
        left = deque(paths)

        async def reader() -> None:
            while left:
                await self.draw(left.popleft(), time.perf_counter())

        await asyncio.gather(*(reader() for _ in range(readers)))


async def load(address: str, paths: list[str], rate: float, readers: int) -> dict[str, Any]:
    """Milliseconds from due to whole page, pages a second, and what the load itself cost."""
    asking = Readers(address)
    began, worked = time.perf_counter(), time.process_time()
    await (asking.arrive(paths, rate) if rate else asking.press(paths, readers))
    seconds, own = time.perf_counter() - began, time.process_time() - worked
    times = sorted(asking.seconds)
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return {
        "pages": len(times),
        "failed": asking.failed,
        "a second": len(times) / seconds,
        "p50": 1e3 * cuts[49],
        "p95": 1e3 * cuts[94],
        "p99": 1e3 * cuts[98],
        "load's own ms a page": 1e3 * own / len(times),
        "load's share of a core": own / seconds,
    }


def main() -> None:
    """Put the load that the command line describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="as `docproc read` prints it, with its token")
    parser.add_argument("--rate", type=float, default=0.0, help="arrivals a second")
    parser.add_argument("--readers", type=int, default=50)
    given = parser.parse_args()
    paths = sys.stdin.read().split("\n")
    paths = [path for path in paths if path]
    print(json.dumps(asyncio.run(load(given.address, paths, given.rate, given.readers))))


if __name__ == "__main__":
    main()
