"""Asking the network for a source: politely, within bounds, and only whom the user has allowed."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from docproc import __version__
from docproc.dataclass_on_use import dataclass
from docproc.errors import SourceError, TryLater
from docproc.hooks.fetching import Fetched
from docproc.text.output import visible
from docproc.workspace.hosts import host_of

AGENT: Final = "docproc"
_TRIES: Final = 4
_BUSY: Final = (408, 425, 429, 500, 502, 503, 504)
_MOVED: Final = (301, 302, 303, 307, 308)
_MOST_MOVES: Final = 5
_LONGEST_WAIT: Final = 120.0
"""Seconds that a host may ask one to wait; where it asks for more, the fetch ends for now."""
_LONGEST_PAUSE: Final = 60.0
_MOST_OF_ROBOTS: Final = 512_000
_BLOCK: Final = 1 << 16
_SENT_AS_IT_IS: Final = "".join(map(chr, (*range(32), *range(33, 128))))
"""All of ASCII except the space; control characters are refused later, as they are."""
_SILENCE: Final = 30.0
"""Seconds without a byte after which a host is given up."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves it to us whether an answer's new address is asked."""

    def _leave(self, *_: Any) -> None:
        return None


for _code in (301, 302, 303, 307, 308):
    setattr(_NoRedirect, f"http_error_{_code}", _NoRedirect._leave)


class _Connections:
    """The connections of one request: all are shut when its time is over."""

    def __init__(self) -> None:
        self.open: list[socket.socket] = []
        self.late = False

    def shut(self) -> None:
        self.late = True
        for each in self.open:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def _note(kind: type[http.client.HTTPConnection], connections: _Connections) -> Any:
    """*kind* of connection, which *connections* knows of."""

    class Noted(kind):  # type: ignore[valid-type,misc]
        def connect(self) -> None:
            super().connect()
            connections.open.append(self.sock)

    return Noted


def _handlers(connections: _Connections) -> list[urllib.request.BaseHandler]:
    plain = _note(http.client.HTTPConnection, connections)
    secure = _note(http.client.HTTPSConnection, connections)

    class Plain(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(plain, req)

    class Secure(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(secure, req)

    return [Plain(), Secure(), _NoRedirect()]


@dataclass
class Web:
    """Asks hosts that are *allowed*, a request at a time, *pause* seconds between two of a host.

    No answer is larger than *most_bytes* or takes longer than *seconds*; no more than *requests*
    are made.  *contact* is told to the hosts with the name of the program.
    """

    allowed: frozenset[str]
    contact: str = ""
    pause: float = 1.0
    most_bytes: int = 64_000_000
    seconds: float = 600.0
    requests: int = 100_000
    wait: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = lambda _: None
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _made: int = 0

    def get(self, address: str, *, robots: bool = True) -> Fetched:
        """What *address* gives.  Raises ``SourceError`` or ``TryLater``, as ``Visit.get`` says."""
        address = _in_ascii(address)
        for _ in range(_MOST_MOVES + 1):
            host = self._check(address)
            if robots:
                self._check_robots(address, host)
            found, moved = self._got(address, host, self.most_bytes)
            if not moved:
                return found
            onward = _in_ascii(moved, address)
            if urlsplit(address).scheme == "https" and urlsplit(onward).scheme != "https":
                raise SourceError(f"{_short(address)}: redirects to an address without encryption")
            address = onward
        raise SourceError(f"{_short(address)}: redirects too often")

    def _check(self, address: str) -> str:
        """The host of *address*.  Raises ``SourceError`` where it must not be asked."""
        try:
            host = host_of(address)
        except ValueError as error:
            raise SourceError(visible(str(error))[:300]) from None
        if any(char <= " " or char == "\x7f" for char in address):
            raise SourceError(f"{_short(address)}: no address holds such a character")
        if host not in self.allowed:
            shown = visible(host)
            raise SourceError(
                f"{_short(address)}: the host {shown} is not allowed, and was not asked; to allow "
                f"it: docproc trust --host {shown}"
            )
        return host

    def _check_robots(self, address: str, host: str) -> None:
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._read_robots(root, host)
        if not self._robots[root].can_fetch(AGENT, address):
            raise SourceError(f"{_short(address)}: robots.txt of {host} asks that it be left alone")

    def _read_robots(self, root: str, host: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            found, moved = self._got(f"{root}/robots.txt", host, _MOST_OF_ROBOTS)
            lines = [] if moved else found.data.decode("utf-8", "replace").splitlines()
        except SourceError:  # there is none, or nothing that can be read: all is allowed (RFC 9309)
            lines = []
        rules.parse(lines)
        rules.modified()
        delay = rules.crawl_delay(AGENT)
        if delay:
            self.pause = max(self.pause, min(float(delay), _LONGEST_PAUSE))
        return rules

    def _got(self, address: str, host: str, most: int) -> tuple[Fetched, str]:
        """The answer, or the address that it sends one on to."""
        for left in reversed(range(_TRIES)):
            self._pause(host)
            connections = _Connections()
            late = threading.Timer(self.seconds, connections.shut)
            late.daemon = True
            late.start()
            try:
                return self._once(address, most, connections)
            except urllib.error.HTTPError as error:
                if error.code not in _BUSY:
                    said = http.client.responses.get(error.code, "")
                    raise SourceError(f"{_short(address)}: {error.code} {said}".rstrip()) from None
                after = _asked_to_wait(error.headers.get("Retry-After"))
                wait = 2.0 ** (_TRIES - left) if after is None else after
                if wait > _LONGEST_WAIT or not left:
                    raise TryLater(
                        f"{host} is busy ({error.code})"
                        + (f" and asks to be left alone for {after:.0f} s" if after else "")
                        + ": what was fetched is kept, and the next `docproc fetch` goes on"
                    ) from None
            except (OSError, http.client.HTTPException, ValueError) as error:
                if connections.late:
                    raise SourceError(
                        f"{_short(address)}: it takes longer than {self.seconds:g} s"
                    ) from None
                if not left:
                    raise TryLater(
                        f"{host} cannot be reached ({visible(_cause(error))}): what was fetched is "
                        "kept, and the next `docproc fetch` goes on"
                    ) from None
                wait = 2.0 ** (_TRIES - left) / 2
            finally:
                late.cancel()
            self.say(f"{host}: waiting for {wait:.0f} s")
            self.wait(wait)
        raise AssertionError("the last try raises")

    def _once(self, address: str, most: int, connections: _Connections) -> tuple[Fetched, str]:
        self._made += 1
        if self._made > self.requests:
            raise TryLater(
                f"{self.requests:,} requests were made: what was fetched is kept, and the next "
                "`docproc fetch` goes on"
            )
        opener = urllib.request.build_opener(*_handlers(connections))
        about = f"; {self.contact}" if self.contact else ""
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            address,
            headers={
                "User-Agent": f"{AGENT}/{__version__} (fetches sources for its user{about})",
                "Accept-Encoding": "identity",
                "Accept": "*/*",
            },
        )
        try:
            with opener.open(request, timeout=min(_SILENCE, self.seconds)) as response:
                data = _read(response, most, address)
                if connections.late:
                    raise OSError("shut")
                kind = response.headers.get_content_type()
                return Fetched(data=data, address=address, media_type=kind), ""
        except urllib.error.HTTPError as error:
            if error.code in _MOVED and (onward := error.headers.get("Location")):
                return Fetched(data=b"", address=address), onward
            raise

    def _pause(self, host: str) -> None:
        now = time.monotonic()
        if (last := self._asked.get(host)) is not None and last + self.pause > now:
            self.wait(last + self.pause - now)
        self._asked[host] = time.monotonic()


def _read(response: Any, most: int, address: str) -> bytes:
    """The bytes of *response*.  Raises ``SourceError`` where they are more than *most*."""
    packed = (response.headers.get("Content-Encoding") or "identity").strip().casefold()
    if packed not in ("identity", "gzip", "x-gzip"):
        raise SourceError(
            f"{_short(address)}: its answer is compressed as {visible(packed)[:40]!r}"
        )
    unpack: Callable[[bytes, int], bytes] = lambda data, _: data  # noqa: E731
    if packed != "identity":
        unpacker = zlib.decompressobj(31)
        unpack = partial(_unpack, unpacker)
    parts, size = [], 0
    while block := response.read(_BLOCK):
        part = unpack(block, most - size + 1)
        size += len(part)
        if size > most:
            raise SourceError(f"{_short(address)}: it is larger than {most / 1e6:g} MB")
        parts.append(part)
    told = response.headers.get("Content-Length")
    if packed == "identity" and told and told.isdecimal() and int(told) != size:
        raise http.client.IncompleteRead(b"", int(told) - size)
    return b"".join(parts)


def _unpack(unpacker: Any, data: bytes, most: int) -> bytes:
    try:
        made: bytes = unpacker.decompress(data, most)
    except zlib.error as error:
        raise OSError(str(error)) from None
    return made


def _asked_to_wait(given: str | None) -> float | None:
    """The seconds of a ``Retry-After``, which is a number or a date; ``None``: it says none."""
    if not given:
        return None
    given = given.strip()
    if given.isascii() and given.isdecimal():
        return float(given[:9])
    try:
        when = parsedate_to_datetime(given)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return max((when - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def _cause(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    return str(reason) or type(error).__name__


def _in_ascii(address: str, base: str = "") -> str:
    """*address* as it is sent: other letters than ASCII's, and spaces, escaped (RFC 3987)."""
    try:
        parts = urlsplit(urljoin(base, address))
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
        return quote(urlunsplit(parts._replace(netloc=host)), safe=_SENT_AS_IT_IS)
    except ValueError:
        raise SourceError(f"{_short(address)}: not an address") from None


def _short(address: str) -> str:
    shown = visible(address)
    return shown if len(shown) <= 200 else f"{shown[:200]}…"
